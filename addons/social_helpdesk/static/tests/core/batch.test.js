import {describe, expect, test} from "@odoo/hoot";
import {Deferred} from "@odoo/hoot-mock";
import {Batch} from "@social_helpdesk/core/batch.esm";
import {pass} from "../social_test_helpers";

describe.current.tags("headless");

function collect({mayRun = () => true, run = async () => {}} = {}) {
    const batch = new Batch((ids) => {
        expect.step(ids && [...ids].join());
        return run();
    }, mayRun);
    return batch;
}

test("the first one after a quiet time does not wait", async () => {
    collect().add([1]);
    expect.verifySteps(["1"]);
});

test("a flood becomes few runs, and nothing of it is lost", async () => {
    const batch = collect();
    batch.add([1]);
    expect.verifySteps(["1"]);
    batch.add([2]);
    batch.add([3]);
    batch.add([2]);
    await pass(100);
    expect.verifySteps([]);
    await pass(400);
    expect.verifySteps(["2,3"]);
    await pass(1000);
    expect.verifySteps([]);
    batch.add([4]);
    expect.verifySteps(["4"]);
});

test("two runs never overlap", async () => {
    const answer = new Deferred();
    const batch = collect({run: () => answer});
    batch.add([1]);
    batch.add([2]);
    await pass(5000);
    expect.verifySteps(["1"]);
    answer.resolve();
    await pass(20000);
    expect.verifySteps(["2"]);
});

test("everything may have changed swallows single ids", async () => {
    const batch = collect();
    batch.add([1]);
    batch.add([2]);
    batch.add(null);
    batch.add([3]);
    await pass(1000);
    expect.verifySteps(["1", null]);
});

test("whoever is busy is left alone and not forgotten", async () => {
    let busy = true;
    const batch = collect({mayRun: () => !busy});
    batch.add([1]);
    await pass(5000);
    expect.verifySteps([]);
    busy = false;
    await pass(1000);
    expect.verifySteps(["1"]);
});

test("waking up does not wait for the next look", async () => {
    let hidden = true;
    const batch = collect({mayRun: () => !hidden});
    batch.add([1]);
    hidden = false;
    batch.wake();
    expect.verifySteps(["1"]);
});

test("after the end nothing runs", async () => {
    const batch = collect();
    batch.add([1]);
    batch.add([2]);
    batch.stop();
    await pass(1000);
    batch.add([3]);
    expect.verifySteps(["1"]);
});

test("a run that breaks does not stop the next one", async () => {
    const runs = [Promise.reject(new Error("broken")), Promise.resolve()];
    const batch = new Batch(
        (ids) => {
            expect.step([...ids].join());
            return runs.shift();
        },
        () => true
    );
    batch.add([1]).catch((error) => expect.step(error.message));
    await pass(1000);
    batch.add([2]);
    expect.verifySteps(["1", "broken", "2"]);
});
