import {upload} from "./api.js";
import {attachMenu} from "./attach.js";
import {$, el} from "./dom.js";
import {emojiPicker} from "./emoji.js";
import {t} from "./i18n.js";
import {icon} from "./icons.js";
import {label} from "./kinds.js";
import {record} from "./recorder.js";
import {account, changed, find, say, state} from "./state.js";
import {failed, toast} from "./toast.js";

let recording = null;
const drafts = new Map(); // one per conversation
let draftOf = "";

/** Build the bar at the bottom; again when the language changes. */
export function buildComposer() {
    const text = el("textarea", {
        id: "text",
        rows: 1,
        "aria-label": t("write"),
        placeholder: t("write"),
        dir: "auto",
    });
    const action = el("button.round", {type: "button", id: "action"});
    $("composer").replaceChildren(
        el("div.composing", {id: "composing", hidden: true}),
        el(
            "div.bar",
            {id: "bar"},
            el(
                "div.field",
                {},
                tool("smile", "emoji", (button) => emojiPicker(button, insert)),
                text,
                tool("clip", "attach", (button) => attachMenu(button))
            ),
            action
        ),
        el("div.bar.recording", {id: "recording", hidden: true})
    );
    text.addEventListener("input", fit);
    text.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
            event.preventDefault();
            send();
        }
        if (event.key === "Escape") {
            leave();
        }
    });
    text.addEventListener("paste", paste);
    action.onclick = () => (text.value.trim() ? send() : voice());
    renderCompose();
    fit();
}

function tool(name, words, act) {
    return el(
        "button.icon-button",
        {
            type: "button",
            "aria-label": t(words),
            title: t(words),
            "aria-haspopup": "true",
            onclick: (event) => act(event.currentTarget),
        },
        icon(name)
    );
}

/** The strip above: what is answered or edited. */
export function renderCompose() {
    keepDraft();
    const target = find(state.editing ?? state.replyTo);
    const strip = $("composing");
    strip.hidden = !target;
    if (!target) {
        return;
    }
    const name = target.direction === "in" ? t("you") : account()?.name;
    strip.replaceChildren(
        icon(state.editing ? "edit" : "reply"),
        el(
            "span.composing-text",
            {},
            el("strong", {}, state.editing ? t("editing") : t("replyingTo", {name})),
            el("span", {}, label(target))
        ),
        tool("close", "cancel", leave)
    );
    if (state.editing) {
        $("text").value = target.text;
        fit();
    }
    $("text").focus();
}

function keepDraft() {
    const key = `${state.channel}/${state.customerId}`;
    if (key === draftOf) {
        return;
    }
    drafts.set(draftOf, $("text").value);
    draftOf = key;
    $("text").value = drafts.get(key) ?? "";
    fit();
}

function leave() {
    if (state.editing) {
        $("text").value = "";
    }
    state.editing = state.replyTo = null;
    changed("compose");
    fit();
}

function send() {
    const text = $("text").value.trim();
    if (!text) {
        return;
    }
    const order = state.editing
        ? {kind: "edit", target: state.editing, text}
        : {kind: "text", text};
    state.editing = null;
    $("text").value = "";
    fit();
    say(order);
    $("text").focus();
}

function insert(emoji) {
    const field = $("text");
    field.setRangeText(emoji, field.selectionStart, field.selectionEnd, "end");
    fit();
    field.focus();
}

/** Grow with the text, and offer sending or recording. */
function fit() {
    const field = $("text");
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
    const words = field.value.trim() ? "send" : "record";
    const action = $("action");
    if (action.dataset.does === words && action.childElementCount) {
        return;
    }
    action.dataset.does = words;
    action.setAttribute("aria-label", t(words));
    action.title = t(words);
    action.replaceChildren(icon(words === "send" ? "send" : "mic"));
}

function paste(event) {
    const file = [...event.clipboardData.files][0];
    if (!file) {
        return;
    }
    event.preventDefault();
    sendFile(file);
}

/** A file of one's own, sent as what it is. */
export function sendFile(file, kind = "") {
    const type = file.type.split("/")[0];
    const order = {
        channel: state.channel,
        customer: state.customerId,
        kind: kind || (["image", "video", "audio"].includes(type) ? type : "document"),
        mime: file.type || "application/octet-stream",
    };
    return upload(order, file).catch(failed);
}

async function voice() {
    try {
        recording = await record();
    } catch {
        toast(t("noMic"));
        say({kind: "voice", media: "voice"});
        return;
    }
    showRecording();
}

function showRecording() {
    const time = el("span.rec-time", {role: "timer"}, "0:00");
    const began = Date.now();
    const timer = setInterval(() => {
        const s = Math.floor((Date.now() - began) / 1000);
        time.textContent = `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
    }, 250);
    const end = async (keep) => {
        clearInterval(timer);
        $("recording").hidden = true;
        $("bar").hidden = false;
        const file = await recording.stop();
        if (keep) {
            sendFile(file, "voice");
        }
    };
    const sendButton = el(
        "button.round",
        {type: "button", "aria-label": t("sendVoice"), onclick: () => end(true)},
        icon("send")
    );
    $("recording").replaceChildren(
        tool("trash", "cancel", () => end(false)),
        el("span.rec-dot"),
        el("span", {}, t("recording")),
        time,
        sendButton
    );
    $("bar").hidden = true;
    $("recording").hidden = false;
    sendButton.focus();
}
