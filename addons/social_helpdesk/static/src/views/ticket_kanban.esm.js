import {registry} from "@web/core/registry";
import {KanbanController} from "@web/views/kanban/kanban_controller";
import {KanbanRecord} from "@web/views/kanban/kanban_record";
import {KanbanRenderer} from "@web/views/kanban/kanban_renderer";
import {kanbanView} from "@web/views/kanban/kanban_view";
import {isGlowing, useLiveModel} from "./live_model_hook.esm";

export class TicketKanbanController extends KanbanController {
    setup() {
        super.setup();
        useLiveModel(this.model, this.rootRef);
    }
}

export class TicketKanbanRecord extends KanbanRecord {
    getRecordClasses() {
        const glow = isGlowing(this.props.record) ? " o_social_fresh" : "";
        return super.getRecordClasses() + glow;
    }
}

export class TicketKanbanRenderer extends KanbanRenderer {
    static components = {
        ...KanbanRenderer.components,
        KanbanRecord: TicketKanbanRecord,
    };
}

registry.category("views").add("social_ticket_kanban", {
    ...kanbanView,
    Controller: TicketKanbanController,
    Renderer: TicketKanbanRenderer,
});
