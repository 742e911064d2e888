import {Component, useExternalListener, useState} from "@odoo/owl";
import {choices} from "./decisions.esm";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";
import {useService} from "@web/core/utils/hooks";

const TYPING = "input, textarea, select, [contenteditable='true']";

/** Whether a key was meant for us: nobody types, no dialog or menu is open. */
export function isForTheQueue(ev) {
    return !(
        ev.ctrlKey ||
        ev.altKey ||
        ev.metaKey ||
        ev.isComposing ||
        ev.repeat ||
        ev.defaultPrevented ||
        ev.target.closest?.(TYPING) ||
        document.querySelector(".modal, .o-dropdown--menu, .o_command_palette")
    );
}

export class ModerationDecide extends Component {
    static template = "moderation.Decide";
    static props = {...standardWidgetProps};

    setup() {
        this.action = useService("action");
        this.state = useState({busy: false});
        useExternalListener(window, "keydown", this.onKeydown.bind(this));
    }

    get choices() {
        return choices(this.props.record.data);
    }

    onKeydown(ev) {
        if (!isForTheQueue(ev)) {
            return;
        }
        const key = ev.key.toLowerCase();
        const choice = this.choices.find((one) => one.key === key);
        if (choice) {
            ev.preventDefault();
            this.choose(choice);
        }
    }

    async choose(choice) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        const {record} = this.props;
        try {
            await this.action.doActionButton({
                type: "object",
                name: choice.method,
                resModel: record.resModel,
                resId: record.resId,
                resIds: [record.resId],
                context: record.context,
                onClose: () => record.load(),
            });
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("view_widgets").add("moderation_decide", {
    component: ModerationDecide,
});
