import {elements} from "../room/talk.esm";

/**
 * Put what has been sent where it belongs on the page.
 *
 * @param {Object} services
 * @param {"ask"|"reply"|"edit"} mode
 * @param {Object} answer of the server: html, url, id, under or posts
 */
export function publish(services, mode, answer) {
    const interactions = services["public.interactions"];
    if (mode === "edit") {
        for (const [id, html] of Object.entries(answer.posts)) {
            const oldEl = document.querySelector(`#post-${Number(id)}`);
            const [newEl] = elements(html);
            interactions.stopInteractions(oldEl);
            oldEl.replaceWith(newEl);
            shown(interactions, newEl);
        }
        return;
    }
    const placeEl = document.querySelector(place(mode, answer));
    if (!placeEl) {
        window.location.assign(answer.url);
        return;
    }
    placeEl.hidden = false;
    const [newEl] = elements(answer.html);
    placeEl[mode === "ask" ? "prepend" : "append"](newEl);
    document.querySelector(".o_community_empty")?.remove();
    shown(interactions, newEl);
}

function place(mode, {under}) {
    if (mode === "ask") {
        return ".o_community_items";
    }
    return under ? `#under-${Number(under)}` : ".o_community_replies";
}

function shown(interactions, el) {
    interactions.startInteractions(el);
    const postEl = el.matches("[data-post]") ? el : el.querySelector("[data-post]");
    postEl.tabIndex = -1;
    postEl.focus({preventScroll: true});
    postEl.scrollIntoView({block: "nearest"});
}
