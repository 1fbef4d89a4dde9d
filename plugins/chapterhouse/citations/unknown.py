"""Titles that the register does not know: what was meant by them, as far as it can tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chapterhouse.citations.kinds import ENDINGS, MADE, type_of
from chapterhouse.citations.named import Ending, Named
from chapterhouse.citations.names import COMMON, YEAR, Names, likely_year, nearest, stem, stems, years_of
from chapterhouse.law import Problem, Target

# What of a run of words may be small in a title.
SMALL = frozenset("and of the for in to on with or against from by etc at &".split())
# Words with a capital that come before a title and are none of it.
LEADING = frozenset(
    "the this that these those a an under in see and of by for with to from section sections regulation part"
    " chapter schedule paragraph article s ss also both where when if as since before after within new"
    " following per via our are is was it they he she its their amended".split()
)
# The years of which every Act is known (data/titles.tsv): of others a title may be missing.
LISTED = frozenset(range(1963, 2026)) - {1966, 1969}
ELSEWHERE = frozenset({"scotland", "ireland"})
ALIKE = 0.6
"""From which likeness on an unknown title is taken for a known one, garbled."""

ALIKE_IN_YEAR = 0.85
"""From which likeness on a title of the year cited is meant, and not the year but the words are wrong."""

Words = Sequence[tuple[str, int]]
"""Words with the places where they begin."""


def spelt(words: str) -> str:
    """Words of a text on one line, with single spaces."""
    return " ".join(words.split())


def of_wrong_year(named: Named, title: str, key: str, names: Names) -> Named:
    """A known title, as written, with a year in which there is no such instrument."""
    known = dict(years_of(names, key))
    cited = named.year or 0
    meant = likely_year(cited, known)
    cited_as, listed = f"{title} {cited}", " or ".join(str(year) for year in sorted(known))
    made = type_of(known[meant]) in MADE
    exchanged = sorted(str(cited)) == sorted(str(meant))
    slip = exchanged or sum(a != b for a, b in zip(str(cited), str(meant), strict=False)) == 1
    named = replace(named, candidates=tuple(known.values()), sound=False)
    if (made and not slip) or (not made and cited not in LISTED and cited <= names.as_of):
        # No register lists every instrument, nor has this one all Acts of all years.
        message, hint = f"the register does not know the {cited_as}", f"it knows one of {listed}"
        ids = (known[meant],) if exchanged else ()
        return replace(named, ids=ids, problems=(Problem("unknown-instrument", message, hint),))
    other, likeness = ("", 0.0) if slip else nearest(names, stems(title), cited)
    if likeness >= ALIKE_IN_YEAR and cited in names.titles[other]:
        target = Target(names.titles[other][cited][0])
        named = replace(named, candidates=())
    else:
        target = Target(known[meant])
    found = Problem("no-such-instrument", f"there is no {cited_as}", f"the year is {listed}", target)
    return replace(named, ids=(target.instrument,), problems=(found,))


def guess(
    text: str, words: Words, last: str, years: tuple[int, ...], ending: Ending, names: Names
) -> Named | None:
    """A title that the register does not know: what was meant, if it can tell.

    `words` are those to the left of the title's last word, nearest first; `last` is its stem.
    """
    run = _run(text, words)
    if not run:
        return None
    start, year = run[0][1], years[0] if years else None
    named = Named(start, ending.end, "full", (), year, defines=ending.defines)
    key = "".join(stems(" ".join(word for word, _ in run)))
    known = set(names.numbers.values())
    numbered = ending.instrument if ending.instrument in known else ""
    wrong = names.wrong.get((key + last, year))
    if numbered and not wrong and _is_shortened(run, numbered, names):
        return replace(named, kind="short", ids=(numbered,))
    # Scotland and Northern Ireland have Acts of their own, which are not in the register.
    foreign = ELSEWHERE & {stem(word) for word, _ in run}
    meant = numbered or wrong or ("" if foreign else _near(run, last, year, names))
    cited_as = spelt(text[start : ending.title_end]) + (f" {year}" if year else "")
    if meant:
        found = Problem("no-such-instrument", f"there is no {cited_as}", "", Target(meant))
        return replace(named, ids=(meant,), sound=False, problems=(found,))
    if ending.instrument:
        return replace(named, ids=(ending.instrument,))
    if year is None:
        return None
    hint = "check the title; if it is right, add it to procedures/legislation.yml"
    found = Problem("unknown-instrument", f"the register does not know the {cited_as}", hint)
    return replace(named, sound=False, problems=(found,))


def _is_shortened(run: Words, instrument: str, names: Names) -> bool:
    """Whether the words are some of a title, the number beside them being its own."""
    own = {stem(word) for word, _ in run} - COMMON
    titles = (names.spelt[key] for word in own for key in names.words.get(word, ()))
    return any(own <= set(parts) and instrument in _of(parts, names) for parts in titles)


def _of(parts: tuple[str, ...], names: Names) -> list[str]:
    return [i for _, i in years_of(names, "".join(parts))]


def _run(text: str, words: Words) -> list[tuple[str, int]]:
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
        if not word[0].isupper():
            continue
        parts = tuple(s for s in (stem(w) for w, _ in run[index:]) if s not in ("the", "a", "an"))
        if len([part for part in parts if part not in COMMON]) < (1 if year else 3):
            continue
        key, likeness = nearest(names, (*parts, last), year)
        if likeness > score:
            best, score = key, likeness
    if score < ALIKE or last not in ENDINGS:
        return ""
    known = dict(years_of(names, best))
    if not known:
        return ""
    if year is not None and type_of(next(iter(known.values()))) in MADE and year not in known:
        return ""
    return known[likely_year(year, known)] if year else (known[max(known)] if len(known) == 1 else "")
