import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {explain} from "./talk.esm";

/** One press, and nothing is unread any more. */
export class CommunityReadAll extends Interaction {
    static selector = "[data-read-all]";
    dynamicContent = {
        _root: {"t-on-click": this.locked(this.read, true)},
    };

    async read() {
        try {
            await this.waitFor(rpc("/my/community/notices/read", {}));
        } catch (error) {
            explain(this.services, error);
            return;
        }
        for (const el of document.querySelectorAll(".o_community_notice.o_unread")) {
            el.classList.remove("o_unread");
        }
        for (const el of document.querySelectorAll("[data-counter=notices]")) {
            el.classList.add("d-none");
        }
        this.el.hidden = true;
    }
}

registry
    .category("public.interactions")
    .add("community_portal.read_all", CommunityReadAll);
