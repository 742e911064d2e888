/**
 * What became of an agent's message. It can have gone out in several parts (a
 * long text, two files); the line under it speaks for all of them.
 *
 * @typedef {Object} SocialPart one `helpdesk.social.message`, see `_chatter_values`
 * @property {number} id
 * @property {string} channel provider's code
 * @property {string} label product's name
 * @property {"in"|"out"} direction
 * @property {boolean} public
 * @property {string} kind
 * @property {"queued"|"sending"|"sent"|"delivered"|"read"|"failed"|"received"} state
 * @property {boolean} unconfirmed
 * @property {string} error
 * @property {string} error_code
 * @property {""|"waiting"|"done"|"failed"} media_state
 * @property {boolean} receipts whether the channel tells of delivery and reading
 * @property {string} occurred_at UTC, server format
 * @property {boolean} can_edit whether the customer's copy can be changed
 * @property {boolean} can_unsend whether it can be taken back
 */

const RANKS = ["queued", "sending", "sent", "delivered", "read"];

/**
 * @param {SocialPart[]|false|undefined} parts
 * @returns {Object|null} null when nothing of it went out
 */
export function summarize(parts) {
    const out = (parts || []).filter((part) => part.direction === "out");
    if (!out.length) {
        return null;
    }
    const failed = out.filter((part) => part.state === "failed");
    const unconfirmed = out.filter((part) => part.unconfirmed);
    return {
        channel: out[0].channel,
        label: out[0].label,
        public: Boolean(out[0].public),
        receipts: out[0].receipts,
        occurredAt: out[0].occurred_at,
        state: overall(out, failed, unconfirmed),
        canEdit: out.length === 1 && out[0].can_edit,
        canUnsend: out.every((part) => part.can_unsend),
        count: out.length,
        failedIds: failed.map((part) => part.id),
        unconfirmedIds: unconfirmed.map((part) => part.id),
        errors: [...new Set(failed.map((part) => part.error).filter(Boolean))],
        codes: [...new Set(failed.map((part) => part.error_code).filter(Boolean))],
    };
}

function overall(out, failed, unconfirmed) {
    if (failed.length) {
        return "failed";
    }
    if (unconfirmed.length) {
        return "unconfirmed";
    }
    return RANKS[Math.min(...out.map((part) => RANKS.indexOf(part.state)))];
}
