import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** Under a customer's message whose files are not all here. */
export class MediaState extends Component {
    static template = "social_helpdesk.MediaState";
    static props = {message: Object};

    setup() {
        this.orm = useService("orm");
        this.state = useState({busy: false});
    }

    get waiting() {
        return this.parts("waiting").length > 0;
    }

    get failed() {
        return this.parts("failed");
    }

    get reason() {
        const errors = new Set(this.failed.map((part) => part.error).filter(Boolean));
        return [...errors].join(" ") || _t("The file could not be fetched.");
    }

    parts(mediaState) {
        return this.props.message.socialParts.filter(
            (part) => part.media_state === mediaState
        );
    }

    async fetchAgain() {
        this.state.busy = true;
        try {
            const ids = this.failed.map((part) => part.id);
            await this.orm.call("helpdesk.social.message", "action_fetch_again", [ids]);
        } finally {
            // Also when it was refused: then the state here was not the true one.
            await this.props.message.thread?.refreshMessages();
            this.state.busy = false;
        }
    }
}
