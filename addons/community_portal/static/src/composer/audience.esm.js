import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

/** Says in a sentence who will see it, and offers what the chosen space allows. */
export class CommunityAudience extends Interaction {
    static selector = ".o_community_composer";
    dynamicContent = {
        "[name=space_id]": {"t-on-change": () => this.offer()},
        // After each handler the page is brought up to date.
        "[name=audience]": {"t-on-change": () => {}},
        ".o_community_who_sees": {"t-out": () => this.who},
    };

    setup() {
        this.spaces = JSON.parse(this.el.dataset.spaces || "[]");
        this.offer(this.el.dataset.audience);
    }

    get fields() {
        return this.el.elements;
    }

    get who() {
        return this.fields.audience.selectedOptions[0]?.dataset.who || "";
    }

    get space() {
        const {space_id: spaceEl} = this.fields;
        return this.spaces.find(({id}) => id === Number(spaceEl?.value));
    }

    offer(wanted) {
        const {space} = this;
        if (!space) {
            return;
        }
        const optionEls = space.audiences.map(({code, label, who}) => {
            const chosen = code === (wanted || space.audience);
            const optionEl = new Option(label, code, chosen, chosen);
            optionEl.dataset.who = who;
            return optionEl;
        });
        this.fields.audience.replaceChildren(...optionEls);
        this.el.dataset.fileLimit = space.limits.file;
        this.el.dataset.videoLimit = space.limits.video;
    }
}

registry
    .category("public.interactions")
    .add("community_portal.audience", CommunityAudience);
