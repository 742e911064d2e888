import {getService} from "@web/../tests/web_test_helpers";
import {start, startServer} from "@mail/../tests/mail_test_helpers";
import {expect, test} from "@odoo/hoot";
import {announce, defineSocialModels} from "../social_test_helpers";

defineSocialModels();

async function listen() {
    await startServer();
    await start();
    getService("social_helpdesk.tickets").bus.addEventListener(
        "changed",
        ({detail: {ids}}) => expect.step(JSON.stringify(ids))
    );
}

test("passes on which tickets changed", async () => {
    await listen();
    announce(7, 9);
    await expect.waitForSteps(["[7,9]"]);
});

test("after a time without connection anything may have changed", async () => {
    await listen();
    const bus = getService("bus_service");
    bus.trigger("BUS:CONNECT");
    expect.verifySteps([]);
    bus.trigger("BUS:DISCONNECT");
    bus.trigger("BUS:RECONNECT");
    bus.trigger("BUS:CONNECT");
    expect.verifySteps(["null"]);
});
