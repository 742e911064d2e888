import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {redirect} from "@web/core/utils/urls";
import {Interaction} from "@web/public/interaction";

const SHORTEST = 8; // Letters
const ASKED_AFTER = 400; // Milliseconds without a key

/** On the form for a new ticket: what others have solved, while somebody types. */
export class CommunityTicketSimilar extends Interaction {
    static selector = ".o_community_ticket";
    dynamicSelectors = {
        ...this.dynamicSelectors,
        _subject: () => this.formEl.querySelector("[name=subject]"),
    };
    dynamicContent = {
        _subject: {"t-on-input": () => this.ask()},
        "[data-solved]": {"t-on-click": this.locked(this.solve)},
        "[data-ask]": {"t-on-click": this.locked(this.askInstead)},
    };

    setup() {
        this.formEl = this.el.closest("form");
        this.foundEl = this.el.querySelector(".o_community_ticket_found");
        this.ask = this.debounced(this.look, ASKED_AFTER);
    }

    start() {
        // Whose ticket came back has typed already.
        this.look();
    }

    async look() {
        const text = this.formEl.elements.subject.value.trim();
        this.asked = text;
        let found = [];
        if (text.length >= SHORTEST) {
            try {
                found = await this.waitFor(
                    rpc("/my/community/ticket/similar", {text}, {silent: true})
                );
            } catch {
                // A help that does not come is no trouble.
            }
        }
        if (this.asked === text) {
            this.show("community_portal.ticket_found", {found});
        }
    }

    show(template, values) {
        this.foundEl.replaceChildren();
        this.renderAt(template, values, this.foundEl);
    }

    async solve(ev) {
        const post_id = Number(ev.currentTarget.dataset.solved);
        try {
            const {url} = await this.waitFor(
                rpc("/my/community/ticket/solved", {post_id})
            );
            this.show("community_portal.ticket_avoided", {url});
            this.foundEl.querySelector("[tabindex]").focus();
        } catch (error) {
            this.explain(error);
        }
    }

    async askInstead() {
        const {subject, description} = this.formEl.elements;
        try {
            const {url} = await this.waitFor(
                rpc("/my/community/ticket/ask", {
                    subject: subject.value,
                    description: description.value,
                })
            );
            redirect(url);
        } catch (error) {
            this.explain(error);
        }
    }

    explain(error) {
        const said = error.data?.message || _t("The server cannot be reached now.");
        this.services.notification.add(said, {type: "warning"});
    }
}

registry
    .category("public.interactions")
    .add("community_portal.ticket_similar", CommunityTicketSimilar);
