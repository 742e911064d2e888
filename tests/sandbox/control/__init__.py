"""The strings behind the stage: everything under ``/sandbox/``."""

from . import setting, talking, trouble
from .base import control

__all__ = ["control", "setting", "talking", "trouble"]
