import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const COLOURS = {
    green: "text-success",
    yellow: "text-warning",
    red: "text-danger",
    off: "text-muted",
};

/** A coloured dot with its word: not everybody sees the colour. */
export class SocialHealthField extends Component {
    static template = "social_helpdesk.SocialHealthField";
    static props = {...standardFieldProps};

    get level() {
        return this.props.record.data[this.props.name];
    }

    get colour() {
        return COLOURS[this.level];
    }

    get label() {
        const {selection} = this.props.record.fields[this.props.name];
        return selection.find(([level]) => level === this.level)?.[1];
    }
}

registry.category("fields").add("social_health", {
    component: SocialHealthField,
    displayName: _t("Social Health"),
    supportedTypes: ["selection"],
});
