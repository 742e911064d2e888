import {markup, onMounted} from "@odoo/owl";
import {Wysiwyg} from "@html_editor/wysiwyg";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {PLUGINS} from "./plugins.esm";

/** The part of Odoo's editor that a conversation needs, with its buttons in sight. */
export class CommunityEditor extends Wysiwyg {
    static template = "community_portal.Editor";
    static props = {
        ...super.props,
        content: String,
        label: String,
        place: Function,
        onReady: Function,
        onChange: Function,
    };

    get buttons() {
        return [
            {command: "formatBold", icon: "fa-bold", label: _t("Bold")},
            {command: "formatItalic", icon: "fa-italic", label: _t("Italic")},
            {command: "toggleListUL", icon: "fa-list-ul", label: _t("List")},
            {command: "toggleListOL", icon: "fa-list-ol", label: _t("Numbered list")},
            {command: "openLinkTools", icon: "fa-link", label: _t("Link")},
            {command: "communityMention", icon: "fa-at", label: _t("Mention somebody")},
        ];
    }

    setup() {
        super.setup();
        onMounted(() => {
            const {editable} = this.editor;
            editable.setAttribute("role", "textbox");
            editable.setAttribute("aria-multiline", "true");
            editable.setAttribute("aria-label", this.props.label);
            this.props.onReady(this.editor);
        });
    }

    getEditorConfig() {
        return {
            ...super.getEditorConfig(),
            Plugins: PLUGINS,
            // DOMPurify: a draft comes back as it was typed, not as it was cleaned.
            content: markup(window.DOMPurify.sanitize(this.props.content)),
            placeholder: _t(
                "Describe it: what you did, what happened, what you expected"
            ),
            classList: ["odoo-editor-editable"],
            defaultLinkAttributes: {rel: "ugc noopener", target: "_blank"},
            getRecordInfo: () => ({resModel: "community.post"}),
            mentionPlace: this.props.place,
            onChange: this.props.onChange,
        };
    }

    run(command) {
        this.editor.shared.selection.focusEditable();
        this.editor.shared.userCommand.getCommand(command).run();
    }
}

registry.category("lazy_components").add("community_portal.Editor", CommunityEditor);
