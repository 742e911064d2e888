import {useSubEnv} from "@odoo/owl";
import {MailComposerFormController} from "@mail/chatter/web/mail_composer_form";
import {useService} from "@web/core/utils/hooks";
import {patch} from "@web/core/utils/patch";
import {askAuthor, maskedBody, Reconsidered, sendCoached} from "../dialogs/coach.esm";

/** The full composer asks its author as the small one does. */
patch(MailComposerFormController.prototype, {
    setup() {
        super.setup(...arguments);
        const dialog = useService("dialog");
        const {onClickViewButton} = this.env;
        useSubEnv({
            onClickViewButton: (button) =>
                this.clickCoached(dialog, onClickViewButton, button),
        });
    },

    async clickCoached(dialog, click, button) {
        const send = async ({masked, insists}) => {
            if (masked) {
                await this.model.root.update({
                    body: maskedBody(masked),
                    ...(masked.title && {subject: masked.title}),
                });
            }
            return click(insists ? this.insisting(button) : button);
        };
        try {
            return await sendCoached(send, (advice) => askAuthor(dialog, advice));
        } catch (error) {
            if (!(error instanceof Reconsidered)) {
                throw error;
            }
            return undefined; // He is back in his text, where all of it still is.
        }
    },

    insisting(button) {
        const {clickParams} = button;
        const buttonContext = {...clickParams.buttonContext, moderation_insist: true};
        return {...button, clickParams: {...clickParams, buttonContext}};
    },
});
