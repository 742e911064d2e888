import {toRaw} from "@odoo/owl";
import {
    messageActionsRegistry,
    registerMessageAction,
} from "@mail/core/common/message_actions";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";

/** An answer that went out is changed, or taken back, where the channel can. */
for (const [name, can] of [
    ["edit", "canEdit"],
    ["delete", "canUnsend"],
]) {
    patch(messageActionsRegistry.get(name), {
        condition({message}) {
            const delivery = message.socialDelivery;
            return super.condition(...arguments) && (!delivery || delivery[can]);
        },
    });
}

/** Answer one message: the customer sees the quote on his side. */
registerMessageAction("social-reply", {
    condition: ({message, thread}) =>
        thread?.model === "helpdesk.ticket" &&
        Boolean(thread.social_info) &&
        message.socialParts.length > 0,
    icon: "fa fa-reply",
    name: _t("Reply"),
    onSelected: ({message: msg, owner, thread: thr}) => {
        const message = toRaw(msg);
        const {composer} = toRaw(thr);
        if (message.eq(composer.replyToMessage)) {
            composer.replyToMessage = undefined;
            return;
        }
        composer.replyToMessage = message;
        owner.env.inChatter?.toggleComposer("message", {force: true});
        composer.autofocus++;
    },
    sequence: 15,
});

registerMessageAction("social-show-raw", {
    condition: ({message}) => Boolean(message.socialReceived),
    icon: "fa fa-code",
    name: _t("Show as received"),
    onSelected: ({message, store}) =>
        store.env.services.action.doActionButton({
            type: "object",
            name: "action_show_raw",
            resModel: "helpdesk.social.message",
            resId: message.socialReceived.id,
        }),
    sequence: 105,
});
