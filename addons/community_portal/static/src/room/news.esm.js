import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/**
 * New posts announce themselves. They are not pushed in above what somebody reads:
 * he asks for them.
 */
export class CommunityNews extends Interaction {
    static selector = ".o_community";

    setup() {
        this.waiting = new Set();
        const bus = this.services.bus_service;
        const heard = (item) => this.heard(item);
        bus.subscribe("community/new", heard);
        bus.start();
        this.registerCleanup(() => bus.unsubscribe("community/new", heard));
    }

    /** @param {{space_id: Number, thread_id: Number, post_id: Number}} item */
    heard({space_id: spaceId, thread_id: threadId, post_id: postId}) {
        if (this.el.querySelector(`#post-${Number(postId)}`)) {
            return;
        }
        const placeEl = this.el.querySelector(`[data-place="${Number(spaceId)}"]`);
        placeEl?.classList.add("o_unread");
        if (this.concerns(spaceId, threadId, postId)) {
            this.waiting.add(postId);
            this.show();
        }
    }

    /** A thread is about its replies, a list about what begins a thread. */
    concerns(spaceId, threadId, postId) {
        const threadEl = this.el.querySelector(".o_community_thread");
        if (threadEl) {
            return Number(threadEl.dataset.thread) === threadId;
        }
        const here = Number(this.el.dataset.space) || spaceId;
        return threadId === postId && here === spaceId;
    }

    show() {
        const newsEl = this.el.querySelector(".o_community_news");
        if (!newsEl) {
            return;
        }
        const count = this.waiting.size;
        const buttonEl = document.createElement("button");
        buttonEl.type = "button";
        buttonEl.className = "btn btn-primary";
        buttonEl.textContent =
            count === 1 ? _t("1 new post") : _t("%s new posts", count);
        buttonEl.addEventListener("click", () => this.read());
        newsEl.replaceChildren(buttonEl);
    }

    /** The first page again: what was written meanwhile stays in its draft. */
    read() {
        this.waiting.clear();
        window.scrollTo({top: 0});
        window.location.reload();
    }
}

registry.category("public.interactions").add("community_portal.news", CommunityNews);
