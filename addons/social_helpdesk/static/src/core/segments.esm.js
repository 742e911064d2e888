/**
 * How many SMS a text is billed as.
 *
 * GSM 03.38 has 128 signs of seven bits; ten more take two. One sign outside of it
 * makes the whole text UCS-2, with 16 bits for each UTF-16 unit.
 */
const BASIC =
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENDED = "\f^{}\\[~]|€";
const SIZES = {gsm: [160, 153], ucs2: [70, 67]};

/**
 * @param {String} text
 * @returns {{encoding: "gsm" | "ucs2", units: Number, count: Number}}
 */
export function segments(text) {
    let units = 0;
    for (const sign of text) {
        if (EXTENDED.includes(sign)) {
            units += 2;
        } else if (BASIC.includes(sign)) {
            units += 1;
        } else {
            return counted(
                "ucs2",
                text.length,
                [...text].map((s) => s.length)
            );
        }
    }
    return counted(
        "gsm",
        units,
        [...text].map((s) => (EXTENDED.includes(s) ? 2 : 1))
    );
}

/** A sign of two units is never cut in half. */
function counted(encoding, units, signs) {
    const [alone, joined] = SIZES[encoding];
    if (units <= alone) {
        return {encoding, units, count: units ? 1 : 0};
    }
    let count = 1;
    let used = 0;
    for (const size of signs) {
        if (used + size > joined) {
            count += 1;
            used = 0;
        }
        used += size;
    }
    return {encoding, units, count};
}
