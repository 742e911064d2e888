from odoo.tests import BaseCase, tagged

from ..engine.types import Finding, Severity
from ..gate import Audience, RuleFacts, Verdict


def finding(disguised=False, severity=Severity.MEDIUM, spans=((0, 3),)):
    return Finding("1", "reserved", severity, "body", spans, "pau", "word", disguised)


def rule(action, disguised_action="", insist="hold", **values):
    return RuleFacts(1, action, disguised_action, insist, 7, **values)


@tagged("post_install", "-at_install")
class TestVerdict(BaseCase):
    def test_nothing_found(self):
        verdict = Verdict()
        self.assertEqual(verdict.action, "allow")
        self.assertIsNone(verdict.worst)
        self.assertFalse(verdict.category_id)

    def test_the_strictest_wins(self):
        actions = ["notify", "block", "mask"]
        verdict = Verdict([(finding(), rule(action)) for action in actions])
        self.assertEqual(verdict.action, "block")
        self.assertEqual(len(verdict.of("mask", "notify")), 2)

    def test_disguised(self):
        """An acronym may look the same, so it is looked at and not refused."""
        facts = rule("block", "hold")
        self.assertEqual(Verdict([(finding(), facts)]).action, "block")
        self.assertEqual(Verdict([(finding(disguised=True), facts)]).action, "hold")

    def test_insisting(self):
        for insist, action in (
            ("no", "coach"),
            ("hold", "hold"),
            ("publish", "notify"),
        ):
            pairs = [(finding(), rule("coach", insist=insist))]
            self.assertEqual(Verdict(pairs, insisted=True).action, action)
            self.assertEqual(Verdict(pairs).may_insist, insist != "no")

    def test_insisting_beside_a_stricter_rule(self):
        pairs = [(finding(), rule("coach")), (finding(), rule("block"))]
        self.assertEqual(Verdict(pairs, insisted=True).action, "block")
        self.assertFalse(Verdict(pairs).may_insist)

    def test_worst(self):
        low, high = finding(), finding(severity=Severity.SEVERE)
        verdict = Verdict([(low, rule("hold")), (high, rule("hold"))])
        self.assertIs(verdict.worst, high)
        self.assertEqual(verdict.category_id, 7)

    def test_can_mask(self):
        pair = (finding(), rule("coach"))
        self.assertTrue(Verdict([pair]).can_mask)
        nowhere = (finding(spans=()), rule("coach"))
        self.assertFalse(Verdict([pair, nowhere]).can_mask)

    def test_who_is_meant(self):
        staff, customer, new = Audience(True), Audience(), Audience(new=True)
        for audience, expected in (
            ("everybody", [True, True, True]),
            ("external", [False, True, True]),
            ("internal", [True, False, False]),
            ("new", [False, False, True]),
        ):
            facts = rule("hold", audience=audience)
            found = [facts.applies(who) for who in (staff, customer, new)]
            self.assertEqual(found, expected, audience)
        self.assertFalse(rule("hold", exempt_staff=True).applies(staff))

    def test_values_hold_no_text(self):
        [values] = Verdict([(finding(), rule("hold"))]).finding_values()
        self.assertEqual(values["spans"], [[0, 3]])
        self.assertEqual(values["read_as"], "pau")
