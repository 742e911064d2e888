import {
    contains,
    openListView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts, queryOne} from "@odoo/hoot-dom";
import {mockDate} from "@odoo/hoot-mock";
import {mountView} from "@web/../tests/web_test_helpers";
import {createTicket, defineSocialModels, pass} from "../social_test_helpers";

describe.current.tags("desktop");
defineSocialModels();

test("how long ago, in colours that grow with the waiting", async () => {
    mockDate("2026-01-15 12:00:00");
    const pyEnv = await startServer();
    for (const at of [
        "2026-01-15 11:54:55",
        "2026-01-15 09:59:00",
        "2026-01-10 10:00:00",
    ]) {
        createTicket(pyEnv, {}, {social_last_inbound_at: at});
    }
    createTicket(pyEnv);
    await start();
    await openListView("helpdesk.ticket");
    await contains(".o_data_row", {count: 4});
    expect(queryAllTexts("td[name=social_last_inbound_at]")).toEqual([
        "5 min",
        "2 hr",
        "5 days",
        "",
    ]);
    await contains("time.text-success", {text: "5 min"});
    await contains("time.text-warning", {text: "2 hr"});
    await contains("time.text-danger", {text: "5 days"});
});

test("an age grows while one looks at it", async () => {
    mockDate("2026-01-15 12:00:00");
    const pyEnv = await startServer();
    createTicket(pyEnv, {}, {social_last_inbound_at: "2026-01-15 11:54:55"});
    await start();
    await openListView("helpdesk.ticket");
    await contains("time", {text: "5 min"});
    await pass(61000);
    await contains("time", {text: "6 min"});
});

test("a channel is a drawing with a name, in a form with its words", async () => {
    const pyEnv = await startServer();
    const resId = createTicket(pyEnv, {}, {social_provider: "whatsapp"});
    await start();
    const field = `<field name="social_provider" widget="social_channel" readonly="1"/>`;
    await mountView({
        type: "list",
        resModel: "helpdesk.ticket",
        arch: `<list>${field}</list>`,
    });
    await contains(".o_data_row img[alt=WhatsApp]");
    await contains(".o_data_row img[data-src$='channels/whatsapp.svg']");
    expect(".o_data_row [name=social_provider]").toHaveText("");
    await mountView({
        type: "form",
        resModel: "helpdesk.ticket",
        resId,
        arch: `<form>${field}</form>`,
    });
    await contains(".o_form_view [name=social_provider]", {text: "WhatsApp"});
    await contains(".o_form_view [name=social_provider] img[alt='']");
});

test("a channel without a drawing gets the common one", async () => {
    const pyEnv = await startServer();
    createTicket(pyEnv, {}, {social_provider: "pigeon"});
    await start();
    await mountView({
        type: "list",
        resModel: "helpdesk.ticket",
        arch: `<list><field name="social_provider" widget="social_channel"/></list>`,
    });
    await contains("img[alt=Pigeon]");
    queryOne("img[alt=Pigeon]").dispatchEvent(new Event("error"));
    await contains("img[alt=Pigeon][data-src$='channels/other.svg']");
});
