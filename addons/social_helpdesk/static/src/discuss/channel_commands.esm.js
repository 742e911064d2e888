import "@mail/discuss/core/common/channel_commands";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";

/** For agents everywhere; at a support desk for everybody who works here. */
registry.category("discuss.channel_commands").add("ticket", {
    condition: ({store, thread}) =>
        Boolean(store.is_helpdesk_agent || thread?.support_desk),
    help: _t("Make a ticket of this conversation (/ticket title)"),
    methodName: "execute_command_ticket",
});
