import {listen} from "./api.js";
import {
    forget,
    renderChips,
    renderConversation,
    renderHead,
    toEnd,
    watchScroll,
} from "./chat.js";
import {buildComposer, renderCompose} from "./composer.js";
import {$} from "./dom.js";
import {onLanguage, setLanguage, t, translate} from "./i18n.js";
import {placeIcons} from "./icons.js";
import {renderPeople} from "./people.js";
import {failing, faultsOn, loadStage, renderStage} from "./stage.js";
import {
    account,
    changed,
    choose,
    loadAll,
    markRead,
    state,
    take,
    watch,
} from "./state.js";
import {failed, toast} from "./toast.js";

let online = true;
let typing = 0;

function renderBanner() {
    const words = !online
        ? t("offline")
        : account() && !account().callback_url
          ? t(state.channel === "whatsapp" ? "notConnected" : "notConnectedTelegram")
          : failing()
            ? t("retrying", {why: failing()})
            : "";
    $("banner").textContent = words;
    $("banner").hidden = !words;
    document.body.classList.toggle("misbehaving", faultsOn());
}

function showTyping({channel, customer}) {
    if (channel !== state.channel || customer !== state.customerId) {
        return;
    }
    clearTimeout(typing);
    renderHead(t("typing"));
    typing = setTimeout(renderHead, 4000);
}

function renderChannel() {
    for (const button of document.querySelectorAll("button[data-channel]")) {
        button.setAttribute("aria-pressed", button.dataset.channel === state.channel);
    }
    renderStage();
    renderBanner();
    renderHead();
}

function fromAddress() {
    const [channel, customer] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (!["whatsapp", "telegram"].includes(channel)) {
        return;
    }
    state.channel = document.body.dataset.channel = channel;
    if (customer) {
        state.customerId = customer;
        document.body.dataset.screen = "chat";
    }
}

const refreshStage = () => loadStage().then(renderBanner).catch(failed);

const handlers = {
    message: take,
    typing: showTyping,
    reset: () => loadAll().then(refreshStage),
    accounts: () => loadAll().then(refreshStage),
    customers: () => loadAll().then(refreshStage),
    faults: refreshStage,
    webhook: refreshStage,
    notice: ({text}) => text && toast(text),
    violation: ({problems}) =>
        toast(`${t("violation")}: ${problems.join("; ")}`, "error"),
    online: (now) => {
        if (now && !online) {
            loadAll().then(refreshStage).catch(failed);
        }
        online = now;
        renderBanner();
    },
};

function wireButtons() {
    for (const button of document.querySelectorAll("button[data-lang]")) {
        button.onclick = () => setLanguage(button.dataset.lang);
    }
    for (const button of document.querySelectorAll("button[data-channel]")) {
        button.onclick = () =>
            choose(
                button.dataset.channel,
                state.customerId,
                document.body.dataset.screen
            );
    }
    for (const button of document.querySelectorAll("[data-open-stage]")) {
        button.onclick = () => {
            document.body.classList.toggle("stage-open");
            $("stage-close").focus();
        };
    }
    $("stage-close").onclick = () => document.body.classList.remove("stage-open");
    $("back").onclick = () => {
        document.body.dataset.screen = "people";
    };
    $("to-end").onclick = toEnd;
    watchScroll();
    document.addEventListener("visibilitychange", markRead);
    document.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            document.body.classList.remove("stage-open");
        }
    });
}

function watchAll() {
    watch("people", renderPeople);
    watch("conversation", renderConversation);
    watch("window", renderStage);
    watch("compose", renderCompose);
    watch("channel", renderChannel);
    watch("account", () => {
        renderHead();
        renderBanner();
    });
    onLanguage(() => {
        forget();
        buildComposer();
        renderChips();
        changed("people", "channel", "conversation");
    });
}

async function start() {
    fromAddress();
    placeIcons();
    translate();
    buildComposer();
    renderChips();
    watchAll();
    wireButtons();
    await listen(handlers);
    await loadAll();
    await choose(state.channel, state.customerId, document.body.dataset.screen);
    await refreshStage();
    setInterval(
        () =>
            renderHead(
                $("chat-presence").classList.contains("live") ? t("typing") : ""
            ),
        30000
    );
    document.body.dataset.ready = "true";
}

start().catch(failed);
