"""Diagnostics as text, JSON, GitHub annotations and SARIF. A printer shows and never judges."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

from chapterhouse import __version__
from chapterhouse.diagnostics import CODES
from chapterhouse.model import Diagnostic, Source

Printer = Callable[[Sequence[Diagnostic], Mapping[str, Source]], str]

WINDOW = 120
"""How many characters of a long line are shown around the fault."""
SCHEMA = 1


def text(found: Sequence[Diagnostic], sources: Mapping[str, Source], *, colour: bool = False) -> str:
    """For people: the place, the line with a caret below the fault, the cure; at the end, the count."""
    paint = painter(colour=colour)
    blocks = [_block(diagnostic, sources.get(diagnostic.path), paint) for diagnostic in found]
    return "\n".join((*blocks, summary(found))) + "\n"


def summary(found: Sequence[Diagnostic]) -> str:
    """One line that counts what was found."""
    counts = [(sum(d.severity == severity for d in found), severity) for severity in ("error", "warning")]
    parts = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    if not parts:
        return "no faults found"
    files = len({diagnostic.path for diagnostic in found})
    return f"{', '.join(parts)} in {files} file{'s' if files > 1 else ''}"


def as_json(found: Sequence[Diagnostic], _sources: Mapping[str, Source]) -> str:
    """The contract of `check --format json`; lines and columns are one-based, the end exclusive."""
    rows = [
        {
            "code": d.code,
            "severity": d.severity,
            "path": d.path,
            "line": d.span.line,
            "column": d.span.column,
            "end_line": d.span.end_line,
            "end_column": d.span.end_column,
            "message": d.message,
            "hint": d.hint,
        }
        for d in found
    ]
    return json.dumps({"schema": SCHEMA, "diagnostics": rows}, ensure_ascii=False, indent=2) + "\n"


def github(found: Sequence[Diagnostic], _sources: Mapping[str, Source]) -> str:
    """Workflow commands that put each fault beside its line in a pull request."""
    words = {"error": "error", "warning": "warning", "info": "notice"}
    lines = []
    for d in found:
        properties = {
            "file": d.path,
            "line": d.span.line,
            "endLine": d.span.end_line,
            "col": d.span.column,
            "endColumn": d.span.end_column,
            "title": d.code,
        }
        listed = ",".join(f"{key}={_escape(str(value), property_=True)}" for key, value in properties.items())
        message = f"{d.message}\n{d.hint}" if d.hint else d.message
        lines.append(f"::{words[d.severity]} {listed}::{_escape(message)}")
    return "\n".join(lines) + ("\n" if lines else "")


def sarif(found: Sequence[Diagnostic], _sources: Mapping[str, Source]) -> str:
    """SARIF 2.1.0 (OASIS), one run."""
    levels = {"error": "error", "warning": "warning", "info": "note"}
    rules = sorted({d.code for d in found})
    run = {
        "tool": {
            "driver": {
                "name": "chapterhouse",
                "version": __version__,
                "rules": [
                    {"id": code, "defaultConfiguration": {"level": levels[CODES[code].severity]}}
                    for code in rules
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            {
                "ruleId": d.code,
                "ruleIndex": rules.index(d.code),
                "level": levels[d.severity],
                "message": {"text": f"{d.message}. {d.hint}" if d.hint else d.message},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": quote(d.path)},
                            "region": {
                                "startLine": d.span.line,
                                "startColumn": d.span.column,
                                "endLine": d.span.end_line,
                                "endColumn": d.span.end_column,
                            },
                        }
                    }
                ],
            }
            for d in found
        ],
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _block(d: Diagnostic, source: Source | None, paint: Callable[[str, str], str]) -> str:
    place = f"{d.path}:{d.span.line}:{d.span.column}:"
    lines = [f"{visible(place)} {paint(d.severity, f'{d.severity}[{d.code}]')} {visible(d.message)}"]
    if source is not None and (source.line(d.span.line) or d.span.column > 1):
        lines += _excerpt(d, source.line(d.span.line), paint)
    if d.hint:
        lines.append(f"  {paint('help', 'help:')} {visible(d.hint)}")
    return "\n".join(lines) + "\n"


def _excerpt(d: Diagnostic, line: str, paint: Callable[[str, str], str]) -> list[str]:
    first = d.span.column - 1
    last = d.span.end_column - 1 if d.span.end_line == d.span.line else len(line)
    start = max(0, min(first - WINDOW // 3, len(line) - WINDOW)) if len(line) > WINDOW else 0
    shown, more = line[start : start + WINDOW], "..." if len(line) > start + WINDOW else ""
    lead = "..." if start else ""
    gutter = " " * len(str(d.span.line))
    before = " " * (len(lead) + _width(line[start:first]))
    carets = "^" * max(1, _width(line[first : min(last, start + WINDOW)]))
    label = f" {visible(d.label)}" if d.label else ""
    return [
        f"  {d.span.line} | {lead}{visible(shown)}{more}",
        f"  {gutter} | {before}{paint(d.severity, carets + label)}",
    ]


def visible(string: str) -> str:
    """The text with control characters spelt out: a file must not steer the terminal that shows it."""
    return "".join(
        c if c.isprintable() or c == " " else (" " if c == "\t" else c.encode("unicode_escape").decode())
        for c in string
    )


def _width(string: str) -> int:
    """How many columns of a terminal the text takes as `visible` shows it."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in string)
    marks = sum(unicodedata.combining(c) > 0 for c in string)
    return len(visible(string)) + wide - marks


COLOURS = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;34",
    "help": "1;36",
    "deleted": "31",
    "inserted": "32",
}


def painter(*, colour: bool) -> Callable[[str, str], str]:
    """What colours words by their kind, a key of `COLOURS`; without colour it leaves them alone."""
    return _paint if colour else _plain


def _paint(kind: str, words: str) -> str:
    return f"\x1b[{COLOURS[kind]}m{words}\x1b[0m"


def _plain(_kind: str, words: str) -> str:
    return words


def _escape(value: str, *, property_: bool = False) -> str:
    value = value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return value.replace(":", "%3A").replace(",", "%2C") if property_ else value


PRINTERS: dict[str, Printer] = {"text": text, "json": as_json, "github": github, "sarif": sarif}
