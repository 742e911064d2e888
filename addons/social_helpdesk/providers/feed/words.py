"""What people are told about web feeds."""

from ..words import _

RATING = _("Rating: %(stars)s of 5")
ATTACHED = _("Attached: %(url)s")
ELSEWHERE = _(
    "Nothing can be sent to a web feed. Open the page and answer there, then note "
    "here what was answered."
)
NOT_A_FEED = _(
    "The address does not hold a feed (RSS, Atom or JSON Feed). Check the address of "
    "the feed."
)
REMOVED = _("The site says that the feed no longer exists (HTTP 410). Enter another.")
STATUS = _("The site of the feed answered with HTTP %(status)s.")
FOUND = _("The feed holds %(count)s items, %(matching)s of them with your keywords.")
NEWEST = _("The newest item is of %(date)s.")
DISCOVERED = _(
    "The address is a web page. Enter the address of its feed instead: %(url)s"
)
URL_HELP = _(
    "RSS, Atom or JSON Feed of what is watched. Alerts: a search alert delivered as "
    "“RSS feed” instead of e-mail. App store: "
    "https://itunes.apple.com/br/rss/customerreviews/id=APP/sortby=mostrecent/xml. "
    "Blogs and forums: often the address with /feed or /rss behind it; with the "
    "address of a page, “Connect” looks for its feed."
)
KEYWORDS_HELP = _(
    "With commas between: names of the company and its products. Only items that hold "
    "one of them become tickets; capitals and accents do not matter. Empty: every item."
)

ALL = tuple(v for k, v in list(globals().items()) if k.isupper())
