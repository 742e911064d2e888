import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("moderation_portal_ticket", {
    steps: () => [
        {
            trigger: "input[name=subject]",
            run: "edit Invoice",
        },
        {
            trigger: "textarea[name=description]",
            run: "edit My CPF 529.982.247-25 is refused",
        },
        {
            trigger: "form[action='/submitted/ticket'] button.btn-primary",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The form is back, with all that was entered",
            trigger: "#moderation_advice mark:contains(529.982.247-25)",
        },
        {
            trigger: "input[name=subject]:value(Invoice)",
        },
        {
            trigger: "#moderation_advice button[value=insist]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "The ticket's page says that it waits",
            trigger: ".o_moderation_banner .fa-clock-o",
        },
    ],
});
