import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {elements, explain} from "../room/talk.esm";

/** A thread is read once it is opened; its replies come a page at a time. */
export class CommunityThread extends Interaction {
    static selector = ".o_community_thread";
    dynamicContent = {
        ".o_community_more": {"t-on-click": this.locked(this.more, true)},
    };

    setup() {
        this.route = `/my/community/post/${this.el.dataset.thread}`;
        this.repliesEl = this.el.querySelector(".o_community_replies");
        this.moreEl = this.el.querySelector(".o_community_more");
    }

    async start() {
        try {
            await this.waitFor(rpc(`${this.route}/seen`, {}, {silent: true}));
        } catch {
            // It stays unread, which does no harm.
        }
    }

    async more() {
        try {
            const after = this.moreEl.dataset.next;
            const {html, next} = await this.waitFor(rpc(`${this.route}/more`, {after}));
            for (const el of elements(html)) {
                this.insert(el, this.repliesEl, "beforeend", false);
            }
            this.moreEl.dataset.next = next || "";
            this.moreEl.hidden = !next;
        } catch (error) {
            explain(this.services, error);
        }
    }
}

registry
    .category("public.interactions")
    .add("community_portal.thread", CommunityThread);
