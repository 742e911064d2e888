"""Misbehaviour on demand."""


class FaultBook:
    def clear(self) -> None: ...
