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
        const shown = this.persistentMessages.map(({id}) => id);
        const limit = Math.min(Math.max(shown.length, this.store.FETCH_LIMIT), MOST);
        const {data, messages: newestFirst} = await rpc(
            this.getFetchRoute(),
            {...this.getFetchParams(), fetch_params: {limit}},
            {silent: true}
        );
        this.store.insert(data);
        if (this.loadNewer) {
            return; // An old place of the ticket is shown: no holes in the list.
        }
        const all = newestFirst.length < limit;
        this.showMessages(newestFirst.reverse(), shown, all);
    },

    /**
     * @param {number[]} ids oldest first, without gaps up to the newest
     * @param {number[]} before what was shown when they were asked for
     * @param {boolean} all whether there are no others, older ones
     */
    showMessages(ids, before, all = false) {
        const newest = this.newestPersistentMessage?.id || 0;
        const [oldest] = ids;
        if (newest && oldest > newest) {
            this.messages = ids; // More came than one page holds.
            this.loadOlder = true;
            return;
        }
        const listed = new Set(ids);
        // Lines go along with another ticket; what was written meanwhile stays.
        const gone = new Set(
            before.filter((id) => (all || id > oldest) && !listed.has(id))
        );
        const kept = this.messages.filter(({id}) => !gone.has(id));
        const have = new Set(kept.map(({id}) => id));
        const come = ids.filter((id) => !have.has(id));
        if (come.length || gone.size) {
            const records = come.map((id) => this.store["mail.message"].get(id));
            this.messages = [...kept, ...records].sort(
                (one, other) => one.id - other.id
            );
        }
    },
});
