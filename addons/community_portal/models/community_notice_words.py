from odoo import api, models


class CommunityNotice(models.Model):
    """What a notice says, in the language of the context."""

    _inherit = "community.notice"

    @api.model
    def _sentences(self):
        """Which kind an event belongs to and how it is told: {event: (kind, sentence,
        the same without a name or a title)}.

        The second stands where restricted text must not: in mails and on locked
        screens. Other parts of the community add their events.
        """
        _ = self.env._
        return {
            "mentioned": (
                "mention",
                _("%(actor)s mentions you in “%(title)s”"),
                _("Somebody mentions you"),
            ),
            "answered": (
                "answer",
                _("%(actor)s answers you in “%(title)s”"),
                _("There is an answer for you"),
            ),
            "accepted": (
                "accepted",
                _("Your answer to “%(title)s” is accepted"),
                _("One of your answers is accepted"),
            ),
            "replied": (
                "follow",
                _("%(actor)s answers in “%(title)s”"),
                _("There is an answer in a thread that you follow"),
            ),
            "solved": (
                "follow",
                _("“%(title)s” is solved"),
                _("A thread that you follow is solved"),
            ),
            "posted": (
                "space",
                _("%(actor)s begins “%(title)s”"),
                _("There is a new thread in a space that you follow"),
            ),
            "waiting": (
                "approval",
                _("%(actor)s asks for your approval of “%(title)s”"),
                _("A colleague's post waits for your approval"),
            ),
        } | self._sentences_of_fate()

    @api.model
    def _sentences_of_fate(self):
        """What becomes of somebody's own post, and of ideas."""
        _ = self.env._
        fate = _("There is news of something that you wrote")
        idea = _("There is news of an idea that you follow")
        return {
            "approved": ("mine", _("Your company lets “%(title)s” be published"), fate),
            "refused": ("mine", _("Your company does not publish “%(title)s”"), fate),
            "marked_duplicate": (
                "mine",
                _("“%(title)s” was asked before: see the link there"),
                fate,
            ),
            "escalated": ("mine", _("The help desk takes over “%(title)s”"), fate),
            "article_made": ("mine", _("“%(title)s” became an article"), fate),
            "ask_solved": ("mine", _("Is “%(title)s” solved?"), fate),
            "idea_state": ("idea", _("“%(title)s” is now: %(state)s"), idea),
            "merged": ("idea", _("“%(title)s” joins another idea"), idea),
        }

    def _tellings(self):
        """:return: {id: (sentence, plain sentence)} in the language of the context.
        The first is for the eyes of a reader who may see the post."""
        sentences = self._sentences()
        unknown = ("", self.env._("There is news"), self.env._("There is news"))
        tellings = {}
        for notice in self.sudo():
            _kind, sentence, plain = sentences.get(notice.event, unknown)
            words = notice._words()
            tellings[notice.id] = (sentence % words, plain % words)
        return tellings

    def _words(self):
        thread = self.thread_id
        return {
            "actor": self.actor_id.name or self.env._("The vendor"),
            "title": thread.title or "",
        } | self._translated(self.words or {})

    @api.model
    def _translated(self, words):
        """Codes of an idea's state become what people read."""
        states = self.env["community.post"]._fields.get("idea_state")
        if states is None or "state" not in words:
            return {"state": ""} | words
        labels = dict(states._description_selection(self.env))
        return words | {"state": labels.get(words["state"], words["state"])}
