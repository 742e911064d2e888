import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {elements, explain} from "../room/talk.esm";

/**
 * Opens composers: where the page invites to write, under a reply that is answered,
 * and in place of a text that is changed.
 */
export class CommunityOpener extends Interaction {
    static selector = ".o_community";
    dynamicContent = {
        _root: {"t-on-click": this.locked(this.onClick)},
    };

    start() {
        const inviteEl = this.el.querySelector(".o_community_opener[data-open]");
        if (inviteEl) {
            this.invite(inviteEl);
        }
    }

    async onClick(ev) {
        const buttonEl = ev.target.closest("[data-compose], [data-act]");
        if (buttonEl?.dataset.compose) {
            await this.invite(buttonEl.closest(".o_community_opener"));
        }
        if (buttonEl?.dataset.act === "reply") {
            await this.reply(buttonEl.dataset);
        }
        if (buttonEl?.dataset.act === "edit") {
            await this.edit(buttonEl.closest("[data-post]"));
        }
    }

    async invite(inviteEl) {
        const {mode, spaceId, postId, share} = inviteEl.dataset;
        const formEl = await this.fetch({
            mode,
            space_id: spaceId,
            post_id: postId,
            share,
        });
        if (formEl) {
            this.put(formEl, inviteEl, inviteEl.querySelector(".o_community_invite"));
        }
    }

    async reply({root, parent}) {
        const underEl = this.el.querySelector(`#post-${Number(parent)}`).parentElement;
        const openEl = underEl.querySelector(":scope > .o_community_composer");
        if (openEl) {
            openEl.querySelector("[contenteditable=true]")?.focus();
            return;
        }
        const formEl = await this.fetch({
            mode: "reply",
            post_id: root,
            parent_id: parent,
        });
        if (formEl) {
            this.put(formEl, underEl);
        }
    }

    async edit(postEl) {
        const formEl = await this.fetch({mode: "edit", post_id: postEl.dataset.post});
        if (formEl) {
            this.put(formEl, postEl, postEl.querySelector(".o_community_text"));
        }
    }

    async fetch(params) {
        try {
            const {html} = await this.waitFor(rpc("/my/community/compose", params));
            return elements(html)[0];
        } catch (error) {
            explain(this.services, error);
            return null;
        }
    }

    /** Closing it brings back what stood in its place. */
    put(formEl, placeEl, hiddenEl) {
        if (hiddenEl) {
            hiddenEl.hidden = true;
            formEl.addEventListener("community-closed", () => {
                hiddenEl.hidden = false;
                hiddenEl.focus();
            });
        }
        this.insert(formEl, placeEl, "beforeend", false);
    }
}

registry
    .category("public.interactions")
    .add("community_portal.opener", CommunityOpener);
