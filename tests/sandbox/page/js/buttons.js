import {el} from "./dom.js";
import {t} from "./i18n.js";
import {icon} from "./icons.js";
import {say} from "./state.js";

/** The buttons of a template, of an interactive message or of an inline keyboard. */
export function buttons(message) {
    if (message.deleted) {
        return null;
    }
    const all = (message.buttons ?? []).map((button) => one(message, button));
    if (message.rows?.length) {
        all.push(list(message));
    }
    return all.length ? el("div.offers", {}, ...all) : null;
}

function one(message, button) {
    if (button.url && /^https?:/.test(button.url)) {
        return el(
            "a.offer",
            {href: button.url, target: "_blank", rel: "noopener noreferrer"},
            icon("link"),
            button.title
        );
    }
    const answerable = ["reply", "quick_reply"].includes(button.kind);
    return el(
        "button.offer",
        {
            type: "button",
            disabled: !answerable,
            onclick: () =>
                say({
                    kind: "button",
                    target: message.id,
                    button: button.id || button.title,
                }),
        },
        answerable ? icon("reply") : icon("handset"),
        button.title
    );
}

function list(message) {
    const rows = message.rows.map((row) =>
        el(
            "button.offer.list-row",
            {
                type: "button",
                onclick: () => say({kind: "list", target: message.id, button: row.id}),
            },
            el(
                "span",
                {},
                row.title,
                row.description && el("small", {}, row.description)
            )
        )
    );
    return el(
        "details.offer-list",
        {},
        el("summary.offer", {}, icon("list"), message.list_button || t("openList")),
        ...rows
    );
}
