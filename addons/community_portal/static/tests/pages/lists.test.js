import {describe, expect, test} from "@odoo/hoot";
import {click, queryAllTexts} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {startInteraction} from "@web/../tests/public/helpers";
import {mockService, onRpc} from "@web/../tests/web_test_helpers";
import {interaction, post, room} from "./pages_test_helpers";

describe.current.tags("interaction_dev");

const list = `
    <div class="o_community_list" data-place="space-3" data-tab="new">
        <div class="o_community_items">${post({id: 9})}</div>
        <button class="o_community_more" data-next="5.9">Show more</button>
    </div>`;

test("more goes on where the list ended, until there is no more", async () => {
    const answers = [
        {html: post({id: 8}), next: "4.8"},
        {html: post({id: 7}), next: null},
    ];
    onRpc("/my/community/more", async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return answers.shift();
    });
    await startInteraction(interaction("list"), room(list));
    await click(".o_community_more");
    await advanceTime(500);
    expect("#post-9 ~ #post-8").toHaveCount(1);
    await click(".o_community_more");
    await advanceTime(500);
    expect("#post-8 ~ #post-7").toHaveCount(1);
    expect(".o_community_more").not.toBeVisible();
    expect.verifySteps([
        {place: "space-3", tab: "new", after: "5.9"},
        {place: "space-3", tab: "new", after: "4.8"},
    ]);
});

async function startNews(html, attributes) {
    let hear = null;
    mockService("bus_service", {
        subscribe: (type, callback) => {
            hear = callback;
        },
        unsubscribe: () => {},
        start: () => {},
    });
    await startInteraction(interaction("news"), room(html, attributes));
    return hear;
}

const news = '<div class="o_community_news"></div>';

test("new posts are announced, each once, and not pushed in", async () => {
    const hear = await startNews(`${news}${list}`);
    hear({space_id: 3, thread_id: 11, post_id: 11});
    hear({space_id: 3, thread_id: 11, post_id: 11});
    expect(queryAllTexts(".o_community_news button")).toEqual(["1 new post"]);
    hear({space_id: 4, thread_id: 12, post_id: 12});
    expect(queryAllTexts(".o_community_news button")).toEqual(["2 new posts"]);
    expect(".o_community_post").toHaveCount(1);
});

test("replies and what is there already are no new posts of a list", async () => {
    const hear = await startNews(`${news}${list}`);
    hear({space_id: 3, thread_id: 9, post_id: 9});
    hear({space_id: 3, thread_id: 9, post_id: 12});
    expect(".o_community_news button").toHaveCount(0);
});

test("a space tells of its own posts, and marks the others' places", async () => {
    const places = '<a data-place="4">Ideas</a>';
    const hear = await startNews(`${places}${news}${list}`, 'data-space="3"');
    hear({space_id: 4, thread_id: 11, post_id: 11});
    expect(".o_community_news button").toHaveCount(0);
    expect("[data-place='4']").toHaveClass("o_unread");
    hear({space_id: 3, thread_id: 12, post_id: 12});
    expect(".o_community_news button").toHaveText("1 new post");
});

test("a thread tells of its own replies", async () => {
    const thread = `<div class="o_community_thread" data-thread="9">${news}</div>`;
    const hear = await startNews(thread, 'data-space="3"');
    hear({space_id: 3, thread_id: 11, post_id: 11});
    expect(".o_community_news button").toHaveCount(0);
    hear({space_id: 3, thread_id: 9, post_id: 12});
    expect(".o_community_news button").toHaveCount(1);
});

test("a thread is marked as read, and shows more replies", async () => {
    onRpc("/my/community/post/9/seen", () => {
        expect.step("seen");
        return true;
    });
    onRpc("/my/community/post/9/more", () => ({
        html: `<li>${post({id: 20})}</li>`,
        next: null,
    }));
    await startInteraction(
        interaction("thread"),
        room(`
            <div class="o_community_thread" data-thread="9">
                <ul class="o_community_replies"></ul>
                <button class="o_community_more" data-next="19">Show more</button>
            </div>`)
    );
    await click(".o_community_more");
    await animationFrame();
    expect(".o_community_replies > li > #post-20").toHaveCount(1);
    expect(".o_community_more").not.toBeVisible();
    expect.verifySteps(["seen"]);
});

test("a space that is muted says so", async () => {
    onRpc("/my/community/space/3/mute", async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return true;
    });
    await startInteraction(
        interaction("space_mute"),
        room(
            '<button data-follow-space="1" data-space-id="3" aria-pressed="false">x</button>'
        )
    );
    await click("[data-follow-space]");
    await animationFrame();
    expect("[data-follow-space]").toHaveAttribute("aria-pressed", "true");
    expect.verifySteps([{muted: true}]);
});
