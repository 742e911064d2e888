import {onWillUnmount} from "@odoo/owl";
import {ConnectionLostError, RPCError} from "@web/core/network/rpc";
import {useBus, useService} from "@web/core/utils/hooks";
import {Batch} from "./batch.esm";

/**
 * Refresh when tickets change, as long as the page is seen and the person in
 * front of it is not in the middle of something.
 *
 * @param {(ids: Set<number>|null) => Promise} refresh null: anything may have changed
 * @param {Object} [options]
 * @param {(ids: number[]|null) => boolean} [options.concerns] whether these ids matter
 * @param {() => boolean} [options.isBusy]
 * @returns {() => void} refresh without being told, under the same conditions
 */
export function useTicketChanges(
    refresh,
    {concerns = () => true, isBusy = () => false} = {}
) {
    const {bus} = useService("social_helpdesk.tickets");
    const batch = new Batch(
        (ids) => quietly(refresh(ids)),
        () => document.visibilityState !== "hidden" && !isBusy()
    );
    useBus(bus, "changed", ({detail: {ids}}) => concerns(ids) && batch.add(ids));
    useBus(bus, "wake", () => batch.wake());
    onWillUnmount(() => batch.stop());
    return () => batch.add(null);
}

/**
 * Nobody asked for this refresh, so nobody wants a dialog when it fails: what
 * is on screen stays, and the next click says what is wrong.
 */
async function quietly(promise) {
    try {
        await promise;
    } catch (error) {
        if (!(error instanceof RPCError || error instanceof ConnectionLostError)) {
            throw error;
        }
    }
}
