import {Component, markup, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

const SERIOUS = 3; // of 4, from where a label asks for attention

/** Above a customer's message: what an agent should know before he reads it. */
export class TriageLabels extends Component {
    static template = "moderation.TriageLabels";
    static props = {message: Object};

    /** Each category once, as serious as its worst, worst first. */
    get labels() {
        const labels = [...this.props.message.triageLabels].sort(
            (a, b) => b.severity - a.severity
        );
        const isFirst = ({name}, index) =>
            labels.findIndex((label) => label.name === name) === index;
        return labels.filter(isFirst);
    }

    isSerious(label) {
        return label.severity >= SERIOUS;
    }

    hint(label) {
        return this.isSerious(label)
            ? _t("Serious: %(category)s", {category: label.name})
            : label.name;
    }
}

/** Under a message whose secrets are covered: see them, for as long as needed. */
export class Uncover extends Component {
    static template = "moderation.Uncover";
    static props = {message: Object};

    setup() {
        this.orm = useService("orm");
        this.state = useState({busy: false});
    }

    async show() {
        const {message} = this.props;
        this.state.busy = true;
        try {
            const body = await this.orm.call("mail.message", "moderation_reveal", [
                [message.id],
            ]);
            // The field's own HTML, which the server has sanitized.
            message.uncover(markup(body));
        } finally {
            this.state.busy = false;
        }
    }

    hide() {
        this.props.message.cover();
    }
}
