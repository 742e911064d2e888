import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {user} from "@web/core/user";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Above a ticket: whom its customer may be, why, and the agent's two answers. */
export class SocialSuggestionsField extends Component {
    static template = "social_helpdesk.SocialSuggestionsField";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get suggestions() {
        return this.props.record.data[this.props.name] || [];
    }

    open(suggestion) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: suggestion.partner_id,
            views: [[false, "form"]],
        });
    }

    /** What is typed is kept; the ticket is another's only afterwards. */
    async decide(suggestion, name) {
        const {record} = this.props;
        if (!(await record.save())) {
            return;
        }
        await this.action.doActionButton({
            type: "object",
            name,
            resModel: "helpdesk.social.suggestion",
            resId: suggestion.id,
            context: user.context, // else the server answers in its own language
            onClose: () => record.load(),
        });
    }
}

registry.category("fields").add("social_suggestions", {
    component: SocialSuggestionsField,
    supportedTypes: ["json"],
});
