import {el} from "./dom.js";
import {t} from "./i18n.js";
import {popup} from "./popup.js";

const EMOJI = [
    ..."😀😁😂🙂😉😊😍🤔😐🙄😴😕😢😭😡🥳👍👎👏🙏💪👌🤝👋🔥🎉❗❓✅❌⏰📦🧾💳💰🖨💻📱📎🔧",
];

export function emojiPicker(button, pick) {
    popup(
        button,
        el(
            "div.emoji",
            {role: "group", "aria-label": t("emoji")},
            ...EMOJI.map((emoji) =>
                el("button", {type: "button", onclick: () => pick(emoji)}, emoji)
            )
        )
    );
}
