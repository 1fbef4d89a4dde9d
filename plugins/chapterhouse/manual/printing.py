"""What the printers of the manual's commands share."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from chapterhouse.diagnostics import CODES, printers
from chapterhouse.law import Problem

Paint = Callable[[str, str], str]


def counted(number: int, noun: str) -> str:
    """A number with its noun: `1 paragraph`, `1,200 paragraphs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def told(problem: Problem, paint: Paint) -> str:
    """A problem with its severity and code, for people."""
    severity = CODES[problem.code].severity
    return f"{paint(severity, f'{severity}[{problem.code}]')} {printers.visible(problem.message)}"


def rows(problems: Iterable[Problem]) -> list[dict[str, str]]:
    """Problems as they stand in JSON: `{"code", "message", "hint"}`."""
    return [{"code": one.code, "message": one.message, "hint": one.hint} for one in problems]
