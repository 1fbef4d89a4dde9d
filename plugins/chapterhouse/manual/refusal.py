"""Why something cannot be recorded."""

from __future__ import annotations


class RefusedError(Exception):
    """A chapter that cannot be recorded as it stands; `hint` says what to do first."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint
