let shut = null;

/** Open a panel above a button; one at a time, closed by Escape or elsewhere. */
export function popup(button, panel) {
    const again = shut?.button === button;
    shut?.();
    if (again) {
        return;
    }
    document.getElementById("composer").append(panel);
    button.setAttribute("aria-expanded", "true");
    const outside = (event) => {
        if (!panel.contains(event.target) && !button.contains(event.target)) {
            shut?.();
        }
    };
    const close = (refocus) => {
        panel.remove();
        button.setAttribute("aria-expanded", "false");
        document.removeEventListener("pointerdown", outside);
        shut = null;
        if (refocus) {
            button.focus();
        }
    };
    panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") {
            event.stopPropagation();
            close(true);
        }
        const all = [...panel.querySelectorAll("button")];
        const step = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1}[
            event.key
        ];
        if (!step) {
            return;
        }
        event.preventDefault();
        all[
            (all.indexOf(document.activeElement) + step + all.length) % all.length
        ].focus();
    });
    document.addEventListener("pointerdown", outside);
    shut = Object.assign(close, {button});
    panel.querySelector("button").focus();
}

export const closePopup = () => shut?.();
