import {Component} from "@odoo/owl";

/** What customers recorded is heard and seen where it stands, without a download. */
export class Players extends Component {
    static template = "social_helpdesk.Players";
    static props = {message: Object};
}
