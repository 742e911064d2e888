from dataclasses import asdict
from dataclasses import fields as fields_of

from odoo import models

from ..importing import FileError, Post, read
from ..wording import say

BATCH = 1_000  # lines that are written or looked at in one go


class CommunityImport(models.Model):
    """The dry run: all that there is becomes lines, with what is doubtful of each."""

    _inherit = "community.import"

    def _read_on(self, run):
        """Job: read it all anew."""
        if not self._is_mine(run, "reading"):
            return
        self.line_ids.unlink()
        try:
            found = self._found()
        except FileError as error:
            self.write({"state": "failed", "note": say(self.env, error)})
            return
        self._stage(found)
        self._mark_known()
        self._enqueue("_look_on")

    def _found(self):
        """:return: ``importing.Community``
        :raises FileError: it cannot be read"""
        if self.origin == "forum":
            return self._read_forum()
        return read(self._data(), self.file_name or "file.csv", self.encoding)

    def _stage(self, found):
        told = {}
        for problem in found.problems:
            if not problem.left_out:
                told.setdefault(problem.source, []).append(say(self.env, problem))
        values = [
            self._line_values(kind, thing, told)
            for kind, things in (
                ("person", found.people),
                ("post", [post for post in found.posts if not post.parent]),
                ("reply", [post for post in found.posts if post.parent]),
                ("vote", found.votes),
            )
            for thing in things
        ]
        values += [
            {
                "import_id": self.id,
                "kind": "problem",
                "place": self._say_place(problem.source),
                "state": "left",
                "note": say(self.env, problem),
            }
            for problem in found.problems
            if problem.left_out
        ]
        lines = self.env["community.import.line"]
        for start in range(0, len(values), BATCH):
            lines.create(values[start : start + BATCH])

    def _line_values(self, kind, thing, told):
        notes = told.get(thing.source, ()) if kind != "vote" else ()
        title = getattr(thing, "name", "") or getattr(thing, "title", "")
        return {
            "import_id": self.id,
            "kind": kind,
            "external_id": thing.post if kind == "vote" else thing.key,
            "title": title,
            "place": self._say_place(thing.source),
            "data": self._pack(thing),
            "doubt": bool(notes),
            "note": "\n".join(notes) or False,
        }

    def _pack(self, thing):
        data = asdict(thing)
        data.pop("source")
        if isinstance(thing, Post):
            data["created"] = thing.created and thing.created.isoformat(" ")
        return data

    def _unpack(self, kind, line):
        """A line's ``Person``, ``Post`` or ``Vote`` again."""
        names = {field.name for field in fields_of(kind)} - {"source"}
        values = {name: line.data[name] for name in names & line.data.keys()}
        for name in ("tags", "files"):
            if name in values:
                values[name] = tuple(values[name])
        return kind(**values)

    def _say_place(self, source):
        if not source.file:
            return False
        if not source.line:
            return source.file
        return self.env._("%(file)s, line %(line)s", file=source.file, line=source.line)

    def _mark_known(self):
        """What has come from this source before does not come again."""
        self.env["community.import.line"].flush_model()
        self.env["community.import.key"].flush_model()
        self.env.cr.execute(
            """
            UPDATE community_import_line line
               SET state = 'there', res_id = key.res_id
              FROM community_import_key key
             WHERE line.import_id = %s
               AND key.source = %s
               AND key.kind = CASE line.kind WHEN 'person' THEN 'person' ELSE 'post' END
               AND key.external_id = line.external_id
               AND line.kind IN ('person', 'post', 'reply')
            """,
            [self.id, self.source],
        )
        self.env["community.import.line"].invalidate_model()
