import io
import json
import zipfile

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import CommunityCase


@tagged("post_install", "-at_install")
class TestPrivacy(CommunityCase):
    """A copy of one's data, and the way to be forgotten, with proof."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.requests = cls.env["community.privacy.request"]
        cls.ana.about = "Ana Souza cuida do fiscal"
        cls.ana.employer_shown = "name"

    def archive(self, content):
        return zipfile.ZipFile(io.BytesIO(content))

    def data(self, member=None, who=None):
        member = member or self.ana
        content = member.with_user((who or member).user_id)._export()
        return json.loads(self.archive(content).read("data.json"))

    def written(self):
        """Ana asks and edits, Gil answers her, mentions her; Ana votes."""
        post = self.ask(title="Meu CFOP", body="<p>Sou Ana, da Aços Alfa</p>")
        post._edit({"body": "<p>Sou Ana Souza</p>"})
        link = f"/my/community/people/{self.ana.id}"
        other = self.ask(
            self.gil, "De Gil", f'<p>Veja, <a href="{link}">@Ana</a>, é isso</p>'
        )
        reply = self.reply(post, self.gil, "<p>Veja o CST</p>")
        reply.with_user(self.ana.user_id)._vote(1)
        file = self.env["ir.attachment"].create(
            {
                "name": "../../nota.txt",
                "raw": b"segredo",
                "res_model": "community.post",
                "res_id": post.id,
            }
        )
        return post, reply, other, file

    # --- a copy -----------------------------------------------------------------------

    def test_everything_of_one_s_own(self):
        post, reply, other, file = self.written()
        content = self.ana.with_user(self.ana.user_id)._export()
        archive = self.archive(content)
        data = json.loads(archive.read("data.json"))
        self.assertEqual(data["member"]["about"], self.ana.about)
        self.assertEqual([one["id"] for one in data["community.post"]], post.ids)
        self.assertEqual(data["community.vote"][0]["post_id"], reply.id)
        self.assertEqual(data["community.vote"][0]["value"], 1)
        self.assertTrue(data["community.follow"])
        self.assertIn("Sou Ana, da Aços Alfa", json.dumps(data, ensure_ascii=False))
        [path] = data["files"]
        self.assertEqual(path, f"files/{file.id}-_.._nota.txt")
        self.assertEqual(archive.read(path), b"segredo")

    def test_nothing_of_others(self):
        self.written()
        text = json.dumps(self.data(), ensure_ascii=False)
        for theirs in ("Veja o CST", "De Gil", "Gil", "Mercado Gama"):
            self.assertNotIn(theirs, text)

    def test_removed_and_waiting_texts_are_his_too(self):
        self.ask(title="Weg")._remove()
        self.assertEqual(self.data()["community.post"][0]["title"], "Weg")

    def test_only_by_oneself_or_an_administrator(self):
        for who in (self.caio, self.boss, self.bia, self.agent):
            with self.assertRaises(AccessError):
                self.data(who=who)
        self.assertTrue(self.data(who=self.vendor))

    def test_who_is_outside_may_take_his_data_too(self):
        self.ask()
        self.caio.with_user(self.vendor.user_id)
        self.ana.state = "suspended"
        self.assertTrue(self.data()["community.post"])

    def test_every_model_with_an_owner_is_in(self):
        """A model of the room that names a person in another way has to be looked at:
        these were."""
        looked_at = {
            # whose record it is stands in another column, or it is nobody's
            ("community.post", "removed_by_id"),
            ("community.post", "thread_author_id"),
            ("community.post", "approval_by_id"),
            ("community.post.version", "editor_id"),
            ("community.notice", "actor_id"),
        }
        owned = self.env["community.member"]._personal_models()
        for name, model in self.env.items():
            if not name.startswith("community.") or model._abstract or not model._auto:
                continue
            columns = [
                field.name
                for field in model._fields.values()
                if field.store
                and field.type == "many2one"
                and field.comodel_name == "community.member"
            ]
            if columns and not model._transient:
                self.assertTrue(
                    name in owned or all((name, c) in looked_at for c in columns),
                    f"{name}: {columns}",
                )

    def test_handing_out_leaves_a_proof(self):
        requests = self.requests.with_user(self.ana.user_id)
        content = requests._hand_out(self.ana)
        proof = self.requests.search([("member_number", "=", self.ana.id)])
        self.assertEqual((proof.kind, proof.state), ("export", "done"))
        self.assertEqual(proof.asked_by, self.ana.user_id.id)
        self.assertEqual(len(proof.export_hash), 64)
        self.assertTrue(self.archive(content))

    # --- being forgotten --------------------------------------------------------------

    def forget(self, kind="anonymise"):
        request = self.requests.with_user(self.ana.user_id)._ask(kind, self.ana)
        request.with_user(self.vendor.user_id).action_carry_out()
        self.env.flush_all()
        self.env.invalidate_all()
        return request.sudo()

    def everything(self):
        """All rows of all tables of the room, as text."""
        found = []
        for model in self.env.values():
            if model._name.startswith("community.") and model._auto:
                self.env.cr.execute(
                    f'SELECT row_to_json(t)::text FROM "{model._table}" t'
                )
                found += [row for (row,) in self.env.cr.fetchall()]
        return "\n".join(found)

    def test_the_name_is_gone_everywhere(self):
        self.ana.user_id.partner_id.name = "Anastácia Xavier"
        post, reply, other, _file = self.written()
        link = f"/my/community/people/{self.ana.id}"
        other.sudo().body = (
            f'<p>Veja, <a href="{link}">@Anastácia Xavier</a>, é isso</p>'
        )
        uid = self.ana.user_id.id
        self.forget()
        everything = self.everything()
        for trace in ("Anastácia", "cuida do fiscal", link + '"'):
            self.assertNotIn(trace, everything)
        for column in ("create_uid", "write_uid", "user_id"):
            self.assertNotIn(f'"{column}":{uid},', everything)
        card = self.ana.with_user(self.bia.user_id)._cards()[self.ana.id]
        self.assertEqual(
            (card["name"], card["employer"], card["url"]), ("Former member", "", "")
        )
        self.assertEqual(post.sudo().body, "<p>Sou Ana Souza</p>")
        self.assertEqual(reply.sudo().body, "<p>Veja o CST</p>")
        self.assertIn("@" not in str(other.sudo().body) and "é isso", other.sudo().body)

    def test_search_finds_nobody(self):
        self.forget()
        members = self.as_(self.caio, "community.member")
        named = [("id", "=", self.ana.id), ("name", "ilike", "ana")]
        self.assertFalse(members.search(named))

    def test_the_texts_go_too(self):
        post, reply, _other, file = self.written()
        proof = self.forget("erase")
        self.assertNotIn("Sou Ana", self.everything())
        self.assertNotIn("Meu CFOP", self.everything())
        self.assertFalse(file.exists())
        self.assertEqual(post.sudo().title, "Erased at the author's request")
        self.assertFalse(post.sudo().version_ids)
        self.assertEqual(reply.sudo().body, "<p>Veja o CST</p>")
        self.assertIn(self.gil, self.seers(reply))
        self.assertEqual(proof.result["words"], 1)

    def test_what_only_he_needed_is_deleted(self):
        post = self.ask()
        post._save(True)
        self.as_(self.ana, "community.draft")._keep("new", {"title": "Ana"})
        self.forget()
        for model in ("community.bookmark", "community.draft", "community.follow"):
            found = self.env[model].search([("member_id", "=", self.ana.id)])
            self.assertFalse(found, model)

    def test_points_of_others_stay(self):
        _post, reply, _other, _file = self.written()
        self.forget()
        self.fold()
        self.assertEqual(reply.sudo().score, 1)

    def test_the_person_can_begin_anew(self):
        user = self.ana.user_id
        self.forget()
        member = self.env["community.member"].with_user(user)._ask_to_join("Again")
        self.assertNotEqual(member, self.ana)
        self.assertTrue(user.active)

    def test_perks_lose_the_name_too(self):
        perk = self.env["community.perk"].search([], limit=1)
        grant = self.env["community.perk.grant"].create(
            {"perk_id": perk.id, "member_id": self.ana.id}
        )
        self.forget()
        self.assertNotIn("Ana", grant.display_name)

    def test_the_vendor_notes_it_for_somebody(self):
        action = self.ana.with_user(self.vendor.user_id).action_ask_to_forget()
        request = self.requests.browse(action["res_id"])
        self.assertEqual(request.asked_by, self.vendor.user_id.id)
        self.assertEqual((request.kind, request.state), ("anonymise", "open"))
        wizard = self.env["community.privacy.refuse"].with_user(self.vendor.user_id)
        wizard.create({"request_id": request.id, "reason": "No"}).action_apply()
        self.assertEqual(request.state, "refused")
        for who in (self.ana, self.boss, self.agent):
            member = self.ana.with_user(who.user_id)
            for action in (member.action_export_data, member.action_ask_to_forget):
                with self.assertRaises(AccessError):
                    action()

    # --- the proof --------------------------------------------------------------------

    def test_the_proof_names_nobody_and_is_found_by_the_address(self):
        email = self.ana.partner_id.email
        proof = self.forget()
        self.assertEqual((proof.state, proof.done_by), ("done", self.vendor.user_id.id))
        row = str(proof.read())
        for trace in (email, "Ana"):
            self.assertNotIn(trace, row)
        found = self.requests.with_user(self.vendor.user_id)
        self.assertEqual(found.search([("address", "=", email.upper())]), proof)
        self.assertFalse(found.search([("address", "=", "x@y.example.com")]))

    def test_the_letter_goes_to_who_asked(self):
        email = self.ana.partner_id.email
        proof = self.forget()
        letter = self.env["mail.mail"].search(
            [("model", "=", proof._name), ("res_id", "=", proof.id)]
        )
        self.assertEqual(letter.email_to, email)
        self.assertTrue(letter.auto_delete)

    def test_refusing_says_why(self):
        request = self.requests.with_user(self.ana.user_id)._ask("erase", self.ana)
        vendor = request.with_user(self.vendor.user_id)
        with self.assertRaisesRegex(UserError, "Write a reason"):
            vendor._refuse("")
        vendor._refuse("A case is open")
        self.assertEqual((request.state, request.answer), ("refused", "A case is open"))
        with self.assertRaisesRegex(UserError, "answered already"):
            vendor.action_carry_out()
        self.assertEqual(self.ana.name, "Ana")

    def test_who_may_ask_and_answer(self):
        for who in (self.caio, self.boss, self.bia, self.agent):
            with self.assertRaises(AccessError):
                self.requests.with_user(who.user_id)._ask("erase", self.ana)
        request = self.requests.with_user(self.ana.user_id)._ask("erase", self.ana)
        self.assertEqual(request.with_user(self.ana.user_id)._of_mine(), request)
        for who in (self.ana, self.boss, self.agent):
            with self.assertRaises(AccessError):
                request.with_user(who.user_id).action_carry_out()
        self.assertEqual(request.state, "open")

    def test_there_is_a_deadline(self):
        self.env.company.community_privacy_days = 10
        request = self.requests.with_user(self.ana.user_id)._ask("erase", self.ana)
        days = (request.deadline - fields.Date.today()).days
        self.assertEqual(days, 10)

    def test_asking_twice_is_once(self):
        requests = self.requests.with_user(self.ana.user_id)
        request = requests._ask("erase", self.ana)
        self.assertEqual(requests._ask("erase", self.ana), request)

    def test_thinking_again(self):
        requests = self.requests.with_user(self.ana.user_id)
        requests._ask("erase", self.ana)
        requests._of_mine()._withdraw()
        self.assertFalse(requests._of_mine())
        done = self.requests.with_user(self.ana.user_id)
        done._hand_out(self.ana)
        with self.assertRaisesRegex(UserError, "answered already"):
            done._of_mine()._withdraw()
