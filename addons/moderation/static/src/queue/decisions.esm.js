import {_t} from "@web/core/l10n/translation";

/** The decisions in the order of their buttons: key, method, words. */
export const DECISIONS = [
    {key: "a", method: "action_approve", label: _t("Approve"), style: "btn-success"},
    {
        key: "p",
        method: "action_allow",
        label: _t("Approve and allow the phrase"),
        style: "btn-outline-success",
    },
    {key: "m", method: "action_mask", label: _t("Mask"), style: "btn-warning"},
    {key: "h", method: "action_hide", label: _t("Hide"), style: "btn-danger"},
    {key: "w", method: "action_warn", label: _t("Warn"), style: "btn-outline-danger"},
    {
        key: "s",
        method: "action_silence",
        label: _t("Silence"),
        style: "btn-outline-danger",
    },
    {
        key: "x",
        method: "action_suspend",
        label: _t("Suspend"),
        style: "btn-outline-danger",
    },
    {
        key: "o",
        method: "action_outreach",
        label: _t("Criticism: reach out"),
        style: "btn-outline-primary",
    },
    {
        key: "e",
        method: "action_escalate",
        label: _t("Escalate"),
        style: "btn-outline-primary",
    },
];

export const OPEN = [
    {key: "c", method: "action_claim", label: _t("Claim"), style: "btn-secondary"},
];
export const CLAIMED = [
    {key: "c", method: "action_unclaim", label: _t("Put back"), style: "btn-secondary"},
];
export const NEXT = [
    {key: "n", method: "action_next", label: _t("Next"), style: "btn-light"},
];
export const UNDO = [
    {
        key: "u",
        method: "action_undo",
        label: _t("Undo the decision"),
        style: "btn-outline-warning",
    },
];

/**
 * What can be done with a case now.
 *
 * @param {Object} data of the case: state, mine, last_decision_id
 * @returns {Object[]}
 */
export function choices(data) {
    const undo = data.last_decision_id ? UNDO : [];
    if (data.state === "waiting") {
        return [...DECISIONS, ...OPEN, ...undo, ...NEXT];
    }
    if (data.state === "claimed") {
        // What another moderator has is his until he puts it back.
        return data.mine ? [...DECISIONS, ...CLAIMED, ...undo, ...NEXT] : NEXT;
    }
    return [...undo, ...NEXT];
}
