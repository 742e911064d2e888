import {click, queryAllTexts, queryText} from "@odoo/hoot-dom";
import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame} from "@odoo/hoot-mock";
import {
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

defineMailModels();
describe.current.tags("desktop");

const FIGURES = [
    {key: "people", value: 12, before: 10},
    {key: "avoided", value: 4, before: 0},
    {key: "hours", value: 6, before: 0},
    {key: "unanswered", value: 6, before: 3},
    {key: "answer_hours", value: false, before: false},
    {key: "solution_hours", value: 2, before: 4},
    {key: "unheard_of", value: 1, before: 1},
];

function overview(days) {
    return {
        days,
        start: "2026-10-01 00:00:00",
        end: "2026-10-31 00:00:00",
        figures: FIGURES,
        hours_per_ticket: 1.5,
        helpers: [
            {id: 3, name: "Paula", count: 8},
            {id: 4, name: "Rafael", count: 2},
        ],
        topics: [],
        givers: [],
        takers: [],
        ideas: [],
    };
}

async function open() {
    onRpc("community.dashboard", "get_overview", ({args}) => {
        expect.step(`overview ${args[0]}`);
        return overview(args[0]);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "community_portal.dashboard",
    });
}

const figure = (key) => queryText(`.o_community_figure[data-key=${key}]`);

test("figures are compared with the period before", async () => {
    await open();
    expect.verifySteps(["overview 30"]);
    expect(figure("people")).toInclude("12");
    expect(figure("people")).toInclude("20 % more than before");
    expect(figure("avoided")).toInclude("nothing to compare with");
    expect(figure("answer_hours")).toInclude("–");
    expect(".o_community_figure").toHaveCount(5);
});

test("less of what is bad is good", async () => {
    await open();
    expect(".o_community_figure[data-key=people] .text-success").toHaveCount(1);
    expect(".o_community_figure[data-key=unanswered] .text-danger").toHaveCount(1);
    expect(".o_community_figure[data-key=solution_hours] .text-success").toHaveCount(1);
    expect(figure("solution_hours")).toInclude("50 % less than before");
    expect.verifySteps(["overview 30"]);
});

test("it says how tickets avoided are counted, and what they save", async () => {
    await open();
    expect(".o_community_dashboard").toHaveText(
        /Each person, post and day counts once/
    );
    expect(".o_community_dashboard").toHaveText(/saved customers 6.0 hours, at 1.5/);
    expect.verifySteps(["overview 30"]);
});

test("another period is asked for", async () => {
    await open();
    await click("button:contains(Last 7 days)");
    await animationFrame();
    expect.verifySteps(["overview 30", "overview 7"]);
    expect("button:contains(Last 7 days)").toHaveAttribute("aria-pressed", "true");
});

test("lists show who is first, and what is empty", async () => {
    await open();
    expect(queryAllTexts("[data-list=helpers] .o_community_line")).toEqual([
        "Paula\n8",
        "Rafael\n2",
    ]);
    expect("[data-list=helpers] .progress-bar:first").toHaveStyle({width: /.+/});
    expect("[data-list=topics]").toHaveText(/Nothing in these days/);
    expect.verifySteps(["overview 30"]);
});

test("figures and lines lead to the lines that they count", async () => {
    const opened = [];
    await open();
    patchWithCleanup(getService("action"), {
        async loadAction(xmlid) {
            return {type: "ir.actions.act_window", xml_id: xmlid};
        },
        async doAction({xml_id, name, domain}, {viewType}) {
            opened.push([xml_id.split(".")[1], name, domain.at(0), viewType]);
        },
    });
    await click(".o_community_figure[data-key=unanswered]");
    await click("[data-list=helpers] .o_community_line:first");
    await animationFrame();
    expect(opened).toEqual([
        ["action_report", "Unanswered", ["kind", "=", "question"], "list"],
        ["action_report_exchange", "Paula", ["helper_id", "=", 3], "list"],
    ]);
    expect.verifySteps(["overview 30"]);
});
