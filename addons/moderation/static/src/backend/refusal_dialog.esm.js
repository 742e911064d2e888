import {Component, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {CoachDialog} from "../dialogs/coach_dialog.esm";

/** The gate stopped what some other form saved: say so in the same words. */
export class RefusalDialog extends Component {
    static template = xml`<CoachDialog advice="advice" close="props.close" />`;
    static components = {CoachDialog};
    static props = ["*"];

    get advice() {
        return this.props.data.context.moderation;
    }
}

for (const name of ["Coached", "Refused"]) {
    registry
        .category("error_dialogs")
        .add(`odoo.addons.moderation.exceptions.${name}`, RefusalDialog);
}
