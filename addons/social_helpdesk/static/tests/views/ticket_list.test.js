import {
    click,
    contains,
    openListView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {queryAllTexts} from "@odoo/hoot-dom";
import {animationFrame} from "@odoo/hoot-mock";
import {getService, onRpc} from "@web/../tests/web_test_helpers";
import {
    announce,
    createTicket,
    defineSocialModels,
    inHours,
    pass,
} from "../social_test_helpers";

describe.current.tags("desktop");
defineSocialModels();

async function openTickets(...names) {
    const pyEnv = await startServer();
    const ids = names.map((name) => createTicket(pyEnv, {}, {name}));
    await start();
    await openListView("helpdesk.ticket");
    await contains(".o_data_row", {count: names.length});
    return {pyEnv, ids};
}

test("a new ticket appears by itself and glows", async () => {
    const {pyEnv} = await openTickets("First");
    await contains(".o_social_fresh", {count: 0});
    announce(createTicket(pyEnv, {}, {name: "Second"}));
    await contains(".o_data_row", {count: 2});
    await contains(".o_social_fresh", {text: "Second"});
});

test("a customer who writes again makes his line glow, a tick does not", async () => {
    const {pyEnv, ids} = await openTickets("First", "Second");
    announce(ids[0]);
    await animationFrame();
    await contains(".o_social_fresh", {count: 0});
    pyEnv["helpdesk.ticket"].write([ids[1]], {social_last_inbound_at: inHours(0)});
    announce(ids[1]);
    await contains(".o_social_fresh:contains(Second)");
    await contains(".o_social_fresh", {count: 1});
});

test("turning the page is no news", async () => {
    const pyEnv = await startServer();
    for (let i = 0; i < 3; i++) {
        createTicket(pyEnv, {}, {name: `Ticket ${i}`});
    }
    await start();
    await openListView("helpdesk.ticket", {limit: 2});
    await contains(".o_data_row", {count: 2});
    await click(".o_pager_next");
    await contains(".o_data_row", {count: 1});
    await contains(".o_social_fresh", {count: 0});
});

test("the selection stays", async () => {
    const {pyEnv} = await openTickets("First", "Second");
    await click(".o_data_row:contains(Second) .o_list_record_selector input");
    await contains(".o_data_row_selected", {text: "Second"});
    announce(createTicket(pyEnv, {}, {name: "Third"}));
    await contains(".o_data_row", {count: 3});
    await contains(".o_data_row_selected", {count: 1});
    expect(queryAllTexts(".o_data_row_selected [name=name]")).toEqual(["Second"]);
});

test("a line that is being edited is left alone until it is done", async () => {
    const {pyEnv} = await openTickets("First", "Second");
    await click(".o_data_row:contains(First) .o_list_record_selector input");
    await click(".o_data_row:contains(First) [name=name]");
    await contains(".o_selected_row [name=name] input");
    announce(createTicket(pyEnv, {}, {name: "Third"}));
    await pass(3000);
    await contains(".o_data_row", {count: 2});
    await contains(".o_selected_row [name=name] input");
    await click(".o_list_button_discard");
    await pass(1000);
    await contains(".o_data_row", {count: 3});
});

test("a flood of messages does not become a flood of requests", async () => {
    const {ids} = await openTickets("First");
    let loads = 0;
    onRpc("helpdesk.ticket", "web_search_read", () => {
        loads++;
    });
    const {bus} = getService("social_helpdesk.tickets");
    for (let i = 0; i < 50; i++) {
        bus.trigger("changed", {ids});
    }
    await pass(2000);
    expect(loads).toBe(2);
});

test("a server that refuses does not open a dialog nobody asked for", async () => {
    const {ids} = await openTickets("First");
    onRpc("helpdesk.ticket", "web_search_read", () => {
        expect.step("refused");
        throw new Error("No access any more");
    });
    announce(ids[0]);
    await expect.waitForSteps(["refused"]);
    await animationFrame();
    await contains(".o_data_row", {text: "First"});
    await contains(".o_dialog", {count: 0});
});
