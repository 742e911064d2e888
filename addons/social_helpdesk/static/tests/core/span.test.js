import {describe, expect, test} from "@odoo/hoot";
import {span} from "@social_helpdesk/core/span.esm";

const start = luxon.DateTime.fromISO("2026-01-15T12:00:00");

describe.current.tags("headless");

test("one unit that fits", () => {
    expect(span(start, start.plus({seconds: 59}))).toBe("0 min");
    expect(span(start, start.plus({minutes: 5}))).toBe("5 min");
    expect(span(start, start.plus({minutes: 119}))).toBe("1 hr");
    expect(span(start, start.plus({hours: 47}))).toBe("47 hr");
    expect(span(start, start.plus({hours: 49}))).toBe("2 days");
});

test("minutes count below two hours, where asked for", () => {
    expect(span(start, start.plus({minutes: 80}), {precise: true})).toBe(
        "1 hr, 20 min"
    );
    expect(span(start, start.plus({minutes: 121}), {precise: true})).toBe("2 hr");
});

test("a clock that is behind does not count backwards", () => {
    expect(span(start, start.minus({minutes: 3}))).toBe("0 min");
});
