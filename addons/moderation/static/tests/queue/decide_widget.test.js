import {describe, expect, test} from "@odoo/hoot";
import {choices} from "@moderation/queue/decisions.esm";
import {isForTheQueue} from "@moderation/queue/decide_widget.esm";

describe.current.tags("headless");

const names = (data) => choices(data).map((one) => one.method);

test("each choice has a key of its own", () => {
    for (const state of ["waiting", "claimed", "decided"]) {
        const keys = choices({state, mine: true, last_decision_id: {id: 1}}).map(
            (one) => one.key
        );
        expect(new Set(keys).size).toBe(keys.length);
    }
});

test("what can be done follows the case's state", () => {
    expect(names({state: "waiting"})).toInclude("action_approve");
    expect(names({state: "waiting"})).toInclude("action_claim");
    expect(names({state: "waiting"})).not.toInclude("action_undo");
    expect(names({state: "claimed", mine: true})).toInclude("action_unclaim");
    expect(names({state: "claimed", mine: false})).toEqual(["action_next"]);
    expect(names({state: "decided"})).toEqual(["action_next"]);
    expect(names({state: "decided", last_decision_id: {id: 1}})).toEqual([
        "action_undo",
        "action_next",
    ]);
});

test("no key while somebody types or holds another key down", () => {
    const target = document.createElement("div");
    expect(isForTheQueue({target})).toBe(true);
    for (const held of ["ctrlKey", "altKey", "metaKey", "repeat", "isComposing"]) {
        expect(isForTheQueue({target, [held]: true})).toBe(false);
    }
    for (const tag of ["input", "textarea", "select"]) {
        expect(isForTheQueue({target: document.createElement(tag)})).toBe(false);
    }
    target.setAttribute("contenteditable", "true");
    const inside = document.createElement("span");
    target.append(inside);
    expect(isForTheQueue({target: inside})).toBe(false);
});
