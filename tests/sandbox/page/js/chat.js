import {bubble} from "./bubble.js";
import {$, el} from "./dom.js";
import {clockTime, dayName, t} from "./i18n.js";
import {account, customer, say, state} from "./state.js";

let stuck = true; // the newest message is in view and stays there
const drawn = new Map(); // message id -> {text of what was drawn, node}
let showing = "";

/** Header, banner and the empty state. */
export function renderHead(presence = "") {
    $("chat-name").textContent = account()?.name ?? "";
    const name = customer()?.name.split(" ")[0];
    $("chat-presence").textContent = presence || (name ? t("phoneOf", {name}) : "");
    $("chat-presence").classList.toggle("live", Boolean(presence));
    $("clock").textContent = clockTime(Date.now() / 1000);
}

/** Draw what is new or has changed; bubbles that stay are left alone. */
export function renderConversation() {
    const key = `${state.channel}/${state.customerId}`;
    const moved = key !== showing;
    if (moved) {
        drawn.clear();
        showing = key;
    }
    const mineIsLast = state.messages.at(-1)?.direction === "in";
    const before = $("messages").childElementCount;
    place(rows());
    $("empty").hidden = state.messages.length > 0 || !account();
    if (moved || stuck || (mineIsLast && $("messages").childElementCount !== before)) {
        toEnd();
    }
}

/** Keep the newest message in view: pictures load, banners and keyboards come. */
export function watchScroll() {
    const talk = $("talk");
    const fromEnd = () => talk.scrollHeight - talk.scrollTop - talk.clientHeight;
    talk.addEventListener("scroll", () => {
        stuck = fromEnd() < 120;
        $("to-end").hidden = fromEnd() < 240;
    });
    const keep = new ResizeObserver(() => {
        if (stuck) {
            toEnd();
        }
    });
    keep.observe(talk);
    keep.observe($("messages"));
}

/** Drop what was drawn, for another language. */
export function forget() {
    drawn.clear();
}

export function toEnd() {
    stuck = true;
    requestAnimationFrame(() => {
        $("talk").scrollTop = $("talk").scrollHeight;
    });
}

const sorted = () => [...state.messages].sort((a, b) => a.time - b.time);

function rows() {
    const result = [];
    let day = "";
    let side = "";
    for (const message of sorted()) {
        const today = dayName(message.time);
        if (today !== day) {
            result.push(separator(today));
            day = today;
            side = "";
        }
        result.push(row(message, message.direction !== side));
        side = message.direction;
    }
    return result;
}

function separator(day) {
    const key = `day ${day}`;
    if (!drawn.has(key)) {
        drawn.set(key, {node: el("li.day", {}, el("span", {}, day))});
    }
    return drawn.get(key).node;
}

function row(message, first) {
    const text = JSON.stringify([message, first]);
    const known = drawn.get(message.id);
    if (known?.text === text) {
        return known.node;
    }
    const node = bubble(message, first);
    if (known) {
        node.classList.add("settled");
    } // a change, no entrance
    drawn.set(message.id, {text, node});
    return node;
}

function place(wanted) {
    const list = $("messages");
    wanted.forEach((node, i) => {
        if (list.children[i] !== node) {
            list.insertBefore(node, list.children[i] ?? null);
        }
    });
    while (list.childElementCount > wanted.length) {
        list.lastElementChild.remove();
    }
}

/** The first words, offered as buttons. */
export function renderChips() {
    const words = ["chip1", "chip2"].map((key) =>
        el(
            "button.chip",
            {type: "button", onclick: () => say({kind: "text", text: t(key)})},
            t(key)
        )
    );
    const photo = el(
        "button.chip",
        {
            type: "button",
            onclick: () => say({kind: "image", media: "photo", text: t("photoText")}),
        },
        t("chipPhoto")
    );
    $("chips").replaceChildren(...words, photo);
}
