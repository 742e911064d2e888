import {registry} from "@web/core/registry";
import {ListController} from "@web/views/list/list_controller";
import {ListRenderer} from "@web/views/list/list_renderer";
import {listView} from "@web/views/list/list_view";
import {isGlowing, useLiveModel} from "./live_model_hook.esm";

export class TicketListController extends ListController {
    setup() {
        super.setup();
        useLiveModel(this.model, this.rootRef);
    }
}

export class TicketListRenderer extends ListRenderer {
    getRowClass(record) {
        const glow = isGlowing(record) ? " o_social_fresh" : "";
        return super.getRowClass(record) + glow;
    }
}

registry.category("views").add("social_ticket_list", {
    ...listView,
    Controller: TicketListController,
    Renderer: TicketListRenderer,
});
