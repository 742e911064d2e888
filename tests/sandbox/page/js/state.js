import {get, post} from "./api.js";
import {failed} from "./toast.js";

/** What the page knows. Changed here only; views are told by `changed`. */
export const state = {
    channel: "whatsapp",
    customerId: "",
    customers: [],
    accounts: [],
    chats: new Map(), // "channel/customer" -> {last, unread}
    messages: [],
    replyTo: null,
    editing: null,
    windowClosed: false, // WhatsApp's 24 hours, closed by hand
};

const watchers = new Map();

export function watch(what, call) {
    watchers.set(what, [...(watchers.get(what) ?? []), call]);
}

// Lists are drawn once per frame: a flood brings hundreds of messages a second.
const LISTS = new Set(["people", "conversation"]);
const waiting = new Set();

export function changed(...whats) {
    for (const what of whats) {
        if (LISTS.has(what)) {
            later(what);
        } else {
            for (const call of watchers.get(what) ?? []) {
                call();
            }
        }
    }
}

function later(what) {
    if (waiting.size === 0) {
        setTimeout(draw, 16);
    } // also while the window is hidden
    waiting.add(what);
}

function draw() {
    const whats = [...waiting];
    waiting.clear();
    for (const what of whats) {
        for (const call of watchers.get(what) ?? []) {
            call();
        }
    }
}

export const customer = () => state.customers.find((c) => c.id === state.customerId);
export const account = () => state.accounts.find((a) => a.provider === state.channel);
export const chat = (id) => state.chats.get(`${state.channel}/${id}`);
export const find = (id) => state.messages.find((m) => m.id === id);
export const isOpen = () =>
    matchMedia("(min-width: 760px)").matches || document.body.dataset.screen === "chat";

export async function loadAll() {
    const [customers, accounts, chats] = await Promise.all([
        get("customers"),
        get("accounts"),
        get("chats"),
    ]);
    state.customers = customers;
    state.accounts = accounts;
    state.chats = new Map(chats.map((c) => [`${c.channel}/${c.customer}`, c]));
    if (!customer()) {
        state.customerId = customers[0]?.id ?? "";
    }
    changed("people", "account");
    await loadConversation();
}

// What is told while a conversation is being fetched may be newer than the answer.
const fetching = new Set();

export async function loadConversation() {
    const told = [];
    fetching.add(told);
    try {
        await fetchConversation(told);
    } finally {
        fetching.delete(told);
    }
}

async function fetchConversation(told) {
    const wanted = `${state.channel}/${state.customerId}`;
    let messages = [];
    let reply = {forced: null};
    if (state.customerId && account()) {
        const query = new URLSearchParams({
            channel: state.channel,
            customer: state.customerId,
        });
        [messages, reply] = await Promise.all([
            get(`conversation?${query}`),
            get(`window?${query}`),
        ]);
    }
    if (wanted !== `${state.channel}/${state.customerId}`) {
        return;
    } // meanwhile another was opened
    state.messages = messages;
    told.filter(([key]) => key === wanted).forEach(([, message]) => put(message));
    state.windowClosed = reply.forced === false;
    changed("conversation", "window");
    markRead();
}

/** Open a channel and a customer's phone; the address keeps the choice. */
export async function choose(channel, customerId, screen = "chat") {
    state.channel = channel;
    state.customerId = customerId;
    state.replyTo = state.editing = null;
    document.body.dataset.channel = channel;
    document.body.dataset.screen = screen;
    history.replaceState(null, "", `#${channel}/${customerId}`);
    changed("channel", "people", "account", "compose");
    await loadConversation();
}

function put(message) {
    const index = state.messages.findIndex((m) => m.id === message.id);
    if (index < 0) {
        state.messages.push(message);
    } else {
        state.messages[index] = message;
    }
}

/** A message is new or has changed, here or in another conversation. */
export function take({channel, customer: who, message}) {
    const key = `${channel}/${who}`;
    fetching.forEach((told) => told.push([key, message]));
    const known = state.chats.get(key);
    if (!known || message.time >= known.last.time) {
        state.chats.set(key, {
            channel,
            customer: who,
            unread: known?.unread ?? 0,
            last: message,
        });
    }
    const here = key === `${state.channel}/${state.customerId}`;
    if (here) {
        put(message);
        changed("conversation");
        markRead();
    } else if (message.direction === "out" && message.status === "sent") {
        state.chats.get(key).unread += 1;
    }
    changed("people");
}

/** What is on the screen of a visible page has been read. */
export async function markRead() {
    const unread = state.messages.some(
        (m) => m.direction === "out" && ["sent", "delivered"].includes(m.status)
    );
    if (!unread || document.visibilityState !== "visible" || !isOpen()) {
        return;
    }
    const entry = chat(state.customerId);
    if (entry) {
        entry.unread = 0;
    }
    changed("people");
    await post("read", {channel: state.channel, customer: state.customerId}).catch(
        failed
    );
}

export async function say(order) {
    const full = {channel: state.channel, customer: state.customerId, ...order};
    if (state.replyTo && !("target" in order)) {
        full.reply_to = state.replyTo;
    }
    state.replyTo = null;
    changed("compose");
    return post("say", full).catch(failed);
}
