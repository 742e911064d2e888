import {describe, expect, test} from "@odoo/hoot";
import {click, edit, queryOne, waitFor} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {gateError} from "@moderation/../tests/moderation_test_helpers";
import {assets} from "@web/core/assets";
import {startInteraction} from "@web/../tests/public/helpers";
import {
    makeServerError,
    mockService,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {composer, interaction, post, room} from "./pages_test_helpers";

describe.current.tags("interaction_dev");

const Composer = interaction("composer");
const WRITTEN = ".o_community_written";
const list = '<div class="o_community_items"></div>';

async function start(html = composer()) {
    // The editor is in this page already.
    patchWithCleanup(assets, {loadBundle: () => Promise.resolve()});
    onRpc("/my/community/draft", async (request) => {
        const {params} = await request.json();
        expect.step(`kept ${params.values?.title ?? "nothing"}`);
        return true;
    });
    await startInteraction(Composer, room(html + list));
    await waitFor(`${WRITTEN}[role=textbox]`);
}

async function type(title) {
    await click("[name=title]");
    await edit(title);
}

function ask(...answers) {
    onRpc("/my/community/ask", async (request) => {
        const {params} = await request.json();
        expect.step(`asked ${params.title}${params.insist ? ", insisting" : ""}`);
        const answer = answers.shift();
        if (answer instanceof Error) {
            throw answer;
        }
        return answer;
    });
}

const published = {html: post({id: 31}), url: "/my/community/post/31", id: 31};

test("the editor has a name and tools", async () => {
    await start();
    expect(WRITTEN).toHaveAttribute("aria-label", "Text");
    expect(".o_community_tools button").toHaveCount(6);
    expect("[name=title]").toBeFocused();
});

test("what is typed is kept on the server, once it rests", async () => {
    await start();
    await type("NF-e");
    await advanceTime(600);
    await edit("NF-e rejeitada");
    await advanceTime(1300);
    await animationFrame();
    expect(".o_community_kept").toHaveText("Draft kept");
    expect.verifySteps(["kept NF-e rejeitada"]);
    await edit("");
    await advanceTime(1300);
    await animationFrame();
    expect.verifySteps(["kept nothing"]);
});

test("a published thread stands on top of the list", async () => {
    await start();
    ask(published);
    await type("NF-e");
    await click("[type=submit]");
    await animationFrame();
    await animationFrame();
    expect(".o_community_items > #post-31").toHaveCount(1);
    expect(".o_community_composer").toHaveCount(0);
    await advanceTime(2000);
    expect.verifySteps(["asked NF-e"]);
});

/** What the author chooses in the gate's dialog. */
function choose(...choices) {
    mockService("dialog", {
        add: (Dialog, {choose: chosen}, {onClose}) => {
            expect.step(Dialog.name);
            chosen(choices.shift());
            onClose();
        },
    });
}

test("the gate coaches, and what was written stays", async () => {
    choose("change");
    await start();
    ask(gateError());
    await type("Cadastro");
    await click("[type=submit]");
    await animationFrame();
    await animationFrame();
    expect("[name=title]").toHaveValue("Cadastro");
    expect("[type=submit]").toHaveAttribute("aria-busy", "false");
    expect.verifySteps(["asked Cadastro", "CoachDialog", "kept Cadastro"]);
});

test("an author who insists says so", async () => {
    choose("insist");
    await start();
    ask(gateError(), published);
    await type("Cadastro");
    await click("[type=submit]");
    await animationFrame();
    await animationFrame();
    expect("#post-31").toHaveCount(1);
    expect.verifySteps(["asked Cadastro", "CoachDialog", "asked Cadastro, insisting"]);
});

test("a refusal is told, and what was written stays", async () => {
    mockService("notification", {add: (message) => expect.step(message)});
    await start();
    ask(makeServerError({type: "UserError", message: "Write something first."}));
    await type("Vazio");
    await click("[type=submit]");
    await animationFrame();
    await animationFrame();
    expect("[name=title]").toHaveValue("Vazio");
    expect(".o_community_composer").toHaveCount(1);
    expect.verifySteps(["asked Vazio", "Write something first.", "kept Vazio"]);
});

test("nothing is sent while a file is on its way", async () => {
    mockService("notification", {add: (message) => expect.step(message)});
    await start();
    queryOne(".o_community_attached").innerHTML = "<li data-uploading='1'>x</li>";
    await click("[type=submit]");
    await animationFrame();
    expect.verifySteps(["A file is still on its way. It takes a moment."]);
});

test("closing keeps the draft", async () => {
    await start();
    await type("Mais tarde");
    await click("[data-cancel]");
    await animationFrame();
    expect(".o_community_composer").toHaveCount(0);
    expect.verifySteps(["kept Mais tarde"]);
});

test("a composer opens where the page invites to write", async () => {
    onRpc("/my/community/compose", async (request) => {
        const {params} = await request.json();
        expect.step(params.mode);
        return {html: composer()};
    });
    await startInteraction(
        interaction("opener"),
        room(`<section class="o_community_opener" data-mode="ask">
            <button class="o_community_invite" data-compose="1">Ask</button></section>`)
    );
    await click(".o_community_invite");
    await animationFrame();
    expect(".o_community_opener > .o_community_composer").toHaveCount(1);
    expect(".o_community_invite").not.toBeVisible();
    queryOne(".o_community_composer").dispatchEvent(
        new CustomEvent("community-closed")
    );
    expect(".o_community_invite").toBeVisible();
    expect.verifySteps(["ask"]);
});
