"""Text between a provider's markup and Odoo's HTML, through one middle form."""

from .agent_html import read_html
from .clean import clean, file_name, one_line
from .styled import Run, Styled, cut, plain, to_html

__all__ = [
    "Run",
    "Styled",
    "clean",
    "cut",
    "file_name",
    "one_line",
    "plain",
    "read_html",
    "to_html",
]
