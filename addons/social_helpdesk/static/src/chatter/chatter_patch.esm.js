import {useEffect, useExternalListener, useState} from "@odoo/owl";
import {Chatter} from "@mail/chatter/web_portal/chatter";
import "@mail/chatter/web/chatter_patch";
import {useService} from "@web/core/utils/hooks";
import {patch} from "@web/core/utils/patch";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {Recipient} from "../components/recipient.esm";
import {useTicketChanges} from "../core/ticket_changes_hook.esm";

Object.assign(Chatter.components, {Recipient});

/** The chatter of a ticket stays fresh and says where an answer goes. */
patch(Chatter.prototype, {
    setup() {
        super.setup(...arguments);
        const refresh = useTicketChanges(() => this.state.thread?.refreshMessages(), {
            concerns: (ids) =>
                this.props.threadModel === "helpdesk.ticket" &&
                Boolean(this.props.threadId) &&
                (ids === null || ids.includes(this.props.threadId)),
        });
        this.socialClock = useState(useService("social_helpdesk.clock"));
        useEffect(
            () => {
                if (this.state.thread?.messages.some((message) => message.isOnItsWay)) {
                    refresh();
                }
            },
            () => [this.socialClock.now]
        );
        this.orm = useService("orm");
        useEffect(
            () => this.tellSeen(),
            () => [this.unseen]
        );
        useExternalListener(document, "visibilitychange", () => this.tellSeen());
        useRecordObserver((record) => {
            if (record.resModel === "helpdesk.ticket" && record.resId) {
                this.store.Thread.insert({
                    model: record.resModel,
                    id: record.resId,
                    social_info: record.data.social_info || false,
                });
            }
        });
    },

    get socialInfo() {
        return this.state.thread.social_info;
    },

    /** The customer's last message, if the customer can be told that it was seen. */
    get unseen() {
        const {thread} = this.state;
        if (!thread?.social_info?.signs?.read) {
            return undefined;
        }
        const heard = thread.messages.filter((message) => message.socialReceived);
        const last = heard.sort((a, b) => a.datetime.ts - b.datetime.ts).at(-1);
        return last?.socialReceived.state === "received" ? last.id : undefined;
    },

    tellSeen() {
        const last = this.unseen;
        if (!last || last === this.seen || document.visibilityState !== "visible") {
            return;
        }
        this.seen = last;
        const {model, id} = this.state.thread;
        this.orm.silent.call(model, "social_seen", [[id]]);
    },

    toggleComposer(mode = false) {
        if (mode !== "message" && this.socialInfo) {
            // A note does not quote: the customer never sees it.
            this.state.thread.composer.replyToMessage = undefined;
        }
        return super.toggleComposer(...arguments);
    },
});
