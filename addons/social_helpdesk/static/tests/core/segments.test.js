import {describe, expect, test} from "@odoo/hoot";
import {segments} from "@social_helpdesk/core/segments.esm";

describe.current.tags("headless");

test("what fits into the alphabet of telephones", () => {
    expect(segments("")).toEqual({encoding: "gsm", units: 0, count: 0});
    expect(segments("Nota 4581 é à vista?")).toMatchObject({encoding: "gsm", count: 1});
    expect(segments("a".repeat(160)).count).toBe(1);
    expect(segments("a".repeat(161)).count).toBe(2);
    expect(segments("a".repeat(306)).count).toBe(2);
    expect(segments("a".repeat(307)).count).toBe(3);
});

test("signs that take two places are never cut in half", () => {
    expect(segments("€".repeat(80))).toMatchObject({units: 160, count: 1});
    expect(segments("a".repeat(152) + "€" + "a".repeat(152)).count).toBe(3);
});

test("one sign outside of it makes the whole text dearer", () => {
    expect(segments("ação")).toMatchObject({encoding: "ucs2", units: 4, count: 1});
    expect(segments("ã".repeat(70)).count).toBe(1);
    expect(segments("ã".repeat(71)).count).toBe(2);
    expect(segments("ã".repeat(135)).count).toBe(3);
    expect(segments("😟".repeat(35))).toMatchObject({units: 70, count: 1});
    expect(segments("😟".repeat(67)).count).toBe(3);
});
