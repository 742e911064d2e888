import {registry} from "@web/core/registry";

const CHATTER = "#chatterRoot:shadow";
const MESSAGE = `${CHATTER} .o-mail-Message:contains(You are a fool)`;

registry.category("web_tour.tours").add("moderation_portal_report", {
    steps: () => [
        {
            trigger: MESSAGE,
            run: "hover && click #chatterRoot:shadow .o-mail-Message:contains(You are a fool) .o-mail-Message-actions button:last",
        },
        {
            trigger: `${CHATTER} [name=moderation-report]`,
            run: "click",
        },
        {
            trigger: `${CHATTER} .o_moderation_report #moderation_category_insult`,
            run: "click",
        },
        {
            trigger: `${CHATTER} .o_moderation_report button.btn-primary:enabled`,
            run: "click",
        },
        {
            trigger: ".o_notification",
        },
    ],
});
