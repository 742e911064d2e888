import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("social_helpdesk_window_closed", {
    steps: () => [
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            trigger: ".o_data_row:contains(Maria Souza) td[name=name]",
            run: "click",
        },
        {
            trigger: ".o-mail-Chatter-sendMessage",
            run: "click",
        },
        {
            content: "It says why nothing can be sent, and what can",
            trigger: ".o_social_closed:contains(only for a while)",
        },
        {
            trigger: ".o-mail-Composer-input",
            run: "edit Hello?",
        },
        {
            trigger: ".o-mail-Composer-send:disabled",
        },
        {
            trigger: ".o_social_closed button:contains(Send a template)",
            run: "click",
        },
        {
            trigger: ".modal:contains(Send a template message) [name=template_id]",
        },
    ],
});
