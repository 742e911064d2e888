import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("moderation_queue_keys", {
    steps: () => [
        {
            trigger: ".o_data_row:contains(primeiro) td[name=excerpt]",
            run: "click",
        },
        {
            content: "The button says its key",
            trigger:
                ".o_moderation_decide button[name=action_hide][aria-keyshortcuts=h]",
        },
        {
            content: "What was found is marked",
            trigger: ".o_moderation_context mark:contains(treco)",
        },
        {
            trigger: ".o_moderation_decide",
            run: "press h",
        },
        {
            content: "Typing a reason decides nothing, whatever its letters are",
            trigger: ".modal [name=reason] textarea",
            run: "edit aphmwsxoecun",
        },
        {
            trigger: ".modal button[name=action_decide]",
            run: "click",
        },
        {
            content: "The next case opens by itself",
            trigger: ".o_moderation_context:contains(segundo)",
        },
        {
            trigger: ".o_moderation_decide",
            run: "press c",
        },
        {
            trigger: ".o_moderation_decide button[name=action_unclaim]:enabled",
        },
        {
            trigger: ".o_moderation_decide",
            run: "press a",
        },
        {
            trigger: ".o_notification:contains(Nothing else waits for you)",
        },
        {
            trigger: ".o_last_breadcrumb_item:contains(Queue)",
        },
        {
            content: "Nothing is left in the queue",
            trigger: ".o_view_nocontent_smiling_face",
        },
    ],
});
