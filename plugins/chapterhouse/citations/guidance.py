"""Guidance and treaties by their names, and the editions of guidance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chapterhouse.citations.named import Named, Taken
from chapterhouse.citations.names import ARTICLES, ODD_YEAR, WORD, YEAR, Name, Names, likely_year, stem
from chapterhouse.law import CitationKind, Problem, Target

MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
BODY = (
    r"(?:HM ?Government|HMG|H\.M\. Government|WAG|DfE|DfES|DCSF|DH|DHSC|Home Office"
    r"|Welsh (?:Assembly )?Government|Department [a-z]+ [A-Z][a-z]+(?: and [A-Z][a-z]+)?)"
)
# What tells the edition behind a name: a year, a month and a year, in brackets or not, with the body or not.
ACRONYM = r"(?: ?\([A-Z][A-Za-z]{1,8}\))?"
KIND = r"(?: (?:[Ss]tatutory )?[Gg]uidance)?"
# The rest of a long title: ": A guide to inter-agency working to ... children (2018)"
SUBTITLE = re.compile(
    rf"{ACRONYM}(?::|,| -) [^()\n.;]{{5,150}} \( ?(?:{BODY},? {{1,2}})?(?:{MONTHS},? )?"
    rf"({YEAR.pattern}|{ODD_YEAR}) ?\)"
)
FURTHER = re.compile(rf"(?: and | & |/|, )({YEAR.pattern})(?![\w/-])")
# The title goes on and is that of regulations.
OF_REGULATIONS = re.compile(r"(?: \([^()\n]{1,80}\)){1,3} (?:\([^()\n]{1,40}\) )?(?:Regulations|Order|Act)\b")
EDITION = re.compile(
    rf"{ACRONYM}{KIND} {{0,3}}(?:[:,-] {{0,2}})?(?:\( ?)?(?:{BODY},? {{1,2}})?"
    rf"(?:(?:[0-9]{{1,2}} )?{MONTHS},? )?({YEAR.pattern}|{ODD_YEAR})(?![\w-])\)?"
)
# And before it: the 2018 edition of, 2015.
BEFORE = re.compile(
    rf"(?<!\w)({YEAR.pattern}) (?:(?:revised |updated )?(?:edition|version|revision|update) of )?"
    r"(?:the )?['\"]?\Z"
    rf"|(?:{BODY}|[A-Z]\w+) \(({YEAR.pattern})\)[:,.]? ['\"]?\Z"
)
# Between two words of a name; one line may end there.
BETWEEN = re.compile(r"[ ,:()/'\"-]{0,5}\n?[ ,:()/'\"-]{0,5}\Z")
GOES_ON = re.compile(r" (?!(?:Chapter|Part|Section|Appendix|Annex|Guidance|Statutory)\b)[A-Z][a-z]+\b")
OF_YEAR = re.compile(rf"-{YEAR.pattern}\Z")
LONGEST = 240
SHORT = 3
"""A name of fewer words is none where more words with capitals follow."""
LEAST_TITLE = 4
"""How many words a title needs to be known without its capitals."""


def find(text: str, names: Names, taken: Taken) -> Iterator[Named]:
    """The guidance and treaties that a cleaned text names."""
    for head in names.head_pattern.finditer(text):
        letter = text[head.start() - 1 : head.start()]
        if letter.isalnum() or letter in ("-", "_") or not taken.free(*head.span()):
            continue
        found = _phrase(text, head.start(), names)
        if found is None or OF_REGULATIONS.match(text, found[1]):
            continue
        for named in _editions(text, head.start(), found[0], found[1], names, cased=found[2]):
            if not taken.free(named.start, named.end):
                break
            taken.add(named.start, named.end)
            yield named


def _editions(
    text: str,
    start: int,
    phrase: Name,
    end: int,
    names: Names,
    *,
    cased: bool,
) -> Iterator[Named]:
    """What a name stands for with the years around it: "Working Together 2015 and 2018" is two editions."""
    ids, stop, year, problems = edition(text, names, phrase.ids, end, None)
    behind = text[max(0, start - 60) : start]
    first = start
    if year is None and (before := BEFORE.search(behind)):
        ids, stop, year, problems = _of_year(names, phrase.ids, int(before[1] or before[2]), stop)
        first -= len(behind) - before.start() if before[1] else 0
    if year is None and not cased and not _set_apart(text, start, end):
        return
    if year is None and len(phrase.words) < SHORT and GOES_ON.match(text, end):
        return
    kind: CitationKind = "guidance" if all(i.startswith("guidance/") for i in phrase.ids) else "short"
    named = Named(first, stop, kind, ids, year, form=" ".join(phrase.words), sound=not problems)
    yield replace(named, problems=problems)
    # The name may be that of an edition already: "Working Together 2015".
    series = [u for u, years in names.editions.items() if u in phrase.ids or set(ids) & set(years.values())]
    while ids and series and (further := FURTHER.match(text, stop)):
        ids, stop, year, problems = _of_year(names, tuple(series), int(further[1]), further.end())
        wrong = bool(problems)
        named = replace(named, start=further.start(1), end=stop, ids=ids, year=year, sound=not wrong)
        yield replace(named, problems=problems)


def _phrase(text: str, start: int, names: Names) -> tuple[Name, int, bool] | None:
    """The longest name that begins at `start`, its end, and whether it has its capitals."""
    branch, previous, capitals = names.phrases, start, 0
    best: tuple[Name, int, bool] | None = None
    for match in WORD.finditer(text, start, start + LONGEST):
        if match.start() > previous and not BETWEEN.match(text, previous, match.start()):
            break
        previous = match.end()
        if (word := stem(match[0])) in ARTICLES:
            continue
        following = branch.next.get(word)
        if following is None:
            break
        branch = following
        capitals += match[0][0].isupper() or match[0][0].isdigit()
        if phrase := branch.phrase:
            cased = capitals >= min(phrase.cased, _significant(phrase))
            if cased or len(phrase.words) >= LEAST_TITLE:
                best = (phrase, match.end(), cased)
    return best


def _significant(phrase: Name) -> int:
    return sum(len(word) > 3 for word in phrase.words)


def _set_apart(text: str, start: int, end: int) -> bool:
    """Whether a name stands in quotes or brackets, or begins with a capital in the midst of a sentence."""
    if text[start].isupper() and re.search(r"[a-z0-9,;] \Z", text[max(0, start - 2) : start]):
        return True
    return start > 0 and text[start - 1] in "\"'(" and text[end : end + 1] in ("'", '"', ")")


def edition(
    text: str, names: Names, ids: tuple[str, ...], end: int, year: int | None
) -> tuple[tuple[str, ...], int, int | None, tuple[Problem, ...]]:
    """The edition that the words after a name tell: ids, the new end, the year, what is wrong."""
    if year is not None or not all(i.startswith("guidance/") for i in ids):
        return ids, end, year, ()
    after = EDITION.match(text, end) or SUBTITLE.match(text, end)
    if after is None:
        return ids, end, None, ()
    return _of_year(names, ids, int(after[1]), after.end())


def _of_year(
    names: Names, ids: tuple[str, ...], year: int, end: int
) -> tuple[tuple[str, ...], int, int | None, tuple[Problem, ...]]:
    """The editions of a year among the guidance that `ids` name."""
    found = tuple(names.editions[i][year] for i in ids if year in names.editions.get(i, {}))
    if found:
        return found, end, year, ()
    # Where the id itself names an edition, another year is another edition.
    own = tuple(
        i for i in ids if names.years.get(i) == year or not (i in names.editions or OF_YEAR.search(i))
    )
    if own:
        return own, end, year, ()
    listed = sorted(
        {edition for i in ids for edition in names.editions.get(i, {})}
        | {names.years[i] for i in ids if names.years.get(i)}
    )
    if not listed:
        return ids, end, year, ()
    known = ", ".join(map(str, listed))
    meant = likely_year(year, listed)
    if year > names.as_of or sorted(str(year)) == sorted(str(meant)):
        edition = next(names.editions[i][meant] for i in ids if meant in names.editions.get(i, {}))
        wrong = Problem("no-such-instrument", f"there is no edition of {year}", "", Target(edition))
        return (edition,), end, year, (wrong,)
    message = f"the register knows no edition of {year}"
    return (), end, year, (Problem("unknown-instrument", message, f"the editions it knows: {known}"),)
