import {Chatter} from "@mail/chatter/web_portal/chatter";
import {patch} from "@web/core/utils/patch";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {Recipient} from "../components/recipient.esm";
import {useTicketChanges} from "../core/ticket_changes_hook.esm";

Object.assign(Chatter.components, {Recipient});

/** The chatter of a ticket stays fresh and says where an answer goes. */
patch(Chatter.prototype, {
    setup() {
        super.setup(...arguments);
        useTicketChanges(() => this.state.thread?.refreshMessages(), {
            concerns: (ids) =>
                this.props.threadModel === "helpdesk.ticket" &&
                Boolean(this.props.threadId) &&
                (ids === null || ids.includes(this.props.threadId)),
        });
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

    toggleComposer(mode = false) {
        if (mode !== "message" && this.socialInfo) {
            // A note does not quote: the customer never sees it.
            this.state.thread.composer.replyToMessage = undefined;
        }
        return super.toggleComposer(...arguments);
    },
});
