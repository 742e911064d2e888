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

    /** @param {{space_id: Number, post_id: Number}} item */
    heard({space_id: spaceId, post_id: postId}) {
        const here = Number(this.el.dataset.space) || false;
        if (this.el.querySelector(`#post-${Number(postId)}`)) {
            return;
        }
        const placeEl = this.el.querySelector(`[data-place="${Number(spaceId)}"]`);
        placeEl?.classList.toggle("o_unread", here !== spaceId);
        if (!here || here === spaceId) {
            this.waiting.add(postId);
            this.show();
        }
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
