import {Message} from "@mail/core/common/message_model";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

const NOTES = {
    held: _t("Waiting for a moderator. Only you see it."),
    edit_held: _t("Published. Your change waits for a moderator."),
    masked: _t("A moderator masked something in it."),
    hidden: _t("A moderator hid it. Only you see it."),
};
const NOTES_OF_OTHERS = {
    held: _t("Waiting for a moderator. Nobody else sees it."),
    edit_held: _t("Published. A change waits for a moderator."),
    masked: _t("A moderator masked something in it."),
    hidden: _t("A moderator hid it."),
};

/** A message knows what the gate and the moderators did with it. */
patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {"held"|"edit_held"|"masked"|"hidden"|false} */
        this.moderation_state = false;
    },

    get isWithheld() {
        return ["held", "hidden"].includes(this.moderation_state);
    },

    get moderationNote() {
        const notes = this.isSelfAuthored ? NOTES : NOTES_OF_OTHERS;
        return notes[this.moderation_state];
    },

    /** What is hidden is a moderator's now; what waits may still be corrected. */
    get editable() {
        return this.moderation_state !== "hidden" && super.editable;
    },

    canAddReaction() {
        return !this.isWithheld && super.canAddReaction(...arguments);
    },

    canReplyTo() {
        return !this.isWithheld && super.canReplyTo(...arguments);
    },
});
