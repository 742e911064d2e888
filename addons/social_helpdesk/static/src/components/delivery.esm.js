import {Component, useState} from "@odoo/owl";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {ChannelIcon} from "./channel_icon.esm";

const LABELS = {
    queued: _t("Waiting to be sent"),
    sending: _t("Sending…"),
    sent: _t("Sent"),
    delivered: _t("Delivered"),
    read: _t("Read"),
    failed: _t("Not sent"),
    unconfirmed: _t("Not confirmed"),
};

/** Under an agent's message: the way it went, how far it came, what to do. */
export class Delivery extends Component {
    static template = "social_helpdesk.Delivery";
    static components = {ChannelIcon};
    static props = {message: Object};

    setup() {
        this.orm = useService("orm");
        this.state = useState({busy: false});
    }

    get delivery() {
        return this.props.message.socialDelivery;
    }

    get label() {
        return LABELS[this.delivery.state];
    }

    get via() {
        const values = {channel: this.delivery.label};
        return this.delivery.public
            ? _t("in public on %(channel)s", values)
            : _t("via %(channel)s", values);
    }

    get tooltip() {
        const {occurredAt, receipts, label, state} = this.delivery;
        const time = occurredAt && formatDateTime(deserializeDateTime(occurredAt));
        if (state === "sent" && !receipts) {
            return _t("%(time)s. %(channel)s does not tell when it is read.", {
                time,
                channel: label,
            });
        }
        return time;
    }

    get failure() {
        const {errors, failedIds, count} = this.delivery;
        const reason = errors.join(" ") || _t("The reason is not known.");
        return failedIds.length < count
            ? _t("%(failed)s of %(count)s parts were not sent: %(reason)s", {
                  failed: failedIds.length,
                  count,
                  reason,
              })
            : reason;
    }

    retry() {
        return this.ask("action_retry", [this.delivery.failedIds]);
    }

    settle(arrived) {
        return this.ask("action_settle", [this.delivery.unconfirmedIds, arrived]);
    }

    async ask(method, args) {
        this.state.busy = true;
        try {
            await this.orm.call("helpdesk.social.message", method, args);
        } finally {
            // Also when it was refused: then the state here was not the true one.
            await this.props.message.thread?.refreshMessages();
            this.state.busy = false;
        }
    }
}
