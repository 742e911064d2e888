import {registry} from "@web/core/registry";

/** Those of the room's interactions that a test is about. */
export function interaction(name) {
    return registry.category("public.interactions").get(`community_portal.${name}`);
}

export const room = (html, attributes = "") =>
    `<div id="wrap" class="o_community" ${attributes}>${html}</div>`;

/** The buttons with which one votes, which are all that a vote's answer holds. */
export const votes = ({score = 0, vote = 0} = {}) => `
    <div class="o_community_votes">
        <button type="button" data-act="vote" data-key="up"
            data-params='{"value": ${vote ? 0 : 1}}'
            aria-pressed="${vote ? "true" : "false"}">Up</button>
        <output>${score}</output>
    </div>`;

/** A post as the server renders it, as far as its script looks at it. */
export const post = ({id = 7, score = 0, vote = 0} = {}) => `
    <article class="o_community_post" id="post-${id}" data-post="${id}">
        <div class="o_community_text"><p>Text</p></div>
        <div class="o_community_actions">
            ${votes({score, vote})}
            <button type="button" data-act="report">Report</button>
            <button type="button" data-act="history">edited</button>
        </div>
    </article>`;

export const composer = ({mode = "ask", attributes = "", fields = ""} = {}) => `
    <form class="o_community_composer" data-mode="${mode}" data-key="new"
        data-file-limit="1" data-video-limit="2" ${attributes}>
        <textarea name="body" hidden="hidden"></textarea>
        <button type="button" data-cancel="1">Close</button>
        <input name="title"/>
        ${fields}
        <div class="o_community_hints"></div>
        <div class="o_community_editor"></div>
        <ul class="o_community_attached"></ul>
        <select name="audience"></select>
        <p class="o_community_who_sees"></p>
        <input type="file" multiple="multiple" data-files="1"/>
        <span class="o_community_kept"></span>
        <button type="submit">Publish</button>
    </form>`;
