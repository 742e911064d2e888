import {reactive} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {registry} from "@web/core/registry";

const {DateTime} = luxon;
const TICK = 30000; // ms

/**
 * The time of day, for everything that counts down or grows old on screen.
 * One timer for the whole page, however many rows show an age.
 */
export const clockService = {
    start() {
        const clock = reactive({now: DateTime.now()});
        browser.setInterval(() => (clock.now = DateTime.now()), TICK);
        return clock;
    },
};

registry.category("services").add("social_helpdesk.clock", clockService);
