import {Message} from "@mail/core/common/message_model";
import {patch} from "@web/core/utils/patch";

/** A message from a channel carries labels, and covers what nobody asked to see. */
patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {{labels?: Object[], covered?: boolean}|false} */
        this.moderation_info = false;
        /** Both texts while it is uncovered, which ends with the page. */
        this.uncovered = undefined;
    },

    /** The server always sends it covered; a new text of it is covered again. */
    update(data) {
        super.update(...arguments);
        const {covered, body} = this.uncovered || {};
        if (!covered || data.body === undefined) {
            return;
        }
        if (String(this.body) === String(covered)) {
            this.body = body;
        } else if (String(this.body) !== String(body)) {
            this.uncovered = undefined;
        }
    },

    get triageLabels() {
        return this.moderation_info?.labels || [];
    },

    get hasCovered() {
        return Boolean(this.moderation_info?.covered);
    },

    get isUncovered() {
        return Boolean(this.uncovered);
    },

    uncover(body) {
        this.uncovered = {body, covered: this.body};
        this.body = body;
    },

    cover() {
        const {covered} = this.uncovered;
        this.uncovered = undefined;
        this.body = covered;
    },
});
