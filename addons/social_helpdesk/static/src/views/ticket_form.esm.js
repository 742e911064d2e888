import {useService} from "@web/core/utils/hooks";
import {registry} from "@web/core/registry";
import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {useTicketChanges} from "../core/ticket_changes_hook.esm";

/** An open ticket follows what happens to it, but never eats what is typed. */
export class TicketFormController extends FormController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        useTicketChanges(() => this.refresh(), {
            concerns: (ids) => {
                const resId = this.model.root?.resId;
                return Boolean(resId) && (ids === null || ids.includes(resId));
            },
        });
    }

    async refresh() {
        const {root} = this.model;
        if (!(await root.isDirty())) {
            await root.load();
            return;
        }
        const [{social_info}] = await this.orm.silent.read(
            root.resModel,
            [root.resId],
            ["social_info"]
        );
        this.mailStore.Thread.insert({
            model: root.resModel,
            id: root.resId,
            social_info,
        });
    }
}

registry.category("views").add("social_ticket_form", {
    ...formView,
    Controller: TicketFormController,
});
