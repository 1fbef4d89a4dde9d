"""Titles of Acts and statutory instruments: read from their last word to the left, then on to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chapterhouse.citations.kinds import TITLE_TYPES, type_of
from chapterhouse.citations.named import Named, Taken
from chapterhouse.citations.names import (
    COMMON,
    WORD,
    YEAR,
    Names,
    likely_year,
    nearest,
    stem,
    stems,
    years_of,
)
from chapterhouse.law import Problem, Target

# Statutory instruments first: their titles hold those of Acts.
# The engine finds the first letters of literals fast, so what may not stand before them is asked afterwards.
MADE = re.compile(r"(?:Regulations|REGULATIONS|Regs|Order|ORDER|Rules|RULES)(?![\w-])")
PASSED = re.compile(r"(?:Acts|Act|ACTS|ACT|Bill|BILL|Measure)(?![\w-])")
REACH = 220
"""How far to the left of its last word a title is looked for, in characters."""
MOST_WORDS = 26
BETWEEN = re.compile(r"[ ,:()/'\"&-]{0,4}\n?[ ,:()/'\"&>-]{0,6}\Z")
# What of a run of words may be small in a title.
SMALL = frozenset("and of the for in to on with or against from by etc at &".split())
# Words with a capital that come before a title and are none of it.
LEADING = frozenset(
    "the this that these those a an under in see and of by for with to from section sections regulation part chapter"
    " schedule paragraph article s ss also both where when if as since before after within new following per via our"
    " are is was it they he she its their amended".split()
)
ACRONYM = re.compile(r"[ \n]{1,2}\( ?([A-Z][A-Za-z&]{1,9}) ?\)")
YEARS = re.compile(rf"(?:'s)?(?: |\n){{0,3}}(?:,|\()? ?({YEAR.pattern})(?![0-9/])\)?")
MORE_YEARS = re.compile(rf"(?: ?, ?| (?:and|or|&) )({YEAR.pattern})(?![0-9/])")
NUMBERED = re.compile(r" {0,2}\( ?(?:c|ch|cap|chapter)\.? {0,2}([0-9]{1,3}) ?\)")
SI = re.compile(
    r" {0,2}\n?[,(\[] ?(?:(?:S\.? ?I\.?|[Ss]tatutory [Ii]nstrument) {0,2}\n?(?:[Nn](?:o|umber)\.?)? {0,2})?"
    r"(?P<year>(?:19|20)[0-9]{2})(?: ?/ ?|,? {0,2}\n?[Nn]o\.? {0,2})(?P<number>[0-9]{1,5})(?![0-9])"
    r"(?: {0,2}\(?(?P<wales>W\.? ?[0-9]{1,4})\)?)?[)\]]?"
)
BARE_SI = re.compile(
    r" {0,2}\n?(?:S\.? ?I\.?|[Ss]tatutory [Ii]nstrument) {0,2}\n?(?:[Nn](?:o|umber)\.?)? {0,2}"
    r"(?P<year>(?:19|20)[0-9]{2})(?: ?/ ?|,? {0,2}[Nn]o\.? {0,2})(?P<number>[0-9]{1,5})(?![0-9])"
    r"(?: {0,2}\(?(?P<wales>W\.? ?[0-9]{1,4})\)?)?"
)
DEFINES = re.compile(
    r" {0,2}\n?[\[(] ?(?:(?:hereafter|hereinafter|known as|referred to as|called|abbreviated (?:to|as)|or)[ ,]{1,2})*"
    r"(?:the )?[\"']?(?:the )?"
    rf"([A-Z][A-Za-z0-9&]{{1,11}}|(?:{YEAR.pattern} )?Act|(?:{YEAR.pattern} )?Regulations|[A-Z][A-Za-z&]{{1,9}} (?:Act )?{YEAR.pattern})"
    r"[\"']? ?[)\]]"
)
MEANS = re.compile(r"[\"']?(?:[Tt]he )?([A-Z][A-Za-z0-9 ]{1,18}?)[\"']? (?:means|refers to|is defined as) (?:the )?\Z")
# "Children Act 1989 Guidance and Regulations", "Mental Capacity Act Code of Practice": another document.
ABOUT = re.compile(r" (?:[Gg]uidance and [Rr]egulations|(?:[Ss]tatutory )?Guidance|Code of Practice|Explanatory Notes)\b")
# The years of which every Act is known (data/titles.tsv): of others a title may be missing.
LISTED = frozenset(range(1963, 2026)) - {1966, 1969}
ALIKE = 0.6
ALIKE_SHORT = 0.62


@dataclass(frozen=True, slots=True)
class Ending:
    """What stands to the right of a title's last word."""

    end: int
    years: tuple[int, ...] = ()
    number: str = ""
    """The chapter number of an Act, as cited."""
    instrument: str = ""
    """The id that the number of a statutory instrument makes."""
    defines: tuple[str, ...] = ()


def find(text: str, names: Names, taken: Taken) -> list[Named]:
    """The Acts and statutory instruments that a cleaned text names by their titles."""
    found: list[Named] = []
    for pattern in (MADE, PASSED):
        for anchor in pattern.finditer(text):
            before = text[anchor.start() - 1 : anchor.start()]
            if not (before.isalnum() or before in ("-", "_")) and taken.free(*anchor.span()):
                for named in _titled(text, anchor, names, taken):
                    if taken.free(named.start, named.end):
                        taken.add(named.start, named.end)
                        found.append(named)
    return found


def _titled(text: str, anchor: re.Match[str], names: Names, taken: Taken) -> Iterator[Named]:
    words = _words(text, anchor, taken.before(anchor.start()))
    if not words:
        return
    year = int(words[0][0]) if YEAR.fullmatch(words[0][0]) else None
    if year is not None:
        words = words[1:]
    last = _last(anchor[0])
    ending = _ending(text, anchor, names)
    years = ending.years or ((year,) if year else ())
    known = _known(words, last, names)
    if known and ABOUT.match(text, ending.end):
        return
    if known:
        key, start = known
        yield from _of_title(text, key, start, anchor, years, ending, names)
    elif named := _unknown(text, words, last, years, ending, names):
        yield named


def _last(word: str) -> str:
    last = stem(word)
    return {"bill": "act", "reg": "regulation"}.get(last, last)


def _words(text: str, anchor: re.Match[str], floor: int) -> list[tuple[str, int]]:
    """The words to the left of a title's last word, nearest first, as far as one title can reach."""
    floor = max(floor, anchor.start() - REACH)
    words: list[tuple[str, int]] = []
    end = anchor.start()
    for match in reversed(list(WORD.finditer(text, floor, end))):
        if len(words) == MOST_WORDS or not BETWEEN.match(text[match.end() : end]):
            break
        # A title may begin at the floor only where a word does.
        if match.start() == floor and floor and (text[floor - 1].isalnum() or text[floor - 1] in "'-"):
            break
        words.append((match[0], match.start()))
        end = match.start()
    return words


def _known(words: list[tuple[str, int]], last: str, names: Names) -> tuple[str, int] | None:
    """The longest known title that ends with these words, and where it begins."""
    best = None
    key = last
    for word, start in words:
        part = stem(word)
        if part in ("the", "a", "an") or (word.isupper() and 2 <= len(word) <= 6 and key + word.lower() not in names.titles and not word.isalpha()):
            continue
        key = part + key
        if key in names.titles and word[0].isupper():
            best = (key, start)
    return best


def _ending(text: str, anchor: re.Match[str], names: Names) -> Ending:
    end = anchor.end()
    defines: tuple[str, ...] = ()
    if acronym := ACRONYM.match(text, end):
        defines, end = (acronym[1],), acronym.end()
    years: tuple[int, ...] = ()
    if first := YEARS.match(text, end):
        bracketed = "(" in first[0]
        years, end = (int(first[1]),), first.end() if bracketed or not first[0].endswith(")") else first.end() - 1
        if anchor[0].lower() == "acts":
            while more := MORE_YEARS.match(text, end):
                years, end = (*years, int(more[1])), more.end()
    number = ""
    if numbered := NUMBERED.match(text, end):
        number, end = numbered[1], numbered.end()
    instrument = ""
    if anchor[0].lower() not in ("act", "acts", "bill") and (si := SI.match(text, end) or BARE_SI.match(text, end)):
        known = names.numbers.get((int(si["year"]), si["number"].lstrip("0")))
        kind = "wsi" if si["wales"] else "uksi"
        instrument = known or f"{kind}/{si['year']}/{si['number'].lstrip('0')}"
        end = si.end()
    if defined := DEFINES.match(text, end):
        defines = (*defines, defined[1])
    return Ending(end, years, number, instrument, defines)


def _of_title(
    text: str, key: str, start: int, anchor: re.Match[str], years: tuple[int, ...], ending: Ending, names: Names
) -> Iterator[Named]:
    """What a known title names with the years that stand beside it."""
    entries = names.titles[key]
    defines = ending.defines
    if means := MEANS.search(text[max(0, start - 60) : start]):
        defines = (*defines, means[1])
    if not years:
        ids = (ending.instrument,) if ending.instrument else entries.get(None, ())
        ids = ids or tuple(dict.fromkeys(i for _, i in sorted(years_of(names, key))))
        yield Named(start, ending.end, "short", ids, form=key, defines=defines)
        return
    full = "".join(stems(text[start : anchor.end()]))
    kind = "full" if full in names.spelt else "short"
    kind = "short" if _is_abbreviated(text[start : anchor.start()]) else kind
    end = ending.end
    for index, year in enumerate(years):
        begin = start if index == 0 else end - 4
        stop = end if len(years) == 1 else (anchor.end() + 5 if index == 0 else end)
        ids = entries.get(year, ())
        problems = _disagreements(ids, ending, names)
        if ending.instrument and (ending.instrument in names.numbers.values() or not ids):
            ids = (ending.instrument,)
        if ids:
            yield Named(begin, stop, kind, ids[:1], year, defines=defines, problems=problems)
            continue
        unknown = Named(begin, stop, kind, (), year, defines=defines)
        yield _wrong_year(unknown, f"{spelt(text[start : anchor.end()])} {year}", key, names)


def _is_abbreviated(words: str) -> bool:
    return any(word.isupper() and len(word) > 1 and word.isalpha() for word in words.split()) and not words.isupper()


def _disagreements(ids: tuple[str, ...], ending: Ending, names: Names) -> tuple[Problem, ...]:
    """Whether the number beside a title is that of another instrument."""
    if not ids:
        return ()
    own = ids[0].rpartition("/")[2]
    if ending.number and ending.number != own and type_of(ids[0]) == "ukpga":
        message = f"the Act is chapter {own} of its year, and not chapter {ending.number}"
        return (Problem("numbers-disagree", message, f"write (c. {own}), or leave the number out", Target(ids[0])),)
    if ending.instrument and ending.instrument not in ids:
        message = f"the number {ending.instrument.partition('/')[2]} is not that of this title"
        hint = f"the register has it as {ids[0].partition('/')[2]}"
        return (Problem("numbers-disagree", message, hint, Target(ids[0])),)
    return ()


def spelt(words: str) -> str:
    """Words of a text on one line, with single spaces."""
    return " ".join(words.split())


def _wrong_year(named: Named, cited_as: str, key: str, names: Names) -> Named:
    """A known title with a year in which there is no such instrument."""
    known = dict(years_of(names, key))
    cited = named.year or 0
    meant = likely_year(cited, known)
    listed = " or ".join(str(year) for year in sorted(known))
    made = type_of(known[meant]) in ("uksi", "wsi")
    slip = sorted(str(cited)) == sorted(str(meant)) or sum(a != b for a, b in zip(str(cited), str(meant), strict=True)) == 1
    if (made and not slip) or (not made and cited not in LISTED and cited <= names.as_of):
        # No register lists every instrument, nor has this one all Acts of all years.
        found = Problem("unknown-instrument", f"the register does not know the {cited_as}", f"it knows one of {listed}")
        return Named(named.start, named.end, named.kind, (), cited, defines=named.defines, sound=False, problems=(found,))
    found = Problem("no-such-instrument", f"there is no {cited_as}", f"the year is {listed}", Target(known[meant]))
    return Named(named.start, named.end, named.kind, (known[meant],), cited, defines=named.defines, sound=False, problems=(found,))


def _unknown(
    text: str, words: list[tuple[str, int]], last: str, years: tuple[int, ...], ending: Ending, names: Names
) -> Named | None:
    """A title that the register does not know: what was meant, if it can tell."""
    run = _run(text, words)
    if not run:
        return None
    start = run[0][1]
    end, year = ending.end, years[0] if years else None
    key = "".join(stems(" ".join(word for word, _ in run)))
    titled = text[start:end]
    meant = names.wrong.get((key + last, year)) or _near(run, last, year, names)
    if ending.instrument in names.numbers.values():
        meant = ending.instrument
    elif ending.instrument and not meant:
        return Named(start, end, "full", (ending.instrument,), year, defines=ending.defines)
    if meant:
        found = Problem("no-such-instrument", f"there is no {spelt(titled)}", "", Target(meant))
        return Named(start, end, "full", (meant,), year, defines=ending.defines, sound=False, problems=(found,))
    if year is None or len(titled.split()) < 2:
        return None
    found = Problem(
        "unknown-instrument",
        f"the register does not know the {spelt(titled)}",
        "check the title; if it is right, add it to procedures/legislation.yml",
    )
    return Named(start, end, "full", (), year, defines=ending.defines, sound=False, problems=(found,))


def _run(text: str, words: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The words that an unknown title can be made of, in their order."""
    run: list[tuple[str, int]] = []
    for word, start in words:
        # A year ends a title, unless what follows in brackets makes it that of an Act quoted in this one.
        quoted = run and YEAR.fullmatch(word) and "(" in text[start : run[-1][1]]
        if (YEAR.fullmatch(word) and not quoted) or not (
            quoted or word[0].isupper() or word.lower() in SMALL
        ):
            break
        run.append((word, start))
    run.reverse()
    while run and (run[0][0].lower() in LEADING or not run[0][0][0].isupper() or run[0][0] == "&"):
        run.pop(0)
    return run


def _near(run: list[tuple[str, int]], last: str, year: int | None, names: Names) -> str:
    """The instrument whose title is most like the end of a run of words; empty if none is like it."""
    best, score = "", 0.0
    for index, (word, _) in enumerate(run):
        if not word[0].isupper() or len(run) - index < 2:
            continue
        parts = tuple(s for s in (stem(w) for w, _ in run[index:]) if s not in ("the", "a", "an"))
        if len([part for part in parts if part not in COMMON]) < (2 if year else 3):
            continue
        key, likeness = nearest(names, (*parts, last), year)
        if likeness > score:
            best, score = key, likeness
    if score < (ALIKE if year else ALIKE_SHORT) or last not in TITLE_TYPES:
        return ""
    known = dict(years_of(names, best))
    if not known:
        return ""
    if year is not None and type_of(next(iter(known.values()))) in ("uksi", "wsi") and year not in known:
        return ""
    return known[likely_year(year, known)] if year else (known[max(known)] if len(known) == 1 else "")
