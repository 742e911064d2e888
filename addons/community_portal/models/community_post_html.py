import re

import lxml.html
from lxml import etree

from odoo import api, models
from odoo.tools import html_sanitize

# Our own files, which ask for the reader's rights. Any other address in a picture
# would be opened by every reader's browser: a competitor's server would learn who
# reads, and a link such as the one to log out would be followed.
OWN_FILE = re.compile(r"^/web/(image|content)/\d+(\?[\w=&%.-]*)?$")

# Whatever else a browser would fetch by itself, or let somebody type into.
FETCHING = " | ".join(
    f".//{tag}"
    for tag in ("svg", "video", "audio", "source", "track", "input", "button", "style")
)


def tame(body):
    """A member's HTML, so that opening it does nothing but show it.

    :param body: HTML, hostile
    :return: clean HTML; pictures from elsewhere have become links, and links open
        apart from the room and tell nobody where they were found
    """
    clean = str(html_sanitize(body or "", sanitize_form=True, strip_style=True))
    if "<" not in clean:
        return clean
    try:
        root = lxml.html.fragment_fromstring(clean, create_parent="div")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for element in root.xpath(FETCHING):
        element.drop_tree()
    for image in root.xpath(".//img"):
        _tame_image(image)
    for link in root.xpath(".//a"):
        link.set("rel", "nofollow noopener noreferrer ugc")
        if not link.get("href", "").startswith(("/my/community/", "#")):
            link.set("target", "_blank")
    text = lxml.html.tostring(root, encoding="unicode")
    return text[len("<div>") : -len("</div>")]


def _tame_image(image):
    source = image.get("src", "")
    if OWN_FILE.match(source):
        image.attrib.pop("srcset", None)
        image.set("loading", "lazy")
        image.set("class", "img-fluid")
        return
    if source.startswith(("http://", "https://")):
        link = etree.Element("a", href=source)
        link.text = image.get("alt") or source
        link.tail = image.tail
        image.getparent().replace(image, link)
    else:
        image.drop_tree()


class CommunityPost(models.Model):
    """Whatever door a text comes by, it is made harmless before it is stored."""

    _inherit = "community.post"

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._tamed(vals) for vals in vals_list])

    def write(self, vals):
        return super().write(self._tamed(vals))

    @api.model
    def _tamed(self, vals):
        return vals | {"body": tame(vals["body"])} if vals.get("body") else vals
