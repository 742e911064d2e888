import {CommunityPush} from "@community_portal/notices/push.esm";
import {describe, expect, test} from "@odoo/hoot";
import {animationFrame, click} from "@odoo/hoot-dom";
import {
    contains,
    makeServerError,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import {
    setupInteractionWhiteList,
    startInteractions,
} from "@web/../tests/public/helpers";
import {browser} from "@web/core/browser/browser";

describe.current.tags("interaction_dev");
setupInteractionWhiteList("community_portal.push");

const BUTTON = `
    <div class="o_community_push">
        <button type="button"></button>
        <p role="status"></p>
    </div>`;
const ENDPOINT = "https://push.example.com/1";

/** A browser that can, and what it was asked to do. */
function browserThatCan({subscribed = false, permission = "granted"} = {}) {
    const subscription = {
        endpoint: ENDPOINT,
        toJSON: () => ({endpoint: ENDPOINT, keys: {}}),
        unsubscribe: () => expect.step("unsubscribe"),
    };
    const registration = {
        pushManager: {
            getSubscription: () => (subscribed ? subscription : null),
            subscribe: ({applicationServerKey, userVisibleOnly}) => {
                expect.step(`subscribe ${applicationServerKey} ${userVisibleOnly}`);
                return subscription;
            },
        },
    };
    patchWithCleanup(browser, {
        Notification: {permission, requestPermission: () => permission},
    });
    patchWithCleanup(browser.navigator, {
        serviceWorker: {
            addEventListener: () => {},
            getRegistration: () => registration,
            ready: Promise.resolve(registration),
            register: (url, {scope}) => expect.step(`register ${url} ${scope}`),
        },
    });
}

test("a browser that cannot says so", async () => {
    patchWithCleanup(browser.navigator, {serviceWorker: undefined});
    await startInteractions(BUTTON);
    expect("button").toHaveProperty("disabled", true);
    expect("[role=status]").toHaveText(/cannot show news/);
});

test("a person who has forbidden it reads where to allow it", async () => {
    browserThatCan({permission: "denied"});
    await startInteractions(BUTTON);
    expect("button").toHaveProperty("disabled", true);
    expect("[role=status]").toHaveText(/settings of the browser/);
});

test("switched on: our worker for our pages, told to our server", async () => {
    browserThatCan();
    onRpc("/my/community/push/key", () => ({key: "BKey"}));
    onRpc("/my/community/push/register", async (request) => {
        const {params} = await request.json();
        expect.step(`tell ${params.subscription.endpoint}`);
        return {};
    });
    await startInteractions(BUTTON);
    expect("button").toHaveText("Show news in this browser");
    await contains("button").click();
    await animationFrame();
    expect.verifySteps([
        "register /my/community/service-worker.js /my/community",
        "subscribe BKey true",
        `tell ${ENDPOINT}`,
    ]);
    expect("button").toHaveText("Stop the news in this browser");
    expect("button").toHaveAttribute("aria-pressed", "true");
});

test("a person who says no is asked nothing more", async () => {
    browserThatCan({permission: "default"});
    await startInteractions(BUTTON);
    await contains("button").click();
    await animationFrame();
    expect.verifySteps([]);
    expect("button").toHaveAttribute("aria-pressed", "false");
});

test("refused by the server: the browser forgets it too", async () => {
    browserThatCan();
    onRpc("/my/community/push/key", () => ({key: "BKey"}));
    onRpc("/my/community/push/register", () => {
        throw makeServerError({message: "This browser's push service is not known"});
    });
    patchWithCleanup(CommunityPush.prototype, {
        setup() {
            super.setup();
            this.services.notification.add = (message) => expect.step(message);
        },
    });
    await startInteractions(BUTTON);
    await click("button");
    await animationFrame();
    await animationFrame();
    expect.verifySteps([
        "register /my/community/service-worker.js /my/community",
        "subscribe BKey true",
        "unsubscribe",
        "This browser's push service is not known",
    ]);
    expect("button").toHaveAttribute("aria-pressed", "false");
});

test("switched off: told to the server first", async () => {
    browserThatCan({subscribed: true});
    onRpc("/my/community/push/unregister", async (request) => {
        const {params} = await request.json();
        expect.step(`forget ${params.endpoint}`);
        return {};
    });
    await startInteractions(BUTTON);
    await contains("button").click();
    await animationFrame();
    expect.verifySteps([`forget ${ENDPOINT}`, "unsubscribe"]);
    expect("button").toHaveText("Show news in this browser");
});
