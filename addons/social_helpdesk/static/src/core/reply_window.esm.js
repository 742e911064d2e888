import {deserializeDateTime} from "@web/core/l10n/dates";
import {span} from "./span.esm";

const SOON = 2; // hours

/**
 * Whether the customer can be answered freely now.
 *
 * @param {Object} info `helpdesk.ticket.social_info`
 * @param {luxon.DateTime} now
 * @returns {{limited: boolean, open: boolean, soon?: boolean, left?: string,
 *            endsAt?: luxon.DateTime}} limited: the channel closes at all;
 *          soon: fewer than two hours are left
 */
export function replyWindow(info, now) {
    if (!info.has_window) {
        return {limited: false, open: true};
    }
    const endsAt = info.window_ends_at && deserializeDateTime(info.window_ends_at);
    if (!endsAt || endsAt <= now) {
        return {limited: true, open: false};
    }
    return {
        limited: true,
        open: true,
        soon: endsAt.diff(now, "hours").hours < SOON,
        left: span(now, endsAt, {precise: true}),
        endsAt,
    };
}
