import {el} from "./dom.js";

const MARKS = {"*": "strong", _: "em", "~": "s", "```": "pre", "`": "code"};
// a mark stands at a word's edge: 2*3*4 is no bold three
const FORMAT =
    /(```)([\s\S]+?)```|(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\3(?![\w*_~`])|(https?:\/\/[^\s<>"]+)/u;

/** WhatsApp's *bold*, _italic_, ~struck~, `code` and ```blocks``` as nodes. */
export function whatsapp(text) {
    const found = FORMAT.exec(text);
    if (!found) {
        return text ? [text] : [];
    }
    const [whole, fence, block, mark, inner, url] = found;
    const before = text.slice(0, found.index);
    const after = text.slice(found.index + whole.length);
    let node;
    if (url) {
        node = link(url, url);
    } else if (fence || mark === "`") {
        node = el(MARKS[fence || mark], {}, block ?? inner);
    } else {
        node = el(MARKS[mark], {}, ...whatsapp(inner));
    }
    return [...(before ? [before] : []), node, ...whatsapp(after)];
}

const TAGS = {
    bold: "strong",
    italic: "em",
    underline: "u",
    strikethrough: "s",
    code: "code",
    pre: "pre",
    blockquote: "blockquote",
    spoiler: "span.spoiler",
};

/** Telegram's entities (UTF-16 offsets, nested, sorted by offset) as nodes. */
export function telegram(text, entities, start = 0, end = text.length) {
    const nodes = [];
    let at = start;
    for (let i = 0; i < entities.length; i += 1) {
        const entity = entities[i];
        const stop = entity.offset + entity.length;
        if (entity.offset < at || stop > end) {
            continue;
        }
        if (entity.offset > at) {
            nodes.push(...plain(text.slice(at, entity.offset)));
        }
        const inner = telegram(text, entities.slice(i + 1), entity.offset, stop);
        nodes.push(wrap(entity, inner));
        at = stop;
    }
    if (at < end) {
        nodes.push(...plain(text.slice(at, end)));
    }
    return nodes;
}

function wrap(entity, inner) {
    if (entity.type === "text_link") {
        return link(entity.url, ...inner);
    }
    return el(TAGS[entity.type] ?? "span", {}, ...inner);
}

function plain(text) {
    return text
        .split(/(https?:\/\/[^\s<>"]+)/)
        .map((part, i) => (i % 2 ? link(part, part) : part));
}

function link(url, ...children) {
    if (!/^(https?|mailto|tel):/.test(url)) {
        return el("span", {}, ...children);
    }
    return el(
        "a",
        {href: url, target: "_blank", rel: "noopener noreferrer"},
        ...children
    );
}
