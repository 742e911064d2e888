import {markup} from "@odoo/owl";
import {createElementWithContent} from "@web/core/utils/html";
import {adviceOf} from "./advice.esm";
import {CHANGE, CoachDialog, INSIST, MASK} from "./coach_dialog.esm";

/** The author went back to his text: nothing was sent, nothing is wrong. */
export class Reconsidered extends Error {
    constructor(advice) {
        super("The author changes the text");
        this.advice = advice;
    }
}

/**
 * @param {Object} dialog the dialog service
 * @param {import("./advice.esm").Advice} advice
 * @param {Object} [options] of the dialog service
 * @returns {Promise<"change"|"mask"|"insist">}
 */
export function askAuthor(dialog, advice, options = {}) {
    return new Promise((resolve) => {
        let choice = CHANGE;
        dialog.add(
            CoachDialog,
            {
                advice,
                choose: (chosen) => {
                    choice = chosen;
                },
            },
            {...options, onClose: () => resolve(choice)}
        );
    });
}

/**
 * Send, and ask the author as often as the gate stops what he wants to send.
 *
 * @param {(change: {masked?: Object, insists: boolean}) => Promise} send `masked`
 *  is the text to send instead
 * @param {(advice: Object) => Promise<string>} ask
 * @throws {Reconsidered} when the author changes the text
 */
export async function sendCoached(send, ask) {
    const change = {masked: undefined, insists: false};
    for (;;) {
        try {
            return await send(change);
        } catch (error) {
            const advice = adviceOf(error);
            if (!advice) {
                throw error;
            }
            const choice = await ask(advice);
            if (choice === MASK) {
                change.masked = advice.masked;
            } else if (choice === INSIST) {
                change.insists = true;
            } else {
                throw new Reconsidered(advice);
            }
        }
    }
}

/** The masked body for a composer, which adds by itself that it was edited. */
export function maskedBody(masked) {
    const el = createElementWithContent("div", markup(masked.body));
    for (const edited of el.querySelectorAll(".o-mail-Message-edited")) {
        edited.remove();
    }
    return markup(el.innerHTML);
}
