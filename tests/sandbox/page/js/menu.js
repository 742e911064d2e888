import {el} from "./dom.js";
import {t} from "./i18n.js";
import {icon} from "./icons.js";
import {changed, say, state} from "./state.js";
import {failed, toast} from "./toast.js";

const REACTIONS = ["👍", "❤", "😁", "🎉", "🙏", "😢"];
let open = null;

/** The menu of a message: react, reply, copy, and for one's own edit and delete. */
export function openMenu(message, anchor) {
    closeMenu();
    const menu = el(
        "div.menu",
        {role: "menu", "aria-label": t("actions")},
        el(
            "div.menu-reactions",
            {role: "none"},
            ...REACTIONS.map((emoji) => reaction(message, emoji))
        ),
        ...actions(message).map(([name, words, act]) => item(name, words, act))
    );
    document.querySelector("main").append(menu);
    position(menu, anchor.getBoundingClientRect());
    open = {menu, anchor};
    menu.querySelector("button").focus();
    menu.addEventListener("keydown", (event) => keys(event, menu));
    setTimeout(() => document.addEventListener("pointerdown", outside), 0);
}

export function closeMenu(refocus = false) {
    if (!open) {
        return;
    }
    document.removeEventListener("pointerdown", outside);
    open.menu.remove();
    if (refocus) {
        open.anchor.focus?.();
    }
    open = null;
}

function outside(event) {
    if (!open?.menu.contains(event.target)) {
        closeMenu();
    }
}

function reaction(message, emoji) {
    const on = message.reactions.customer === emoji;
    return el(
        `button${on ? ".on" : ""}`,
        {
            type: "button",
            role: "menuitem",
            "aria-label": on ? t("unreact") : t("react", {emoji}),
            onclick: () => {
                closeMenu(true);
                say({
                    kind: "reaction",
                    target: message.id,
                    text: on ? "" : emoji,
                    old: message.reactions.customer ?? "",
                });
            },
        },
        emoji
    );
}

function actions(message) {
    const mine = message.direction === "in";
    return [
        ["reply", "reply", () => compose({replyTo: message.id, editing: null})],
        message.text && ["copy", "copy", () => copy(message.text)],
        mine &&
            message.kind === "text" && [
                "edit",
                "edit",
                () => compose({editing: message.id, replyTo: null}),
            ],
        mine && ["trash", "delete", () => say({kind: "delete", target: message.id})],
    ].filter(Boolean);
}

function compose(change) {
    Object.assign(state, change);
    changed("compose");
}

function copy(text) {
    navigator.clipboard
        .writeText(text)
        .then(() => toast(t("copied")))
        .catch(failed);
}

function item(name, words, act) {
    return el(
        "button.menu-item",
        {
            type: "button",
            role: "menuitem",
            onclick: () => {
                closeMenu(true);
                act();
            },
        },
        icon(name),
        t(words)
    );
}

/** Beside the anchor, but always inside the window. */
function position(menu, box) {
    const {offsetWidth: width, offsetHeight: height} = menu;
    const left = Math.max(8, Math.min(box.left, innerWidth - width - 8));
    const below = box.bottom + 4 + height < innerHeight;
    menu.style.left = `${left}px`;
    menu.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - height - 4)}px`;
}

function keys(event, menu) {
    const all = [...menu.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement);
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (step) {
        event.preventDefault();
        all[(at + step + all.length) % all.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
        event.preventDefault();
        closeMenu(true);
    }
}
