import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime} from "@web/core/l10n/dates";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {useService} from "@web/core/utils/hooks";

const REPORT = "community_portal.action_report";
const ACTIVITY = "community_portal.action_report_activity";
const EXCHANGE = "community_portal.action_report_exchange";
const IDEAS = "community_portal.action_report_idea";
const QUESTIONS = [["kind", "=", "question"]];
const CUSTOMERS = [["by_vendor", "=", false]];

/* What each figure says, whether more of it is better, and the lines behind it. */
const FIGURES = {
    people: {
        label: _t("Customers active"),
        help: _t("They wrote, voted or found an answer."),
        icon: "fa-users",
        action: ACTIVITY,
        domain: CUSTOMERS,
    },
    questions: {
        label: _t("Questions"),
        help: _t("Asked in these days."),
        icon: "fa-question-circle-o",
        action: REPORT,
        domain: QUESTIONS,
    },
    by_customers: {
        label: _t("Solved by customers"),
        help: _t("The accepted answer came from a customer."),
        icon: "fa-check-circle-o",
        action: REPORT,
        date: "solved_date",
        domain: [...QUESTIONS, ["outcome", "=", "customer"]],
    },
    by_agents: {
        label: _t("Solved by agents"),
        help: _t("The accepted answer came from your own people."),
        icon: "fa-life-ring",
        action: REPORT,
        date: "solved_date",
        domain: [...QUESTIONS, ["outcome", "=", "agent"]],
    },
    avoided: {
        label: _t("Tickets avoided"),
        help: _t("See below how they are counted."),
        icon: "fa-ticket",
        action: ACTIVITY,
        domain: [["kind", "=", "avoided"]],
    },
    unanswered: {
        label: _t("Unanswered"),
        help: _t("Asked in these days, and still without an answer."),
        icon: "fa-hourglass-half",
        less: true,
        action: REPORT,
        domain: [...QUESTIONS, ["outcome", "=", "unanswered"]],
    },
    answer_hours: {
        label: _t("Hours to the first answer"),
        help: _t("On average, by somebody else."),
        icon: "fa-clock-o",
        less: true,
        hours: true,
        action: REPORT,
        domain: [...QUESTIONS, ["answer_date", "!=", false]],
    },
    solution_hours: {
        label: _t("Hours to the solution"),
        help: _t("On average, until the accepted answer was written."),
        icon: "fa-flag-checkered",
        less: true,
        hours: true,
        action: REPORT,
        date: "solved_date",
        domain: [...QUESTIONS, ["solved", "=", 1]],
    },
};

const LISTS = {
    helpers: {label: _t("Top helpers"), field: "helper_id", action: EXCHANGE},
    topics: {label: _t("Top topics"), field: "tag_ids", action: REPORT},
    givers: {label: _t("Companies that give"), field: "giver_id", action: EXCHANGE},
    takers: {label: _t("Companies that take"), field: "taker_id", action: EXCHANGE},
    ideas: {
        label: _t("Ideas that most customers want"),
        field: "idea_id",
        action: IDEAS,
    },
};

export class CommunityDashboard extends Component {
    static template = "community_portal.Dashboard";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({days: 30, data: null});
        this.display = {controlPanel: {}};
        this.periods = [
            {days: 7, label: _t("Last 7 days")},
            {days: 30, label: _t("Last 30 days")},
            {days: 90, label: _t("Last 90 days")},
            {days: 365, label: _t("Last year")},
        ];
        onWillStart(() => this.load(this.state.days));
    }

    async load(days) {
        this.state.days = days;
        const data = await this.orm.call("community.dashboard", "get_overview", [days]);
        // An earlier answer that comes late does not replace the one asked for last.
        if (this.state.days === days) {
            this.state.data = data;
        }
    }

    get figures() {
        return this.state.data.figures
            .filter(({key}) => key in FIGURES)
            .map((figure) => ({
                ...FIGURES[figure.key],
                ...figure,
                ...this.change(figure),
            }));
    }

    /** The change since the period before, in words and as a colour. */
    change({key, value, before}) {
        if (!before || value === false || value === null) {
            return {text: _t("nothing to compare with"), tone: "text-muted", sign: ""};
        }
        const percent = Math.round((100 * (value - before)) / before);
        if (percent === 0) {
            return {text: _t("as before"), tone: "text-muted", sign: ""};
        }
        const good = percent > 0 !== Boolean(FIGURES[key].less);
        return {
            text:
                percent > 0
                    ? _t("%s % more than before", percent)
                    : _t("%s % less than before", -percent),
            tone: good ? "text-success" : "text-danger",
            sign: percent > 0 ? "fa-arrow-up" : "fa-arrow-down",
        };
    }

    shown({value, hours}) {
        if (value === false || value === null) {
            return "–";
        }
        return hours ? formatFloat(value, {digits: [16, 1]}) : formatInteger(value);
    }

    get saved() {
        const {value} = this.state.data.figures.find(({key}) => key === "hours");
        return formatFloat(value, {digits: [16, 1]});
    }

    get perTicket() {
        return formatFloat(this.state.data.hours_per_ticket, {digits: [16, 1]});
    }

    get lists() {
        return Object.entries(LISTS).map(([key, list]) => {
            const lines = this.state.data[key];
            const most = Math.max(1, ...lines.map(({count}) => count));
            return {
                key,
                ...list,
                lines: lines.map((line) => ({
                    ...line,
                    width: Math.round((100 * line.count) / most),
                })),
            };
        });
    }

    during(field = "date") {
        const {start, end} = this.state.data;
        return [
            [field, ">=", start],
            [field, "<", end],
        ];
    }

    openFigure({action, domain, date, label}) {
        this.open(action, [...domain, ...this.during(date)], label);
    }

    openLine({action, field}, {id, name}) {
        this.open(action, [[field, "=", id], ...this.during()], name);
    }

    /** The report's action, as a list of just these lines. */
    async open(xmlid, domain, name) {
        const action = await this.action.loadAction(xmlid);
        this.action.doAction(
            {...action, name: String(name), domain, context: {}},
            {viewType: "list"}
        );
    }

    get period() {
        const {start, end} = this.state.data;
        const day = (text) => deserializeDateTime(text).toLocaleString();
        return `${day(start)} – ${day(end)}`;
    }
}

registry.category("actions").add("community_portal.dashboard", CommunityDashboard);
