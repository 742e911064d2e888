import {sendFile} from "./composer.js";
import {el} from "./dom.js";
import {t} from "./i18n.js";
import {icon} from "./icons.js";
import {closePopup, popup} from "./popup.js";
import {say} from "./state.js";

/** What can be sent beside words: ready samples first, then one's own files. */
const CHOICES = [
    [
        "image",
        "photo",
        () => say({kind: "image", media: "photo", text: t("photoText")}),
    ],
    ["file", "document", () => say({kind: "document", media: "document"})],
    ["video", "video", () => say({kind: "video", media: "video"})],
    ["mic", "voice", () => say({kind: "voice", media: "voice"})],
    [
        "pin",
        "location",
        () =>
            say({
                kind: "location",
                latitude: -25.4296,
                longitude: -49.2713,
                name: t("placeName"),
                address: "Curitiba, PR",
            }),
    ],
    ["person", "contact", () => say({kind: "contact"})],
    ["sticker", "sticker", () => say({kind: "sticker", media: "sticker"})],
    ["plus", "ownPhoto", () => pick("image/*,video/*")],
    ["folder", "ownFile", () => pick("*/*", "document")],
];

export function attachMenu(button) {
    popup(
        button,
        el(
            "div.attach",
            {role: "group", "aria-label": t("attach")},
            ...CHOICES.map(([name, words, act]) =>
                el(
                    "button",
                    {
                        type: "button",
                        "data-attach": words,
                        onclick: () => {
                            closePopup();
                            act();
                        },
                    },
                    el(`span.attach-icon.${words}`, {}, icon(name)),
                    t(words)
                )
            )
        )
    );
}

function pick(accept, kind) {
    const input = el("input", {type: "file", accept});
    input.onchange = () => {
        for (const file of input.files) {
            sendFile(file, kind);
        }
    };
    input.click();
}
