"""Requests judged by the providers' own machine-readable descriptions."""

from .descriptions import state

__all__ = ["state"]
