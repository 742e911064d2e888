import {$, el} from "./dom.js";

/** A few words at the bottom that go away by themselves. */
export function toast(text, kind = "info") {
    const node = el(`p.toast.${kind}`, {}, text);
    $("toasts").append(node);
    setTimeout(() => node.remove(), kind === "error" ? 7000 : 3500);
}

export const failed = (error) => toast(error.message, "error");
