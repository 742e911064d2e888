import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/**
 * After a decision the next case takes the place of the decided one, so that the
 * way back leads to the queue, however many were decided.
 */
async function openNext(env, action) {
    // The dialog first: left to the next form it sometimes stayed in front of it.
    await env.services.action.doAction({type: "ir.actions.act_window_close"});
    const caseId = action.params.case_id;
    if (!caseId) {
        env.services.notification.add(_t("Nothing else waits for you."), {
            type: "success",
        });
        return env.services.action.doAction("moderation.action_queue", {
            clearBreadcrumbs: true,
        });
    }
    return env.services.action.doAction(
        {
            type: "ir.actions.act_window",
            res_model: "moderation.case",
            res_id: caseId,
            views: [[false, "form"]],
            target: "current",
        },
        {stackPosition: "replaceCurrentAction"}
    );
}

registry.category("actions").add("moderation_next", openNext);
