import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {elements, explain} from "./talk.esm";

/** A list of threads that grows on demand. */
export class CommunityList extends Interaction {
    static selector = ".o_community_list";
    dynamicContent = {
        ".o_community_more": {"t-on-click": this.locked(this.more, true)},
    };

    setup() {
        this.itemsEl = this.el.querySelector(".o_community_items");
        this.moreEl = this.el.querySelector(".o_community_more");
    }

    async more() {
        try {
            const {html, next} = await this.fetch(this.moreEl.dataset.next);
            const added = this.add(html, "beforeend");
            this.moreEl.dataset.next = next || "";
            this.moreEl.hidden = !next;
            // Who uses the keyboard goes on where the new ones begin.
            added[0]?.querySelector("a[href]")?.focus({preventScroll: true});
        } catch (error) {
            explain(this.services, error);
        }
    }

    fetch(after) {
        const {place, tab} = this.el.dataset;
        return this.waitFor(rpc("/my/community/more", {place, tab, after}));
    }

    add(html, position) {
        const added = elements(html).filter(
            (el) => position === "beforeend" || !this.itemsEl.querySelector(`#${el.id}`)
        );
        for (const el of position === "afterbegin" ? added.toReversed() : added) {
            this.insert(el, this.itemsEl, position, false);
        }
        this.el.querySelector(".o_community_empty")?.remove();
        return added;
    }
}

registry.category("public.interactions").add("community_portal.list", CommunityList);
