from odoo.tests import tagged
from odoo.tools import mute_logger

from .page_common import COACHED, CPF, REFUSED, PageCase


@tagged("post_install", "-at_install")
class TestPageChatter(PageCase):
    """What the chatter's pages are told, and what they may send."""

    def advice(self, error, name):
        self.assertEqual(error["data"]["name"], name)
        return error["data"]["context"]["moderation"]

    def messages_with(self, text):
        author = self.customer.partner_id
        return self.env["mail.message"].search_count(
            [("author_id", "=", author.id), ("body", "ilike", text)]
        )

    # --- coached and refused ----------------------------------------------------------

    def test_coached(self):
        _result, error = self.send(f"CPF {CPF}, ok?")
        advice = self.advice(error, COACHED)
        self.assertIn([CPF, True], advice["parts"][0]["pieces"])
        self.assertTrue(advice["findings"][0]["text"])
        self.assertTrue(advice["may_insist"])
        self.assertNotIn(CPF, error["data"]["message"])
        self.assertFalse(self.messages_with(CPF))

    def test_masked(self):
        _result, error = self.send(f"CPF {CPF}, ok?")
        masked = self.advice(error, COACHED)["masked"]["body"]
        message = self.sent(masked)
        self.assertNotIn(CPF, message.body)
        self.assertIn(", ok?", message.body)
        self.assertFalse(message.moderation_state)

    def test_insisted(self):
        for params in (
            {"moderation_insist": True},
            {"context": {"moderation_insist": True}},
        ):
            message = self.sent(f"CPF {CPF}", **params)
            self.assertEqual(message.moderation_state, "held")
            self.assertEqual(self.case_of(message).origin, "insisted")

    def test_insisting_changes_no_refusal(self):
        _result, error = self.send("vou te matar", moderation_insist=True)
        advice = self.advice(error, REFUSED)
        self.assertFalse(advice["may_insist"])
        self.assertFalse(self.messages_with("matar"))

    def test_who_may_not_insist(self):
        self.coaching.insist = "no"
        _result, error = self.send(f"CPF {CPF}", moderation_insist=True)
        self.assertFalse(self.advice(error, COACHED)["may_insist"])

    def test_an_agent_is_coached_too(self):
        _result, error = self.send(f"O CPF dela é {CPF}", self.agent)
        self.advice(error, COACHED)

    # --- editing ----------------------------------------------------------------------

    def test_edit_is_coached(self):
        message = self.sent("Bom dia")
        _result, error = self.edit(message, f"CPF {CPF}")
        self.advice(error, COACHED)
        self.assertIn("Bom dia", message.body)

    def test_edit_insisted(self):
        message = self.sent("Bom dia")
        result, error = self.edit(message, f"CPF {CPF}", moderation_insist=True)
        self.assertFalse(error)
        self.assertIn("Bom dia", message.body)
        [shown] = [m for m in result["mail.message"] if m["id"] == message.id]
        self.assertEqual(shown["moderation_state"], "edit_held")

    def test_its_author_sets_right_what_waits(self):
        message = self.sent("Que p.a.u.")
        _result, error = self.edit(message, "Que problema")
        self.assertFalse(error)
        self.assertFalse(message.moderation_state)
        self.assertEqual(message.res_id, self.ticket.id)
        self.assertIn(message.id, self.fetched(self.colleague))

    def test_its_author_is_coached_while_it_waits(self):
        message = self.sent("Que p.a.u.")
        _result, error = self.edit(message, f"CPF {CPF}")
        self.advice(error, COACHED)
        self.assertIn("p.a.u.", message.body)
        self.assertEqual(message.moderation_state, "held")

    def test_its_author_takes_back_what_waits(self):
        message = self.sent("Que p.a.u.")
        case = self.case_of(message)
        _result, error = self.edit(message, "")
        self.assertFalse(error)
        self.assertEqual(case.content_state, "gone")
        self.assertEqual(case.state, "closed")
        self.assertNotIn(message.id, self.fetched(self.customer))

    def test_no_files_for_what_waits(self):
        message = self.sent("Que p.a.u.")
        file = self.env["ir.attachment"].create({"name": "a.txt", "raw": b"x"})
        data = {
            "attachment_ids": file.ids,
            "attachment_tokens": [file._get_ownership_token()],
        }
        with mute_logger("odoo.http"):
            _result, error = self.edit(message, "Que problema", data=data)
        self.assertIn("no more files", error["data"]["message"])
        self.assertFalse(message.attachment_ids)

    def test_nobody_else_edits_what_waits(self):
        message = self.sent("Que p.a.u.")
        for user in (self.colleague, self.agent):
            self.login(user)
            _result, error = self.edit(message, "nada")
            self.assertTrue(error, user.login)
        self.assertIn("p.a.u.", message.body)

    def test_nobody_edits_what_is_hidden(self):
        message = self.sent("Bom dia")
        case = message.sudo()._moderation_open_case(self.no_verdict(), "published")
        message.sudo()._moderation_withdraw(case)
        case.content_state = "hidden"
        _result, error = self.edit(message, "Boa tarde")
        self.assertTrue(error)
        self.assertIn("Bom dia", message.body)

    def no_verdict(self):
        return self.env["moderation.scanner"]._judge(
            self.ticket._moderation_text(), "ticket", self.customer.partner_id
        )

    # --- what waits, after a reload ---------------------------------------------------

    def test_its_author_finds_it_again_in_its_place(self):
        first = self.sent("Bom dia")
        held = self.sent("Que p.a.u.")
        last = self.sent("Obrigada")
        fetched = self.fetched(self.customer)
        self.assertEqual(list(fetched), [last.id, held.id, first.id])
        shown = fetched[held.id]
        self.assertEqual(shown["moderation_state"], "held")
        self.assertEqual(
            shown["thread"], {"model": self.ticket._name, "id": self.ticket.id}
        )
        self.assertFalse(fetched[first.id]["moderation_state"])

    def test_nobody_else_finds_it(self):
        held = self.sent("Que p.a.u.")
        for user in (self.colleague, self.agent):
            self.assertNotIn(held.id, self.fetched(user))
        token = self.ticket._portal_ensure_token()
        self.assertNotIn(held.id, self.fetched(self.colleague, token=token))
        self.logout()
        result, _error = self.json(
            "/mail/chatter_fetch",
            thread_model=self.ticket._name,
            thread_id=self.ticket.id,
            token=token,
        )
        self.assertNotIn(held.id, result["messages"])

    def test_once_and_on_its_page_alone(self):
        held = self.sent("Que p.a.u.")
        newer = [self.sent(f"Nota {n}") for n in range(3)]
        self.assertNotIn(held.id, self.fetched(self.customer, {"limit": 3}))
        before = {"limit": 3, "before": newer[0].id}
        self.assertIn(held.id, self.fetched(self.customer, before))
        after = {"after": held.id}
        self.assertNotIn(held.id, self.fetched(self.customer, after))

    def test_a_search_does_not_bring_it_up(self):
        held = self.sent("Que p.a.u.")
        self.assertNotIn(held.id, self.fetched(self.customer, {"search_term": "xyz"}))

    # --- its author's picture ---------------------------------------------------------

    def test_the_author_s_picture(self):
        held = self.sent("Que p.a.u.")
        token = self.ticket._portal_ensure_token()
        url = f"/mail/avatar/mail.message/{held.id}/author_avatar/50x50"
        url += f"?access_token={token}"
        own = self.url_open(url)
        self.assertEqual(own.status_code, 200)
        self.login(self.colleague)
        other = self.url_open(url)
        self.assertEqual(other.status_code, 200)
        self.assertNotEqual(own.content, other.content)
