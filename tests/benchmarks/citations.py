"""Measures the citation finder: how fast it reads, and how right it is on annotated documents.

    python tests/benchmarks/citations.py
    python tests/benchmarks/citations.py --texts FOLDER --gold FOLDER [--day 003=2012-06-01] ...

Speed is that of the sample manual's chapters, repeated to each size: CPU seconds of one core, the best of
some rounds, for finding (what is named, which provisions stand with it) and for all, resolving included.

A gold file `NAME.jsonl` annotates the text `NAME_*.txt`, one object a line: `start` and `end` (offsets into
the text), `targets` (each with `instrument` and `provision`), `kind` and `note`. A note that begins
`optional:` neither rewards nor costs; `erroneous:` and `outdated:` mark what a check must flag. A file
`NAME.not.jsonl` lists look-alikes: `start`, `end`, `text`, `note`. Documents written by others stay out of
this repository.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from chapterhouse import citations
from chapterhouse.citations import judge
from chapterhouse.citations.cleaning import clean
from chapterhouse.citations.names import names_of
from chapterhouse.law import Citation, Target
from chapterhouse.manual import law

ROOT = Path(__file__).parents[2]
SIZES = (1, 5, 10)
"""In millions of characters."""
ROUNDS = 3
REGISTER = law.national()
COLUMNS = "gold found exact wrong spurious lookalikes linked pairs pairs_found pairs_right flags flagged"
FLAGGED = ("erroneous:", "outdated:")


def say(*words: object, end: str = "\n") -> None:
    """Write words to the standard output."""
    sys.stdout.write(" ".join(map(str, words)) + end)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--texts", type=Path, help="the folder of annotated documents")
    parser.add_argument("--gold", type=Path, help="the folder of their annotations")
    parser.add_argument("--day", action="append", default=[], help="NAME=YYYY-MM-DD: when a text is judged")
    options = parser.parse_args()
    if (options.texts is None) != (options.gold is None):
        parser.error("--texts and --gold belong together")
    speed()
    if options.texts:
        days = dict(entry.split("=", 1) for entry in options.day)
        accuracy(options.texts, options.gold, {name: date.fromisoformat(day) for name, day in days.items()})


# --- Speed ---


def speed() -> None:
    """Characters a second, and whether they stay the same as a text grows."""
    chapters = [path.read_text("utf-8") for path in sorted((ROOT / "procedures").glob("*/*.md"))]
    sample = "\n\n".join(chapters)
    say("| text | finding | all | citations |\n|---|---|---|---|")
    for size in SIZES:
        text = (sample * (size * 1_000_000 // len(sample) + 1))[: size * 1_000_000]
        finding, _ = timed(partial(find_only, text))
        every, found = timed(partial(citations.find, text, REGISTER))
        say(f"| {size} MB | {size / finding:.1f} MB/s | {size / every:.1f} MB/s | {len(found):,} |")


def find_only(text: str) -> Sequence[Any]:
    """What is named in a text and which provisions stand with it, unresolved."""
    return citations.phrases_of(clean(text), names_of(REGISTER))


def timed(work: Callable[[], Sequence[Any]]) -> tuple[float, Sequence[Any]]:
    """The least CPU time that some work took, and its result."""
    best, result = float("inf"), work()
    for _ in range(ROUNDS):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    return best, result


# --- Accuracy ---


def accuracy(texts: Path, gold: Path, days: dict[str, date]) -> None:
    """How right the finder is on each annotated document, and on all together."""
    total: Counter[str] = Counter()
    misses: list[str] = []
    columns = COLUMNS.split()
    say("\n| text |", " | ".join(columns), "|\n|" + "---|" * (len(columns) + 1))
    for path in sorted(gold.glob("*.jsonl")):
        if path.stem.endswith(".not"):
            continue
        (document,) = texts.glob(f"{path.stem}_*.txt")
        text = document.read_bytes().decode("utf-8")
        counts = score(text, rows(path), rows(path.with_suffix(".not.jsonl")), days.get(path.stem), misses)
        total += counts
        say(f"| {path.stem} |", " | ".join(str(counts[c]) for c in columns), "|")
    say("| all |", " | ".join(str(total[c]) for c in columns), "|")
    exact, wrong = (total[key] / total["gold"] for key in ("exact", "wrong"))
    precision = total["pairs_right"] / max(total["pairs_found"], 1)
    recall = total["pairs_right"] / max(total["pairs"], 1)
    say(f"\nexact {exact:.1%}, wrong {wrong:.1%}; pairs of paragraph and provision: ", end="")
    say(f"precision {precision:.3f}, recall {recall:.3f}")
    for miss in misses:
        say("-", miss)


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a file, none if there is no file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def score(
    text: str,
    gold: list[dict[str, Any]],
    lookalikes: list[dict[str, Any]],
    day: date | None,
    misses: list[str],
) -> Counter[str]:
    """The counts of one document. What is missed is added to `misses`."""
    counts: Counter[str] = Counter()
    found = citations.find(text, REGISTER, day)
    problems = judge.faults(clean(text), found, REGISTER)
    wanted_pairs, found_pairs = set(), set()
    used: set[int] = set()
    for row in gold:
        here = [i for i, c in enumerate(found) if c.start < row["end"] and row["start"] < c.end]
        used.update(here)
        if row["note"].startswith("optional:"):
            continue
        want = {Target(t["instrument"], t["provision"]) for t in row["targets"]}
        got = pooled(found[i] for i in here)
        ours, theirs = ({t.instrument for t in targets} for targets in (got, want))
        counts += Counter(gold=1, found=bool(here), exact=got == want, wrong=bool(ours - theirs))
        if any(mark in row["note"] for mark in FLAGGED):
            told = [*(p for i in here for p in problems[i])]
            if day:
                told += [p for i in here for p in judge.on_day(found[i], row["text"], REGISTER, day, "both")]
            counts += Counter(flags=1, flagged=bool(told))
        if got != want:
            misses.append(f"{row['text']!r}: {shown(got)}, and not {shown(want)}")
        paragraph = text.count("\n", 0, row["start"])
        wanted_pairs |= {(paragraph, target) for target in want}
        found_pairs |= {(paragraph, target) for target in got}
    for index, citation in enumerate(found):
        if index not in used and citation.targets:
            counts["spurious"] += 1
            paragraph = text.count("\n", 0, citation.start)
            found_pairs |= {(paragraph, target) for target in citation.targets}
            words = text[citation.start : citation.end]
            misses.append(f"{words!r}: {shown(set(citation.targets))}, and nothing")
    for row in lookalikes:
        touched = any(c.targets and c.start < row["end"] and row["start"] < c.end for c in found)
        counts += Counter(lookalikes=1, linked=touched)
    counts += Counter(
        pairs=len(wanted_pairs), pairs_found=len(found_pairs), pairs_right=len(wanted_pairs & found_pairs)
    )
    return counts


def pooled(found: Iterator[Citation]) -> set[Target]:
    """The targets of what was found at one place; a whole instrument only where no provision of it was."""
    targets = {target for citation in found for target in citation.targets}
    closer = {target.instrument for target in targets if target.provision}
    return {t for t in targets if t.provision or t.instrument not in closer}


def shown(targets: set[Target]) -> str:
    """Targets in words."""
    return ", ".join(sorted(map(str, targets))) or "nothing"


if __name__ == "__main__":
    main()
