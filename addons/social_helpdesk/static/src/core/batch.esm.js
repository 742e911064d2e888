import {browser} from "@web/core/browser/browser";

const PAUSE = 300; // ms between two runs
const RETRY = 1000; // ms until it is asked again whether it may run

/**
 * Collects ids of changed tickets and refreshes in bursts: at once after a
 * quiet time, then never more often than the server answers at ease.
 */
export class Batch {
    /**
     * @param {(ids: Set<number>|null) => Promise} run null: anything may have changed
     * @param {() => boolean} mayRun
     */
    constructor(run, mayRun) {
        this.run = run;
        this.mayRun = mayRun;
        this.waiting = undefined;
        this.timer = undefined;
    }

    /** @param {number[]|null} ids */
    add(ids) {
        if (ids === null || this.waiting === null) {
            this.waiting = null;
        } else {
            this.waiting = new Set([...(this.waiting || []), ...ids]);
        }
        return this.flush();
    }

    /** Ask again now, for whoever knows that it may run since a moment. */
    wake() {
        if (!this.running) {
            browser.clearTimeout(this.timer);
            this.timer = undefined;
            this.flush();
        }
    }

    stop() {
        browser.clearTimeout(this.timer);
        this.waiting = undefined;
        this.stopped = true;
    }

    async flush() {
        if (this.timer || this.running || this.waiting === undefined || this.stopped) {
            return;
        }
        if (this.mayRun()) {
            await this.go();
        } else {
            this.later(RETRY);
        }
    }

    async go() {
        const ids = this.waiting;
        this.waiting = undefined;
        this.running = true;
        const start = performance.now();
        try {
            await this.run(ids);
        } finally {
            this.running = false;
            // A server that takes long gets more time to breathe.
            this.later(Math.max(PAUSE, 2 * (performance.now() - start)));
        }
    }

    later(delay) {
        if (this.stopped) {
            return;
        }
        this.timer = browser.setTimeout(() => {
            this.timer = undefined;
            this.flush();
        }, delay);
    }
}
