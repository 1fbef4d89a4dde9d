"""What reading a built site comes to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that the built site must carry and does not, or carries and must not."""

    page: str
    """The file, relative to the site."""
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was read, and what was wrong with it."""

    pages: int
    failures: tuple[Failure, ...]

    @property
    def summary(self) -> str:
        """One line for people."""
        if self.failures:
            count = len(self.failures)
            return (
                f"{count} failure{'s' if count > 1 else ''} in {self.pages} pages: do not publish this site"
            )
        return f"{self.pages} pages read; every banner, status line, stamp and address is there"
