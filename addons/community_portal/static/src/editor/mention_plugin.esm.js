import {Plugin} from "@html_editor/plugin";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {debounce} from "@web/core/utils/timing";

const CALLED = /(?:^|[\s(\u00a0])@([\p{L}\p{M}][\p{L}\p{M} ]{0,29})$/u;
const SHORTEST = 2; // Letters
const ASKED_AFTER = 200; // Milliseconds without a key

/**
 * "@" and the beginning of a name offer the people who will be able to read what is
 * written; the chosen one stands in the text as a link to his page.
 */
export class MentionPlugin extends Plugin {
    static id = "communityMention";
    static dependencies = ["dom", "history", "selection"];
    resources = {
        user_commands: {
            id: "communityMention",
            run: () => this.begin(),
        },
    };

    setup() {
        this.people = [];
        this.active = 0;
        this.asking = 0;
        this.ask = debounce(this.fetch.bind(this), ASKED_AFTER);
        this.listEl = this.document.createElement("ul");
        this.listEl.className = "o_community_people";
        this.listEl.id = `community_people_${Math.random().toString(36).slice(2)}`;
        this.listEl.setAttribute("role", "listbox");
        this.listEl.setAttribute("aria-label", _t("People"));
        this.listEl.hidden = true;
        this.editable.after(this.listEl);
        this.editable.setAttribute("aria-controls", this.listEl.id);
        this.addDomListener(this.editable, "input", () => this.look());
        this.addDomListener(this.editable, "keydown", (ev) => this.onKeydown(ev), true);
        this.addDomListener(this.editable, "blur", () => this.hide());
        this.addDomListener(this.listEl, "mousedown", (ev) => {
            // The text keeps its focus and its selection.
            ev.preventDefault();
            const itemEl = ev.target.closest("[role=option]");
            if (itemEl) {
                this.choose([...this.listEl.children].indexOf(itemEl));
            }
        });
    }

    destroy() {
        this.ask.cancel();
        this.listEl.remove();
        super.destroy();
    }

    begin() {
        this.dependencies.dom.insert(" @");
        this.dependencies.history.addStep();
    }

    /** What has been typed of a name, and where it begins. */
    called() {
        const {anchorNode, anchorOffset, isCollapsed} =
            this.dependencies.selection.getEditableSelection();
        if (!isCollapsed || anchorNode.nodeType !== Node.TEXT_NODE) {
            return null;
        }
        const before = anchorNode.textContent.slice(0, anchorOffset);
        const found = CALLED.exec(before);
        return (
            found && {
                node: anchorNode,
                text: found[1],
                from: anchorOffset - found[1].length - 1,
                to: anchorOffset,
            }
        );
    }

    look() {
        const called = this.called();
        if (called && called.text.trim().length >= SHORTEST) {
            this.ask(called.text);
        } else {
            this.ask.cancel();
            this.hide();
        }
    }

    async fetch(text) {
        const number = ++this.asking;
        let people = [];
        try {
            people = await rpc(
                "/my/community/mention",
                {text, ...this.config.mentionPlace()},
                {silent: true}
            );
        } catch {
            // Nobody is offered; the name stays as it was typed.
        }
        if (number === this.asking && !this.isDestroyed && this.called()) {
            this.show(people);
        }
    }

    show(people) {
        this.people = people;
        this.active = 0;
        this.listEl.replaceChildren(...people.map((person) => this.item(person)));
        this.listEl.hidden = !people.length;
        this.mark();
    }

    item({id, name, employer, avatar}) {
        const itemEl = this.document.createElement("li");
        itemEl.id = `${this.listEl.id}_${id}`;
        itemEl.setAttribute("role", "option");
        const faceEl = this.document.createElement("img");
        Object.assign(faceEl, {src: avatar, alt: "", width: 28, height: 28});
        const nameEl = this.document.createElement("strong");
        nameEl.textContent = name;
        const employerEl = this.document.createElement("span");
        employerEl.textContent = employer;
        itemEl.append(faceEl, nameEl, employerEl);
        return itemEl;
    }

    mark() {
        [...this.listEl.children].forEach((itemEl, index) =>
            itemEl.setAttribute("aria-selected", String(index === this.active))
        );
        const activeEl = this.listEl.children[this.active];
        if (activeEl && !this.listEl.hidden) {
            this.editable.setAttribute("aria-activedescendant", activeEl.id);
        } else {
            this.editable.removeAttribute("aria-activedescendant");
        }
    }

    hide() {
        this.asking++;
        this.listEl.hidden = true;
        this.mark();
    }

    onKeydown(ev) {
        if (this.listEl.hidden) {
            return;
        }
        const count = this.people.length;
        const keys = {
            ArrowDown: () => (this.active = (this.active + 1) % count),
            ArrowUp: () => (this.active = (this.active + count - 1) % count),
            Enter: () => this.choose(this.active),
            Tab: () => this.choose(this.active),
            Escape: () => this.hide(),
        };
        const run = keys[ev.key];
        if (run && !ev.ctrlKey && !ev.metaKey) {
            ev.preventDefault();
            ev.stopImmediatePropagation();
            run();
            this.mark();
        }
    }

    choose(index) {
        const person = this.people[index];
        const called = this.called();
        this.hide();
        if (!person || !called) {
            return;
        }
        this.dependencies.selection.setSelection({
            anchorNode: called.node,
            anchorOffset: called.from,
            focusNode: called.node,
            focusOffset: called.to,
        });
        const linkEl = this.document.createElement("a");
        linkEl.href = person.url;
        linkEl.textContent = `@${person.name}`;
        this.dependencies.dom.insert(linkEl);
        this.dependencies.dom.insert("\u00a0");
        this.dependencies.history.addStep();
    }
}
