import {describe, expect, test} from "@odoo/hoot";
import {summarize} from "@social_helpdesk/core/delivery.esm";
import {part, received} from "../social_test_helpers";

describe.current.tags("headless");

test("nothing went out", () => {
    expect(summarize(false)).toBe(null);
    expect(summarize(undefined)).toBe(null);
    expect(summarize([received()])).toBe(null);
});

test("the part that is least far speaks for all", () => {
    const states = (...all) => summarize(all.map((state) => part({state}))).state;
    expect(states("read", "delivered")).toBe("delivered");
    expect(states("read", "sent", "delivered")).toBe("sent");
    expect(states("sent", "queued")).toBe("queued");
    expect(states("delivered", "sending")).toBe("sending");
    expect(states("read", "read")).toBe("read");
});

test("a part that failed is never hidden by those that arrived", () => {
    const summary = summarize([
        part({id: 1, state: "read"}),
        part({id: 2, state: "failed", error: "Too large.", error_code: "131052"}),
        part({id: 3, state: "failed", error: "Too large.", error_code: "131052"}),
    ]);
    expect(summary.state).toBe("failed");
    expect(summary.count).toBe(3);
    expect(summary.failedIds).toEqual([2, 3]);
    expect(summary.errors).toEqual(["Too large."]);
    expect(summary.codes).toEqual(["131052"]);
});

test("what nobody knows about is asked, not claimed", () => {
    const summary = summarize([
        part({id: 1, state: "read"}),
        part({id: 2, state: "sending", unconfirmed: true}),
    ]);
    expect(summary.state).toBe("unconfirmed");
    expect(summary.unconfirmedIds).toEqual([2]);
});
