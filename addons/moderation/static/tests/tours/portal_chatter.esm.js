import {registry} from "@web/core/registry";

// The portal's chatter is an app of its own, in a shadow root.
const CHATTER = "#chatterRoot:shadow";
const INPUT = `${CHATTER} .o-mail-Composer-input`;
const SEND = `${CHATTER} .o-mail-Composer-send:enabled`;
const HELD = `${CHATTER} .o-mail-Message:contains(p.a.u)`;

registry.category("web_tour.tours").add("moderation_portal_chatter", {
    steps: () => [
        {
            content: "A customer writes what should not stand there",
            trigger: INPUT,
            run: "edit My CPF is 529.982.247-25, all right?",
        },
        {
            trigger: SEND,
            run: "click",
        },
        {
            content: "He sees what was found",
            trigger: `${CHATTER} .o_moderation_coach mark:contains(529.982.247-25)`,
        },
        {
            content: "He goes back: his text is still there",
            trigger: `${CHATTER} .o_moderation_coach .o_moderation_change`,
            run: "click",
        },
        {
            trigger: `${INPUT}:not([readonly]):value(529.982.247-25)`,
        },
        {
            trigger: SEND,
            run: "click",
        },
        {
            content: "With one click it is masked and sent",
            trigger: `${CHATTER} .o_moderation_coach .o_moderation_mask`,
            run: "click",
        },
        {
            trigger: `${CHATTER} .o-mail-Message:contains(all right?):not(:contains(529))`,
        },
        {
            content: "What waits for a moderator says so",
            trigger: INPUT,
            run: "edit What a p.a.u.",
        },
        {
            trigger: SEND,
            run: "click",
        },
        {
            trigger: `${HELD} .o_moderation_note[data-state=held]`,
            run() {
                window.location.reload();
            },
            expectUnloadPage: true,
        },
        {
            content: "After a reload it still stands there",
            trigger: `${HELD} .o_moderation_note[data-state=held]`,
        },
    ],
});
