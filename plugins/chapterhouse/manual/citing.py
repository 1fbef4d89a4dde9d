"""Every citation in any text: what `chapterhouse cite` prints."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from chapterhouse import citations, frontmatter
from chapterhouse.citations import judge, links, provisions, wording
from chapterhouse.citations.cleaning import clean
from chapterhouse.diagnostics import CODES, printers
from chapterhouse.law import Citation, Problem, Register, Standing, Territory
from chapterhouse.manual import law
from chapterhouse.manual.accepting import accepts
from chapterhouse.manual.printing import Paint, counted, rows, told
from chapterhouse.manual.prose import prose
from chapterhouse.manual.tree import Tree, manual_of, read_text
from chapterhouse.model import Acceptance, Diagnostic, Source, Span

SCHEMA = 1
MOST_BYTES = 20_000_000
"""The largest file that is read."""
MARKDOWN = (".md", ".markdown")
# A text may start with a line of hyphens that opens nothing: front matter has a key in its first line.
KEY = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?[\r\n])*[A-Za-z_][\w-]*[ \t]*:(?=[ \t\r\n])")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in a file. `citation` has its offsets into the body; `start` and `end` are into the text."""

    start: int
    end: int
    span: Span
    text: str
    """As written."""
    citation: Citation
    standings: tuple[Standing, ...]
    """What the register says of each target."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CitedFile:
    """What was found in one file."""

    source: Source
    register: Register
    """The register by which it was judged."""
    found: tuple[Cited, ...] = ()


def register_of(root: Path | None) -> tuple[Register, tuple[Diagnostic, ...]]:
    """The register by which the manual in a folder goes, and what is wrong with what the manual adds.

    Without a folder, or where the manual adds nothing, the national one.
    """
    if root is None or not (root / law.LEGISLATION).exists():
        return law.national(), ()
    tree = Tree(root)
    return law.local(tree), tuple(tree.faults)


def cite_files(
    names: Iterable[str],
    standard_input: BinaryIO,
    manual: Path | None,
    territory: Territory | None,
    today: date,
    day: date | None,
) -> tuple[tuple[CitedFile, ...], tuple[Diagnostic, ...]]:
    """The citations of every file that is text, in order, and what was wrong with reading the others.

    `-` is the standard input. Each goes by the register of `manual`, otherwise of the manual that it lies
    in; a territory that is given comes before the manual's.
    """
    registers: dict[Path | None, Register] = {}
    found: list[CitedFile] = []
    faults: list[Diagnostic] = []
    for name in dict.fromkeys(names):
        source = read_text(name, MOST_BYTES, standard_input)
        if isinstance(source, Diagnostic):
            faults.append(source)
            continue
        place = manual or (manual_of(Path(name).resolve().parents) if name != "-" else None)
        if place not in registers:
            register, wrong = register_of(place)
            registers[place] = replace(register, territory=territory) if territory else register
            faults.extend(wrong)
        found.append(cite(source, registers[place], today, day))
    return tuple(found), tuple(faults)


def cite(source: Source, register: Register, today: date, day: date | None) -> CitedFile:
    """Every citation in a text, in order.

    Where the path says that the text is Markdown, what is no prose in it is not read, as in a chapter. Front
    matter is not read in any, but for what a chapter accepts on purpose. The territory is the register's.
    Without `day` the state of the law is that of `today`, and age alone is no problem.
    """
    bounds = frontmatter.bounds(source.text)
    start = 1 if source.text.startswith("\ufeff") else 0
    accept: tuple[Acceptance, ...] = ()
    if bounds and bounds.closed and KEY.match(source.text, bounds.start, bounds.end):
        start = bounds.body
        accept = frontmatter.read(source)[0].accept
    body = source.text[start:]
    cleaned = clean(prose(body) if source.path.lower().endswith(MARKDOWN) else body)
    cited = citations.find_cleaned(cleaned, register, day or today)
    if not cited:
        return CitedFile(source, register)
    wrong = judge.faults(cleaned, cited, register)
    found = []
    for citation, in_itself in zip(cited, wrong, strict=True):
        problems = [*in_itself, *_on_day(body, citation, register, day)]
        span = source.span(start + citation.start, start + citation.end)
        found.append(
            Cited(
                start + citation.start,
                start + citation.end,
                span,
                source.text[start + citation.start : start + citation.end],
                citation,
                tuple(
                    judge.standing(citation, target, register, day or today, register.territory)
                    for target in citation.targets
                ),
                # What the register itself does not rely on accuses nobody.
                tuple(
                    one
                    for one in problems
                    if one.code != "law-unconfirmed"
                    and not any(accepts(acceptance, one.code, source, span) for acceptance in accept)
                ),
            )
        )
    return CitedFile(source, register, tuple(found))


def _on_day(body: str, citation: Citation, register: Register, day: date | None) -> Sequence[Problem]:
    if day is None:
        return ()
    words = " ".join(clean(body[citation.start : citation.end]).split())
    return judge.on_day(citation, words, register, day, register.territory)


def has_errors(files: Sequence[CitedFile]) -> bool:
    """Whether a problem is an error, by the table of codes."""
    problems = (problem for file in files for cited in file.found for problem in cited.problems)
    return any(CODES[problem.code].severity == "error" for problem in problems)


def as_json(files: Sequence[CitedFile]) -> str:
    """The contract of `cite --format json`: offsets into the decoded text, lines and columns from one."""
    rows = [
        {"path": file.source.path, "citations": [_row(cited, file.register) for cited in file.found]}
        for file in files
    ]
    return json.dumps({"schema": SCHEMA, "files": rows}, ensure_ascii=False, indent=2) + "\n"


def _row(cited: Cited, register: Register) -> dict[str, object]:
    return {
        "start": cited.start,
        "end": cited.end,
        "line": cited.span.line,
        "column": cited.span.column,
        "text": cited.text,
        "kind": cited.citation.kind,
        "targets": [
            {
                "instrument": target.instrument,
                "provision": target.provision,
                "url": links.address(register, target),
                # A program takes a status as settled, and a fact of low confidence is not.
                "status": standing.state if standing.settled else "unknown",
            }
            for target, standing in zip(cited.citation.targets, cited.standings, strict=True)
        ],
        "problems": rows(cited.problems),
    }


def as_text(files: Sequence[CitedFile], day: date, *, colour: bool = False) -> str:
    """For people: each citation with what it refers to and its state on `day`, then what is wrong with it."""
    paint = printers.painter(colour=colour)
    blocks = []
    for file in files:
        if not file.found:
            why = "" if file.source.text.strip() else ": there is no text in it"
            blocks.append(f"{printers.visible(file.source.path)}: no citations{why}\n")
        blocks += ["\n".join(_told(file, cited, day, paint)) + "\n" for cited in file.found]
    return "".join((*blocks, _summary(files), "\n"))


def _told(file: CitedFile, cited: Cited, day: date, paint: Paint) -> Iterator[str]:
    place = f"{printers.visible(file.source.path)}:{cited.span.line}:{cited.span.column}:"
    words = printers.visible(" ".join(cited.text.split()))
    lead = "" if cited.citation.sound or not cited.citation.targets else "probably "
    meant = "; ".join(_meant(cited, file.register, day)) or "not resolved"
    yield f'{place} "{words}" → {lead}{meant}'
    for problem in cited.problems:
        yield f"  {told(problem, paint)}"
        if problem.hint:
            yield f"    {paint('help', 'help:')} {printers.visible(problem.hint)}"


def _meant(cited: Cited, register: Register, day: date) -> Iterator[str]:
    """What is cited with its state; provisions of one instrument in one state together."""
    states = [wording.words(register, standing, day) for standing in cited.standings]
    pairs = zip(cited.citation.targets, states, strict=True)
    for (instrument, state), group in groupby(pairs, key=lambda pair: (pair[0].instrument, pair[1])):
        targets = [target for target, _ in group]
        named = [provisions.words(t.provision, instrument) for t in targets[:-1] if t.provision]
        yield ", ".join((*named, wording.called(register, targets[-1]))) + f" ({state})"


def _summary(files: Sequence[CitedFile]) -> str:
    count = sum(len(file.found) for file in files)
    parts = [f"{counted(count, 'citation')} in {counted(len(files), 'file')}"]
    codes = [problem.code for file in files for cited in file.found for problem in cited.problems]
    counts = [(sum(CODES[code].severity == kind for code in codes), kind) for kind in ("error", "warning")]
    parts += [counted(number, kind) for number, kind in counts if number]
    return ", ".join(parts)
