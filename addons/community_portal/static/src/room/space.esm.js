import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {explain} from "./talk.esm";

/** Mute a space, or hear of it again. */
export class CommunitySpaceMute extends Interaction {
    static selector = "[data-follow-space]";
    dynamicContent = {
        _root: {
            "t-on-click": this.locked(this.toggle),
            "t-att-aria-pressed": () => String(this.muted),
        },
    };

    setup() {
        this.muted = this.el.getAttribute("aria-pressed") === "true";
    }

    async toggle() {
        const {spaceId} = this.el.dataset;
        const muted = !this.muted;
        try {
            await this.waitFor(rpc(`/my/community/space/${spaceId}/mute`, {muted}));
            this.muted = muted;
        } catch (error) {
            explain(this.services, error);
        }
    }
}

registry
    .category("public.interactions")
    .add("community_portal.space_mute", CommunitySpaceMute);
