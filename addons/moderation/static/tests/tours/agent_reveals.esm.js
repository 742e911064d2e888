import {registry} from "@web/core/registry";

const MESSAGE = ".o-mail-Message:contains(cancel everything)";

registry.category("web_tour.tours").add("moderation_agent_reveals", {
    steps: () => [
        {
            content: "Before he reads it the agent knows what is in it",
            trigger: `${MESSAGE} .o_moderation_labels .o_tag_color_4`,
        },
        {
            content: "What is secret is covered",
            trigger: `${MESSAGE}:not(:contains(529.982.247-25))`,
        },
        {
            trigger: `${MESSAGE} .o_moderation_uncover .fa-eye`,
            run: "click",
        },
        {
            trigger: `${MESSAGE}:contains(529.982.247-25)`,
        },
        {
            trigger: `${MESSAGE} .o_moderation_uncover .fa-eye-slash`,
            run: "click",
        },
        {
            trigger: `${MESSAGE}:not(:contains(529.982.247-25))`,
        },
        {
            content: "What he answers in public is looked at as well",
            trigger: ".o-mail-Chatter-sendMessage",
            run: "click",
        },
        {
            trigger: ".o-mail-Composer-input",
            run: "edit Is it 529.982.247-25?",
        },
        {
            trigger: ".o-mail-Composer-send:enabled",
            run: "click",
        },
        {
            trigger: ".o_moderation_coach .o_moderation_insist",
            run: "click",
        },
        {
            content: "It waits, and went nowhere",
            trigger:
                ".o-mail-Message:contains(Is it) .o_moderation_note[data-state=held]",
        },
    ],
});
