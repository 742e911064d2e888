import {buttons} from "./buttons.js";
import {el} from "./dom.js";
import {telegram, whatsapp} from "./format.js";
import {clockTime, t} from "./i18n.js";
import {icon, tick} from "./icons.js";
import {content, label} from "./kinds.js";
import {openMenu} from "./menu.js";
import {account, find, state} from "./state.js";

const HOLD = 450; // milliseconds

/** One message as a list item. Everything in it is text or drawn, never markup. */
export function bubble(message, first) {
    const bare = message.kind === "sticker" && !message.deleted;
    const box = el(
        `div.bubble${bare ? ".bare" : ""}${message.media && !bare ? ".with-media" : ""}`,
        {},
        !message.deleted && quote(message),
        ...(message.deleted ? [el("p.gone", {}, t("deleted"))] : body(message)),
        meta(message),
        menuButton(message)
    );
    const node = el(
        `li.row.${message.direction === "in" ? "mine" : "theirs"}${first ? ".first" : ""}`,
        {
            "data-message-id": message.id,
            "data-status": message.status,
            "data-kind": message.kind,
            "data-uuid": message.uuid,
        },
        el("div.stack", {}, box, reactions(message), failure(message), buttons(message))
    );
    holdable(box, message);
    return node;
}

function body(message) {
    return [
        message.header && el("p.header", {}, message.header),
        content(message),
        message.text &&
            message.kind !== "contact" &&
            el("p.text", {dir: "auto"}, ...formatted(message)),
        message.footer && el("p.foot", {}, message.footer),
    ];
}

function formatted(message) {
    const big =
        /^\p{Extended_Pictographic}(\u200d\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})*$/u;
    if (big.test(message.text)) {
        return [el("span.big", {}, message.text)];
    }
    return state.channel === "telegram"
        ? telegram(message.text, message.entities ?? [])
        : whatsapp(message.text);
}

/** What the message answers to; a click goes there. */
function quote(message) {
    if (!message.reply_to) {
        return null;
    }
    const target = find(message.reply_to);
    return el(
        "button.quote",
        {type: "button", onclick: () => jump(message.reply_to)},
        el(
            "strong",
            {},
            target?.direction === "in" ? t("you") : (account()?.name ?? "")
        ),
        el("span", {}, target ? label(target) : t("quoteGone"))
    );
}

function jump(id) {
    const node = document.querySelector(`[data-message-id="${CSS.escape(id)}"]`);
    node?.scrollIntoView({block: "center", behavior: "smooth"});
    node?.classList.add("flash");
    setTimeout(() => node?.classList.remove("flash"), 1200);
}

function meta(message) {
    const name = t(message.status);
    return el(
        "span.meta",
        {},
        message.edited && !message.deleted && el("span", {}, t("edited")),
        el("time", {}, clockTime(message.time)),
        el(
            `span.tick.${message.status}`,
            {role: "img", "aria-label": name, title: name},
            tick(message.status)
        )
    );
}

function reactions(message) {
    const emoji = Object.values(message.reactions);
    if (!emoji.length || message.deleted) {
        return null;
    }
    return el("span.reactions", {}, ...emoji);
}

function failure(message) {
    if (message.status !== "failed" || !message.error) {
        return null;
    }
    return el(
        "p.failure",
        {},
        `${message.error.code}: ${message.error.error_data?.details || message.error.title}`
    );
}

function menuButton(message) {
    if (message.deleted) {
        return null;
    }
    return el(
        "button.bubble-menu",
        {
            type: "button",
            "aria-label": t("actions"),
            "aria-haspopup": "menu",
            onclick: (event) => openMenu(message, event.currentTarget),
        },
        icon("more")
    );
}

/** Holding a bubble (or its right click) opens the same menu as its button. */
function holdable(box, message) {
    if (message.deleted) {
        return;
    }
    let timer = 0;
    const stop = () => clearTimeout(timer);
    box.addEventListener("pointerdown", (event) => {
        if (event.pointerType !== "mouse") {
            timer = setTimeout(() => openMenu(message, box), HOLD);
        }
    });
    for (const name of ["pointerup", "pointercancel", "pointermove", "pointerleave"]) {
        box.addEventListener(name, stop);
    }
    box.addEventListener("contextmenu", (event) => {
        event.preventDefault();
        openMenu(message, box);
    });
}
