import {onMounted, useExternalListener} from "@odoo/owl";
import {useChildRef} from "@web/core/utils/hooks";

const TABABLE =
    "button:not([tabindex='-1'], :disabled), input, select, textarea, [tabindex='0']";

/**
 * What `web.Dialog` leaves out, above all inside the portal chatter's shadow
 * root: names for screen readers, the first focus, and Tab that stays inside.
 *
 * @param {Object} options
 * @param {string} options.focus selector of what is focused first
 * @param {string} [options.described] selector of what is read out with the title
 * @returns the `modalRef` for the dialog
 */
export function useSheet({focus, described}) {
    const modalRef = useChildRef();

    function name(attribute, el, id) {
        if (el) {
            el.id = id;
            modalRef.el.setAttribute(attribute, id);
        }
    }

    onMounted(() => {
        const modal = modalRef.el;
        const {id} = modal.closest(".o_dialog");
        modal.setAttribute("aria-modal", "true");
        name("aria-labelledby", modal.querySelector(".modal-title"), `${id}_title`);
        if (described) {
            name("aria-describedby", modal.querySelector(described), `${id}_text`);
        }
        modal.querySelector(focus)?.focus();
    });

    useExternalListener(
        window,
        "keydown",
        (ev) => {
            const modal = modalRef.el;
            const active = modal?.getRootNode().activeElement;
            if (ev.key !== "Tab" || !modal?.contains(active)) {
                return;
            }
            const tabable = [...modal.querySelectorAll(TABABLE)];
            const [from, to] = ev.shiftKey
                ? [tabable[0], tabable.at(-1)]
                : [tabable.at(-1), tabable[0]];
            if (active === from) {
                ev.preventDefault();
                ev.stopPropagation();
                to.focus();
            }
        },
        {capture: true}
    );
    return modalRef;
}
