import {el} from "./dom.js";
import {t} from "./i18n.js";
import {icon} from "./icons.js";

const BARS = 34;
let playing = null;

// a recording in progress has no known length
const length = (sound) => (Number.isFinite(sound.duration) ? sound.duration : 0);
const minutes = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** A voice note: play, a waveform to see and to seek in, the time. */
export function player(message) {
    const sound = new Audio(message.media.url);
    sound.preload = "metadata";
    const button = el(
        "button.play",
        {type: "button", "aria-label": t("play")},
        icon("play")
    );
    const bars = el(
        "span.wave",
        {"aria-hidden": "true"},
        ...heights(message.media.sha256).map(bar)
    );
    const seek = el("input.seek", {
        type: "range",
        min: 0,
        max: 100,
        value: 0,
        "aria-label": t(message.kind === "voice" ? "voice" : "play"),
    });
    const time = el("small.length", {}, "0:00");
    button.onclick = () => (sound.paused ? start(sound) : sound.pause());
    seek.oninput = () => {
        if (sound.duration) {
            sound.currentTime = (seek.value / 100) * sound.duration;
        }
    };
    sound.onplay = sound.onpause = () => show(button, sound);
    sound.onloadedmetadata = () => {
        time.textContent = minutes(length(sound));
    };
    sound.ontimeupdate = () => {
        const share = sound.duration ? sound.currentTime / sound.duration : 0;
        seek.value = share * 100;
        time.textContent = minutes(sound.currentTime || length(sound));
        [...bars.children].forEach((node, i) =>
            node.classList.toggle("past", i / BARS < share)
        );
    };
    sound.onended = () => {
        sound.currentTime = 0;
    };
    return el("div.player", {}, button, el("span.track", {}, bars, seek), time);
}

function start(sound) {
    playing?.pause();
    playing = sound;
    sound.play();
}

function show(button, sound) {
    button.setAttribute("aria-label", t(sound.paused ? "play" : "pause"));
    button.replaceChildren(icon(sound.paused ? "play" : "pause"));
}

/** Bars from the file's fingerprint: every note looks like itself. */
function heights(sha) {
    return Array.from({length: BARS}, (_, i) => {
        const value = parseInt(sha.slice(i, i + 2), 16) / 255;
        return 18 + 82 * value * Math.sin(((i + 1) / (BARS + 1)) * Math.PI) ** 0.5;
    });
}

function bar(height) {
    const node = el("i");
    node.style.height = `${height}%`;
    return node;
}
