import {markup} from "@odoo/owl";
import {askAuthor, sendCoached} from "@moderation/dialogs/coach.esm";
import {ConnectionLostError, rpc, RPCError} from "@web/core/network/rpc";
import {_t} from "@web/core/l10n/translation";
import {createElementWithContent} from "@web/core/utils/html";

const EXPIRED = "odoo.http.SessionExpiredException";

/**
 * Tell a person why something was refused. What is nobody's fault but the
 * program's goes its usual way.
 *
 * @param {Object} services
 * @param {Error} error
 */
export function explain(services, error) {
    if (error instanceof ConnectionLostError) {
        services.notification.add(
            _t("No connection. Nothing is lost: try again in a moment."),
            {type: "warning"}
        );
        return;
    }
    const why = error instanceof RPCError && error.data?.message;
    if (!why || error.exceptionName === EXPIRED) {
        throw error;
    }
    services.notification.add(why, {type: "warning"});
}

/**
 * Send words, and ask their author as often as the gate stops them.
 *
 * @param {Object} services
 * @param {String} route
 * @param {Object} params with title and body
 * @returns {Promise<Object>} the server's answer
 */
export function sendWords(services, route, params) {
    return sendCoached(
        ({masked, insists}) =>
            rpc(route, {...params, ...spoken(params, masked), insist: insists}),
        (advice) => askAuthor(services.dialog, advice)
    );
}

function spoken(params, masked) {
    if (!masked) {
        return {};
    }
    return "title" in params
        ? {title: masked.title, body: masked.body}
        : {body: masked.body};
}

/**
 * What the server has rendered, as elements.
 *
 * @param {String} html of our own server, which has escaped and cleaned it
 * @returns {Element[]}
 */
export function elements(html) {
    return [...createElementWithContent("div", markup(html)).children];
}
