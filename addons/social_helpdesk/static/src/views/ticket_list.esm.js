import {registry} from "@web/core/registry";
import {ListController} from "@web/views/list/list_controller";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {useLiveModel} from "./live_model_hook.esm";

export class TicketListController extends ListController {
    setup() {
        super.setup();
        useLiveModel(this.model, this.rootRef);
    }
}

export class TicketListRenderer extends ListRenderer {
    getRowClass(record) {
        const fresh = this.props.list.model.freshIds?.has(record.resId);
        return `${super.getRowClass(record)} ${fresh ? "o_social_fresh" : ""}`;
    }
}

registry.category("views").add("social_ticket_list", {
    ...listView,
    Controller: TicketListController,
    Renderer: TicketListRenderer,
});
