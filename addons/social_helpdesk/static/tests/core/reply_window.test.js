import {describe, expect, test} from "@odoo/hoot";
import {freezeTime, mockDate} from "@odoo/hoot-mock";
import {replyWindow} from "@social_helpdesk/core/reply_window.esm";
import {inHours, socialInfo} from "../social_test_helpers";

const {DateTime} = luxon;

describe.current.tags("headless");

function windowOf(values) {
    freezeTime();
    mockDate("2026-01-15 12:00:00");
    return replyWindow(socialInfo(values()), DateTime.now());
}

test("a channel without a window is always open", () => {
    expect(windowOf(() => ({has_window: false, window_ends_at: false}))).toEqual({
        limited: false,
        open: true,
    });
});

test("open until the hour comes, and soon when two are left", () => {
    const later = windowOf(() => ({window_ends_at: inHours(21)}));
    expect([later.open, later.soon, later.left]).toEqual([true, false, "21 hr"]);
    const soon = windowOf(() => ({window_ends_at: inHours(1.5)}));
    expect([soon.open, soon.soon, soon.left]).toEqual([true, true, "1 hr, 30 min"]);
});

test("closed at the very second, and when nobody ever wrote", () => {
    expect(windowOf(() => ({window_ends_at: inHours(0)})).open).toBe(false);
    expect(windowOf(() => ({window_ends_at: inHours(-30)})).open).toBe(false);
    expect(windowOf(() => ({window_ends_at: false})).open).toBe(false);
});
