"""How the values of a post are put into words and pieces for a page."""

import html
import re
from datetime import UTC, datetime
from functools import lru_cache

import pytz
from babel.dates import format_date, format_datetime, format_timedelta
from markupsafe import Markup

from odoo.tools import human_size

from ..models.community_reaction import REACTIONS

EXCERPT = 320  # characters
READ = 4_000  # characters of HTML that are looked at for the excerpt
TAG = re.compile(r"(<(?:br|/p|/li|/div|/h\d|/pre)\b[^>]*>)|<[^>]*>|<[^>]*$")


def show(env, cards):
    """Complete the dictionaries of ``post._cards()`` for the templates.

    :return: the same dictionaries with html, excerpt, iso, exact, when, pictures,
        videos, others, my_reaction, reaction_count, audience_label
    """
    clock = Clock(env)
    audiences = dict(
        env["community.post"]._fields["audience"]._description_selection(env)
    )
    for card in cards:
        card.update(
            clock.of(card["date"]),
            html=Markup(card["body"]),
            excerpt=excerpt(card["body"]),
            audience_label=audiences[card["audience"]],
            my_reaction=next((one for one in card["reactions"] if one["mine"]), None),
            reaction_count=sum(one["count"] for one in card["reactions"]),
            **_files(card["files"]),
        )
        if idea := card.get("idea"):
            idea["answer"] = Markup(idea["answer"])
    return cards


def _files(files):
    found = {"pictures": [], "videos": [], "others": []}
    groups = {"image": "pictures", "video": "videos"}
    for file in files:
        file["human_size"] = human_size(file["size"] or 0)
        found[groups.get(file["kind"], "others")].append(file)
    return found


def reactions(env):
    """The reactions that are offered: code, sign and what they are called."""
    names = {
        "like": env._("Like"),
        "love": env._("Love it"),
        "thanks": env._("Thank you"),
        "party": env._("Hooray"),
        "funny": env._("Funny"),
        "sad": env._("Sad"),
    }
    return [
        {"code": code, "sign": sign, "label": names[code]}
        for code, sign in REACTIONS.items()
    ]


def excerpt(body):
    """The beginning of a text without its formatting.

    A parser would cost more than all the rest of a list; what is cut out here is
    escaped on the page like any text.
    """
    text = str(body)[:READ].replace("\n", " ")
    text = TAG.sub(lambda tag: "\n" if tag[1] else "", text)
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    text = "\n".join(line for line in lines if line)
    return text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + "…"


class Clock:
    """Moments in the words of one reader."""

    def __init__(self, env):
        self.locale = (env.lang or "en_US").split("@")[0]
        self.zone = env.tz if hasattr(env.tz, "zone") else pytz.utc
        self.now = datetime.now(UTC).replace(tzinfo=None)

    def of(self, moment):
        """:return: iso, exact and when ("3 h") of a moment in UTC"""
        if not moment:
            return {"iso": "", "exact": "", "when": ""}
        local = pytz.utc.localize(moment).astimezone(self.zone)
        minute = local.replace(second=0, microsecond=0)
        return {
            "iso": f"{moment.isoformat(timespec='seconds')}Z",
            "exact": _exact(minute, self.locale),
            "when": self._when(moment, local.date()),
        }

    def _when(self, moment, day):
        seconds = max((self.now - moment).total_seconds(), 0)
        if seconds < 7 * 86_400:
            step = 60 if seconds < 3_600 else 3_600 if seconds < 86_400 else 86_400
            return _ago(max(int(seconds // step), 1) * step, self.locale)
        return _day(day, day.year == self.now.year, self.locale)


@lru_cache(4_096)
def _ago(seconds, locale):
    return format_timedelta(seconds, format="short", threshold=1, locale=locale)


@lru_cache(4_096)
def _day(day, this_year, locale):
    if this_year:
        return format_date(day, "d MMM", locale=locale)
    return format_date(day, "medium", locale=locale)


@lru_cache(4_096)
def _exact(moment, locale):
    return format_datetime(moment, "medium", locale=locale)
