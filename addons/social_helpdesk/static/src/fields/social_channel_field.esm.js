import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {ChannelIcon} from "../components/channel_icon.esm";

/** A channel as its drawing; in a form with its name beside it. */
export class SocialChannelField extends Component {
    static template = "social_helpdesk.SocialChannelField";
    static components = {ChannelIcon};
    static props = {
        ...standardFieldProps,
        showLabel: {type: Boolean, optional: true},
    };

    get code() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        const {selection} = this.props.record.fields[this.props.name];
        return (selection || []).find(([code]) => code === this.code)?.[1] || this.code;
    }
}

registry.category("fields").add("social_channel", {
    component: SocialChannelField,
    displayName: _t("Social Channel"),
    supportedTypes: ["selection", "char"],
    extractProps: ({viewType}) => ({showLabel: viewType === "form"}),
});
