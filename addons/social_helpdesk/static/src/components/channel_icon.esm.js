import {Component, useState} from "@odoo/owl";

const FOLDER = "/social_helpdesk/static/img/channels";

/**
 * A channel's drawing with its name for whoever does not see it, unless the
 * name stands beside it (`decorative`).
 */
export class ChannelIcon extends Component {
    static template = "social_helpdesk.ChannelIcon";
    static props = {
        code: String,
        label: {type: String, optional: true},
        decorative: {type: Boolean, optional: true},
    };

    setup() {
        this.state = useState({missing: undefined});
    }

    get src() {
        const {code} = this.props;
        const file = this.state.missing === code ? "other" : encodeURIComponent(code);
        return `${FOLDER}/${file}.svg`;
    }

    /** A channel of another add-on can come without a drawing. */
    onError() {
        this.state.missing = this.props.code;
    }
}
