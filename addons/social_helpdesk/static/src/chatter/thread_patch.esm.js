import {Thread} from "@mail/core/common/thread";
import {patch} from "@web/core/utils/patch";

/**
 * A ticket reads in the order in which people wrote. Messages that a provider
 * delivers late have higher ids than the answers they came before.
 */
patch(Thread.prototype, {
    get orderedMessages() {
        const messages = super.orderedMessages;
        if (this.props.thread.model !== "helpdesk.ticket") {
            return messages;
        }
        const sign = this.props.order === "asc" ? 1 : -1;
        return messages.sort(
            (a, b) => sign * (a.datetime.ts - b.datetime.ts || a.id - b.id)
        );
    },
});
