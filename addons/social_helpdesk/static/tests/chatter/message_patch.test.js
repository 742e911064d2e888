import {
    click,
    contains,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {makeServerError, onRpc} from "@web/../tests/web_test_helpers";
import {
    createMessage,
    createTicket,
    defineSocialModels,
    part,
    received,
} from "../social_test_helpers";

defineSocialModels();

async function show(...messages) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    const ids = messages.map((parts) => createMessage(pyEnv, ticketId, parts));
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message", {count: messages.length});
    return {pyEnv, ids};
}

test("each state has its words and says which way it went", async () => {
    const states = ["queued", "sending", "sent", "delivered", "read"];
    await show(...states.map((state) => [part({state})]));
    await contains(".o_social_delivery", {count: 5, text: "via WhatsApp"});
    expect(queryAllTexts(".o_social_delivery_state").sort()).toEqual([
        "Delivered",
        "Read",
        "Sending…",
        "Sent",
        "Waiting to be sent",
    ]);
    await contains("[data-state=sent] path", {count: 1});
    await contains("[data-state=delivered] path", {count: 2});
    await contains("[data-state=read] path", {count: 2});
});

test("what everybody can read says so", async () => {
    await show([part({public: true})], [part()]);
    await contains(".o_social_delivery", {count: 1, text: "in public on WhatsApp"});
    await contains(".o_social_delivery", {count: 1, text: "via WhatsApp"});
});

test("a customer's line that everybody can read says so", async () => {
    await show([received({public: true})], [received()]);
    await contains(".o_social_in_public", {count: 1, text: "in public"});
});

test("messages of no channel carry nothing of this", async () => {
    await show(false);
    await contains(".o_social_delivery", {count: 0});
    await contains(".o-mail-Message .o_social_channel_icon", {count: 0});
});

test("a failure says why, and Retry sends just what failed", async () => {
    const {pyEnv, ids} = await show([
        part({id: 11, state: "read"}),
        part({id: 12, state: "failed", error: "The file is too large."}),
    ]);
    onRpc("helpdesk.social.message", "action_retry", ({args}) => {
        expect.step(args);
        pyEnv["mail.message"].write(ids, {social_info: [part({state: "queued"})]});
        return true;
    });
    await contains("[role=alert]", {
        text: "1 of 2 parts were not sent: The file is too large.",
    });
    await click("button", {text: "Retry"});
    await contains(".o_social_delivery[data-state=queued]");
    await contains("button", {count: 0, text: "Retry"});
    expect.verifySteps([[[12]]]);
});

test("a failure without a reason does not pretend to have one", async () => {
    await show([part({state: "failed"})]);
    await contains("[role=alert]", {text: "The reason is not known."});
});

for (const [button, arrived] of [
    ["It arrived", true],
    ["Send again", false],
]) {
    test(`what nobody knows is settled by a person: ${button}`, async () => {
        const {pyEnv, ids} = await show([
            part({id: 21, state: "sending", unconfirmed: true}),
        ]);
        onRpc("helpdesk.social.message", "action_settle", ({args}) => {
            expect.step(args);
            pyEnv["mail.message"].write(ids, {social_info: [part({state: "sent"})]});
            return true;
        });
        await contains("[role=alert]", {text: "We do not know whether this arrived."});
        await click("button", {text: button});
        await contains(".o_social_delivery[data-state=sent]");
        expect.verifySteps([[[21], arrived]]);
    });
}

test("a refused retry shows the state that is true", async () => {
    expect.errors(1);
    const {pyEnv, ids} = await show([part({state: "failed"})]);
    onRpc("helpdesk.social.message", "action_retry", () => {
        pyEnv["mail.message"].write(ids, {social_info: [part({state: "read"})]});
        throw makeServerError({message: "Somebody else has sent it again."});
    });
    await click("button", {text: "Retry"});
    await contains(".o_social_delivery[data-state=read]");
    expect.verifyErrors(["Somebody else has sent it again."]);
});

test("a customer's message shows where it came from", async () => {
    await show([received()]);
    await contains(".o-mail-Message-header .o_social_channel_icon[alt=WhatsApp]");
    await contains(".o_social_delivery", {count: 0});
});

test("a file that is on its way, and one that did not come", async () => {
    const {pyEnv, ids} = await show([
        received({id: 31, media_state: "failed", error: "The file is gone."}),
        received({id: 32, media_state: "waiting"}),
    ]);
    onRpc("helpdesk.social.message", "action_fetch_again", ({args}) => {
        expect.step(args);
        pyEnv["mail.message"].write(ids, {
            social_info: [received({id: 31, media_state: "done"})],
        });
        return true;
    });
    await contains("[data-state=waiting]", {text: "Fetching the file…"});
    await contains("[data-state=failed]", {text: "The file is gone."});
    await click("button", {text: "Fetch again"});
    await contains(".o_social_media", {count: 0});
    expect.verifySteps([[[31]]]);
});

test("sound and films have a player, other files and strangers have none", async () => {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    const attach = (mimetype) =>
        pyEnv["ir.attachment"].create({
            name: `${mimetype.replace("/", ".")}`,
            mimetype,
            res_id: ticketId,
            res_model: "helpdesk.ticket",
        });
    for (const parts of [[received({id: 31})], false]) {
        const [id] = [createMessage(pyEnv, ticketId, parts)].flat();
        pyEnv["mail.message"].write([id], {
            attachment_ids: ["audio/ogg", "video/mp4", "image/png"].map(attach),
        });
    }
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message", {count: 2});
    await contains(".o_social_players", {count: 1});
    await contains(".o_social_players audio[controls][aria-label='audio.ogg']");
    await contains(".o_social_players video[controls][aria-label='video.mp4']");
});

test("what has left cannot be edited any more", async () => {
    await show([part({state: "read"})]);
    await click(".o-mail-Message [title='Expand']");
    await contains(".o-mail-Message-moreMenu");
    await contains(".o-mail-Message-moreMenu [name=edit]", {count: 0});
    await contains(".o-mail-Message-moreMenu [name=reply-all]", {count: 0});
});

test("HTML in a reason is text", async () => {
    await show([part({state: "failed", error: "<img src=x onerror=alert(1)>"})]);
    await contains("[role=alert]", {text: "<img src=x onerror=alert(1)>"});
    await contains("[role=alert] img", {count: 0});
});
