import {describe, expect, test} from "@odoo/hoot";
import {click} from "@odoo/hoot-dom";
import {playerOf} from "@community_portal/post/video.esm";
import {startInteraction} from "@web/../tests/public/helpers";
import {interaction, room} from "./pages_test_helpers";

describe.current.tags("interaction_dev");

const ID = "dQw4w9WgXcQ";

test("links to a video have a player", () => {
    for (const link of [
        `https://www.youtube.com/watch?v=${ID}`,
        `https://m.youtube.com/watch?feature=share&v=${ID}&t=10`,
        `https://youtu.be/${ID}?si=x`,
        `https://www.youtube.com/shorts/${ID}`,
    ]) {
        expect(playerOf(link).url).toBe(
            `https://www.youtube-nocookie.com/embed/${ID}?autoplay=1`
        );
    }
    expect(playerOf("https://vimeo.com/123456789").name).toBe("Vimeo");
});

test("other links have none, whatever they look like", () => {
    for (const link of [
        `http://www.youtube.com/watch?v=${ID}`,
        `https://www.youtube.com.example.com/watch?v=${ID}`,
        `https://example.com/https://youtu.be/${ID}`,
        "https://youtu.be/short",
        `https://youtu.be/${ID}longer`,
        `data:text/html,https://youtu.be/${ID}`,
    ]) {
        expect(playerOf(link)).toBe(undefined, {message: link});
    }
});

test("nothing is loaded until somebody presses play", async () => {
    const link = `<a href="https://youtu.be/${ID}">video</a>`;
    await startInteraction(
        interaction("video_links"),
        room(`<div class="o_community_text"><p>${link} ${link}</p></div>`)
    );
    expect("iframe").toHaveCount(0);
    expect(".o_community_play").toHaveCount(1);
    expect(".o_community_play").toHaveText("Play the video from YouTube");
    // The player is another site's: what it would load is no concern of this test.
    const noFrame = (frameEl) => frameEl.removeAttribute("src");
    const observer = new MutationObserver(([{addedNodes}]) =>
        addedNodes.forEach((node) => node.querySelectorAll?.("iframe").forEach(noFrame))
    );
    observer.observe(document.querySelector(".o_community"), {
        childList: true,
        subtree: true,
    });
    await click(".o_community_play");
    expect("iframe").toHaveAttribute("title", "Video from YouTube");
    expect(".o_community_play").toHaveCount(0);
    observer.disconnect();
});

test("a text in a list has no players", async () => {
    await startInteraction(
        interaction("video_links"),
        room(
            `<div class="o_community_text o_clamped"><a href="https://youtu.be/${ID}">x</a></div>`
        )
    );
    expect(".o_community_play").toHaveCount(0);
});
