import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

const MOST = 5;

/** Topics: those of the list, each as a button that takes it away again. */
export class CommunityTopics extends Interaction {
    static selector = ".o_community_topics";
    dynamicContent = {
        "[data-topic]": {"t-on-input": this.onInput, "t-on-keydown": this.onKeydown},
    };

    setup() {
        this.inputEl = this.el.querySelector("[data-topic]");
        this.optionEls = [...this.el.querySelectorAll("option")];
        for (const {dataset, value} of this.optionEls) {
            if (dataset.chosen) {
                this.choose(dataset.id, value);
            }
        }
    }

    onInput() {
        const typed = this.inputEl.value.trim().toLowerCase();
        const found = this.optionEls.find(({value}) => value.toLowerCase() === typed);
        if (found) {
            this.choose(found.dataset.id, found.value);
            this.inputEl.value = "";
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            // It would send the form.
            ev.preventDefault();
        }
    }

    choose(id, name) {
        const chosenEls = this.el.querySelectorAll("[data-chosen-topic]");
        const isThere = [...chosenEls].some((el) => el.dataset.chosenTopic === id);
        if (isThere || chosenEls.length >= MOST) {
            return;
        }
        const buttonEl = document.createElement("button");
        buttonEl.type = "button";
        buttonEl.className = "o_community_topic";
        buttonEl.dataset.chosenTopic = id;
        buttonEl.textContent = name;
        buttonEl.ariaLabel = _t("Take away the topic %s", name);
        buttonEl.addEventListener("click", () => {
            buttonEl.remove();
            this.inputEl.focus();
            this.inputEl.dispatchEvent(new Event("input", {bubbles: true}));
        });
        this.inputEl.before(buttonEl);
    }
}

registry
    .category("public.interactions")
    .add("community_portal.topics", CommunityTopics);
