import logging
from dataclasses import replace
from datetime import timedelta
from functools import lru_cache

from odoo import SUPERUSER_ID, api, fields, models, tools

from .. import engine
from ..engine.types import Author, Content, Earlier, Space
from ..exceptions import Coached, Refused
from ..gate import Audience, Verdict

_logger = logging.getLogger(__name__)

NEW_DAYS = 14  # that somebody counts as a newcomer
EARLIER = 10  # of an author's latest texts that a new one is compared with
EARLIER_MINUTES = 60


@lru_cache(maxsize=2)
def _prepared(rules):
    """The engine's ``Words`` of word rules, known by what stands in them: Odoo's cache
    is emptied whenever any rule or an installed module changes, and words alone are
    dear. Databases with the same lists share them."""
    return engine.compile_rules(rules).words


class ModerationScanner(models.AbstractModel):
    """Between the rules in the database and the engine, which knows no database."""

    _name = "moderation.scanner"
    _description = "Moderation Scanner"

    @api.model
    def _judge(
        self,
        content,
        place,
        author,
        company=None,
        sets=None,
        insisted=False,
        history=True,
        document=None,
    ):
        """What is to be done with a text.

        :param content: ``engine.Content``
        :param place: code of a ``moderation.place``
        :param author: ``res.partner``, empty if unknown
        :param company: ``res.company`` whose rules hold, or all companies' alone
        :param sets: rule sets that the account or space names
        :param insisted: the author was coached and wants it all the same
        :param history: whether to compare with what the author wrote before
        :param document: where it is to stand, to ask whether the author may write
            there at all
        :return: ``gate.Verdict``
        """
        verdict = self._found(content, place, author, company, sets, insisted, history)
        if document is None:
            return verdict
        sanction = self.env["moderation.sanction"]._in_force(author, place)
        if not sanction:
            return verdict
        return replace(
            verdict,
            sanction="hold" if sanction._answer(document) == "hold" else "block",
            sentence=sanction.with_env(self.env).sudo()._sentence(),
        )

    @api.model
    def _found(self, content, place, author, company, sets, insisted, history):
        set_ids = tuple(sorted(sets.ids)) if sets else ()
        compiled, rules, looks_back = self._rules(
            place, company.id if company else 0, set_ids
        )
        if not rules:
            return Verdict()
        audience = self._audience(author)
        found = engine.scan(
            content,
            compiled,
            author=self._author(author, audience, history and looks_back),
            space=Space(key=place, now=audience.now),
        )
        pairs = [
            (finding, rule) for finding in found for rule in rules.get(finding.rule, ())
        ]
        return Verdict(
            tuple(pair for pair in pairs if pair[1].applies(audience)), insisted
        )

    @api.model
    @tools.ormcache("place", "company_id", "set_ids", cache="stable")
    def _rules(self, place, company_id, set_ids):
        """The compiled rules of a place, kept until a rule changes: in a cache that
        the many other things which clear Odoo's default one leave alone.

        :return: compiled, {key in the engine: ``RuleFacts`` of the rules that it
            stands for}, whether a rule compares with what the author wrote before
        """
        rules = self.env["moderation.rule"].sudo()._in_force(place, company_id, set_ids)
        words, keys = self._words()
        others = rules.filtered(lambda rule: rule.kind != "word")
        compiled = engine.compile_rules(rule._engine_rule() for rule in others)
        facts = {}
        for rule in rules:
            key = keys.get(rule.id, str(rule.id))
            facts.setdefault(key, []).append(rule._gate_facts())
        looks_back = any(rule.kind == "spam" for rule in rules)
        return replace(compiled, words=words), facts, looks_back

    @api.model
    @tools.ormcache(cache="stable")
    def _words(self):
        """The words of all places, prepared once: they are by far the most to
        prepare and to keep, and places differ in what is done about them.

        :return: the engine's ``Words``, {rule id: key in the engine}
        """
        on = [("state", "=", "on"), ("kind", "=", "word"), ("set_id.active", "=", True)]
        keys, lists = {}, {}
        for rule in self.env["moderation.rule"].sudo().search(on):
            words = replace(rule._engine_rule(), key="")
            keys[rule.id] = lists.setdefault(words, f"words {len(lists)}")
        rules = tuple(replace(words, key=key) for words, key in lists.items())
        return _prepared(rules), keys

    @api.model
    def _audience(self, author):
        now = fields.Datetime.now()
        return Audience(
            internal=self._is_internal(author),
            new=bool(author)
            and author.create_date
            and author.create_date > now - timedelta(days=NEW_DAYS),
            company_id=author.commercial_partner_id.id or 0,
            tag_ids=frozenset(author.commercial_partner_id.category_id.ids),
            now=now,
        )

    @api.model
    def _is_internal(self, author):
        return bool(author) and not author.partner_share

    @api.model
    def _author(self, author, audience, looks_back):
        return Author(
            key=str(author.id or ""),
            company=str(audience.company_id or ""),
            is_staff=audience.internal,
            is_new=audience.new,
            earlier=self._earlier(author, audience.now) if looks_back else (),
        )

    @api.model
    def _earlier(self, author, now):
        if not author:
            return ()
        since = now - timedelta(minutes=EARLIER_MINUTES)
        messages = (
            self.env["mail.message"]
            .sudo()
            .search_fetch(
                [("author_id", "=", author.id), ("create_date", ">", since)],
                ["body", "create_date"],
                order="id desc",
                limit=EARLIER,
            )
        )
        return tuple(
            Earlier(engine.plain_text(str(message.body)), message.create_date)
            for message in reversed(messages)
        )

    @api.model
    def _covered(self, text, place, author, company, sets=None, is_html=False):
        """A text for a title or a preview: with its secrets masked."""
        content = Content(body=text, is_html=is_html)
        verdict = self._judge(content, place, author, company, sets, history=False)
        spans = [s for f in verdict.findings if f.secret for s in f.spans]
        return engine.mask(text, spans) if spans else text

    # --- what the author is told ------------------------------------------------------

    @api.model
    def _stop(self, verdict, content, where):
        """Refuse, and say what, where, why and what to do.

        :param where: values for the log: ``res_model``, ``res_id``,
            ``subject_number``
        :raises Coached, Refused:
        """
        action = verdict.action
        self._remember(f"gate.{action}", verdict, where)
        if verdict.sanction == "block":
            raise Refused(verdict.sentence, self._advice(verdict, content, "block"))
        if action == "coach":
            raise Coached(
                self.env._("Your text was not sent yet: please look at it once more."),
                self._advice(verdict, content, "coach"),
            )
        raise Refused(
            self.env._("Your text was not sent: it breaks a rule of this place."),
            self._advice(verdict, content, "block"),
        )

    @api.model
    def _remember(self, event, verdict, where):
        """Log a refusal. The request is rolled back with everything in it, so the
        entry is written after that, in a transaction of its own."""
        entry = {
            "after": {
                "rules": sorted({rule.id for _finding, rule in verdict.pairs}),
                "kinds": sorted({finding.kind for finding in verdict.findings}),
            },
            **where,
        }
        registry, uid = self.env.registry, self.env.uid

        def write():
            with registry.cursor() as cr:
                env = api.Environment(cr, uid or SUPERUSER_ID, {})
                env["moderation.log"]._append(event, **entry)

        self.env.cr.postrollback.add(write)

    @api.model
    def _advice(self, verdict, content, action):
        """What the author's page shows him of his own text.

        :return: ``{"action", "may_insist", "masked", "parts", "findings"}``:
            ``masked`` has his text with the found places masked or is False,
            ``parts`` are ``{"part", "pieces": [[text, is_found], …]}``. What would
            tell him another company's secrets is not shown: he could try words
            until one is found.
        """
        findings = verdict.of(action)
        told = [one for one in findings if one.facts.get("tell_author") != "no"]
        can_mask = verdict.can_mask and len(told) == len(findings)
        lang = self.env.lang or "en_US"
        return {
            "action": action,
            "may_insist": action == "coach" and verdict.may_insist,
            "masked": self._masked(content, told) if can_mask else False,
            "parts": self._parts(content, told),
            "findings": self._sentences(verdict, action, lang),
        }

    @api.model
    def _sentences(self, verdict, action, lang):
        sentences = []
        if verdict.sanction == "block":
            sentences.append(
                {"kind": "sanction", "text": verdict.sentence, "advice": ""}
            )
        for finding, rule in verdict.pairs:
            if rule.action_for(finding) != action:
                continue
            sentence = {
                "kind": finding.kind,
                "text": engine.explain(finding, lang),
                "advice": rule.advice.get(lang) or engine.advise(finding, lang),
            }
            if sentence not in sentences:
                sentences.append(sentence)
        return sentences

    @api.model
    def _masked(self, content, findings):
        """The text with the findings masked: what "mask and send" would send."""
        spans = {"title": [], "body": []}
        for finding in findings:
            spans.get(finding.part, []).extend(finding.spans)
        body = engine.mask(content.body, spans["body"])
        return {
            "title": engine.mask(content.title, spans["title"]),
            "body": body,
            "text": engine.plain_text(body) if content.is_html else body,
        }

    @api.model
    def _parts(self, content, findings):
        texts = self._texts(content)
        return [
            {
                "part": part,
                "pieces": engine.mark(
                    texts[part],
                    [span for f in findings if f.part == part for span in f.spans],
                    part == "body" and content.is_html,
                ),
            }
            for part in texts
            if any(finding.part == part for finding in findings)
        ]

    @api.model
    def _texts(self, content: Content):
        files = {f"file:{n}": name for n, name in enumerate(content.file_names)}
        return {"title": content.title, "body": content.body} | files
