import hashlib
import json
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import SQL

from ..engine import packs
from .moderation_rule import CHECKED

_logger = logging.getLogger(__name__)

ASK = {"action": "coach", "disguised_action": "hold", "insist": "hold"}
HOLD = {"action": "hold", "insist": "no"}
COUNT = {"action": "allow"}
# Harmless words in the wrong company: who takes pains to disguise one means the other.
SPOT = {"action": "allow", "disguised_action": "hold", "state": "on"}
# What is done in each of our sets about a pack, by its name or its category, where it
# is not what the pack proposes. None: the pack is of no use there.
POLICIES = {
    "ticket": {
        "slur": HOLD,
        "threat": HOLD,
        "vulgar": ASK,
        "insult": ASK,
        "sexual": HOLD,
        "reserved": SPOT,
        "personal": {"action": "coach", "insist": "hold"},
        "secret": {"action": "coach", "insist": "hold"},
        "solicitation": HOLD | {"state": "off"},
        "spam": HOLD,
        "shouting": {"action": "coach", "insist": "publish"},
        "trick": HOLD,
    },
    "answer": {
        "slur": HOLD,
        "threat": HOLD,
        "vulgar": ASK,
        "insult": ASK,
        "sexual": HOLD,
        "reserved": SPOT,
        "personal": {"action": "coach", "insist": "publish"},
        "secret": {"action": "coach", "insist": "publish"},
        "solicitation": HOLD | {"state": "off"},
        "trick": HOLD,
        # Agents are not angry with themselves, and write the same more than once.
        "criticism": None,
        "spam": None,
        "shouting": None,
    },
    # What came over a channel has been sent: it is marked for the agent who reads it.
    "channel": {
        "slur": {"action": "notify"},
        "threat": {"action": "notify"},
        "vulgar": COUNT,
        "insult": COUNT,
        "sexual": COUNT,
        "personal": COUNT,
        "secret": COUNT,
        "criticism": COUNT,
        "trick": COUNT,
        "reserved": None,
        "solicitation": None,
        "spam": None,
        "shouting": None,
    },
}


class ModerationRuleSet(models.Model):
    """Starter packs of the engine, as records that an administrator may change.

    Each pack is a rule in each set where it is of use; its entries belong to the
    rule of the first set, the others share them. What is there is found again by its
    external id. An update adds what is new, renews what nobody has touched and
    leaves alone what somebody has.
    """

    _inherit = "moderation.rule.set"

    @api.model
    def _pack_policies(self):
        """What is done about the packs in our own sets; an add-on that brings a place
        adds its set.

        :return: {external id of the set: {name or category of a pack: values of the
            rule, or None where the pack is of no use}}
        """
        return {f"moderation.set_{place}": policy for place, policy in POLICIES.items()}

    @api.model
    def _load_packs(self):
        for name in packs.names():
            self._load_pack(packs.load(name))

    @api.model
    def _load_pack(self, pack):
        """:param pack: ``engine.packs.Pack``"""
        rules = new = self.env["moderation.rule"]
        for set_id, policy in self._pack_policies().items():
            given = policy.get(pack.name, policy.get(pack.category, {}))
            # The set of an add-on that is being installed comes a little later.
            pack_set = self.env.ref(set_id, raise_if_not_found=False)
            if given is None or not pack_set:
                continue
            xml_id = f"{set_id.replace('.set_', '.rule_')}_{pack.name}"
            rule = self.env.ref(xml_id, raise_if_not_found=False)
            if not rule:
                rule = self._pack_rule(pack_set, pack, given, rules[:1])
                self._pack_xml_ids({xml_id: rule})
                wanted = "on" if pack.on_by_default else "off"
                if given.get("state", wanted) == "on":
                    new |= rule
            rules |= rule
        rules[:1]._renew_entries(pack)
        rules._switch_packs_on(new)

    @api.model
    def _pack_rule(self, pack_set, pack, given, first):
        rule = self.env["moderation.rule"].create(
            {
                "name": pack.title["en"],
                "set_id": pack_set.id,
                "kind": pack.kind,
                "category_id": self.env.ref(f"moderation.category_{pack.category}").id,
                "severity": str(int(pack.severity)),
                "action": pack.action,
                "language_ids": [Command.set(self._pack_languages(pack).ids)],
                "entries_of_id": first.id,
                "allowed": False if first else "\n".join(pack.allowed),
                "pack": pack.name,
                **self._pack_limits(pack),
                **given,
                "state": "off",
            }
        )
        rule._translate_name(pack.title)
        return rule

    @api.model
    def _pack_xml_ids(self, records):
        """Under these names an update finds again what somebody may have changed."""
        self.env["ir.model.data"]._update_xmlids(
            [
                {"xml_id": xml_id, "record": record, "noupdate": True}
                for xml_id, record in records.items()
            ]
        )

    @api.model
    def _pack_limits(self, pack):
        limits = dict(pack.limits)
        domains = limits.pop("domains", ())
        return limits | {"refused_domains": "\n".join(domains)}

    @api.model
    def _pack_languages(self, pack):
        return self.env["moderation.language"].search([("code", "=", pack.language)])

    @api.ondelete(at_uninstall=False)
    def _unlink_except_packs(self):
        if self.rule_ids.filtered("pack"):
            raise UserError(
                self.env._(
                    "This set has rules that came with a starter pack, and an update "
                    "would bring it back. Archive it instead: that lasts."
                )
            )


class ModerationRule(models.Model):
    _inherit = "moderation.rule"

    pack = fields.Char(
        readonly=True, copy=False, help="The starter pack that this rule is."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_packs(self):
        if self.filtered("pack"):
            raise UserError(
                self.env._(
                    "This rule came with a starter pack, and an update would bring it "
                    "back. Switch it off instead: that lasts."
                )
            )

    def _translate_name(self, titles):
        """Straight into the column: the ORM refuses languages that are not installed,
        and they may be later."""
        self.flush_recordset(["name"])
        others = {code: title for code, title in titles.items() if code != "en"}
        self.env.cr.execute(
            SQL(
                "UPDATE moderation_rule SET name = name || %s::jsonb WHERE id = %s",
                json.dumps(others),
                self.id,
            )
        )
        self.invalidate_recordset(["name"])

    # --- entries ----------------------------------------------------------------------

    def _renew_entries(self, pack):
        """Add the entries of a pack that are new, renew those that nobody changed."""
        known = {term.pack_key: term for term in self.term_ids if term.pack_key}
        new = []
        for key, values in self._pack_entries(pack).items():
            digest = _digest(values)
            if key not in known:
                new.append(values | {"pack_key": key, "pack_digest": digest})
            elif known[key].pack_digest != digest:
                known[key]._renew(values, digest)
        terms = self.env["moderation.term"].with_context(moderation_switch=CHECKED)
        terms = terms.create([values | {"rule_id": self.id} for values in new])
        self.set_id._pack_xml_ids(
            {f"moderation.term_{pack.name}_{term.pack_key}": term for term in terms}
        )

    def _switch_packs_on(self, new):
        """The packs are tested as they are; what hits much is asked of people alone.
        One that the engine refuses must not take all other rules with it."""
        try:
            self[:1]._compiled()
        except UserError as error:
            _logger.error("A starter pack stays off: %s", error)
            self.state = "draft"
        else:
            new.with_context(moderation_switch=CHECKED).state = "on"

    def _pack_entries(self, pack):
        """{key: values of ``moderation.term``}"""
        entries = {key: self._pack_word(word) for key, word in pack.words.items()}
        for role, texts_by_key in (("phrase", pack.phrases), ("offer", pack.offers)):
            for key, (text, *forms) in texts_by_key.items():
                entries[key] = {"role": role, "text": text, "forms": "\n".join(forms)}
        for role, names in (("detector", pack.detectors), ("trick", pack.tricks)):
            entries |= {name: {"role": role, "text": name} for name in names}
        return entries

    def _pack_word(self, word):
        return {
            "role": "word",
            "text": word.text,
            "forms": "\n".join(word.forms),
            "suffixes": " ".join(word.suffixes),
            "excuses": "\n".join(word.excuses),
            "allowed": "\n".join(word.allowed),
            "severity": str(int(word.severity)) if word.severity else False,
            "exact_accents": word.exact_accents,
            "reversed": word.reversed,
        }


class ModerationTerm(models.Model):
    _inherit = "moderation.term"

    pack_digest = fields.Char(
        readonly=True,
        copy=False,
        help="Of the values as the pack brought them, to tell whether somebody has "
        "changed them.",
    )

    def _renew(self, values, digest):
        """Take over what a later version of the pack says, unless somebody has
        changed the entry."""
        self.ensure_one()
        if _digest({name: self[name] for name in values}) == self.pack_digest:
            self.with_context(moderation_switch=CHECKED).write(
                values | {"pack_digest": digest}
            )


def _digest(values):
    told = json.dumps(
        {name: value for name, value in values.items() if value}, sort_keys=True
    )
    return hashlib.sha256(told.encode()).hexdigest()
