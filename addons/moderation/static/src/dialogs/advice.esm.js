const REFUSALS = [
    "odoo.addons.moderation.exceptions.Coached",
    "odoo.addons.moderation.exceptions.Refused",
];

/**
 * What the gate says of a text that it did not let through.
 *
 * @typedef {Object} Advice
 * @property {"coach"|"block"} action
 * @property {boolean} may_insist
 * @property {false|{title: string, body: string, text: string}} masked
 * @property {{part: string, pieces: [string, boolean][]}[]} parts
 * @property {{kind: string, text: string, advice: string}[]} findings
 *
 * @param {Error} error
 * @returns {Advice|undefined} undefined for an error of anything else
 */
export function adviceOf(error) {
    return REFUSALS.includes(error?.exceptionName)
        ? error.data?.context?.moderation
        : undefined;
}

/** What of the text the gate found first, as the author wrote it. */
export function firstFound(advice) {
    const body = advice.parts.find(({part}) => part === "body");
    return body?.pieces.find(([, found]) => found)?.[0] || "";
}
