import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

const MOST = 3; // Players under one post

/** Where a video's number stands in the links of those who are known to embed. */
const PLAYERS = [
    {
        name: "YouTube",
        link: /^https:\/\/(?:www\.|m\.)?(?:youtube\.com\/(?:watch\?(?:[^#]*&)?v=|shorts\/)|youtu\.be\/)([\w-]{11})(?![\w-])/,
        player: (id) => `https://www.youtube-nocookie.com/embed/${id}?autoplay=1`,
    },
    {
        name: "Vimeo",
        link: /^https:\/\/(?:www\.)?vimeo\.com\/(\d{6,12})(?!\d)/,
        player: (id) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1`,
    },
];

/**
 * @param {String} href
 * @returns {{name: String, url: String}|undefined} the player of a link to a video
 */
export function playerOf(href) {
    for (const {name, link, player} of PLAYERS) {
        const found = link.exec(href);
        if (found) {
            return {name, url: player(found[1])};
        }
    }
    return undefined;
}

/**
 * A link to a video gets a player under the text. Nothing is asked of anybody until
 * the reader presses play.
 */
export class CommunityVideoLinks extends Interaction {
    static selector = ".o_community_text:not(.o_clamped)";

    start() {
        const players = new Map();
        for (const linkEl of this.el.querySelectorAll("a[href^='https://']")) {
            const player = playerOf(linkEl.href);
            if (player) {
                players.set(player.url, player);
            }
        }
        for (const player of [...players.values()].slice(0, MOST).reverse()) {
            this.insert(this.playButton(player), this.el, "afterend");
        }
    }

    playButton({name, url}) {
        const buttonEl = document.createElement("button");
        buttonEl.type = "button";
        buttonEl.className = "o_community_video o_community_play";
        const iconEl = document.createElement("i");
        iconEl.className = "fa fa-play";
        iconEl.ariaHidden = "true";
        const labelEl = document.createElement("span");
        labelEl.textContent = _t("Play the video from %s", name);
        buttonEl.append(iconEl, labelEl);
        buttonEl.addEventListener("click", () => this.play(buttonEl, name, url));
        return buttonEl;
    }

    play(buttonEl, name, url) {
        const frameEl = document.createElement("div");
        frameEl.className = "o_community_video";
        const playerEl = document.createElement("iframe");
        playerEl.src = url;
        playerEl.title = _t("Video from %s", name);
        playerEl.allow = "autoplay; fullscreen; picture-in-picture";
        playerEl.referrerPolicy = "strict-origin-when-cross-origin";
        frameEl.append(playerEl);
        buttonEl.replaceWith(frameEl);
        playerEl.focus();
    }
}

registry
    .category("public.interactions")
    .add("community_portal.video_links", CommunityVideoLinks);
