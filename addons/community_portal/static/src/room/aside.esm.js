import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {SIZES, utils} from "@web/core/ui/ui_service";
import {Interaction} from "@web/public/interaction";
import {elements} from "./talk.esm";

/** What stands beside the content comes after it, and only where there is room. */
export class CommunityAside extends Interaction {
    static selector = ".o_community_aside";

    async start() {
        if (utils.getSize() < SIZES.XL) {
            return;
        }
        const {html} = await this.waitFor(rpc("/my/community/aside", {}));
        this.el.replaceChildren(...elements(html));
    }
}

registry.category("public.interactions").add("community_portal.aside", CommunityAside);
