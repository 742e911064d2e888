import {toRaw} from "@odoo/owl";
import {Composer} from "@mail/core/common/composer";
import {patch} from "@web/core/utils/patch";
import {useService} from "@web/core/utils/hooks";
import {firstFound} from "../dialogs/advice.esm";
import {askAuthor, maskedBody, Reconsidered, sendCoached} from "../dialogs/coach.esm";

/** An author whom the gate stops is told why, and his text waits for him. */
patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        this.moderationDialog = useService("dialog");
    },

    async processMessage(cb) {
        try {
            return await super.processMessage((html) => this.sendCoached(cb, html));
        } catch (error) {
            this.state.active = true;
            if (!(error instanceof Reconsidered)) {
                throw error;
            }
            return this.backToText(error.advice);
        }
    },

    sendCoached(cb, html) {
        return sendCoached(
            async ({masked, insists}) => {
                this.thread.moderationInsists = insists;
                try {
                    return await cb(masked ? maskedBody(masked) : html);
                } finally {
                    this.thread.moderationInsists = false;
                }
            },
            (advice) => askAuthor(this.moderationDialog, advice, {context: this})
        );
    },

    /** Where the first found word stands, selected: to be written over. */
    backToText(advice) {
        const composer = toRaw(this.props.composer);
        const found = firstFound(advice);
        const start = found ? composer.composerText.indexOf(found) : -1;
        if (start >= 0) {
            Object.assign(composer.selection, {
                start,
                end: start + found.length,
                direction: "forward",
            });
        }
        if (this.editor) {
            this.editor.shared.selection.focusEditable();
        } else {
            // Not `autofocus`, which the portal's composer does not listen to.
            this.selection.restore();
            this.ref.el?.focus();
        }
    },
});
