from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

PERIODS = (7, 30, 90, 365)  # days
TOP = 5  # lines of each list


class CommunityDashboard(models.AbstractModel):
    """The vendor's overview: what the community did in some days, and in as many days
    before. All is counted by the reports, and so from what the reader may see."""

    _name = "community.dashboard"
    _description = "Overview of the Community"

    @api.model
    def get_overview(self, days=30):
        """Called by the page.

        :param days: 7, 30, 90 or 365
        :return: {"days", "start", "end": UTC, "figures": [{"key", "value", "before"}],
            "helpers", "topics", "givers", "takers", "ideas": [{"id", "name", "count"}],
            "hours_per_ticket"}
        :raises AccessError: the user is no agent
        """
        self.env["community.report"].check_access("read")
        days = days if days in PERIODS else 30
        end = fields.Datetime.now() + timedelta(seconds=1)  # this second as well
        start, before = end - timedelta(days=days), end - timedelta(days=2 * days)
        now, past = self._figures(start, end), self._figures(before, start)
        return {
            "days": days,
            "start": fields.Datetime.to_string(start),
            "end": fields.Datetime.to_string(end),
            "figures": [
                {"key": key, "value": now[key], "before": past[key]} for key in now
            ],
            "hours_per_ticket": self.env.company.community_avoided_hours,
            **self._tops(self._in("date", start, end)),
        }

    @api.model
    def _in(self, name, start, end):
        return Domain(name, ">=", start) & Domain(name, "<", end)

    # --- the figures ------------------------------------------------------------------

    @api.model
    def _figures(self, start, end):
        """What was asked in a period, and what was solved and done in it."""
        during = self._in("date", start, end)
        return (
            self._activity(during)
            | self._questions(during)
            | self._solutions(self._in("solved_date", start, end))
        )

    @api.model
    def _activity(self, during):
        people, avoided = self.env["community.report.activity"]._read_group(
            during & Domain("by_vendor", "=", False),
            aggregates=["people:count_distinct", "avoided:sum"],
        )[0]
        hours = self.env.company.community_avoided_hours
        return {
            "people": people or 0,
            "avoided": avoided or 0,
            "hours": round((avoided or 0) * hours, 1),
        }

    @api.model
    def _questions(self, during):
        count, unanswered, hours = self.env["community.report"]._read_group(
            during & Domain("kind", "=", "question"),
            aggregates=["__count", "unanswered:sum", "answer_hours:avg"],
        )[0]
        return {
            "questions": count,
            "unanswered": unanswered or 0,
            "answer_hours": hours and round(hours, 1),
        }

    @api.model
    def _solutions(self, during):
        customers, agents, hours = self.env["community.report"]._read_group(
            during & Domain("kind", "=", "question"),
            aggregates=[
                "solved_by_customer:sum",
                "solved_by_agent:sum",
                "solution_hours:avg",
            ],
        )[0]
        return {
            "by_customers": customers or 0,
            "by_agents": agents or 0,
            "solution_hours": hours and round(hours, 1),
        }

    # --- the lists --------------------------------------------------------------------

    @api.model
    def _tops(self, during):
        answers = during & Domain("by_vendor", "=", False)
        others = Domain("between", "=", True)
        exchange = "community.report.exchange"
        return {
            "helpers": self._top(exchange, answers, "helper_id"),
            "givers": self._top(exchange, answers & others, "giver_id"),
            "takers": self._top(exchange, during & others, "taker_id"),
            "topics": self._top(
                "community.report", during & Domain("tag_ids", "!=", False), "tag_ids"
            ),
            "ideas": self._top(
                "community.report.idea", during, "idea_id", "customers:sum"
            ),
        }

    @api.model
    def _top(self, model, domain, name, measure="__count"):
        groups = self.env[model]._read_group(
            domain, [name], [measure], order=f"{measure} DESC, {name}", limit=TOP
        )
        return [
            {"id": record.id, "name": record.display_name, "count": round(count)}
            for record, count in groups
            if record
        ]
