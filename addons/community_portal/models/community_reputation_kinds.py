"""The words that rules and entries of reputation share."""

EVENTS = [
    ("vote_up", "Voted up"),
    ("vote_down", "Voted down"),
    ("accepted", "Answer accepted"),
    ("article_made", "Made into an article"),
    ("idea_planned", "Idea planned"),
    ("idea_shipped", "Idea shipped"),
]
KINDS = [
    ("thread", "The first post of a thread"),
    ("question", "Question"),
    ("discussion", "Discussion"),
    ("idea", "Idea"),
    ("announcement", "Announcement"),
    ("article", "Article"),
    ("reply", "Reply"),
]
# How far an idea has come. Going back takes back what was earned on the way.
IDEA_STATES = ["declined", "new", "review", "planned", "progress", "shipped"]

ENTRIES = [
    ("earned", "Earned"),
    ("taken_back", "Taken back"),
    ("given_back", "Given back"),
]
CAUSES = [
    ("unvoted", "The vote was withdrawn"),
    ("unaccepted", "The acceptance was withdrawn"),
    ("undone", "What it was for was undone"),
    ("removed", "The post was removed"),
    ("withdrawn", "A moderator hid the post"),
    ("restored", "It is there again"),
    ("audience", "Fewer or more people may see the post"),
    ("over_cap", "Over a limit: it came at the same instant as others"),
    ("farming", "A moderator judged it as farming"),
    ("cleared", "A moderator cleared it of farming"),
]
