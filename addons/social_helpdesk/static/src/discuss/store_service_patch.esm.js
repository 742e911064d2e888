import {Store} from "@mail/core/common/store_service";
import {patch} from "@web/core/utils/patch";

patch(Store.prototype, {
    setup() {
        super.setup(...arguments);
        /** Told by the server when the page opens. */
        this.is_helpdesk_agent = false;
    },
});
