"""Requests judged by the providers' own machine-readable descriptions."""


def state() -> str:
    return "no descriptions"
