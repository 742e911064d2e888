import {Component, markup} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";

/** How a post read before it was changed. */
export class HistoryDialog extends Component {
    static template = "community_portal.HistoryDialog";
    static components = {Dialog};
    static props = {html: String, close: Function};

    /** Rendered and cleaned by our own server. */
    get html() {
        return markup(this.props.html);
    }
}
