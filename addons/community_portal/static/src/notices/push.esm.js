import {explain} from "@community_portal/room/talk.esm";
import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";

const WORKER = "/my/community/service-worker.js";
const SCOPE = "/my/community";

/** Switches the news of this browser on and off. */
export class CommunityPush extends Interaction {
    static selector = ".o_community_push";
    dynamicContent = {
        button: {
            "t-on-click": this.locked(this.toggle),
            "t-att-disabled": () => !this.worker || this.denied,
            "t-att-aria-pressed": () => String(Boolean(this.subscription)),
            "t-out": () =>
                this.subscription
                    ? _t("Stop the news in this browser")
                    : _t("Show news in this browser"),
        },
        "[role=status]": {"t-out": () => this.state},
    };

    setup() {
        this.worker = "PushManager" in window && browser.navigator.serviceWorker;
        this.subscription = null;
    }

    async willStart() {
        const registration = this.worker && (await this.worker.getRegistration(SCOPE));
        this.subscription = registration
            ? await registration.pushManager.getSubscription()
            : null;
    }

    get denied() {
        return browser.Notification?.permission === "denied";
    }

    get state() {
        if (!this.worker) {
            return _t("This browser cannot show news while the page is closed.");
        }
        if (this.denied) {
            return _t(
                "You have forbidden it in the settings of the browser. Allow messages " +
                    "of this site there, and load this page again."
            );
        }
        return this.subscription
            ? _t("It shows what you have chosen, even while the page is closed.")
            : "";
    }

    async toggle() {
        try {
            await this.waitFor(this.subscription ? this.stop() : this.begin());
        } catch (error) {
            if (error instanceof DOMException) {
                this.services.notification.add(
                    _t("The browser did not let us. Look at its settings, then retry."),
                    {type: "warning"}
                );
            } else {
                explain(this.services, error);
            }
        }
    }

    async begin() {
        if ((await browser.Notification.requestPermission()) !== "granted") {
            return;
        }
        const {key} = await rpc("/my/community/push/key");
        await this.worker.register(WORKER, {scope: SCOPE});
        const registration = await this.worker.ready;
        const subscription = await registration.pushManager.subscribe({
            applicationServerKey: key,
            userVisibleOnly: true,
        });
        try {
            await rpc("/my/community/push/register", {
                subscription: subscription.toJSON(),
            });
        } catch (error) {
            await subscription.unsubscribe();
            throw error;
        }
        this.subscription = subscription;
    }

    async stop() {
        const {endpoint} = this.subscription;
        await rpc("/my/community/push/unregister", {endpoint});
        await this.subscription.unsubscribe();
        this.subscription = null;
    }
}

registry.category("public.interactions").add("community_portal.push", CommunityPush);
