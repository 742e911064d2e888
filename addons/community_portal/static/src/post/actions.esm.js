import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {ReportDialog} from "@moderation/dialogs/report_dialog.esm";
import {elements, explain} from "../room/talk.esm";
import {HistoryDialog} from "./history_dialog.esm";

/**
 * What is done with a post by one press: a button's `data-act` is the route's last
 * word and `data-params` what it is told; the server answers with the posts that
 * look different now.
 */
export class CommunityActions extends Interaction {
    static selector = ".o_community";
    dynamicContent = {
        _root: {"t-on-click": this.onClick},
    };

    setup() {
        this.busy = new Set();
        // What needs more than the server.
        this.special = {
            link: (postEl, buttonEl) => this.copyLink(buttonEl.dataset.url),
            report: (postEl) => this.report(postEl),
            history: (postEl) => this.history(postEl),
            share: (postEl) => this.share(postEl),
            reply: () => {},
            edit: () => {},
        };
    }

    async onClick(ev) {
        const buttonEl = ev.target.closest("[data-act]");
        const postEl = buttonEl?.closest("[data-post]");
        if (!postEl) {
            return;
        }
        const {act} = buttonEl.dataset;
        const special = this.special[act];
        await (special ? special(postEl, buttonEl) : this.act(postEl, buttonEl));
    }

    async act(postEl, buttonEl) {
        const {act, params = "{}", key = ""} = buttonEl.dataset;
        const route = `/my/community/post/${postEl.dataset.post}/${act}`;
        if (this.busy.has(route)) {
            return;
        }
        this.busy.add(route);
        try {
            const {
                url,
                posts = {},
                vote,
                votes,
            } = await this.waitFor(rpc(route, JSON.parse(params)));
            if (url) {
                window.location.assign(url);
                return;
            }
            this.replace(posts);
            if (vote) {
                const votesEl = buttonEl.closest(".o_community_votes");
                votesEl.replaceWith(...elements(vote));
            }
            if (votes) {
                const leftEl = this.el.querySelector(".o_community_votes_left");
                leftEl?.replaceWith(...elements(votes));
            }
            this.focus(postEl.id, act, key);
        } catch (error) {
            explain(this.services, error);
        } finally {
            this.busy.delete(route);
        }
    }

    /** @param {Object} posts html by id */
    replace(posts) {
        for (const [id, html] of Object.entries(posts)) {
            const oldEl = this.el.querySelector(`#post-${Number(id)}`);
            const [newEl] = elements(html);
            if (oldEl && newEl) {
                this.services["public.interactions"].stopInteractions(oldEl);
                oldEl.replaceWith(newEl);
                this.services["public.interactions"].startInteractions(newEl);
            }
        }
    }

    /** The button that was pressed is another one now; the keyboard stays on it. */
    focus(postId, act, key) {
        const postEl = this.el.querySelector(`#${postId}`);
        const which = key ? `[data-act="${act}"][data-key="${key}"]` : "";
        const againEl =
            postEl?.querySelector(
                which || `.o_community_actions [data-act="${act}"]`
            ) || postEl?.querySelector("button:not(:disabled)");
        const inMenu = againEl?.closest(".dropdown-menu");
        const focusEl = inMenu ? inMenu.previousElementSibling : againEl;
        focusEl?.focus({preventScroll: true});
    }

    async copyLink(url) {
        await this.waitFor(
            navigator.clipboard.writeText(new URL(url, window.location.origin).href)
        );
        this.services.notification.add(_t("The link is copied."), {type: "success"});
    }

    report(postEl) {
        this.services.dialog.add(ReportDialog, {
            resModel: "community.post",
            resId: Number(postEl.dataset.post),
        });
    }

    async history(postEl) {
        try {
            const route = `/my/community/post/${postEl.dataset.post}/history`;
            const {html} = await this.waitFor(rpc(route, {}));
            this.services.dialog.add(HistoryDialog, {html});
        } catch (error) {
            explain(this.services, error);
        }
    }

    share(postEl) {
        window.location.assign(
            `/my/community?compose=1&share=${postEl.dataset.post}#compose`
        );
    }
}

registry
    .category("public.interactions")
    .add("community_portal.actions", CommunityActions);
