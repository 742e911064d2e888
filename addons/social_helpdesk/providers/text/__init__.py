"""Text between a provider's markup and Odoo's HTML, through one middle form."""

from .agent_html import read_html
from .clean import clean, one_line
from .styled import Run, Styled, cut, plain, to_html

__all__ = ["Run", "Styled", "clean", "cut", "one_line", "plain", "read_html", "to_html"]
