import {Component, onWillStart, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {rpc, RPCError} from "@web/core/network/rpc";
import {useService} from "@web/core/utils/hooks";
import {useSheet} from "./sheet_hook.esm";

/** A member says what is wrong with what somebody else wrote. */
export class ReportDialog extends Component {
    static template = "moderation.ReportDialog";
    static components = {Dialog};
    static props = {resModel: String, resId: Number, close: Function};

    setup() {
        this.notification = useService("notification");
        this.modalRef = useSheet({focus: "input[type=radio]"});
        this.state = useState({category: "", note: "", busy: false, error: ""});
        onWillStart(async () => {
            this.categories = await rpc("/moderation/report/categories", {});
        });
    }

    async send() {
        this.state.busy = true;
        this.state.error = "";
        try {
            const {message} = await rpc("/moderation/report", {
                res_model: this.props.resModel,
                res_id: this.props.resId,
                category: this.state.category,
                note: this.state.note.trim(),
            });
            this.notification.add(message, {type: "success"});
            this.props.close();
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.busy = false;
        }
    }
}
