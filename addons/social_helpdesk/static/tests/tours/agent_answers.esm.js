import {registry} from "@web/core/registry";

const QUESTION = ".o-mail-Message:contains(The invoice is wrong)";
const ANSWER = ".o-mail-Message:contains(A new one is on its way)";

registry.category("web_tour.tours").add("social_helpdesk_agent_answers", {
    steps: () => [
        {
            content: "The list shows where each ticket comes from",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Maria Souza) img[alt=WhatsApp]",
        },
        {
            content: "Open the ticket",
            trigger: ".o_data_row:contains(Maria Souza) td[name=name]",
            run: "click",
        },
        {
            content: "A note stays inside, and says so",
            trigger: ".o-mail-Chatter-logNote",
            run: "click",
        },
        {
            trigger: ".o_social_note:contains(Only your team sees this)",
        },
        {
            content: "Reply to the very message",
            trigger: QUESTION,
            run: "hover && click .o-mail-Message-actions [title='Reply']",
        },
        {
            content: "It says where the answer goes, before it is written",
            trigger: ".o_social_recipient:contains(To Maria Souza on WhatsApp)",
        },
        {
            trigger: ".o_social_window:contains(window closes in)",
        },
        {
            trigger: ".o_social_quoted:contains(The invoice is wrong)",
        },
        {
            trigger: ".o-mail-Composer-input",
            run: "edit A new one is on its way",
        },
        {
            trigger: ".o-mail-Composer-send:enabled:contains(Send on WhatsApp)",
            run: "click",
        },
        {
            content: "Under the answer is how far it came",
            trigger: `${ANSWER} .o_social_delivery[data-state=queued]:contains(via WhatsApp)`,
        },
        {
            content: "and what it answers",
            trigger: `${ANSWER} .o_social_quote:contains(The invoice is wrong)`,
        },
    ],
});
