import {Component, useState} from "@odoo/owl";
import {formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {span} from "../core/span.esm";

// Hours after which a waiting customer turns orange, then red.
const LATE = 1;
const TOO_LATE = 8;

/** How long ago it was, in one word that grows while one looks at it. */
export class SocialSinceField extends Component {
    static template = "social_helpdesk.SocialSinceField";
    static props = {...standardFieldProps};

    setup() {
        this.clock = useState(useService("social_helpdesk.clock"));
    }

    get at() {
        return this.props.record.data[this.props.name];
    }

    get text() {
        return span(this.at, this.clock.now);
    }

    get exactly() {
        return formatDateTime(this.at);
    }

    get color() {
        const {hours} = this.clock.now.diff(this.at, "hours");
        if (hours < LATE) {
            return "text-success";
        }
        return hours < TOO_LATE ? "text-warning" : "text-danger";
    }
}

registry.category("fields").add("social_since", {
    component: SocialSinceField,
    displayName: _t("Time Since"),
    supportedTypes: ["datetime"],
});
