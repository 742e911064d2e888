import {Thread} from "@mail/core/common/thread_model";
import {patch} from "@web/core/utils/patch";

/** An author who insists says so with whatever he sends, new or edited. */
patch(Thread.prototype, {
    setup() {
        super.setup(...arguments);
        this.moderationInsists = false;
    },

    get rpcParams() {
        return this.moderationInsists
            ? {...super.rpcParams, moderation_insist: true}
            : super.rpcParams;
    },
});
