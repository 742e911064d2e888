import {el} from "./dom.js";
import {fileSize, kindName, t} from "./i18n.js";
import {icon} from "./icons.js";
import {player} from "./player.js";

/** What a kind of message shows above its text, or nothing. */
export function content(message) {
    if (message.media) {
        return medium(message);
    }
    if (message.location) {
        return place(message.location);
    }
    if (message.contacts?.length) {
        return el("div.cards", {}, ...message.contacts.map(card));
    }
    if (!message.text && !message.buttons?.length) {
        return el("p.odd", {}, icon("warn"), kindName(message.kind));
    }
    return null;
}

function medium(message) {
    if (message.kind === "document") {
        return file(message);
    }
    if (message.kind === "sticker") {
        return picture(message, "sticker");
    }
    switch (message.media.mime.split("/")[0]) {
        case "image":
            return picture(message, "photo");
        case "video":
            return video(message);
        case "audio":
            return player(message);
        default:
            return file(message);
    }
}

/** One line for quotes and lists. */
export function label(message) {
    if (message.deleted) {
        return t("deleted");
    }
    return (
        message.text ||
        message.filename ||
        message.location?.name ||
        kindName(message.kind)
    );
}

function picture(message, look) {
    const image = el("img", {
        src: message.media.url,
        alt: message.text || kindName(message.kind),
        loading: "lazy",
    });
    if (look === "sticker") {
        return el("span.sticker", {}, image);
    }
    return el(
        "button.photo",
        {
            type: "button",
            "aria-label": message.text || t("picture"),
            onclick: () => enlarge(message),
        },
        image
    );
}

function enlarge(message) {
    const image = document.getElementById("lightbox-image");
    image.src = message.media.url;
    image.alt = message.text || t("picture");
    document.getElementById("lightbox").showModal();
}

function video(message) {
    return el("video.video", {
        src: message.media.url,
        controls: true,
        preload: "metadata",
        "aria-label": kindName("video"),
    });
}

function file(message) {
    const name = message.filename || message.media.name;
    const end = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
    return el(
        "a.file",
        {href: message.media.url, download: name},
        el(
            "span.file-icon",
            {"aria-hidden": "true"},
            end.toUpperCase() || icon("file")
        ),
        el(
            "span.file-text",
            {},
            el("strong", {}, name),
            el("small", {}, fileSize(message.media.size))
        ),
        icon("download")
    );
}

/** A drawn piece of town with a pin; no map is fetched from anywhere. */
function place(location) {
    const where = `${location.latitude.toFixed(5)}, ${location.longitude.toFixed(5)}`;
    return el(
        "div.place",
        {},
        el("div.map", {role: "img", "aria-label": t("openMap")}, icon("pin")),
        el(
            "div.place-text",
            {},
            location.name && el("strong", {}, location.name),
            location.address && el("span", {}, location.address),
            el("small", {}, where)
        )
    );
}

function card(contact) {
    const name =
        contact.name?.formatted_name || contact.name?.first_name || t("contactCard");
    return el(
        "div.card",
        {},
        el("span.avatar", {"aria-hidden": "true"}, name.slice(0, 1).toUpperCase()),
        el(
            "div",
            {},
            el("strong", {}, name),
            ...(contact.phones ?? []).map((p) => el("small", {}, p.phone)),
            ...(contact.emails ?? []).map((e) => el("small", {}, e.email))
        )
    );
}
