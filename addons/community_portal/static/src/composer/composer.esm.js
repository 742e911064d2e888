import {LazyComponent} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";
import {rpc} from "@web/core/network/rpc";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {Reconsidered} from "@moderation/dialogs/coach.esm";
import {explain, sendWords} from "../room/talk.esm";
import {publish} from "./publish.esm";

const KEPT_AFTER = 1200; // Milliseconds without a key

/**
 * Where somebody writes. What he has typed is kept on the server while he types, and
 * forgotten there when it has arrived; nothing that refuses it takes it from him.
 */
export class CommunityComposer extends Interaction {
    static selector = ".o_community_composer";
    dynamicContent = {
        _root: {
            "t-on-submit.prevent": this.locked(this.submit),
            "t-on-input": () => this.changed(),
            "t-on-keydown": this.onKeydown,
        },
        "[data-cancel]": {"t-on-click": this.cancel},
        "[type=submit]": {"t-att-aria-busy": () => String(this.sending)},
    };

    setup() {
        this.editor = null;
        this.sending = false;
        this.keepSoon = this.debounced(this.keep, KEPT_AFTER);
        this.keptEl = this.el.querySelector(".o_community_kept");
        const editorEl = this.el.querySelector(".o_community_editor");
        this.mountComponent(editorEl, LazyComponent, {
            Component: "community_portal.Editor",
            bundle: "community_portal.assets_editor",
            props: {
                content: this.el.elements.body.value,
                label: _t("Text"),
                place: () => this.place,
                onReady: (editor) => this.onReady(editor),
                onChange: () => this.changed(),
            },
        });
    }

    start() {
        this.el.elements.title?.focus();
    }

    destroy() {
        if (this.dirty) {
            this.keep();
        }
    }

    onReady(editor) {
        this.editor = editor;
        if (!this.el.elements.title) {
            editor.editable.focus();
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && (ev.ctrlKey || ev.metaKey)) {
            ev.preventDefault();
            this.el.requestSubmit();
        }
    }

    /** Where it will be read, for whoever helps to write it. */
    get place() {
        const {rootId} = this.el.dataset;
        return {
            root_id: rootId || null,
            space_id: this.el.elements.space_id?.value || null,
            audience: this.el.elements.audience?.value || "",
        };
    }

    get words() {
        const {elements: fields} = this.el;
        const ids = (selector, name) =>
            [...this.el.querySelectorAll(selector)].map((el) =>
                Number(el.dataset[name])
            );
        const words = {
            body: this.editor ? this.editor.getContent() : fields.body.value,
            audience: fields.audience?.value,
            attachment_ids: ids("[data-file]", "file"),
        };
        if (fields.title) {
            words.title = fields.title.value;
            words.tag_ids = ids("[data-chosen-topic]", "chosenTopic");
        }
        if (fields.space_id) {
            words.space_id = Number(fields.space_id.value);
        }
        return words;
    }

    get isEmpty() {
        const {title, body, attachment_ids: files} = this.words;
        const el = document.createElement("div");
        el.append(new DOMParser().parseFromString(body, "text/html").body);
        return !title && !files.length && !el.textContent.trim();
    }

    // --- nothing is lost --------------------------------------------------------------

    changed() {
        this.dirty = true;
        this.keptEl.textContent = "";
        this.keepSoon();
    }

    async keep() {
        if (this.sent || !this.dirty) {
            return;
        }
        this.dirty = false;
        const {key} = this.el.dataset;
        const values = this.isEmpty ? null : this.words;
        try {
            this.keeping = rpc("/my/community/draft", {key, values}, {silent: true});
            await this.keeping;
            this.keptEl.textContent = values ? _t("Draft kept") : "";
        } catch {
            this.dirty = true;
            this.keptEl.textContent = _t("Not kept yet: no connection");
        }
    }

    /** What is sent forgets its draft: the two must not meet on the server. */
    async keepNoMore() {
        this.keepSoon.cancel();
        try {
            await this.keeping;
        } catch {
            // It is about to be sent as a whole.
        }
    }

    cancel() {
        this.keep();
        this.close();
    }

    close() {
        this.el.dispatchEvent(new CustomEvent("community-closed"));
        this.services["public.interactions"].stopInteractions(this.el);
        this.el.remove();
    }

    // --- sending ----------------------------------------------------------------------

    get route() {
        const {mode, postId} = this.el.dataset;
        return mode === "ask"
            ? "/my/community/ask"
            : `/my/community/post/${postId}/${mode}`;
    }

    async submit() {
        if (this.el.querySelector("[data-uploading]")) {
            this.services.notification.add(
                _t("A file is still on its way. It takes a moment."),
                {type: "info"}
            );
            return;
        }
        const {key, parentId, mode} = this.el.dataset;
        const params = {...this.words, key};
        if (parentId) {
            params.parent_id = parentId;
        }
        this.sending = true;
        this.updateContent();
        try {
            await this.keepNoMore();
            const answer = await this.waitFor(
                sendWords(this.services, this.route, params)
            );
            this.sent = true;
            this.close();
            publish(this.services, mode, answer);
        } catch (error) {
            this.sending = false;
            this.dirty = true;
            this.keep();
            if (error instanceof Reconsidered) {
                this.editor?.editable.focus();
            } else {
                explain(this.services, error);
            }
        }
    }
}

registry
    .category("public.interactions")
    .add("community_portal.composer", CommunityComposer);
