import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {Interaction} from "@web/public/interaction";
import {MOST_FILES, refusal, upload} from "./upload.esm";

const ICONS = {image: "fa-file-image-o", video: "fa-file-video-o"};

/** Files of what is being written: chosen, dropped or pasted. */
export class CommunityAttached extends Interaction {
    static selector = ".o_community_composer";
    dynamicContent = {
        "[data-files]": {"t-on-change": this.onChosen},
        _root: {
            "t-on-paste.capture": (ev) => this.onGiven(ev, ev.clipboardData),
            "t-on-drop.capture": (ev) => this.onGiven(ev, ev.dataTransfer),
            "t-on-dragover": (ev) => {
                if (ev.dataTransfer?.types.includes("Files")) {
                    ev.preventDefault();
                }
            },
        },
    };

    setup() {
        this.listEl = this.el.querySelector(".o_community_attached");
        this.abort = new AbortController();
        this.registerCleanup(() => this.abort.abort());
        for (const itemEl of this.listEl.querySelectorAll("[data-file]")) {
            this.dress(itemEl, itemEl.dataset.name, itemEl.dataset.kind);
        }
    }

    onChosen(ev) {
        this.add([...ev.target.files]);
        ev.target.value = "";
    }

    onGiven(ev, data) {
        const files = [...(data?.files || [])];
        if (files.length) {
            ev.preventDefault();
            ev.stopPropagation();
            this.add(files);
        }
    }

    add(files) {
        const free = MOST_FILES - this.listEl.children.length;
        if (files.length > free) {
            this.warn(
                _t(
                    "%(limit)s files are possible. Put them into one archive or choose the telling ones.",
                    {limit: MOST_FILES}
                )
            );
        }
        for (const file of files.slice(0, Math.max(free, 0))) {
            const why = refusal(file, this.el.dataset);
            if (why) {
                this.warn(why);
            } else {
                this.send(file);
            }
        }
    }

    async send(file) {
        const itemEl = document.createElement("li");
        itemEl.dataset.uploading = "1";
        const cancel = new AbortController();
        this.abort.signal.addEventListener("abort", () => cancel.abort());
        const barEl = document.createElement("progress");
        barEl.max = 1;
        barEl.value = 0;
        barEl.ariaLabel = _t("Sending %s", file.name);
        this.dress(itemEl, file.name, file.type.split("/")[0], () => cancel.abort());
        itemEl.append(barEl);
        this.listEl.append(itemEl);
        try {
            const card = await upload(file, {
                spaceId: this.el.elements.space_id?.value,
                onProgress: (part) => {
                    barEl.value = part;
                },
                signal: cancel.signal,
            });
            barEl.remove();
            delete itemEl.dataset.uploading;
            itemEl.dataset.file = card.id;
            this.changed();
        } catch (error) {
            itemEl.remove();
            if (error.message) {
                this.warn(error.message);
            }
        }
    }

    dress(itemEl, name, kind, onTakenAway) {
        const iconEl = document.createElement("i");
        iconEl.className = `fa ${ICONS[kind] || "fa-file-o"}`;
        iconEl.ariaHidden = "true";
        const nameEl = document.createElement("span");
        nameEl.className = "text-truncate";
        nameEl.textContent = name;
        const awayEl = document.createElement("button");
        awayEl.type = "button";
        awayEl.className = "btn-close";
        awayEl.ariaLabel = _t("Take away %s", name);
        awayEl.addEventListener("click", () => {
            onTakenAway?.();
            itemEl.remove();
            this.changed();
        });
        itemEl.replaceChildren(iconEl, nameEl, awayEl);
    }

    changed() {
        this.el.dispatchEvent(new Event("input", {bubbles: true}));
    }

    warn(message) {
        this.services.notification.add(message, {type: "warning"});
    }
}

registry
    .category("public.interactions")
    .add("community_portal.attached", CommunityAttached);
