/** Talk to the sandbox. Errors carry the sandbox's own sentence. */
async function call(path, options) {
    const answer = await fetch(`/sandbox/${path}`, options);
    const body = await answer.json();
    if (!answer.ok) {
        throw new Error(body.error || answer.statusText);
    }
    return body;
}

export const get = (path) => call(path);
export const remove = (path) => call(path, {method: "DELETE"});
export const post = (path, body = {}) =>
    call(path, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify(body),
    });

/** Say something with a file of one's own. */
export function upload(order, file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(order)) {
        form.append(name, value);
    }
    form.append("file", file, file.name);
    return call("say", {method: "POST", body: form});
}

/**
 * Listen to what happens. `handlers` has a function per event, and `online`,
 * which is called with true or false as the connection comes and goes. Resolves when
 * the first connection stands or failed: what is read before it may miss something.
 */
export function listen(handlers) {
    const stream = new EventSource("/sandbox/events");
    for (const [name, handle] of Object.entries(handlers)) {
        if (name !== "online") {
            stream.addEventListener(name, (e) => handle(JSON.parse(e.data)));
        }
    }
    return new Promise((resolve) => {
        stream.onopen = () => resolve(handlers.online(true));
        stream.onerror = () => resolve(handlers.online(false));
    });
}
