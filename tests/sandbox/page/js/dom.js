/**
 * Make an element: el("button.big", {type: "button", onclick}, "Text", child).
 * Text is always text: nothing that a message contains becomes markup.
 */
export function el(selector, attributes = {}, ...children) {
    const [tag, ...classes] = selector.split(".");
    const node = document.createElement(tag);
    if (classes.length) {
        node.className = classes.join(" ");
    }
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === null || value === false) {
            continue;
        }
        if (name.startsWith("on")) {
            node.addEventListener(name.slice(2), value);
        } else {
            node.setAttribute(name, value === true ? "" : value);
        }
    }
    node.append(
        ...children.flat().filter((c) => c !== null && c !== undefined && c !== false)
    );
    return node;
}

export const $ = (id) => document.getElementById(id);
