import {Message} from "@mail/core/common/message_model";
import {patch} from "@web/core/utils/patch";
import {summarize} from "../core/delivery.esm";

/** A message of the chatter knows the provider's messages it stands for. */
patch(Message.prototype, {
    setup() {
        super.setup(...arguments);
        /** @type {import("../core/delivery.esm").SocialPart[]|false} */
        this.social_info = false;
    },
    get socialParts() {
        return this.social_info || [];
    },
    get socialDelivery() {
        return summarize(this.social_info);
    },
    /** The part of a customer's message that carries its identity. */
    get socialReceived() {
        return this.socialParts.find((part) => part.direction === "in");
    },
});
