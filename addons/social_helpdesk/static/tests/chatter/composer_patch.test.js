import {
    click,
    contains,
    insertText,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {press} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {mockService, onRpc} from "@web/../tests/web_test_helpers";
import {createTicket, defineSocialModels, inHours, pass} from "../social_test_helpers";

defineSocialModels();

async function write(info, type = "Send message") {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv, info);
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await click("button", {text: type});
    await contains(".o-mail-Composer-input");
    return ticketId;
}

test("before he presses the agent reads where it goes", async () => {
    await write();
    await contains(".o_social_recipient.o_social_channel_whatsapp", {
        text: "To Maria Souza on WhatsApp",
    });
    await contains(".o_social_recipient", {text: "+5511987650001"});
    await contains(".o-mail-Composer-send", {text: "Send on WhatsApp"});
    await contains(".o-mail-Composer-input[placeholder='Write to Maria Souza…']");
    await contains("span", {text: "Copy by e-mail:"});
    await contains("span", {count: 0, text: "To: "});
});

test("a note says that it stays inside", async () => {
    await write({}, "Log note");
    await contains(".o_social_note", {text: "Only your team sees this."});
    await contains(".o-mail-Composer-send", {text: "Log"});
});

test("a ticket of no channel is as it always was", async () => {
    await write(false);
    await contains(".o_social_recipient", {count: 0});
    await contains(".o-mail-Composer-send", {text: "Send"});
    await contains("span", {text: "To:"});
    await contains("button[title='Open Full Composer']");
});

test("the full composer, which writes e-mails, is not offered", async () => {
    await write();
    await contains("button[title='Open Full Composer']", {count: 0});
});

test("the window counts down and warns", async () => {
    await write({window_ends_at: inHours(2.02)});
    await contains(".o_social_window:not(.text-warning)", {
        text: "window closes in 2 hr",
    });
    await pass(5 * 60 * 1000);
    await contains(".o_social_window.text-warning", {
        text: "window closes in 1 hr, 56 min",
    });
});

test("a channel without a window shows none", async () => {
    await write({channel: "telegram", label: "Telegram", has_window: false});
    await contains(".o_social_recipient.o_social_channel_telegram");
    await contains(".o_social_window", {count: 0});
    await contains(".o_social_closed", {count: 0});
});

test("when the window is closed nothing is sent, by no way", async () => {
    onRpc("/mail/message/post", () => expect.step("post"));
    await write({window_ends_at: inHours(-1)});
    await contains(".o_social_closed", {text: "Send a template"});
    await insertText(".o-mail-Composer-input", "Hello");
    await contains(".o-mail-Composer-send:disabled");
    await press(["ctrl", "enter"]);
    await animationFrame();
    expect.verifySteps([]);
    await contains(".o-mail-Composer-input", {value: "Hello"});
});

test("it closes while one looks at it", async () => {
    await write({window_ends_at: inHours(0.05)});
    await insertText(".o-mail-Composer-input", "Hello");
    await contains(".o-mail-Composer-send:enabled");
    await pass(4 * 60 * 1000);
    await contains(".o_social_closed");
    await contains(".o-mail-Composer-send:disabled");
});

test("the way out is a template", async () => {
    mockService("action", {
        doActionButton: ({name, resModel, resId, context}) =>
            expect.step([name, resModel, resId, context.lang].join()),
    });
    const id = await write({window_ends_at: false});
    await click("button", {text: "Send a template"});
    expect.verifySteps([`action_social_template,helpdesk.ticket,${id},en`]);
});

test("a place and a contact card are one press away", async () => {
    mockService("action", {
        doActionButton: ({name, resModel, resId}) =>
            expect.step([name, resModel, resId].join()),
    });
    const id = await write();
    await click("button[title='Send a place or a contact card']");
    expect.verifySteps([`action_social_share,helpdesk.ticket,${id}`]);
});

test("not where nothing can be sent", async () => {
    await write({opted_out: "Maria wants no messages"});
    await contains(".o_social_opted_out");
    await contains(".o_social_share", {count: 0});
});

test("a stranger is asked to write in private, in the agent's words", async () => {
    const invitation = "Please write to us: https://twitter.com/messages/compose";
    onRpc("/mail/message/post", () => expect.step("post"));
    await write({public: true, channel: "x", label: "X", invitation});
    await insertText(".o-mail-Composer-input", "Oh no!");
    await click("button", {text: "Ask for a direct message"});
    await contains(".o-mail-Composer-input", {value: `Oh no!\n${invitation}`});
    await click("button", {text: "Ask for a direct message"});
    await contains(".o-mail-Composer-input", {value: `Oh no!\n${invitation}`});
    expect.verifySteps([]);
});

test("who can be written to is not asked", async () => {
    await write({public: true});
    await contains(".o_social_public");
    await contains(".o_social_invite", {count: 0});
});

test("in public everybody reads it, and the agent knows", async () => {
    await write({
        public: true,
        about: "Version 12 is here!",
        about_url: "https://example.com/p1",
    });
    await contains(".o_social_recipient", {
        text: "To Maria Souza, in public on WhatsApp",
    });
    await contains(".o_social_public", {
        text: "Everybody can read this answer, under “Version 12 is here!”",
    });
    await contains(".o_social_public a[href='https://example.com/p1']");
    await contains(".o-mail-Composer-send", {text: "Publish on WhatsApp"});
});

test("a comment is answered in private, and back again", async () => {
    mockService("action", {
        doActionButton: ({name, resId}) => expect.step(`${name},${resId}`),
    });
    onRpc("helpdesk.ticket", "action_social_switch", ({args}) => {
        expect.step(args);
        return true;
    });
    const id = await write({
        public: true,
        can_reply_privately: true,
        others: [{id: 12, public: false}],
    });
    await click(".o_social_elsewhere button:first");
    await click(".o_social_elsewhere button:last");
    await expect.waitForSteps([`action_social_private_reply,${id}`, [[id], 12]]);
});

test("to who wants no messages nothing is sent, by no way", async () => {
    onRpc("/mail/message/post", () => expect.step("post"));
    await write({opted_out: "Maria Souza wants no messages on WhatsApp"});
    await contains(".o_social_opted_out", {
        text: "Maria Souza wants no messages on WhatsApp",
    });
    await insertText(".o-mail-Composer-input", "Hello");
    await contains(".o-mail-Composer-send:disabled");
    await press(["ctrl", "enter"]);
    await animationFrame();
    expect.verifySteps([]);
});

test("a channel without templates promises none", async () => {
    await write({window_ends_at: false, has_templates: false});
    await contains(".o_social_reason:contains(as soon as the customer writes again)");
    await contains("button", {count: 0, text: "Send a template"});
});

test("an account that does not work says so", async () => {
    await write({alarm: "The access token has expired."});
    await contains(".o_social_alarm", {
        text: "The account “WhatsApp Support” does not work now: The access token has expired.",
    });
});

test("an archived account says so", async () => {
    await write({archived: true});
    await contains(".o_social_alarm", {
        text: "The account “WhatsApp Support” is archived.",
    });
});

test("characters are counted near the limit only", async () => {
    await write();
    await insertText(".o-mail-Composer-input", "x".repeat(79));
    await contains(".o_social_length", {count: 0});
    await insertText(".o-mail-Composer-input", "x");
    await contains(".o_social_length", {text: "80 of 100 characters"});
    await insertText(".o-mail-Composer-input", "x".repeat(30));
    await contains(".o_social_length", {
        text: "110 characters: goes out as 2 messages",
    });
});

test("a page of the open web is answered there, and the answer noted here", async () => {
    mockService("action", {
        doActionButton: ({name, resId}) => expect.step(`${name},${resId}`),
    });
    onRpc("/mail/message/post", () => expect.step("post"));
    const id = await write({
        channel: "feed",
        label: "Web feed",
        has_window: false,
        public: true,
        elsewhere: true,
        about_url: "https://example.com/review/7",
    });
    await contains(".o_social_recipient", {
        text: "Maria Souza is answered where it was written",
    });
    await contains(".o_social_on_page a[href='https://example.com/review/7']");
    await contains(".o_social_public", {count: 0});
    await insertText(".o-mail-Composer-input", "Hello");
    await contains(".o-mail-Composer-send:disabled");
    await press(["ctrl", "enter"]);
    await click(".o_social_note_answer");
    await expect.waitForSteps([`action_social_answered_elsewhere,${id}`]);
});

test("a page's address that no browser should open is not a link", async () => {
    await write({elsewhere: true, public: true, about_url: "data:text/html,<b>"});
    await contains(".o_social_note_answer");
    await contains(".o_social_on_page a", {count: 0});
});

const OTHER = {
    id: 42,
    number: "HT00042",
    name: "It is me",
    channel: "telegram",
    label: "Telegram",
    public: false,
    group: "",
};

test("the customer's other ticket is brought here with one click", async () => {
    onRpc("helpdesk.ticket", "action_social_join", ({args}) => {
        expect.step(args[1]);
        return true;
    });
    await write({joinable: [OTHER]});
    await contains(".o_social_joinable", {
        text: "Maria Souza also writes on Telegram: HT00042",
    });
    await click(".o_social_joinable button", {text: "Bring it here"});
    await expect.waitForSteps([42]);
});

test("a public one says so before it is brought here", async () => {
    await write({joinable: [{...OTHER, public: true}]});
    await contains(".o_social_joinable", {
        text: "Maria Souza also wrote in public on Telegram: HT00042",
    });
});

test("what was brought here goes its own way again", async () => {
    onRpc("helpdesk.ticket", "action_social_separate", ({args}) => {
        expect.step(args[1]);
        return true;
    });
    await write({joined: [OTHER]});
    await contains(".o_social_joined", {text: "HT00042 (Telegram) was brought here"});
    await click(".o_social_joined button", {text: "Separate"});
    await expect.waitForSteps([42]);
});

test("a joined ticket says where it goes on", async () => {
    await write({goes_on: [OTHER]});
    await contains(".o_social_goes_on", {
        text: "This ticket goes on in HT00042. Answer there.",
    });
});

test("each place to answer in has its name", async () => {
    const places = [
        {id: 1, channel: "whatsapp", label: "WhatsApp", public: true, group: ""},
        {id: 2, channel: "telegram", label: "Telegram", public: false, group: ""},
        {id: 3, channel: "x", label: "X", public: true, group: ""},
        {id: 4, channel: "line", label: "LINE", public: false, group: "Clientes"},
    ];
    await write({others: places});
    for (const text of [
        "Answer in public",
        "Answer on Telegram",
        "Answer in public on X",
        "Answer in the group “Clientes”",
    ]) {
        await contains(`.o_social_elsewhere button:text("${text}")`);
    }
});
