import {Thread} from "@mail/core/common/thread_model";
import {patch} from "@web/core/utils/patch";
import {rpc} from "@web/core/network/rpc";

const MOST = 200; // messages refreshed at once

/** What ticket the composer speaks of, and how its messages are kept fresh. */
patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {Object|false} see `helpdesk.ticket.social_info` */
        this.social_info = false;
    },

    /**
     * Fetch what is new and, with it, what changed in what is shown: ticks,
     * reactions, edits, deletions, files. `fetchNewMessages` knows only the
     * former.
     */
    async refreshMessages() {
        if (!this.id || !this.isLoaded) {
            return;
        }
        const shown = Math.max(this.messages.length, this.store.FETCH_LIMIT);
        const {data, messages: newestFirst} = await rpc(
            this.getFetchRoute(),
            {...this.getFetchParams(), fetch_params: {limit: Math.min(shown, MOST)}},
            {silent: true}
        );
        this.store.insert(data);
        if (this.loadNewer) {
            return; // An old place of the ticket is shown: no holes in the list.
        }
        this.appendMessages(newestFirst.reverse());
    },

    /** @param {number[]} ids oldest first, without gaps up to the newest */
    appendMessages(ids) {
        const newest = this.newestPersistentMessage?.id || 0;
        if (newest && ids.length && ids[0] > newest) {
            this.messages = ids; // More came than one page holds.
            this.loadOlder = true;
            return;
        }
        this.messages.push(...ids.filter((id) => id > newest));
    },
});
