import {onWillUnmount} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";

const NEWS = "social_helpdesk/accounts";

/** Shows what a job found out, as soon as it did; never eats what is typed. */
export class AccountFormController extends FormController {
    setup() {
        super.setup();
        const bus = useService("bus_service");
        const hear = ({ids}) => this.hear(ids);
        bus.subscribe(NEWS, hear);
        onWillUnmount(() => bus.unsubscribe(NEWS, hear));
    }

    async hear(ids) {
        const {root} = this.model; // None before the first answer.
        if (root && ids.includes(root.resId) && !(await root.isDirty())) {
            await root.load();
        }
    }
}

registry.category("views").add("social_account_form", {
    ...formView,
    Controller: AccountFormController,
});
