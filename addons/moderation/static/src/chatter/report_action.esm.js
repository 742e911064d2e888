import {registerMessageAction} from "@mail/core/common/message_actions";
import {_t} from "@web/core/l10n/translation";
import {ReportDialog} from "../dialogs/report_dialog.esm";

/** Whose messages the gate looks at, so that moderators can do something. */
export const reportableModels = new Set(["helpdesk.ticket"]);

const WRITTEN = ["comment", "email"];

registerMessageAction("moderation-report", {
    condition: ({message, store, thread}) =>
        reportableModels.has(thread?.model) &&
        Boolean(store.self_partner) &&
        message.persistent &&
        !message.isSelfAuthored &&
        !message.isNote &&
        !message.isEmpty &&
        !message.isWithheld &&
        WRITTEN.includes(message.message_type),
    icon: "fa fa-flag-o",
    name: _t("Report"),
    onSelected: ({message, owner, store}) =>
        store.env.services.dialog.add(
            ReportDialog,
            {resModel: "mail.message", resId: message.id},
            {context: owner}
        ),
    sequence: 108,
});
