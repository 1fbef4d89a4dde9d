"""Which provisions stand with which instrument: the phrases that are citations."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from chapterhouse.citations import lookalikes
from chapterhouse.citations.find import Found, Oblique
from chapterhouse.citations.kinds import UNITS, has, type_of
from chapterhouse.citations.named import Named
from chapterhouse.citations.runs import Run

SPACE = r"[ \n]{1,9}"
# "of the", "in", ": ", ", ", and nothing. A page number of a converted document may stand before the title.
STRONG = re.compile(
    rf"(?: ?\([^()\n]{{1,60}}\))?(?: ?,)?{SPACE}(?:of|in|into|under|to|from|within)"
    rf"(?:{SPACE}(?:the|that|this))?"
    rf"(?:{SPACE}(?:said|same|document|guidance|statutory guidance))?{SPACE}"
    r"(?:(?:Page )?[0-9]{1,3}[ \n]{1,3})?[\"'(]{0,2}\Z"
)
OBLIQUE_JOIN = re.compile(
    rf"(?: ?\([^()\n]{{1,60}}\))?(?: ?,)?(?:{SPACE}(?:of|in|under|to|from|within){SPACE}| {{0,2}}(?=\(?\Z))\Z"
)
WEAK = re.compile(r" ?(?:[,:(-] ?)?\n? {0,2}(?:the )?[\"']?\Z")
# "section 47 enquiries under the", "chapter 14 on Information Sharing in the document"
FAR = re.compile(
    r" (?!(?:of|in|under) )(?:[\w'()-]{1,24}[ \n]){1,6}(?:of|in|under)(?:[ \n](?:the|this))?"
    r"(?:[ \n](?:document|guidance))?[ \n][\"']?\Z"
)
VERBS = re.compile(
    r"\b(?:is|are|was|were|be|been|and|or|but|which|that|who|where|when|requires?|appl(?:y|ies)|sets?|places?|must|should|may"
    r"|has|have|from|as|not|if|includ(?:es?|ing)|gives?|makes?|made|states?|provid(?:es?|ed|ing))\b"
)
POSTPOSED = re.compile(r" {0,2}(?:[,:-] ?|[\[(] ?)?(?:under |at |see )?\Z")
FARTHEST = 75
BARE = frozenset(kind.unit for kind in UNITS if kind.bare)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A citation as it stands in the text, before it is resolved."""

    start: int
    end: int
    run: Run | None = None
    named: Named | None = None
    oblique: Oblique | None = None


def join(text: str, found: Found, runs: list[Run]) -> list[Phrase]:
    """The phrases of a cleaned text, in order."""
    named = found.named
    runs = [run for run in runs if not _covered(run, named, found)]
    forward = {run: n for run in runs if (n := _next(text, run, named, runs, far=False)) is not None}
    backward = _postposed(text, named, runs, forward)
    led = {name.start for name in forward.values()}
    phrases: list[Phrase] = []
    used: set[Named] = set()
    for run in runs:
        if run in backward:
            name = backward[run]
            end = run.end + (text[run.end : run.end + 1] == ")" and "(" in text[name.end : run.start])
            phrases.append(Phrase(name.start, end, run, name))
            used.add(name)
        elif run in forward and forward[run] not in used:
            name = forward[run]
            phrases.append(Phrase(run.start, name.end, run, name))
            used.add(name)
        elif oblique := _oblique(text, run, found.obliques):
            phrases.append(Phrase(run.start, oblique.end, run, oblique=oblique))
        elif (far := _next(text, run, named, runs, far=True)) and far not in used and far.start not in led:
            phrases.append(Phrase(run.start, far.end, run, far))
            used.add(far)
        elif _alone(run) and not lookalikes.is_one(text, run):
            phrases.append(Phrase(run.start, run.end, run))
    phrases += [Phrase(name.start, name.end, named=name) for name in named if name not in used]
    return sorted(phrases, key=lambda phrase: phrase.start)


def _alone(run: Run) -> bool:
    """Whether provisions can be a citation without an instrument beside them."""
    first = run.items[0]
    if any(item.dotted for item in run.items):
        return False
    nested = bool(first.within) and first.within[0][0] == "schedule"
    # "Part VII" is of an Act; "Part 2" may be of a form.
    return first.unit in BARE or nested or (first.unit == "part" and not first.number[0].isdigit())


def _covered(run: Run, named: list[Named], found: Found) -> bool:
    """Whether a run stands inside a name or an address."""
    index = bisect_left(named, run.end, key=lambda n: n.start) - 1
    if index >= 0 and named[index].end > run.start:
        return True
    return any(start < run.end and run.start < end for start, end in found.addresses)


def _next(text: str, run: Run, named: list[Named], runs: list[Run], *, far: bool) -> Named | None:
    """The instrument that the words behind a run lead to."""
    index = bisect_left(named, run.end, key=lambda n: n.start)
    if index == len(named):
        return None
    name = named[index]
    between = text[run.end : name.start]
    if len(between) > FARTHEST or not fits(run, name):
        return None
    after = bisect_left(runs, run.end, key=lambda r: r.start)
    if after < len(runs) and runs[after].start < name.start:
        return None
    if far:
        return name if FAR.match(between) and not VERBS.search(between) else None
    return name if STRONG.match(between) or WEAK.match(between) else None


def fits(run: Run, name: Named) -> bool:
    """Whether an instrument can have such provisions."""
    first = run.items[0]
    outermost = first.within[0][0] if first.within else first.unit
    for instrument in name.ids or ("ukpga",):
        kind = type_of(instrument)
        if not has(instrument, first.unit) or name.provision:
            return False
        # A chapter is of guidance, or of a Part of an Act; a paragraph of an Act, of a Schedule.
        if kind != "guidance" and first.unit in ("chapter", "paragraph") and outermost == first.unit:
            return False
        if first.dotted and kind != "guidance" and first.unit != "rule":
            return False
    return True


def _postposed(text: str, named: list[Named], runs: list[Run], forward: dict[Run, Named]) -> dict[Run, Named]:
    """The runs that follow their instrument: "CA 2004 Section 10", "Children Act 1989 (section 47)"."""
    found: dict[Run, Named] = {}
    # The names that have a run of their own, by where they begin.
    taken = {name.start for run, name in forward.items() if not _weak(text, run, name)}
    for run in runs:
        index = bisect_left(named, run.start, key=lambda n: n.start) - 1
        name = named[index] if index >= 0 else None
        if (
            name
            and name.end <= run.start
            and name.start not in taken
            and POSTPOSED.match(text[name.end : run.start])
            # "the DPA, s47 enquiries": after bare letters a comma parts two things of a list.
            and not (name.form.isupper() and not name.year and "," in text[name.end : run.start])
            and fits(run, name)
            and not (run in forward and not _weak(text, run, forward[run]))
        ):
            found[run] = name
            taken.add(name.start)
        elif run in forward:
            taken.add(forward[run].start)
    return found


def _weak(text: str, run: Run, name: Named) -> bool:
    return STRONG.match(text[run.end : name.start]) is None


def _oblique(text: str, run: Run, obliques: list[Oblique]) -> Oblique | None:
    index = bisect_left(obliques, run.end, key=lambda o: o.start)
    if index == len(obliques):
        return None
    oblique = obliques[index]
    between = text[run.end : oblique.start]
    return oblique if len(between) <= FARTHEST and OBLIQUE_JOIN.match(between) else None
