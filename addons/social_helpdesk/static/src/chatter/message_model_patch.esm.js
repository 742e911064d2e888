import {markup} from "@odoo/owl";
import {Message} from "@mail/core/common/message_model";
import "@mail/core/web/message_model_patch";
import {createElementWithContent} from "@web/core/utils/html";
import {patch} from "@web/core/utils/patch";
import {summarize} from "../core/delivery.esm";

/** A message of the chatter knows the provider's messages it stands for. */
patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {import("../core/delivery.esm").SocialPart[]|false} */
        this.social_info = false;
    },
    get socialParts() {
        return this.social_info || [];
    },
    /** Sound and films that went over a channel. */
    get socialRecordings() {
        const files = this.socialParts.length ? this.attachment_ids : [];
        return files.filter(({mimetype}) =>
            ["audio", "video"].includes(mimetype?.split("/")[0])
        );
    },
    get socialDelivery() {
        return summarize(this.social_info);
    },
    /**
     * Still queued or being sent. That its answer stays away for too long makes
     * it "not confirmed", and nothing announces the passing of time.
     */
    get isOnItsWay() {
        return this.socialParts.some(
            ({state, unconfirmed}) =>
                state === "queued" || (state === "sending" && !unconfirmed)
        );
    },
    /** What has left can be changed only where the customer's copy changes too. */
    get editable() {
        const {canEdit, canUnsend} = this.socialDelivery || {canEdit: true};
        return (canEdit || canUnsend) && super.editable;
    },
    /** The quote above an answer is the ticket's, not part of the answer. */
    async enterEditMode() {
        await super.enterEditMode(...arguments);
        if (this.socialDelivery) {
            const answer = createElementWithContent("div", this.composer.composerHtml);
            answer.querySelector(":scope > .o_social_quote")?.remove();
            this.composer.composerHtml = markup(answer.innerHTML);
        }
    },
    /** "Reply All" writes an e-mail; here people answer on the channel. */
    canReplyAll() {
        return !this.socialParts.length && super.canReplyAll(...arguments);
    },
    /** The part of a customer's message that carries its identity. */
    get socialReceived() {
        return this.socialParts.find((part) => part.direction === "in");
    },
});
