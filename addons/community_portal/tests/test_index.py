import re

from odoo.tests import tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestIndex(CommunityCase):
    def test_conditions_are_worded_as_queries_word_them(self):
        """The ORM asks ``x IS TRUE``, and PostgreSQL does not see that an index of
        the rows ``WHERE x`` has them all."""
        self.env.cr.execute(
            """
            SELECT index.indexrelid::regclass::text, attribute.attname,
                pg_get_expr(index.indpred, index.indrelid)
              FROM pg_index index
              JOIN pg_class relation ON relation.oid = index.indrelid
              JOIN pg_attribute attribute ON attribute.attrelid = relation.oid
             WHERE relation.relname LIKE 'community%' AND index.indpred IS NOT NULL
               AND attribute.atttypid = 'boolean'::regtype
            """
        )
        worded = {
            index: " ".join(condition.replace("(", " ").replace(")", " ").split())
            for index, column, condition in self.env.cr.fetchall()
            if column in condition
        }
        self.assertGreaterEqual(len(worded), 4)
        for index, condition in worded.items():
            with self.subTest(index):
                for term in re.split(" AND | OR ", condition):
                    self.assertGreater(len(term.split()), 2, term)
