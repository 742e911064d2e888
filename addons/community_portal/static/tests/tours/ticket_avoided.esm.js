import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("community_ticket_avoided", {
    steps: () => [
        {
            trigger: ".o_community_ticket",
        },
        {
            trigger: "input[name=subject]",
            run: "edit Rejeição 539 da nota",
        },
        {
            content: "What others have solved comes up",
            trigger: ".o_community_ticket_found a:contains(Rejeição 539)",
        },
        {
            trigger: ".o_community_ticket_found button[data-solved]",
            run: "click",
        },
        {
            content: "Thanked, and the answer is one click away",
            trigger: ".o_community_ticket_found [role=status] a[href*='/post/']",
        },
        {
            content: "The form is still there for what is left open",
            trigger: "textarea[name=description]",
            run: "edit Ainda rejeita",
        },
        {
            trigger: ".o_community_ticket button[data-ask]",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "Or the community is asked, with what was typed",
            trigger: ".o_community_composer [name=title]:value(Rejeição 539 da nota)",
        },
        {
            content: "Its text stands in the editor",
            trigger: ".o_community_composer [contenteditable=true]:contains(Ainda)",
        },
    ],
});
