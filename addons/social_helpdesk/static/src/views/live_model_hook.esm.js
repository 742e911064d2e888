import {onPatched} from "@odoo/owl";
import {useTicketChanges} from "../core/ticket_changes_hook.esm";

const SCROLLABLE = ".o_content, .o_list_renderer, .o_kanban_renderer, .o_kanban_group";
// Somebody drags a card or types into a new one: reloading would take it away.
const HANDS_ON = ".o_dragged, .o_kanban_quick_create, .o_column_quick_create input";
const GLOW = 4000; // ms, as long as the animation in social.scss

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
    const expectNews = useGlow(model);
    useTicketChanges(
        async () => {
            const selection = selectionOf(model.root);
            expectNews();
            await model.load();
            restoreScroll = scrollKeeper(rootRef.el);
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

/**
 * Keeps in `model.glowing` (ticket id -> ms until when) what should catch the
 * eye: whose customer wrote since it was last drawn, and what a reload brought
 * that nobody asked for. Paging and sorting also bring lines, but no news.
 */
function useGlow(model) {
    let live = false;
    let before = new Map();
    model.glowing = new Map();
    const {onRootLoaded} = model.hooks;
    // Called before the new root is drawn.
    model.hooks.onRootLoaded = (root) => {
        const heard = lastHeard(root);
        for (const [id, at] of heard) {
            if (before.has(id) ? at > before.get(id) : live) {
                model.glowing.set(id, Date.now() + GLOW);
            }
        }
        before = heard;
        live = false;
        return onRootLoaded(root);
    };
    return () => {
        live = true;
        before = lastHeard(model.root); // Unfolded columns load on their own.
    };
}

/** @returns {boolean} whether the line of this record should catch the eye */
export function isGlowing({model, resId}) {
    return model.glowing.get(resId) > Date.now();
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
