import {$, el} from "./dom.js";
import {clockTime, kindName, t} from "./i18n.js";
import {tick} from "./icons.js";
import {chat, choose, state} from "./state.js";

/** The list of phones: who has one, and the last line of each. */
export function renderPeople() {
    const shown = state.customers.filter((c) => !c.from_flood || chat(c.id));
    shown.sort((a, b) => (chat(b.id)?.last.time ?? 0) - (chat(a.id)?.last.time ?? 0));
    $("people-list").replaceChildren(...shown.slice(0, 80).map(row));
}

export function avatar(customer) {
    const node = el("span.avatar", {"aria-hidden": "true"}, customer.initials);
    node.style.setProperty("--tone", customer.colour);
    return node;
}

function row(customer) {
    const entry = chat(customer.id);
    const current = customer.id === state.customerId;
    return el(
        "li",
        {},
        el(
            "button.person",
            {
                type: "button",
                "data-customer": customer.id,
                "aria-current": current ? "true" : undefined,
                onclick: () => choose(state.channel, customer.id),
            },
            avatar(customer),
            el(
                "span.person-text",
                {},
                el(
                    "span.person-line",
                    {},
                    el("strong", {}, customer.name),
                    entry && el("time", {}, clockTime(entry.last.time))
                ),
                el(
                    "span.person-line",
                    {},
                    el("span.person-last", {}, ...preview(customer, entry)),
                    badge(entry)
                )
            )
        )
    );
}

function preview(customer, entry) {
    if (!entry) {
        return [customer.company || customer.phone];
    }
    const {last} = entry;
    const words = last.deleted ? t("deleted") : last.text || kindName(last.kind);
    return [last.direction === "in" ? tick(last.status) : null, words].filter(Boolean);
}

function badge(entry) {
    if (!entry?.unread) {
        return null;
    }
    return el(
        "span.badge",
        {"aria-label": t("unread", {count: entry.unread}), role: "img"},
        String(entry.unread)
    );
}
