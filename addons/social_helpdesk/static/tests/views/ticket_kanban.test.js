import {
    click,
    contains,
    openKanbanView,
    start,
    startServer,
} from "@mail/../tests/mail_test_helpers";
import {describe, test} from "@odoo/hoot";
import {hover} from "@odoo/hoot-dom";
import {announce, createTicket, defineSocialModels, pass} from "../social_test_helpers";

describe.current.tags("desktop");
defineSocialModels();

async function openBoard() {
    const pyEnv = await startServer();
    createTicket(pyEnv, {}, {name: "First"});
    createTicket(pyEnv, {}, {name: "Old", stage: "done"});
    await start();
    await openKanbanView("helpdesk.ticket", {groupBy: ["stage"]});
    await contains(".o_kanban_group", {count: 2});
    await contains(".o_kanban_record:not(.o_kanban_ghost)", {count: 2});
    return pyEnv;
}

test("a new card appears by itself and glows", async () => {
    const pyEnv = await openBoard();
    announce(createTicket(pyEnv, {}, {name: "Second"}));
    await contains(".o_kanban_record.o_social_fresh", {text: "Second"});
    await contains(".o_social_fresh", {count: 1});
});

test("a folded column stays folded", async () => {
    const pyEnv = await openBoard();
    await hover(".o_kanban_group:last .o_kanban_header");
    await click(".o_kanban_group:last .o_group_config .dropdown-toggle");
    await click(".o_kanban_toggle_fold");
    await contains(".o_column_folded", {count: 1});
    announce(createTicket(pyEnv, {}, {name: "Second"}));
    await contains(".o_kanban_record", {text: "Second"});
    await contains(".o_column_folded", {count: 1});
});

test("a card that is being written is not taken away", async () => {
    const pyEnv = await openBoard();
    await click(".o_kanban_group:first .o_kanban_quick_add");
    await contains(".o_kanban_quick_create");
    announce(createTicket(pyEnv, {}, {name: "Second"}));
    await pass(3000);
    await contains(".o_kanban_quick_create");
    await contains(".o_kanban_record", {count: 0, text: "Second"});
    await click(".o_kanban_cancel");
    await pass(1000);
    await contains(".o_kanban_record", {text: "Second"});
});
