from odoo import api, fields, models
from odoo.tools import SQL

PERSON_MONTH_CAP = 500  # points of one person that count for his company in a month
MONTH_CAP = 2_000  # points that count for a company in a month


class ResPartner(models.Model):
    """What a company's people have done for others.

    It has caps of its own, so that neither one star nor a crowd makes a company:
    what colleagues give one another does not count, nor what goes beyond
    ``PERSON_MONTH_CAP`` and ``MONTH_CAP``.
    """

    _inherit = "res.partner"

    @api.model
    def _community_standings(self, organisations=None):
        """:param organisations: ``res.partner``; all of them if not given
        :return: {id of the company: points}, of those who have any
        """
        among = (
            SQL("e.organisation_id = ANY(%s)", organisations.ids)
            if organisations is not None
            else SQL("e.organisation_id IS NOT NULL")
        )
        rows = self.env.execute_query(
            SQL(
                """
                SELECT organisation_id, SUM(LEAST(%(month_cap)s, points)) FROM (
                    SELECT organisation_id, month,
                        SUM(LEAST(%(person_cap)s, points)) AS points
                    FROM (
                        SELECT e.organisation_id, e.member_id,
                            date_trunc('month', e.date) AS month,
                            SUM(e.points) AS points
                        FROM community_reputation_entry e
                        JOIN community_member m ON m.id = e.member_id
                        WHERE %(among)s AND NOT m.is_vendor
                            AND e.organisation_id
                                IS DISTINCT FROM e.other_organisation_id
                        GROUP BY 1, 2, 3
                    ) of_person GROUP BY 1, 2
                ) of_month GROUP BY 1
                """,
                month_cap=MONTH_CAP,
                person_cap=PERSON_MONTH_CAP,
                among=among,
            )
        )
        return {organisation: int(points) for organisation, points in rows}

    def _community_standing(self):
        """For the company's manager and the vendor.

        :return: {"points", "month", "people", "person_cap", "month_cap"}: in all,
            earned this month without caps, people who earned, and the caps
        """
        self.ensure_one()
        month = fields.Datetime.now().replace(day=1, hour=0, minute=0, second=0)
        [(earned, people)] = self.env.execute_query(
            SQL(
                """
                SELECT COALESCE(SUM(points) FILTER (WHERE date >= %s), 0),
                    COUNT(DISTINCT member_id)
                FROM community_reputation_entry WHERE organisation_id = %s
                """,
                month,
                self.id,
            )
        )
        return {
            "points": self._community_standings(self).get(self.id, 0),
            "month": int(earned),
            "people": people,
            "person_cap": PERSON_MONTH_CAP,
            "month_cap": MONTH_CAP,
        }
