import {
    click,
    contains,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllAttributes} from "@odoo/hoot-dom";
import {getService} from "@web/../tests/web_test_helpers";
import {
    createMessage,
    createSomebody,
    createTicket,
    defineModerationModels,
} from "../moderation_test_helpers";

defineModerationModels();

async function show(...messages) {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    const somebody = createSomebody(pyEnv);
    for (const {other, ...values} of messages) {
        createMessage(pyEnv, ticketId, {
            ...(other && {author_id: somebody}),
            ...values,
        });
    }
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message", {count: messages.length});
    return ticketId;
}

for (const [state, words] of [
    ["held", "Waiting for a moderator. Only you see it."],
    ["edit_held", "Published. Your change waits for a moderator."],
    ["masked", "A moderator masked something in it."],
    ["hidden", "A moderator hid it. Only you see it."],
]) {
    test(`its author reads what became of it: ${state}`, async () => {
        await show({moderation_state: state});
        await contains(`.o_moderation_note[data-state=${state}]`, {text: words});
    });
}

test("a moderator reads it in other words", async () => {
    await show({other: true, moderation_state: "held"});
    await contains(".o_moderation_note", {
        text: "Waiting for a moderator. Nobody else sees it.",
    });
});

test("an ordinary message carries nothing of this", async () => {
    await show({});
    await contains(".o_moderation_note", {count: 0});
});

describe("actions", () => {
    describe.current.tags("desktop");

    /** The names of all actions of the only message. */
    async function actions(values) {
        await show(values);
        if (document.querySelector(".o-mail-Message [title='Expand']")) {
            await click(".o-mail-Message [title='Expand']");
            await contains(".o-mail-Message-moreMenu");
        }
        return [
            ...queryAllAttributes(".o-mail-Message-actions button", "name"),
            ...queryAllAttributes(".o-mail-Message-moreMenu button", "name"),
        ].filter(Boolean);
    }

    test("what is published is edited", async () => {
        expect(await actions({})).toInclude("edit");
    });

    test("what waits is edited", async () => {
        expect(await actions({moderation_state: "held"})).toInclude("edit");
    });

    test("what is hidden is not", async () => {
        const names = await actions({moderation_state: "hidden"});
        expect(names).not.toInclude("edit");
        expect(names).not.toInclude("delete");
    });

    for (const [state, may] of [
        [false, true],
        ["edit_held", true],
        ["masked", true],
        ["held", false],
        ["hidden", false],
    ]) {
        test(`reactions and answers to what is ${state || "published"}`, async () => {
            const id = await show({moderation_state: state});
            const {Thread} = getService("mail.store");
            const values = {model: "helpdesk.ticket", id, can_react: true};
            const thread = Thread.insert(values);
            const [message] = thread.messages;
            expect(message.canAddReaction(thread)).toBe(may);
            expect(message.canReplyTo({model: "mail.box"})).toBe(may);
        });
    }

    test("what others wrote can be reported", async () => {
        expect(await actions({other: true})).toInclude("moderation-report");
    });

    for (const [what, values] of [
        ["one's own", {}],
        ["what waits", {other: true, moderation_state: "held"}],
        ["what the system says", {other: true, message_type: "notification"}],
    ]) {
        test(`${what} cannot be reported`, async () => {
            expect(await actions(values)).not.toInclude("moderation-report");
        });
    }
});
