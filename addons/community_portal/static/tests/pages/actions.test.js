import {describe, expect, test} from "@odoo/hoot";
import {click, queryOne} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {startInteraction} from "@web/../tests/public/helpers";
import {
    contains,
    makeServerError,
    mockService,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {interaction, post, room, votes} from "./pages_test_helpers";

describe.current.tags("interaction_dev");

const Actions = interaction("actions");

function notifications() {
    mockService("notification", {
        add: (message, {type}) => expect.step(`${type}: ${message}`),
    });
}

test("a vote shows the post as it is now, with the focus where it was", async () => {
    onRpc("/my/community/post/7/vote", async (request) => {
        const {params} = await request.json();
        expect.step(params);
        return {vote: votes({score: 1, vote: 1})};
    });
    await startInteraction(Actions, room(post()));
    queryOne("[data-act=vote]").focus();
    await click("[data-act=vote]");
    await animationFrame();
    expect("output").toHaveText("1");
    expect("[data-act=vote]").toHaveAttribute("aria-pressed", "true");
    expect("[data-act=vote]").toBeFocused();
    expect.verifySteps([{value: 1}]);
});

test("a vote on an idea shows how many are left", async () => {
    const left = (count) => `<p class="o_community_votes_left">${count}</p>`;
    onRpc("/my/community/post/7/vote", () => ({
        vote: votes({score: 1, vote: 1}),
        votes: left(1),
    }));
    await startInteraction(Actions, room(left(2) + post()));
    await click("[data-act=vote]");
    await animationFrame();
    expect(".o_community_votes_left").toHaveText("1");
    expect("output").toHaveText("1");
});

test("what an answer did not name stays as it is", async () => {
    onRpc("/my/community/post/7/vote", () => ({posts: {99: post({id: 99})}}));
    await startInteraction(Actions, room(post() + post({id: 8, score: 5})));
    await click("#post-7 [data-act=vote]");
    await animationFrame();
    expect("#post-8 output").toHaveText("5");
    expect("#post-99").toHaveCount(0);
});

test("a refusal is told, and nothing changes", async () => {
    notifications();
    onRpc("/my/community/post/7/vote", () => {
        throw makeServerError({
            type: "UserError",
            message: "You cannot vote on what you wrote yourself.",
        });
    });
    await startInteraction(Actions, room(post()));
    await click("[data-act=vote]");
    await animationFrame();
    expect("output").toHaveText("0");
    expect.verifySteps(["warning: You cannot vote on what you wrote yourself."]);
});

test("a second press while the first one is on its way is none", async () => {
    let answer = null;
    onRpc("/my/community/post/7/vote", () => {
        expect.step("vote");
        return new Promise((resolve) => {
            answer = resolve;
        });
    });
    await startInteraction(Actions, room(post()));
    await click("[data-act=vote]");
    await click("[data-act=vote]");
    await animationFrame();
    answer({posts: {7: post({score: 1, vote: 1})}});
    await animationFrame();
    expect.verifySteps(["vote"]);
});

test("a report opens the gate's dialog for this post", async () => {
    mockService("dialog", {
        add: (Dialog, props) => expect.step([Dialog.name, props]),
    });
    await startInteraction(Actions, room(post()));
    await click("[data-act=report]");
    expect.verifySteps([["ReportDialog", {resModel: "community.post", resId: 7}]]);
});

test("earlier versions are shown", async () => {
    onRpc("/my/community/post/7/history", () => ({html: "<p>How it read</p>"}));
    mockService("dialog", {
        add: (Dialog, {html}) => expect.step([Dialog.name, html]),
    });
    await startInteraction(Actions, room(post()));
    await contains("[data-act=history]").click();
    await animationFrame();
    expect.verifySteps([["HistoryDialog", "<p>How it read</p>"]]);
});
