"""A body as the rules of this package look at it: read once, then judged by each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from chapterhouse.diagnostics import fault
from chapterhouse.masking import Piece, blank, pieces, readings
from chapterhouse.model import LINE_END, Diagnostic, Source


@dataclass(frozen=True)
class Text:
    """The body of a chapter or page. Offsets are offsets into `body`."""

    source: Source
    start: int
    """Where the body starts in the source."""

    @cached_property
    def body(self) -> str:
        """What is judged."""
        return self.source.text[self.start :]

    @cached_property
    def pieces(self) -> list[Piece]:
        """What of it is not prose."""
        return pieces(self.body)

    @cached_property
    def readings(self) -> list[Piece]:
        """The pieces that any reader may see: what may not stand in a page is looked for among these."""
        return readings(self.body)

    @cached_property
    def covered(self) -> str:
        """The body with NUL for what stands in code: the rules for lines look at this."""
        return blank(self.body, ((p.start, p.end) for p in self.pieces if p.kind in {"fence", "code"}))

    @cached_property
    def prose(self) -> str:
        """The body with NUL for all that is not prose, the words of links excepted."""
        return blank(self.body, ((piece.target, piece.end) for piece in self.pieces))

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """The lines of `covered`, each with its offset."""
        starts = [0, *(match.end() for match in LINE_END.finditer(self.covered))]
        return list(zip(starts, LINE_END.split(self.covered), strict=True))

    def fault(self, code: str, start: int, end: int, message: str, hint: str = "") -> Diagnostic:
        """The diagnostic `code` at `body[start:end]`."""
        span = self.source.span(self.start + start, self.start + end)
        return fault(code, self.source, span, message, hint)
