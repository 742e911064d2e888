import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** A choice among filters shows at once what it lets through. */
export class CommunityFilters extends Interaction {
    static selector = ".o_community_filters";
    dynamicContent = {
        "[data-filter]": {"t-on-change": () => this.el.requestSubmit()},
    };
}

registry
    .category("public.interactions")
    .add("community_portal.filters", CommunityFilters);
