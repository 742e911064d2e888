import {_t} from "@web/core/l10n/translation";

const MB = 2 ** 20;
export const MOST_FILES = 20;

/**
 * @param {File} file
 * @param {{fileLimit: String, videoLimit: String}} limits in MB
 * @returns {String} why a file cannot be added, "" if it can
 */
export function refusal(file, {fileLimit, videoLimit}) {
    const limit = Number(file.type.startsWith("video/") ? videoLimit : fileLimit);
    if (file.size <= limit * MB) {
        return "";
    }
    return _t(
        "“%(name)s” has %(size)s MB; %(limit)s MB are possible. Make it smaller, or put a link to it into the text.",
        {name: file.name, size: Math.ceil(file.size / MB), limit}
    );
}

/**
 * Bring a file to the server. `fetch` cannot tell how far it is.
 *
 * @param {File} file
 * @param {Object} options
 * @param {String} options.spaceId
 * @param {(part: Number) => void} options.onProgress told a number from 0 to 1
 * @param {AbortSignal} options.signal
 * @returns {Promise<Object>} the file's card
 * @throws {Error} whose message is for the person
 */
export function upload(file, {spaceId, onProgress, signal}) {
    const data = new FormData();
    data.append("csrf_token", odoo.csrf_token);
    data.append("space_id", spaceId || "");
    data.append("file", file);
    return new Promise((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        const fail = (why) => reject(new Error(why));
        xhr.upload.addEventListener("progress", ({loaded, total}) =>
            onProgress(total ? loaded / total : 0)
        );
        xhr.addEventListener("load", () => {
            const answer = parsed(xhr);
            if (answer.file) {
                resolve(answer.file);
            } else {
                fail(answer.error);
            }
        });
        xhr.addEventListener("error", () =>
            fail(_t("No connection. Add the file again in a moment."))
        );
        xhr.addEventListener("abort", () => fail(""));
        signal.addEventListener("abort", () => xhr.abort());
        xhr.open("POST", "/my/community/upload");
        xhr.send(data);
    });
}

function parsed(xhr) {
    try {
        return JSON.parse(xhr.responseText);
    } catch {
        return {
            error:
                xhr.status === 413
                    ? _t("This file is too large. Make it smaller, or link to it.")
                    : _t("The file did not arrive. Reload the page and add it again."),
        };
    }
}
