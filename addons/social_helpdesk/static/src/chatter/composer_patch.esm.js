import {useState} from "@odoo/owl";
import {Composer} from "@mail/core/common/composer";
import "@mail/chatter/web_portal/composer_patch";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {patch} from "@web/core/utils/patch";
import {replyWindow} from "../core/reply_window.esm";

// A channel shows "typing…" for some seconds only.
const TYPING_EVERY = 8000;

/** The composer of a ticket that is answered on a channel says so. */
patch(Composer.prototype, {
    setup() {
        super.setup(...arguments);
        this.socialClock = useState(useService("social_helpdesk.clock"));
        this.socialOrm = useService("orm");
        this.socialTypedAt = 0;
    },

    onInput() {
        super.onInput(...arguments);
        const now = Date.now();
        if (
            this.social?.signs?.typing &&
            !this.socialClosed &&
            this.props.composer.composerText.trim() &&
            now - this.socialTypedAt > TYPING_EVERY
        ) {
            this.socialTypedAt = now;
            const {model, id} = this.thread;
            this.socialOrm.silent.call(model, "social_typing", [[id]]);
        }
    },

    /** What the answer goes to; nothing in a note or while editing. */
    get social() {
        return (this.props.type === "message" && this.thread?.social_info) || null;
    },

    /** Nothing can be sent now: too late, or the customer wants no messages. */
    get socialClosed() {
        return Boolean(
            this.social &&
            (this.social.elsewhere ||
                this.social.opted_out ||
                !replyWindow(this.social, this.socialClock.now).open)
        );
    },

    get SEND_TEXT() {
        if (!this.social) {
            return super.SEND_TEXT;
        }
        const values = {channel: this.social.label};
        return this.social.public
            ? _t("Publish on %(channel)s", values)
            : _t("Send on %(channel)s", values);
    },

    get placeholder() {
        return this.social && !this.props.placeholder
            ? _t("Write to %(contact)s…", {contact: this.social.contact})
            : super.placeholder;
    },

    get isSendButtonDisabled() {
        return this.socialClosed || super.isSendButtonDisabled;
    },

    async sendMessage() {
        // Not only the button: Ctrl+Enter as well.
        return this.socialClosed ? undefined : super.sendMessage(...arguments);
    },
});
