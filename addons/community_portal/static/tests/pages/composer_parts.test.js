import {describe, expect, test} from "@odoo/hoot";
import {
    click,
    edit,
    queryAllAttributes,
    queryAllTexts,
    setInputFiles,
} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {refusal} from "@community_portal/composer/upload.esm";
import {startInteraction} from "@web/../tests/public/helpers";
import {contains, mockService, onRpc} from "@web/../tests/web_test_helpers";
import {composer, interaction, room} from "./pages_test_helpers";

describe.current.tags("interaction_dev");

const SPACES = [
    {
        id: 1,
        audiences: [
            {code: "everybody", label: "Everybody", who: "All of them."},
            {code: "company", label: "My company", who: "Your colleagues."},
        ],
        audience: "everybody",
        limits: {file: 20, video: 100},
    },
    {
        id: 2,
        audiences: [{code: "vendor", label: "The vendor", who: "You and they."}],
        audience: "vendor",
        limits: {file: 1, video: 0},
    },
];
const spaces = `<select name="space_id"><option value="1">A</option>
    <option value="2">B</option></select>`;

test("the audience is said in a sentence, and is what the space allows", async () => {
    const attributes = `data-spaces='${JSON.stringify(SPACES)}' data-audience="company"`;
    await startInteraction(
        interaction("audience"),
        room(composer({attributes, fields: spaces}))
    );
    expect("[name=audience]").toHaveValue("company");
    expect(".o_community_who_sees").toHaveText("Your colleagues.");
    await contains("[name=audience]").select("everybody");
    expect(".o_community_who_sees").toHaveText("All of them.");
    await contains("[name=space_id]").select("2");
    expect(queryAllTexts("[name=audience] option")).toEqual(["The vendor"]);
    expect(".o_community_who_sees").toHaveText("You and they.");
    expect(".o_community_composer").toHaveAttribute("data-file-limit", "1");
});

const topics = `
    <div class="o_community_topics">
        <input data-topic="1" list="topics"/>
        <datalist id="topics">
            <option value="NF-e" data-id="4"></option>
            <option value="SPED" data-id="5" data-chosen="1"></option>
        </datalist>
    </div>`;

test("topics are chosen from the list and taken away again", async () => {
    await startInteraction(interaction("topics"), room(composer({fields: topics})));
    const chosen = () => queryAllAttributes("[data-chosen-topic]", "data-chosen-topic");
    expect(chosen()).toEqual(["5"]);
    await click("[data-topic]");
    await edit("nf-e");
    expect(chosen()).toEqual(["5", "4"]);
    expect("[data-topic]").toHaveValue("");
    await edit("NF-e");
    expect(chosen()).toEqual(["5", "4"]);
    await edit("unknown");
    expect(chosen()).toEqual(["5", "4"]);
    await click("[data-chosen-topic='5']");
    expect(chosen()).toEqual(["4"]);
    expect("[data-topic]").toBeFocused();
});

test("similar threads come while the title is typed", async () => {
    onRpc("/my/community/similar", async (request) => {
        const {params} = await request.json();
        expect.step(params.text);
        return {html: "<p>Answered already</p>"};
    });
    await startInteraction(interaction("similar"), room(composer()));
    await click("[name=title]");
    await edit("NF-e");
    await advanceTime(500);
    expect.verifySteps([]);
    await edit("NF-e rejeitada");
    await advanceTime(500);
    await animationFrame();
    expect(".o_community_hints").toHaveText("Answered already");
    await edit("");
    await advanceTime(500);
    expect(".o_community_hints").toHaveText("");
    expect.verifySteps(["NF-e rejeitada"]);
});

test("a file that is too large is refused before it is sent", async () => {
    await startInteraction(interaction("attached"), room(composer()));
    const limits = {fileLimit: "1", videoLimit: "2"};
    const file = (size, type) => ({name: "a", size: size * 2 ** 20, type});
    expect(refusal(file(1, "image/png"), limits)).toBe("");
    expect(refusal(file(1.5, "image/png"), limits)).toInclude("2 MB; 1 MB");
    expect(refusal(file(1.5, "video/mp4"), limits)).toBe("");
    expect(refusal(file(3, "video/mp4"), limits)).toInclude("3 MB; 2 MB");
});

const attached = (fileIds) =>
    composer().replace(
        '<ul class="o_community_attached"></ul>',
        `<ul class="o_community_attached">${fileIds
            .map(
                (id) =>
                    `<li data-file="${id}" data-name="tela ${id}.png" data-kind="image"></li>`
            )
            .join("")}</ul>`
    );

test("files of a draft are there again, and can be taken away", async () => {
    await startInteraction(interaction("attached"), room(attached([3, 4])));
    expect(queryAllTexts(".o_community_attached li")).toEqual([
        "tela 3.png",
        "tela 4.png",
    ]);
    await click("[data-file='3'] .btn-close");
    expect(queryAllAttributes("[data-file]", "data-file")).toEqual(["4"]);
});

test("more files than are possible are not sent", async () => {
    mockService("notification", {add: (message) => expect.step(message)});
    const full = [...Array(20).keys()];
    await startInteraction(interaction("attached"), room(attached(full)));
    await contains("[data-files]").click();
    await setInputFiles([new File(["x"], "one.txt")]);
    await animationFrame();
    expect(".o_community_attached li").toHaveCount(20);
    expect.verifySteps([
        "20 files are possible. Put them into one archive or choose the telling ones.",
    ]);
});

test("filters show at once what they let through", async () => {
    await startInteraction(
        interaction("filters"),
        room(`<form class="o_community_filters" onsubmit="return false">
            <select data-filter="1" name="kind"><option>a</option><option>b</option></select>
        </form>`)
    );
    document.querySelector("form").addEventListener("submit", (ev) => {
        ev.preventDefault();
        expect.step("submit");
    });
    await contains("[data-filter]").select("b");
    expect.verifySteps(["submit"]);
});

test("one press marks all notices as read", async () => {
    onRpc("/my/community/notices/read", () => {
        expect.step("read");
        return {unread: 0};
    });
    await startInteraction(
        interaction("read_all"),
        room(`<span data-counter="notices">3</span><button data-read-all="1">x</button>
            <a class="o_community_notice o_unread">y</a>`)
    );
    await click("[data-read-all]");
    await animationFrame();
    expect(".o_unread").toHaveCount(0);
    expect("[data-counter]").toHaveClass("d-none");
    expect("[data-read-all]").not.toBeVisible();
    expect.verifySteps(["read"]);
});
