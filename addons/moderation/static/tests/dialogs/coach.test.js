import {expect, test} from "@odoo/hoot";
import {adviceOf, firstFound} from "@moderation/dialogs/advice.esm";
import {maskedBody, Reconsidered, sendCoached} from "@moderation/dialogs/coach.esm";
import {makeServerError} from "@web/../tests/web_test_helpers";
import {advice, CPF, gateError, refusal} from "../moderation_test_helpers";

/** Sends that the gate stops with each of these errors, then not any more. */
function stoppedBy(...errors) {
    return (change) => {
        expect.step({...change});
        const error = errors.shift();
        if (error) {
            throw error;
        }
        return "sent";
    };
}

test.tags("headless");
test("an error of anything else is no advice", () => {
    expect(adviceOf(new Error("no"))).toBe(undefined);
    expect(adviceOf(makeServerError({message: "no"}))).toBe(undefined);
    expect(adviceOf(undefined)).toBe(undefined);
    expect(adviceOf(gateError()).action).toBe("coach");
    expect(adviceOf(gateError(refusal())).action).toBe("block");
});

test.tags("headless");
test("the first found place, in the body alone", () => {
    expect(firstFound(advice())).toBe(CPF);
    expect(firstFound(advice({parts: []}))).toBe("");
    const title = {part: "title", pieces: [["pau", true]]};
    expect(firstFound(advice({parts: [title]}))).toBe("");
});

test.tags("headless");
test("what nobody stops is sent as it is", async () => {
    const sent = await sendCoached(stoppedBy(), () => expect.step("asked"));
    expect(sent).toBe("sent");
    expect.verifySteps([{masked: undefined, insists: false}]);
});

test.tags("headless");
test("masked, then insisted: asked as often as it is stopped", async () => {
    const answers = ["mask", "insist"];
    const sent = await sendCoached(stoppedBy(gateError(), gateError()), () =>
        answers.shift()
    );
    expect(sent).toBe("sent");
    const {masked} = advice();
    expect.verifySteps([
        {masked: undefined, insists: false},
        {masked, insists: false},
        {masked, insists: true},
    ]);
});

test.tags("headless");
test("whoever changes the text has sent nothing", async () => {
    const sending = sendCoached(stoppedBy(gateError()), () => "change");
    await expect(sending).rejects.toThrow(Reconsidered);
    expect.verifySteps([{masked: undefined, insists: false}]);
});

test.tags("headless");
test("other errors go through, and nobody is asked", async () => {
    const sending = sendCoached(stoppedBy(new Error("no network")), () =>
        expect.step("asked")
    );
    await expect(sending).rejects.toThrow("no network");
    expect.verifySteps([{masked: undefined, insists: false}]);
});

test("a masked edit does not say twice that it was edited", () => {
    const body = "<p>███<span class='o-mail-Message-edited'></span></p>";
    expect(String(maskedBody({body}))).toBe("<p>███</p>");
});
