import {EventBus} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

/**
 * Tells open views which tickets changed. The server sends ids only; whoever
 * listens asks again with the user's own rights.
 *
 * @emits changed `{ids: number[]|null}`, null: something may have been missed
 * @emits wake the page is seen again
 */
export const ticketsService = {
    dependencies: ["bus_service"],

    start(env, {bus_service: busService}) {
        const bus = new EventBus();
        busService.subscribe("social_helpdesk/tickets", ({ids}) =>
            bus.trigger("changed", {ids})
        );
        // Notifications of a time without connection may be gone for good.
        let missed = false;
        const lost = () => (missed = true);
        const back = () => {
            if (missed) {
                missed = false;
                bus.trigger("changed", {ids: null});
            }
        };
        busService.addEventListener("BUS:DISCONNECT", lost);
        browser.addEventListener("offline", lost);
        for (const event of ["BUS:CONNECT", "BUS:RECONNECT"]) {
            busService.addEventListener(event, back);
        }
        document.addEventListener("visibilitychange", () => bus.trigger("wake"));
        busService.start();
        return {bus};
    },
};

registry.category("services").add("social_helpdesk.tickets", ticketsService);
