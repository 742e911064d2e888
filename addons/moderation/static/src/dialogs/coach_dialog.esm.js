import {Component} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {useSheet} from "./sheet_hook.esm";

export const CHANGE = "change";
export const MASK = "mask";
export const INSIST = "insist";

/** HTML's paragraphs leave more empty lines than anybody wrote. */
const readable = (text) => text.replace(/\n{3,}/g, "\n\n");

/** Shows an author what the gate found in his text, and what he can do. */
export class CoachDialog extends Component {
    static template = "moderation.CoachDialog";
    static components = {Dialog};
    static props = {
        advice: Object,
        /** Told what the author chose, before it closes; closing is changing. */
        choose: {type: Function, optional: true},
        close: Function,
    };

    setup() {
        // First what loses nothing: whoever still holds Enter down sends nothing.
        this.modalRef = useSheet({
            focus: ".o_moderation_change",
            described: ".o_moderation_found",
        });
    }

    get refused() {
        return this.props.advice.action === "block";
    }

    get title() {
        return this.refused
            ? _t("This cannot be sent as it is")
            : _t("Please look at it once more");
    }

    get lead() {
        return this.refused
            ? _t("Nothing was sent. Your text breaks a rule of this place.")
            : _t("Nothing was sent yet. Your text is safe here.");
    }

    get masked() {
        return !this.refused && this.props.choose && this.props.advice.masked;
    }

    get maskedTitle() {
        return this.parts.some(({part}) => part === "title") && this.masked.title;
    }

    get maskedText() {
        return readable(this.masked.text).trim();
    }

    get parts() {
        return this.props.advice.parts.map(({part, pieces}) => ({
            label: this.label(part),
            part,
            pieces: pieces.map(([text, found]) => [readable(text), found]),
        }));
    }

    get mayInsist() {
        return !this.refused && this.props.choose && this.props.advice.may_insist;
    }

    label(part) {
        if (part.startsWith("file")) {
            return _t("File name");
        }
        return part === "title" ? _t("Subject") : _t("Your text");
    }

    change() {
        this.choose(CHANGE);
    }

    mask() {
        this.choose(MASK);
    }

    insist() {
        this.choose(INSIST);
    }

    choose(choice) {
        this.props.choose?.(choice);
        this.props.close();
    }
}
