import {Component, useState} from "@odoo/owl";
import {formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {replyWindow} from "../core/reply_window.esm";
import {ChannelIcon} from "./channel_icon.esm";

/** Above the composer: whom the agent writes to, on what, and until when. */
export class Recipient extends Component {
    static template = "social_helpdesk.Recipient";
    static components = {ChannelIcon};
    static props = {thread: Object, type: String};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.clock = useState(useService("social_helpdesk.clock"));
    }

    get info() {
        return this.props.thread.social_info;
    }

    get isNote() {
        return this.props.type === "note";
    }

    get to() {
        return _t("To %(contact)s on %(channel)s", {
            contact: this.info.contact,
            channel: this.info.label,
        });
    }

    get reply() {
        return replyWindow(this.info, this.clock.now);
    }

    get closes() {
        return _t("window closes in %(time)s", {time: this.reply.left});
    }

    get closesAt() {
        return formatDateTime(this.reply.endsAt);
    }

    get closed() {
        return _t(
            "%(channel)s lets you write freely only for a while after the customer's last message. Send a template: as soon as the customer answers it, you can write freely again.",
            {channel: this.info.label}
        );
    }

    get closedWithoutTemplates() {
        return _t(
            "%(channel)s lets you write freely only for a while after the customer's last message. You can answer as soon as the customer writes again.",
            {channel: this.info.label}
        );
    }

    get alarm() {
        if (this.info.archived) {
            return _t("The account “%(account)s” is archived.", {
                account: this.info.account,
            });
        }
        return (
            this.info.alarm &&
            _t("The account “%(account)s” does not work now: %(reason)s", {
                account: this.info.account,
                reason: this.info.alarm,
            })
        );
    }

    async sendTemplate() {
        const {thread} = this.props;
        const action = await this.orm.call(thread.model, "action_social_template", [
            [thread.id],
        ]);
        this.action.doAction(action, {onClose: () => thread.refreshMessages()});
    }
}
