import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {elements} from "../room/talk.esm";

const SHORTEST = 8; // Letters
const ASKED_AFTER = 400; // Milliseconds without a key

/** While somebody types his title: what may answer him already. */
export class CommunitySimilar extends Interaction {
    static selector = ".o_community_composer[data-mode=ask]";
    dynamicContent = {
        "[name=title]": {"t-on-input": () => this.ask()},
    };

    setup() {
        this.ask = this.debounced(this.fetch, ASKED_AFTER);
        this.hintsEl = this.el.querySelector(".o_community_hints");
    }

    async fetch() {
        const text = this.el.elements.title.value.trim();
        this.asked = text;
        if (text.length < SHORTEST) {
            this.hintsEl.replaceChildren();
            return;
        }
        const space_id = this.el.elements.space_id?.value;
        try {
            const {html} = await this.waitFor(
                rpc("/my/community/similar", {text, space_id}, {silent: true})
            );
            if (this.asked === text) {
                this.hintsEl.replaceChildren(...elements(html));
            }
        } catch {
            // A help that does not come is no trouble.
        }
    }
}

registry
    .category("public.interactions")
    .add("community_portal.similar", CommunitySimilar);
