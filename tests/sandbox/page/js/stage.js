import {get, post, remove} from "./api.js";
import {$, el} from "./dom.js";
import {t} from "./i18n.js";
import {icon} from "./icons.js";
import {customer, loadAll, state} from "./state.js";
import {failed, toast} from "./toast.js";

const FAULTS = [
    {kind: "status", status: 500},
    {kind: "rate_limit", retry_after: 5},
    {kind: "slow", seconds: 3},
    {kind: "cut_before"},
    {kind: "cut_after"},
    {kind: "expired_token"},
    {kind: "media_gone"},
];

let faults = [];
let wire = {counters: {}, waiting: 0, deliveries: []};

/** Build the panel behind the scenes; it is small, so always as a whole. */
export function renderStage() {
    const focused = document.activeElement?.id;
    $("stage-body").replaceChildren(
        section("wire", wireFigures(), el("h4", {}, t("deliveries")), deliveries()),
        section(
            "misbehave",
            el(
                "p.hint",
                {},
                t("misbehaveHint", {
                    channel: state.channel === "whatsapp" ? "WhatsApp" : "Telegram",
                })
            ),
            ...FAULTS.map(faultSwitch)
        ),
        section("customerSide", ...customerSwitches()),
        el("button.reset", {type: "button", onclick: reset}, icon("broom"), t("reset"))
    );
    if (focused) {
        $(focused)?.focus();
    }
}

export async function loadStage() {
    [faults, wire] = await Promise.all([get("faults"), get("webhooks?last=8")]);
    renderStage();
}

export const failing = () => {
    const broken = wire.deliveries.find(
        (d) => d.provider === state.channel && !d.accepted && d.attempts > 0
    );
    return broken ? (broken.status ?? broken.error) : "";
};

export const faultsOn = () => faults.some((f) => f.provider === state.channel);

function section(title, ...children) {
    return el("section", {}, el("h3", {}, t(title)), ...children);
}

function wireFigures() {
    const figures = [
        ["accepted", wire.counters.accepted],
        ["waiting", wire.waiting],
        ["refused", wire.counters.refused],
    ];
    return el(
        "dl.figures",
        {},
        ...figures.map(([name, value]) =>
            el(
                `div.${name}${value ? ".some" : ""}`,
                {},
                el("dt", {}, t(name)),
                el("dd", {}, String(value ?? 0))
            )
        )
    );
}

function deliveries() {
    const last = wire.deliveries.slice(-6).reverse();
    if (!last.length) {
        return el("p.hint", {}, t("noDeliveries"));
    }
    return el(
        "ul.deliveries",
        {},
        ...last.map((d) => {
            const state_ = d.accepted ? "ok" : d.attempts ? "bad" : "new";
            return el(
                `li.${state_}`,
                {},
                el("span.code", {}, String(d.status ?? (d.attempts ? "✕" : "…"))),
                el(
                    "span.about",
                    {},
                    (d.about[0] ?? "").split(" ")[0],
                    d.about.length > 1 ? ` +${d.about.length - 1}` : ""
                ),
                el(
                    "small",
                    {},
                    d.attempts > 1
                        ? t("attempt", {count: d.attempts})
                        : d.ms === null
                          ? ""
                          : `${Math.round(d.ms)} ms`
                )
            );
        })
    );
}

function toggle(id, words, on, change) {
    return el(
        "label.switch",
        {},
        el("span", {}, words),
        el("input", {
            type: "checkbox",
            role: "switch",
            id,
            checked: on,
            onchange: (e) => change(e.target.checked),
        })
    );
}

function faultSwitch(fault) {
    const mine = faults.find(
        (f) => f.kind === fault.kind && f.provider === state.channel
    );
    return toggle(
        `fault-${fault.kind}`,
        t(`fault_${fault.kind}`),
        Boolean(mine),
        (on) =>
            (on
                ? post("faults", {...fault, provider: state.channel})
                : remove(`faults?id=${mine.id}`)
            ).catch(failed)
    );
}

function customerSwitches() {
    const who = {channel: state.channel, customer: state.customerId};
    const blocked = customer()?.blocked.includes(state.channel) ?? false;
    const switches = [
        toggle("blocked", t("blocked"), blocked, (on) =>
            post("block", {...who, blocked: on}).catch(failed)
        ),
    ];
    if (state.channel === "whatsapp") {
        switches.push(
            toggle("window-closed", t("windowClosed"), state.windowClosed, (on) => {
                state.windowClosed = on;
                post("window", {...who, open: on ? false : null}).catch(failed);
            })
        );
    }
    return switches;
}

async function reset() {
    await post("reset").catch(failed);
    toast(t("resetDone"));
    await loadAll();
}
