import {onPatched} from "@odoo/owl";
import {useTicketChanges} from "../core/ticket_changes_hook.esm";

const SCROLLABLE = ".o_content, .o_list_renderer, .o_kanban_renderer, .o_kanban_group";
// Somebody drags a card or types into a new one: reloading would take it away.
const HANDS_ON = ".o_dragged, .o_kanban_quick_create, .o_column_quick_create input";

/**
 * Reload a list or board when tickets change, and leave everything else as the
 * person left it: selection, folding and scroll. New lines and lines whose
 * customer wrote again glow for a moment.
 *
 * @param {import("@web/model/relational_model/relational_model").RelationalModel} model
 * @param {{el: HTMLElement}} rootRef
 */
export function useLiveModel(model, rootRef) {
    let restoreScroll = () => {};
    useTicketChanges(
        async (ids) => {
            const before = lastHeard(model.root);
            const selection = selectionOf(model.root);
            await model.load();
            restoreScroll = scrollKeeper(rootRef.el);
            model.freshIds = freshIds(model.root, before, ids);
            select(model.root, selection);
        },
        {
            isBusy: () =>
                !model.isReady ||
                Boolean(model.root.editedRecord) ||
                Boolean(rootRef.el?.querySelector(HANDS_ON)),
        }
    );
    onPatched(() => {
        restoreScroll();
        restoreScroll = () => {};
    });
}

/** @returns {Map<number, number>} ticket id -> ms of the customer's last message */
function lastHeard(root) {
    return new Map(
        root.records.map((record) => [
            record.resId,
            record.data.social_last_inbound_at?.ts || 0,
        ])
    );
}

/** Only among the announced ones: paging and sorting also bring other lines. */
function freshIds(root, before, ids) {
    const fresh = [...lastHeard(root)].filter(
        ([id, heard]) => (!ids || ids.has(id)) && !(before.get(id) >= heard)
    );
    return new Set(fresh.map(([id]) => id));
}

function selectionOf(root) {
    return {
        all: root.isDomainSelected,
        ids: new Set(root.selection.map((record) => record.resId)),
    };
}

function select(root, {all, ids}) {
    for (const record of root.records) {
        if (ids.has(record.resId)) {
            record.toggleSelection(true);
        }
    }
    if (all) {
        root.selectDomain(true);
    }
}

/** @returns {() => void} puts every scrolled place back to where it is now */
function scrollKeeper(el) {
    const root = el?.closest(".o_action") || el;
    const places = [...(root?.querySelectorAll(SCROLLABLE) || [])]
        .filter(({scrollTop, scrollLeft}) => scrollTop || scrollLeft)
        .map((place) => [place, place.scrollTop, place.scrollLeft]);
    return () => {
        for (const [place, scrollTop, scrollLeft] of places) {
            Object.assign(place, {scrollTop, scrollLeft});
        }
    };
}
