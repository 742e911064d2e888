import {
    contains,
    openFormView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {
    createMessage,
    createTicket,
    defineSocialModels,
    received,
} from "../social_test_helpers";

defineSocialModels();

const TIMES = {
    first: "2026-01-15 10:00:00",
    third: "2026-01-15 10:20:00",
    second: "2026-01-15 10:10:00",
    fourth: "2026-01-15 10:20:00",
};

test("a ticket reads in the order in which people wrote", async () => {
    const pyEnv = await startServer();
    const ticketId = createTicket(pyEnv);
    for (const [body, date] of Object.entries(TIMES)) {
        createMessage(pyEnv, ticketId, [received()], {body, date});
    }
    await start();
    await openFormView("helpdesk.ticket", ticketId);
    await contains(".o-mail-Message", {count: 4});
    expect(queryAllTexts(".o-mail-Message-body")).toEqual([
        "fourth",
        "third",
        "second",
        "first",
    ]);
});

test("other records keep the order of arrival", async () => {
    const pyEnv = await startServer();
    const partnerId = pyEnv["res.partner"].create({name: "Somebody"});
    for (const [body, date] of Object.entries(TIMES)) {
        createMessage(pyEnv, partnerId, false, {body, date, model: "res.partner"});
    }
    await start();
    await openFormView("res.partner", partnerId);
    await contains(".o-mail-Message", {count: 4});
    expect(queryAllTexts(".o-mail-Message-body")).toEqual([
        "fourth",
        "second",
        "third",
        "first",
    ]);
});
