import {registry} from "@web/core/registry";
import {createFileViewer} from "@web/core/file_viewer/file_viewer_hook";
import {FileModel} from "@web/core/file_viewer/file_model";
import {Interaction} from "@web/public/interaction";

/** A post's pictures open large, one beside the other. */
export class CommunityPictures extends Interaction {
    static selector = ".o_community_pictures";
    dynamicContent = {
        "[data-picture]": {"t-on-click.withTarget": this.open},
    };

    setup() {
        this.viewer = createFileViewer();
        this.registerCleanup(this.viewer.close);
    }

    open(ev, pictureEl) {
        const buttonEls = [...this.el.querySelectorAll("[data-picture]")];
        const files = buttonEls.map(({dataset}) =>
            Object.assign(new FileModel(), {
                id: Number(dataset.id),
                mimetype: dataset.type,
                name: dataset.name,
                type: "binary",
            })
        );
        this.viewer.open(files[buttonEls.indexOf(pictureEl)], files);
    }
}

registry
    .category("public.interactions")
    .add("community_portal.pictures", CommunityPictures);
