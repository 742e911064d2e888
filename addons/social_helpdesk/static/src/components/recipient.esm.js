import {Component, useState} from "@odoo/owl";
import {formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {user} from "@web/core/user";
import {useService} from "@web/core/utils/hooks";
import {replyWindow} from "../core/reply_window.esm";
import {segments} from "../core/segments.esm";
import {ChannelIcon} from "./channel_icon.esm";

const NEAR = 0.8; // of the channel's limit

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
        if (this.info.elsewhere) {
            return _t("%(contact)s is answered where it was written", {
                contact: this.info.contact,
            });
        }
        if (this.info.public) {
            return _t("To %(contact)s, in public on %(channel)s", {
                contact: this.info.contact,
                channel: this.info.label,
            });
        }
        return _t("To %(contact)s on %(channel)s", {
            contact: this.info.contact,
            channel: this.info.label,
        });
    }

    /** Only what a browser opens; the page's address came from outside. */
    get page() {
        const {about_url: url} = this.info;
        return url && /^https?:/.test(url) ? url : "";
    }

    get everybody() {
        return this.info.about
            ? _t("Everybody can read this answer, under “%s”", this.info.about)
            : _t("Everybody can read this answer.");
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

    get paused() {
        return _t("“%(account)s” is paused: your answer waits until it is resumed.", {
            account: this.info.account,
        });
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

    /** Only near the limit: below it nobody needs to count. SMS are paid each. */
    get parts() {
        if (this.info.by_segment) {
            return this.segments;
        }
        const limit = this.info.text_limit;
        const length = this.props.thread.composer.composerText.length;
        if (!limit || length < NEAR * limit) {
            return "";
        }
        return length > limit
            ? _t("%(length)s characters: goes out as %(count)s messages", {
                  length,
                  count: Math.ceil(length / limit),
              })
            : _t("%(length)s of %(limit)s characters", {length, limit});
    }

    get segments() {
        const {encoding, count} = segments(this.props.thread.composer.composerText);
        if (!count) {
            return "";
        }
        if (encoding === "gsm") {
            return count === 1 ? _t("1 SMS") : _t("%(count)s SMS", {count});
        }
        return _t("%(count)s SMS: accents, emoji and other signs make them shorter", {
            count,
        });
    }

    get elsewhere() {
        return (this.info.others || []).map((other) => ({
            id: other.id,
            text: this.answerThere(other),
        }));
    }

    /** Another channel is named; of the same one, only how it differs. */
    answerThere({channel, label, public: inPublic, group}) {
        if (group) {
            return _t("Answer in the group “%(group)s”", {group});
        }
        if (channel === this.info.channel) {
            return inPublic ? _t("Answer in public") : _t("Answer in private");
        }
        return inPublic
            ? _t("Answer in public on %(channel)s", {channel: label})
            : _t("Answer on %(channel)s", {channel: label});
    }

    alsoWrites({label, number, public: inPublic}) {
        const values = {contact: this.info.contact, channel: label, number};
        return inPublic
            ? _t("%(contact)s also wrote in public on %(channel)s: %(number)s", values)
            : _t("%(contact)s also writes on %(channel)s: %(number)s", values);
    }

    broughtHere({label, number}) {
        return _t("%(number)s (%(channel)s) was brought here", {
            number,
            channel: label,
        });
    }

    goesOn({number}) {
        return _t("This ticket goes on in %(number)s. Answer there.", {number});
    }

    join(ticketId) {
        return this.change("action_social_join", ticketId);
    }

    separate(ticketId) {
        return this.change("action_social_separate", ticketId);
    }

    open(ticketId) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: this.props.thread.model,
            res_id: ticketId,
            views: [[false, "form"]],
        });
    }

    switchTo(conversationId) {
        return this.change("action_social_switch", conversationId);
    }

    /** The open page hears from the server that the ticket has changed. */
    change(method, id) {
        const {thread} = this.props;
        return this.orm.call(thread.model, method, [[thread.id], id]);
    }

    replyPrivately() {
        return this.press("action_social_private_reply");
    }

    /** The agent goes on writing: nothing is sent by this. */
    invite() {
        const {composer} = this.props.thread;
        const {invitation} = this.info;
        const text = composer.composerText;
        if (!text.includes(invitation)) {
            const gap = !text || text.endsWith("\n") ? "" : "\n";
            composer.insertText(gap + invitation, text.length, {moveCursorToEnd: true});
        }
    }

    noteAnswer() {
        return this.press("action_social_answered_elsewhere");
    }

    ask() {
        return this.press("action_social_ask");
    }

    share() {
        return this.press("action_social_share");
    }

    sendTemplate() {
        return this.press("action_social_template");
    }

    press(name) {
        const {thread} = this.props;
        return this.action.doActionButton({
            type: "object",
            name,
            resModel: thread.model,
            resId: thread.id,
            context: user.context, // else the server answers in its own language
            onClose: () => thread.refreshMessages(),
        });
    }
}
