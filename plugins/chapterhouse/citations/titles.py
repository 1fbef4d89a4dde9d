"""Titles of Acts and statutory instruments: read from their last word to the left, then on to the right."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chapterhouse.citations import numbers, unknown
from chapterhouse.citations.kinds import type_of
from chapterhouse.citations.named import Ending, Named, Taken
from chapterhouse.citations.names import (
    ARTICLES,
    ODD_YEAR,
    WORD,
    YEAR,
    Names,
    stem,
    stems,
    years_of,
)
from chapterhouse.law import CitationKind, Problem, Target

# Statutory instruments first: their titles hold those of Acts.
# The engine finds the first letters of literals fast, so what may not stand before them is asked afterwards.
MADE = re.compile(r"(?:Regulations|REGULATIONS|Regs|Order|ORDER|Rules|RULES)(?![\w-])")
PASSED = re.compile(r"(?:Acts|Act|ACTS|ACT|Bill|BILL|Measure)(?![\w-])")
ACT_IN_TITLE = re.compile(rf"(?:,? {YEAR.pattern}| etc\.?)? \([^()]*\)")
OUTSIDE = re.compile(r" \((?:Scotland|Northern Ireland|Isle of Man|Jersey|Guernsey)\)")
ACTS = frozenset({"Act", "Acts", "ACT", "ACTS"})
REACHES = (80, 220)
"""How far to the left of its last word a title is looked for, in characters."""
MOST_WORDS = 26
BETWEEN = re.compile(r"[ ,:()/'\"&-]{0,10}\n?[ ,:()/'\"&>-]{0,10}\Z")
ACRONYM = re.compile(r"[ \n]{1,2}\( ?([A-Z][A-Za-z&]{1,9}) ?\)")
YEARS = re.compile(rf"(?:'s)?(?: |\n){{0,3}}(?:,|\(|of )? ?({YEAR.pattern}|{ODD_YEAR})(?![0-9/])\)?")
YEARS_BEFORE = re.compile(rf"(?<![\w/])({YEAR.pattern})(?:(?: and | & |/)({YEAR.pattern}))? \Z")
MORE_YEARS = re.compile(rf"(?: ?, ?| (?:and|or|&) )({YEAR.pattern})(?![0-9/])")
NUMBERED = re.compile(r" {0,2}\( ?(?:c|ch|cap|chapter)\.? {0,2}([0-9]{1,3}) ?\)")
DEFINES = re.compile(
    r" {0,2}\n?[\[(] ?"
    r"(?:(?:hereafter|hereinafter|known as|referred to as|called|abbreviated (?:to|as)|or)[ ,]{1,2})*"
    r"(?:the )?[\"']?(?:the )?"
    rf"([A-Z][A-Za-z0-9&]{{1,11}}|(?:{YEAR.pattern} )?(?:Act|Regulations)"
    rf"|[A-Z][A-Za-z&]{{1,9}} (?:Act )?{YEAR.pattern})"
    r"[\"']? ?[)\]]"
)
MEANS = re.compile(
    r"[\"']?(?:[Tt]he )?([A-Z][A-Za-z0-9 ]{1,18}?)[\"']? (?:means|refers to|is defined as) (?:the )?\Z"
)
# "Children Act 1989 Guidance and Regulations", "Mental Capacity Act Code of Practice": another document.
ABOUT = re.compile(
    r" (?:[Gg]uidance and [Rr]egulations|(?:[Ss]tatutory )?Guidance|Code of Practice|Explanatory Notes)\b"
)


def find(text: str, names: Names, taken: Taken) -> list[Named]:
    """The Acts and statutory instruments that a cleaned text names by their titles."""
    found: list[Named] = []
    for pattern in (MADE, PASSED):
        # From the right: a title may hold another, and ends behind it.
        for anchor in reversed(list(pattern.finditer(text))):
            before = text[anchor.start() - 1 : anchor.start()]
            if not (before.isalnum() or before in ("-", "_")) and taken.free(*anchor.span()):
                for named in _titled(text, anchor, names, taken):
                    if taken.free(named.start, named.end):
                        taken.add(named.start, named.end)
                        found.append(named)
    return found


def _titled(text: str, anchor: re.Match[str], names: Names, taken: Taken) -> Iterator[Named]:
    words = _words(text, anchor, taken.before(anchor.start()))
    # The law of other countries is not in the register.
    if not words or OUTSIDE.match(text, anchor.end()):
        return
    last = _last(anchor[0])
    ending = _ending(text, anchor, names)
    years = ending.years
    # "the Local Authority Social Services 1970 Act"
    if not years and len(words) > 1 and YEAR.fullmatch(words[0][0]):
        years, words = (int(words[0][0]),), words[1:]
    known = _known(words, last, names)
    # "the 2004 Children Act", "the 1989 and 2004 Children Acts"
    if known and not years and (before := YEARS_BEFORE.search(text[max(0, known[1] - 24) : known[1]])):
        years = tuple(int(written) for written in before.groups() if written)
        known = (known[0], max(0, known[1] - 24) + before.start())
    if known and ABOUT.match(text, ending.end):
        return
    if known:
        key, start = known
        misdated = years and not any(y in names.titles[key] for y in years)
        longer = unknown.guess(text, words, last, years, ending, names) if misdated else None
        # The end of another title may be a title too: the Boarders, Citizenship and Immigration Act 2009, the
        # Protection of Children (Scotland) Act 2003.
        if longer and longer.start < start:
            yield longer
            return
        yield from _of_title(text, key, start, anchor, years, ending, names)
    elif named := unknown.guess(text, words, last, years, ending, names):
        yield named


def _last(word: str) -> str:
    last = stem(word)
    return {"bill": "act", "reg": "regulation"}.get(last, last)


def _words(text: str, anchor: re.Match[str], floor: int) -> list[tuple[str, int]]:
    """The words to the left of a title's last word, nearest first, as far as one title can reach."""
    words: list[tuple[str, int]] = []
    for reach in REACHES:
        low = max(floor, anchor.start() - reach)
        words, whole = _back_to(text, anchor, low)
        # Most titles are short: only where all of a stretch may be of one is more of the text looked at.
        if not whole or low == floor:
            break
    return words


def _back_to(text: str, anchor: re.Match[str], low: int) -> tuple[list[tuple[str, int]], bool]:
    """The words of one title down to an offset, and whether they fill all that is above it."""
    passed = PASSED.fullmatch(anchor[0]) is not None
    words: list[tuple[str, int]] = []
    end = anchor.start()
    for match in reversed(list(WORD.finditer(text, low, end))):
        gap = text[match.end() : end]
        # "etc.", "No. 2"
        stopped = gap[:1] == "." and match[0].lower() in ("etc", "c", "no", "mr")
        if len(words) == MOST_WORDS or not BETWEEN.match(gap[stopped:]):
            return words, False
        # The title of an Act holds that of another only in brackets, or before some.
        if passed and match[0] in ACTS and not _is_quoted(text, match.end(), anchor.start()):
            return words, False
        # A title may begin at the lower end only where a word does.
        if match.start() == low and low and (text[low - 1].isalnum() or text[low - 1] in "'-"):
            return words, True
        words.append((match[0], match.start()))
        end = match.start()
    return words, True


def _is_quoted(text: str, end: int, until: int) -> bool:
    """Whether an Act that ends at `end` is named inside the title that ends at `until`."""
    between = text[end:until]
    return between.count(")") > between.count("(") or ACT_IN_TITLE.match(between) is not None


def _known(words: list[tuple[str, int]], last: str, names: Names) -> tuple[str, int] | None:
    """The longest known title that ends with these words, and where it begins."""
    best = None
    key = last
    for word, start in words:
        part = stem(word)
        if part in ARTICLES or (
            word.isupper()
            and 2 <= len(word) <= 6
            and key + word.lower() not in names.titles
            and not word.isalpha()
        ):
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
        years, end = (
            (int(first[1]),),
            first.end() if bracketed or not first[0].endswith(")") else first.end() - 1,
        )
        if anchor[0].lower() == "acts":
            while more := MORE_YEARS.match(text, end):
                years, end = (*years, int(more[1])), more.end()
    number = ""
    if numbered := NUMBERED.match(text, end):
        number, end = numbered[1], numbered.end()
    instrument = ""
    if not PASSED.fullmatch(anchor[0]) and (numbered_so := numbers.BEHIND.match(text, end)):
        instrument, end = numbers.instrument_of(numbered_so, names), numbered_so.end()
    if defined := DEFINES.match(text, end):
        defines = (*defines, defined[1])
    return Ending(anchor.end(), end, years, number, instrument, defines)


def _of_title(
    text: str,
    key: str,
    start: int,
    anchor: re.Match[str],
    years: tuple[int, ...],
    ending: Ending,
    names: Names,
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
    known = full in names.spelt and not _is_abbreviated(text[start : anchor.start()])
    kind: CitationKind = "full" if known else "short"
    end = ending.end
    for index, year in enumerate(years):
        begin = start if index == 0 else end - 4
        stop = end if len(years) == 1 else (anchor.end() + 5 if index == 0 else end)
        ids = entries.get(year, ())
        problems = _disagreements(ids, ending)
        if ending.instrument and (ending.instrument in names.numbers.values() or not ids):
            ids = (ending.instrument,)
        if ids:
            yield Named(begin, stop, kind, ids[:1], year, defines=defines, problems=problems)
            continue
        misdated = Named(begin, stop, kind, (), year, defines=defines)
        yield unknown.of_wrong_year(misdated, unknown.spelt(text[start : anchor.end()]), key, names)


def _is_abbreviated(words: str) -> bool:
    return (
        any(word.isupper() and len(word) > 1 and word.isalpha() for word in words.split())
        and not words.isupper()
    )


def _disagreements(ids: tuple[str, ...], ending: Ending) -> tuple[Problem, ...]:
    """Whether the number beside a title is that of another instrument."""
    if not ids:
        return ()
    own = ids[0].rpartition("/")[2]
    if ending.number and ending.number != own and type_of(ids[0]) == "ukpga":
        message = f"the Act is chapter {own} of its year, and not chapter {ending.number}"
        return (
            Problem(
                "numbers-disagree", message, f"write (c. {own}), or leave the number out", Target(ids[0])
            ),
        )
    if ending.instrument and ending.instrument not in ids:
        message = f"the number {ending.instrument.partition('/')[2]} is not that of this title"
        hint = f"the register has it as {ids[0].partition('/')[2]}"
        return (Problem("numbers-disagree", message, hint, Target(ids[0])),)
    return ()
