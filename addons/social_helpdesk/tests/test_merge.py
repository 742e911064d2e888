from contextlib import nullcontext
from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.queue_job.exception import RetryableJobError
from odoo.addons.queue_job.tests.common import trap_jobs

from ..models import helpdesk_social_move
from .merge_common import MergeCase


@tagged("post_install", "-at_install")
class TestMerge(MergeCase):
    """An agent says that two are one person, and takes it back."""

    # --- what moves ---

    def test_contact_ticket_and_messages(self):
        merge = self.merge()
        self.assertEqual(self.zoe.partner_id, self.ana)
        self.assertEqual(self.zoe.matched_by, "agent")
        self.assertEqual(self.ticket.partner_id, self.ana)
        self.assertEqual(self.ticket.commercial_partner_id, self.ana)
        self.assertEqual(self.authors(self.ticket), self.ana)
        self.assertEqual(
            (merge.from_partner_id, merge.to_partner_id), (self.old, self.ana)
        )
        self.assertEqual(merge.user_id, self.agent)
        self.assertEqual(merge.contact_ids, self.zoe)
        self.assertEqual(merge.ticket_ids, self.ticket)
        self.assertFalse(merge.moving)

    def test_archived_and_closed_tickets_too(self):
        self.ticket.active = False
        self.merge()
        self.assertEqual(self.ticket.partner_id, self.ana)
        self.assertEqual(self.authors(self.ticket), self.ana)

    def test_what_he_wrote_there_by_email(self):
        post = self.ticket.message_post(
            body="Por e-mail", author_id=self.old.id, message_type="email"
        )
        self.merge()
        self.assertEqual(post.author_id, self.ana)

    def test_followers_and_reactions(self):
        self.ticket.message_subscribe(self.old.ids)
        post = self.answer(self.ticket, "Veja")
        reaction = self.env["mail.message.reaction"].create(
            {"message_id": post.id, "partner_id": self.old.id, "content": "👍"}
        )
        merge = self.merge()
        self.assertIn(self.ana, self.ticket.message_partner_ids)
        self.assertNotIn(self.old, self.ticket.message_partner_ids)
        self.assertEqual(reaction.partner_id, self.ana)
        self.undo(merge)
        self.assertIn(self.old, self.ticket.message_partner_ids)
        self.assertNotIn(self.ana, self.ticket.message_partner_ids)
        self.assertEqual(reaction.partner_id, self.old)

    def test_who_followed_already_follows_once(self):
        self.ticket.message_subscribe((self.old | self.ana).ids)
        merge = self.merge()
        self.assertEqual(self.ticket.message_partner_ids & self.old, self.ana.browse())
        self.undo(merge)
        self.assertLessEqual(self.old | self.ana, self.ticket.message_partner_ids)

    def test_undo_when_the_old_one_follows_and_reacts_again(self):
        self.ticket.message_subscribe(self.old.ids)
        post = self.answer(self.ticket, "Veja")
        reactions = self.env["mail.message.reaction"]
        shown = {"message_id": post.id, "partner_id": self.old.id, "content": "👍"}
        reactions.create(shown)
        merge = self.merge()
        self.ticket.message_subscribe(self.old.ids)
        reactions.create(shown)
        self.undo(merge)
        shown = reactions.search([("message_id", "=", post.id)])
        self.assertEqual((shown.partner_id, len(shown)), (self.old, 1))
        self.assertIn(self.old, self.ticket.message_partner_ids)
        self.assertNotIn(self.ana, self.ticket.message_partner_ids)

    def test_what_was_being_stored_meanwhile(self):
        """The batch that stored it did not see yet whose the contact is."""
        merge = self.merge(finish=False)
        post = self.ticket.message_post(
            body="Ainda não visto", author_id=self.old.id, message_type="comment"
        )
        self.messages(contact_id=self.zoe.id)[:1].copy(
            {"mail_message_id": post.id, "external_id": "late"}
        )
        late = self.ticket.copy({"partner_id": self.old.id})
        self.messages(contact_id=self.zoe.id, external_id="late").ticket_id = late
        late.message_subscribe(self.old.ids)
        self.finish(merge)
        self.assertEqual(post.author_id, self.ana)
        self.assertEqual(late.partner_id, self.ana)
        self.assertIn(late, merge.ticket_ids)
        self.undo(merge)
        self.assertEqual((post.author_id, late.partner_id), (self.old, self.old))
        self.assertIn(self.old, late.message_partner_ids)

    def test_other_tickets_and_messages_of_the_old_one_stay(self):
        other = self.ticket.copy({"partner_id": self.old.id})
        other.social_conversation_id = False
        post = other.message_post(
            body="x", author_id=self.old.id, message_type="comment"
        )
        self.merge()
        self.assertEqual(other.partner_id, self.old)
        self.assertEqual(post.author_id, self.old)

    def test_a_ticket_that_an_agent_gave_to_somebody_stays_his(self):
        rui = self.env["res.partner"].create({"name": "Rui"})
        self.ticket.partner_id = rui
        self.merge()
        self.assertEqual(self.ticket.partner_id, rui)
        self.assertEqual(self.authors(self.ticket), self.ana)

    def test_several_people_at_once(self):
        rui = self.writes("rui")
        merges = self.merge(self.zoe | rui)
        self.assertEqual(len(merges), 2)
        [link] = merges._told()["params"]["links"]
        self.assertEqual(link["url"], "/odoo/social-merges")
        [link] = merges[0]._told()["params"]["links"]
        self.assertEqual(link["url"], f"/odoo/social-merges/{merges[0].id}")
        self.assertEqual((self.zoe | rui).partner_id, self.ana)

    def test_a_ticket_in_which_another_of_his_contacts_writes_stays(self):
        rui = self.writes("rui")
        self.merge(rui, self.old)
        rui.conversation_ids.ticket_id = self.ticket
        merge = self.merge(self.zoe)
        self.assertEqual(self.ticket.partner_id, self.old)
        self.assertFalse(merge.ticket_ids)
        mine = self.messages(contact_id=self.zoe.id).mail_message_id
        self.assertEqual(mine.author_id, self.ana)

    def test_a_ticket_in_which_another_of_his_contacts_has_written_stays(self):
        rui = self.writes("rui")
        self.merge(rui, self.old)
        self.messages(contact_id=rui.id).ticket_id = self.ticket
        merge = self.merge(self.zoe)
        self.assertEqual(self.ticket.partner_id, self.old)
        self.assertFalse(merge.ticket_ids)

    # --- answers ---

    def test_answers_leave_through_the_contact_that_wrote(self):
        ana = self.writes("ana", "E eu")
        tickets = self.ticket | ana.conversation_ids.ticket_id
        self.assertEqual(len(tickets), 2)
        self.merge(self.zoe | ana)
        self.assertEqual(tickets.partner_id, self.ana)
        for ticket, contact in zip(tickets, (self.zoe, ana), strict=True):
            before = self.messages(direction="out")
            self.answer(ticket, f"Para {contact.external_id}")
            sent = self.messages(direction="out") - before
            self.assertEqual(sent.conversation_id, contact.conversation_ids)
            self.assertEqual(sent.conversation_id.thread, contact.external_id)

    def test_he_writes_again(self):
        self.merge()
        self.writes("zoe", "Mais")
        self.assertEqual(self.zoe.conversation_ids.ticket_id, self.ticket)
        self.assertEqual(self.authors(self.ticket), self.ana)

    # --- who is left empty ---

    def test_whom_a_message_has_made_is_archived(self):
        merge = self.merge()
        self.assertFalse(self.old.active)
        self.assertTrue(merge.has_archived)
        self.undo(merge)
        self.assertTrue(self.old.active)
        self.assertFalse(merge.has_archived)

    def test_whom_somebody_has_entered_is_not(self):
        self.old.social_made = False
        self.assertFalse(self.merge().has_archived)
        self.assertTrue(self.old.active)

    def test_who_is_used_for_anything_is_not(self):
        ticket = {"name": "x", "description": "x", "partner_id": self.old.id}
        uses = {
            "a child": lambda: self.ana.copy({"parent_id": self.old.id}),
            "a ticket": lambda: self.env["helpdesk.ticket"].create(ticket),
            "a login": lambda: new_test_user(
                self.env, "old", groups="base.group_portal", partner_id=self.old.id
            ),
            "an activity": lambda: self.old.activity_schedule(summary="Ligar"),
            "a file": lambda: self.env["ir.attachment"].create(
                {"name": "a", "res_model": "res.partner", "res_id": self.old.id}
            ),
            "a word": lambda: self.old.message_post(
                body="Cliente antigo", message_type="comment"
            ),
        }
        self.assertTrue(self.writes("rui").partner_id.social_made)
        for name, use in uses.items():
            with self.subTest(name), self.env.cr.savepoint() as savepoint:
                use()
                self.merge()
                self.assertTrue(self.old.active)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_who_has_contacts_left_is_not(self):
        rui = self.writes("rui")
        self.merge(rui, self.old)
        self.merge(self.zoe)
        self.assertTrue(self.old.active)

    # --- undo ---

    def test_undo_restores_everything(self):
        merge = self.undo(self.merge())
        self.assertEqual(self.zoe.partner_id, self.old)
        self.assertEqual(self.zoe.matched_by, "new")
        self.assertEqual(self.ticket.partner_id, self.old)
        self.assertEqual(self.authors(self.ticket), self.old)
        self.assertEqual((merge.state, merge.undone_by_id), ("undone", self.agent))
        self.assertFalse(merge.left_text)

    def test_what_came_since_goes_back_with_the_contact(self):
        merge = self.merge()
        self.writes("zoe", "Mais")
        self.ticket.stage_id = self.env.ref("helpdesk_mgmt.helpdesk_ticket_stage_done")
        self.account.reopen_days = 0
        self.writes("zoe", "Outra coisa")
        newer = self.zoe.conversation_ids.ticket_id
        self.assertNotEqual(newer, self.ticket)
        self.undo(merge)
        self.assertEqual((newer | self.ticket).partner_id, self.old)
        self.assertEqual(self.authors(newer | self.ticket), self.old)

    def test_what_ana_herself_wrote_since_stays_hers(self):
        merge = self.merge()
        post = self.ticket.message_post(
            body="No portal", author_id=self.ana.id, message_type="comment"
        )
        self.undo(merge)
        self.assertEqual(post.author_id, self.ana)

    def test_what_was_ana_s_before_stays_hers(self):
        ana = self.writes("ana")
        self.merge(ana)
        hers = ana.conversation_ids.ticket_id
        merge = self.merge()
        self.undo(merge)
        self.assertEqual(ana.partner_id, self.ana)
        self.assertEqual(hers.partner_id, self.ana)
        self.assertEqual(self.authors(hers), self.ana)

    def test_later_changes_are_respected_and_told(self):
        merge = self.merge()
        rui = self.env["res.partner"].create({"name": "Rui"})
        self.ticket.partner_id = rui
        self.undo(merge)
        self.assertEqual(self.ticket.partner_id, rui)
        self.assertEqual(self.zoe.partner_id, self.old)
        self.assertIn(self.ticket.number, merge.left_text)
        self.assertIn("Rui", merge.left_text)

    def test_a_contact_that_was_moved_on_stays_there(self):
        first = self.merge()
        rui = self.env["res.partner"].create({"name": "Rui"})
        self.merge(self.zoe, rui)
        self.undo(first)
        self.assertEqual(self.zoe.partner_id, rui)
        self.assertEqual(self.ticket.partner_id, rui)
        self.assertEqual(self.authors(self.ticket), rui)
        self.assertIn("Rui", first.left_text)

    def test_an_older_one_waits_for_the_newer_one(self):
        self.patch(helpdesk_social_move, "PIECE", 10)
        first = self.merge()
        rui = self.env["res.partner"].create({"name": "Rui"})
        self.many(35)
        second = self.merge(self.zoe, rui, finish=False)
        with self.assertRaisesRegex(UserError, "minute"):
            first.with_user(self.agent).action_undo()
        self.finish(second)
        self.undo(first)
        self.assertEqual(self.authors(self.ticket), rui)

    def test_what_he_wrote_by_email_stays_with_the_ticket(self):
        post = self.ticket.message_post(
            body="Por e-mail", author_id=self.old.id, message_type="email"
        )
        merge = self.merge()
        self.ticket.partner_id = self.env["res.partner"].create({"name": "Rui"})
        self.undo(merge)
        self.assertEqual(post.author_id, self.ana)
        mine = self.messages(contact_id=self.zoe.id).mail_message_id
        self.assertEqual(mine.author_id, self.old)

    def test_one_after_the_other_backwards(self):
        first = self.merge()
        rui = self.env["res.partner"].create({"name": "Rui"})
        second = self.merge(self.zoe, rui)
        self.undo(second)
        self.undo(first)
        self.assertEqual(self.zoe.partner_id, self.old)
        self.assertEqual(self.authors(self.ticket), self.old)

    def test_undone_once(self):
        merge = self.undo(self.merge())
        with self.assertRaisesRegex(UserError, "already"):
            merge.with_user(self.agent).action_undo()

    # --- suggestions ---

    def suggestion(self):
        return self.env["helpdesk.social.suggestion"].create(
            {"contact_id": self.zoe.id, "partner_id": self.ana.id, "reasons": ["name"]}
        )

    def test_a_suggestion_is_answered_and_asked_again_after_undo(self):
        suggestion = self.suggestion()
        merge = self.merge()
        self.assertEqual(suggestion.state, "accepted")
        self.assertEqual(suggestion.user_id, self.agent)
        self.undo(merge)
        self.assertEqual(suggestion.state, "open")

    def suggested(self):
        return self.ticket.with_user(self.agent).social_suggestions

    def test_the_emptied_one_is_not_asked_about(self):
        self.suggestion()
        with trap_jobs() as trap:
            merge = self.merge(finish=False)
            trap.assert_jobs_count(0, only=self.zoe._suggest)
            self.finish(merge)
            trap.assert_jobs_count(1, only=self.zoe._suggest)

    def test_whom_he_was_taken_from_is_answered(self):
        self.old.write({"social_made": False, "name": "Zoé Lima"})
        self.zoe.name = "Zoé Lima"
        self.merge()
        self.zoe._suggest()
        self.assertFalse(self.zoe.suggestion_ids.filtered(lambda s: s.state == "open"))

    def test_an_archived_candidate(self):
        self.suggestion()
        self.assertTrue(self.suggested())
        self.ana.active = False
        self.ticket.invalidate_recordset(["social_suggestions"])
        self.assertFalse(self.suggested())
        with self.assertRaisesRegex(UserError, "archived"):
            self.merge()

    def test_the_button_of_a_suggestion(self):
        suggestion = self.suggestion().with_user(self.agent)
        action = suggestion.action_same_person()
        wizard = self.env[action["res_model"]].with_user(self.agent)
        form = Form(wizard.with_context(**action["context"]))
        self.assertEqual(form.partner_id, self.ana)
        self.assertEqual(form.ticket_count, 1)
        self.assertFalse(form.readers)
        told = form.save().action_confirm()
        self.assertEqual(told["tag"], "display_notification")
        self.assertEqual(self.zoe.partner_id, self.ana)

    # --- many messages ---

    def many(self, count):
        post = self.messages(contact_id=self.zoe.id).mail_message_id
        self.env.cr.execute(
            """
            INSERT INTO mail_message (model, res_id, author_id, message_type, date,
                                      create_date, body)
            SELECT model, res_id, author_id, message_type, date, create_date, body
              FROM mail_message, generate_series(1, %s) WHERE id = %s
            """,
            [count, post.id],
        )
        self.env.invalidate_all()

    def test_many_messages_move_piece_by_piece(self):
        self.patch(helpdesk_social_move, "PIECE", 10)
        self.many(35)
        with trap_jobs() as trap:
            merge = self.merge(finish=False)
            trap.assert_jobs_count(1, only=merge._finish)
        mine = [("res_id", "=", self.ticket.id), ("model", "=", "helpdesk.ticket")]
        posts = self.env["mail.message"].search(
            [*mine, ("author_id", "in", (self.old | self.ana).ids)]
        )
        self.assertEqual(len(posts), 36)
        moved = posts.filtered(lambda m: m.author_id == self.ana)
        self.assertEqual(len(moved), 10)
        with self.assertRaisesRegex(UserError, "minute"):
            self.split()
        self.finish(merge)
        self.assertEqual(posts.author_id, self.ana)

    def test_a_second_job_waits_for_the_first(self):
        merge = self.merge(finish=False)
        with (
            patch.object(helpdesk_social_move, "only_one", lambda *_a: nullcontext()),
            self.assertRaises(RetryableJobError),
        ):
            merge._finish()
        self.assertTrue(merge.moving)

    def test_who_lost_his_job_gets_another(self):
        merge = self.merge(finish=False)
        with trap_jobs() as trap:
            merge._cron_wake()
            trap.assert_jobs_count(0)
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE helpdesk_social_merge "
                "SET write_date = now() AT TIME ZONE 'UTC' - interval '1 hour'"
            )
            self.env.invalidate_all()
            merge._cron_wake()
            merge._cron_wake()
            trap.assert_jobs_count(1, only=merge._finish)

    def test_undone_before_the_rest_has_moved(self):
        self.patch(helpdesk_social_move, "PIECE", 10)
        self.many(35)
        merge = self.merge(finish=False)
        merge.with_user(self.agent).action_undo()
        self.finish(merge)
        self.assertEqual(self.authors(self.ticket), self.old)

    def test_the_page_waits_for_no_message(self):
        """Nothing that the agent waits for grows with the messages."""

        def queries(count):
            self.many(count)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            merge = self.merge(finish=False)
            spent = self.env.cr.sql_log_count - before
            self.finish(merge)
            self.undo(merge)
            return spent

        queries(1)
        self.assertEqual(queries(10), queries(3000))


@tagged("post_install", "-at_install")
class TestSplit(MergeCase):
    """A contact is somebody else."""

    def setUp(self):
        super().setUp()
        self.rui = self.writes("rui", "Sou Rui", phone="+5511999990007")
        self.merge(self.zoe | self.rui)

    def test_a_partner_of_his_own(self):
        merge = self.split(self.rui)
        new = self.rui.partner_id
        self.assertNotEqual(new, self.ana)
        self.assertEqual((new.name, new.phone), (self.rui.name, "+5511999990007"))
        self.assertTrue(new.social_made)
        ticket = self.rui.conversation_ids.ticket_id
        self.assertEqual(ticket.partner_id, new)
        self.assertEqual(self.authors(ticket), new)
        self.assertEqual(self.zoe.partner_id, self.ana)
        self.assertEqual(self.authors(self.ticket), self.ana)
        self.assertEqual(merge.kind, "split")

    def test_a_partner_who_is_there(self):
        other = self.env["res.partner"].create({"name": "Rui"})
        self.split(self.rui, other)
        self.assertEqual(self.rui.partner_id, other)

    def test_what_ana_wrote_there_stays_hers(self):
        ticket = self.rui.conversation_ids.ticket_id
        post = ticket.message_post(
            body="No portal", author_id=self.ana.id, message_type="comment"
        )
        self.split(self.rui)
        self.assertEqual(post.author_id, self.ana)

    def test_ana_follows_it_no_longer(self):
        """Else she would go on reading another's ticket in the portal."""
        ticket = self.rui.conversation_ids.ticket_id
        ticket.message_subscribe(self.ana.ids)
        self.split(self.rui)
        self.assertNotIn(self.ana, ticket.message_partner_ids)

    def test_undo(self):
        merge = self.split(self.rui)
        new = self.rui.partner_id
        self.undo(merge)
        self.assertEqual(self.rui.partner_id, self.ana)
        self.assertEqual(self.rui.conversation_ids.ticket_id.partner_id, self.ana)
        self.assertFalse(new.active)
        self.assertFalse(self.rui.suggestion_ids)

    def test_the_same_reasons_do_not_merge_him_again(self):
        self.ana.write({"phone": "+5511999990007", "name": "Rui Lima"})
        self.rui.name = "Rui Lima"
        self.split(self.rui)
        new = self.rui.partner_id
        self.rui._suggest()
        self.assertEqual(self.rui.suggestion_ids.mapped("state"), ["dismissed"])
        self.writes("rui", "De novo", phone="+5511999990007")
        self.assertEqual(self.rui.partner_id, new)
        again = self.writes("rui-2", "Novo aparelho", phone="+5511999990007")
        self.assertEqual(again.partner_id, new)

    def test_the_wizard(self):
        action = self.rui.with_user(self.agent).action_somebody_else()
        wizard = self.env[action["res_model"]].with_user(self.agent)
        form = Form(wizard.with_context(**action["context"]))
        self.assertEqual(form.ticket_count, 1)
        form.save().action_confirm()
        self.assertNotEqual(self.rui.partner_id, self.ana)

    def test_somebody_else_is_not_the_same(self):
        wizard = (
            self.env["helpdesk.social.somebody.else"]
            .with_user(self.agent)
            .create({"contact_id": self.rui.id, "partner_id": self.ana.id})
        )
        with self.assertRaisesRegex(UserError, "already"):
            wizard.action_confirm()


@tagged("post_install", "-at_install")
class TestDecide(MergeCase):
    """The screens on which it is decided."""

    def wizard(self, contacts, **values):
        action = contacts.with_user(self.agent).action_same_person()
        wizard = self.env[action["res_model"]].with_user(self.agent)
        return wizard.with_context(**action["context"]).create(values)

    def test_whom_somebody_has_entered_stays(self):
        rui = self.writes("rui")
        rui.partner_id.social_made = False
        wizard = self.wizard(self.zoe | rui)
        self.assertEqual(wizard.partner_id, rui.partner_id)
        self.assertEqual(wizard.contact_ids, self.zoe | rui)

    def test_who_has_a_login_stays(self):
        rui = self.writes("rui")
        new_test_user(
            self.env, "rui", groups="base.group_portal", partner_id=rui.partner_id.id
        )
        wizard = self.wizard(self.zoe | rui)
        self.assertEqual(wizard.partner_id, rui.partner_id)

    def test_a_person_moves_with_all_his_contacts(self):
        rui = self.writes("rui")
        self.merge(rui, self.old)
        wizard = self.wizard(self.zoe, partner_id=self.ana.id)
        self.assertEqual(wizard.contact_ids, self.zoe | rui)
        wizard.action_confirm()
        self.assertEqual((self.zoe | rui).partner_id, self.ana)

    def test_nothing_to_do(self):
        with self.assertRaisesRegex(UserError, "already"):
            self.wizard(self.zoe).action_confirm()

    def test_who_will_read_it_in_the_portal(self):
        company = self.env["res.partner"].create(
            {"name": "Padaria", "is_company": True}
        )
        self.ana.parent_id = company
        new_test_user(
            self.env,
            "boss",
            name="Chefe",
            groups="base.group_portal",
            partner_id=self.ana.copy({"name": "Chefe", "parent_id": company.id}).id,
        )
        wizard = self.wizard(self.zoe, partner_id=self.ana.id)
        self.assertEqual(wizard.readers, "Chefe")
        self.assertEqual(wizard.ticket_count, 1)

    def test_a_partner_s_contacts(self):
        self.merge()
        ana = self.ana.with_user(self.agent)
        self.assertEqual(ana.social_contact_count, 1)
        action = ana.action_social_contacts()
        contacts = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(contacts, self.zoe)

    def test_a_contact_s_history(self):
        merge = self.merge()
        contact = self.zoe.with_user(self.agent)
        self.assertEqual(contact.merge_count, 1)
        action = contact.action_merges()
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), merge)
        tickets = merge.with_user(self.agent).action_tickets()
        found = self.env["helpdesk.ticket"].search(tickets["domain"])
        self.assertEqual(found, self.ticket)
