import {composerActionsRegistry} from "@mail/core/common/composer_actions";
import {patch} from "@web/core/utils/patch";

/**
 * The full composer writes e-mails: subject, recipients, layout. None of that
 * reaches a customer on a channel.
 */
const fullComposer = composerActionsRegistry.get("open-full-composer");
patch(fullComposer, {
    condition(params) {
        return !params.owner.social && super.condition(params);
    },
});
