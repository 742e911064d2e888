// Simple drawn icons, 24 × 24. Nothing is loaded from elsewhere, and no trademark.
const STROKE = {
    back: ["M15 5l-7 7 7 7"],
    down: ["M6 9l6 6 6-6"],
    close: ["M6 6l12 12M18 6L6 18"],
    plus: ["M12 5v14M5 12h14"],
    more: ["M6 9l6 6 6-6"],
    smile: [
        "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
        "M8.5 14.5c1 1.3 2.1 2 3.5 2s2.500-.7 3.500-2",
        "M9 9.500v.5M15 9.500v.5",
    ],
    clip: [
        "M19 11.500l-7.300 7.300a4.500 4.500 0 0 1-6.400-6.400l8-8a3 3 0 0 1 4.300 4.300l-7.800 7.800a1.500 1.500 0 0 1-2.200-2.200l7-7",
    ],
    mic: [
        "M12 4a3 3 0 0 0-3 3v4a3 3 0 0 0 6 0V7a3 3 0 0 0-3-3z",
        "M6 11a6 6 0 0 0 12 0M12 17v3.500",
    ],
    image: ["M4 5h16v14H4z", "M4 16l4.500-4.500 4 4 3-3L20 17", "M15.500 9.200v.1"],
    file: ["M7 3h7l4 4v14H7z", "M14 3v4h4", "M10 12h5M10 16h5"],
    folder: ["M3 6h6l2 2h10v11H3z"],
    video: ["M3 7h11v10H3z", "M14 11l6-3v8l-6-3"],
    pin: [
        "M12 21s6.500-6.200 6.500-11a6.500 6.500 0 0 0-13 0c0 4.800 6.500 11 6.500 11z",
        "M12 8a2.200 2.200 0 1 0 0 4.400A2.200 2.200 0 0 0 12 8z",
    ],
    person: [
        "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z",
        "M4.500 20c.8-4 4-6 7.500-6s6.700 2 7.500 6",
    ],
    sticker: ["M5 4h14v9l-6 7H5z", "M13 20v-7h6"],
    reply: ["M9 7l-5 5 5 5", "M4 12h9c4 0 6 2 7 6"],
    edit: ["M5 19l1-4L16 5l3 3L9 18z"],
    trash: ["M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13"],
    copy: ["M9 9h11v11H9z", "M15 9V4H4v11h5"],
    wand: ["M5 19L16 8", "M14 4v3M19 9h-3M18.500 4.500l-2 2M19 14v2M9 5H7"],
    headset: [
        "M5 13v-1a7 7 0 0 1 14 0v1",
        "M5 13h3v5H6a1 1 0 0 1-1-1zM19 13h-3v5h2a1 1 0 0 0 1-1z",
        "M18 18c0 2-2 2.500-5 2.500",
    ],
    handset: [
        "M4 20l1.300-4A8 8 0 1 1 8 18.800z",
        "M9 9c0 3.500 2.500 6 6 6l1-1.800-2-1-1 1a4.500 4.500 0 0 1-2.200-2.200l1-1-1-2z",
    ],
    plane: ["M3 11.500L21 4l-3.500 16-6-4.500-3 3-.5-5z", "M8 13.500L18 7"],
    list: ["M4 7h.1M4 12h.1M4 17h.1M8 7h12M8 12h12M8 17h12"],
    link: [
        "M10 14a4 4 0 0 0 5.700 0l3-3A4 4 0 0 0 13 5.300l-1 1",
        "M14 10a4 4 0 0 0-5.700 0l-3 3a4 4 0 0 0 5.700 5.700l1-1",
    ],
    download: ["M12 4v11M7.500 11l4.500 4.500L16.500 11M5 20h14"],
    broom: ["M19 4l-7 8", "M12 12l-7 3c1 3 3 5 7 6l3-6z"],
    warn: ["M12 4l9 16H3z", "M12 10v5M12 17.500v.1"],
};
const SOLID = {
    send: "M3.400 20.400l17.500-7.500a1 1 0 0 0 0-1.800L3.400 3.600a.7.7 0 0 0-1 .8L4.500 11l9 1-9 1-2.100 6.600a.7.7 0 0 0 1 .8z",
    play: "M8 5.200v13.600a.8.8 0 0 0 1.200.7l10.600-6.800a.8.8 0 0 0 0-1.400L9.200 4.500A.8.8 0 0 0 8 5.200z",
    pause: "M7 5h3.600v14H7zM13.400 5H17v14h-3.600z",
    stop: "M7 7h10v10H7z",
    signal: "M3 15h3v4H3zM8 12h3v7H8zM13 9h3v10h-3zM18 5h3v14h-3z",
    bubbles:
        "M4 4h11a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3H9l-5 4v-4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM20 9v3a5 5 0 0 1-5 5h-3a3 3 0 0 0 2 1h3l4 3v-3a2 2 0 0 0 1-2v-4a3 3 0 0 0-2-3z",
};
const TICKS = {
    sending: [
        "M8 3.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9zM8 5.500V8l1.800 1",
    ],
    sent: ["M3.500 8.500l3 3 6-7"],
    delivered: ["M1 8.500l3 3 6-7", "M7.500 11l.6.5 6-7"],
    read: ["M1 8.500l3 3 6-7", "M7.500 11l.6.5 6-7"],
    failed: [
        "M8 2.500a5.500 5.500 0 1 0 0 11 5.500 5.500 0 0 0 0-11zM8 5.200v3.600M8 10.900v.1",
    ],
};

const SVG = "http://www.w3.org/2000/svg";

function draw(box, paths, attributes) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", box);
    svg.setAttribute("aria-hidden", "true");
    for (const d of paths) {
        const path = document.createElementNS(SVG, "path");
        path.setAttribute("d", d);
        for (const [name, value] of Object.entries(attributes)) {
            path.setAttribute(name, value);
        }
        svg.append(path);
    }
    return svg;
}

const LINE = {
    fill: "none",
    stroke: "currentColor",
    "stroke-width": "1.8",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
};

/** An icon by name. */
export function icon(name) {
    return SOLID[name]
        ? draw("0 0 24 24", [SOLID[name]], {fill: "currentColor"})
        : draw("0 0 24 24", STROKE[name], LINE);
}

/** The tick of a delivery state; its meaning is said by the label around it. */
export function tick(status) {
    return draw("0 0 16 16", TICKS[status], {...LINE, "stroke-width": "1.5"});
}

/** Put icons where the page says `data-icon`. */
export function placeIcons(root = document) {
    for (const node of root.querySelectorAll("[data-icon]")) {
        if (!node.querySelector("svg")) {
            node.prepend(icon(node.dataset.icon));
        }
    }
}
