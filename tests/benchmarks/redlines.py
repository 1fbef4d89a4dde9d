"""Measures redlines: of two long chapters, by how much of them was changed.

    python -m tests.benchmarks.redlines
    python -m tests.benchmarks.redlines --words 10000 --rounds 5

The chapters are those of `generate.py`. CPU seconds of one core, the best of some rounds, nothing kept from
one round to the next. Printed as a Markdown table and never asserted.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from tests.benchmarks.generate import TERMS, outlines, write

from chapterhouse.manifest import digest
from chapterhouse.manual.parsing import parse_chapter
from chapterhouse.model import Chapter, Source
from chapterhouse.redline import compare

COMPARE = importlib.import_module("chapterhouse.redline.compare")


def chapter(text: str) -> Chapter:
    """A chapter from its text."""
    source = Source("procedures/part-1/long.md", text)
    return parse_chapter(source, "part-1/long", digest(text.encode()))[0]


def generated(words: int, seed: int) -> str:
    """The file of a generated chapter of about so many words."""
    for index in range(100):
        (*_, outline) = outlines(index + 1, words, seed)
        text = write(outline, [outline], TERMS, (1, 1), seed).at(1).decode()
        if len(text.split()) >= words and not outline.continuous:
            return text
    raise ValueError("no chapter is so long")


def edited(text: str, share: float, random: Random) -> str:
    """A text in which one word in twenty of a share of its paragraphs is another."""
    vocabulary = text.split()
    blocks = text.split("\n\n")
    for place, block in enumerate(blocks):
        if block[:1].isdigit() and random.random() < share:
            words = block.split(" ")
            for at in range(1, len(words)):
                if random.random() < 0.05:
                    words[at] = random.choice(vocabulary)
            blocks[place] = " ".join(words)
    return "\n\n".join(blocks)


def renumbered(text: str) -> str:
    """A text with a new first section, all numbers below it moved on, and no record that says so."""
    head, mark, body = text.partition("\n## ")
    lines = []
    for line in (mark + body).split("\n"):
        number, dot, rest = line.removeprefix("## ").partition(".")
        moved = (
            f"{'## ' if line.startswith('## ') else ''}{int(number) + 1}.{rest}" if number.isdigit() else line
        )
        lines.append(moved if dot else line)
    return head + "\n## 1. New\n\n1.1 This section is new.\n" + "\n".join(lines)


def cases(words: int, seed: int) -> Iterator[tuple[str, str, str]]:
    """What was changed, the older text and the newer."""
    text = generated(words, seed)
    random = Random(seed)
    yield "nothing", text, text
    yield "one paragraph in twenty", text, edited(text, 0.05, random)
    yield "every paragraph", text, edited(text, 1.0, random)
    yield "every number, and words", text, renumbered(edited(text, 1.0, random))
    yield "all of it", text, generated(words, seed + 1)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The CPU time of the quickest round."""
    best = float("inf")
    for _ in range(rounds):
        for kept in (one for one in vars(COMPARE).values() if hasattr(one, "cache_clear")):
            kept.cache_clear()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sys.stdout.write("| changed | words | told | CPU seconds |\n|---|---|---|---|\n")
    for name, old, new in cases(options.words, options.seed):
        before, after = chapter(old), chapter(new)
        taken = seconds(partial(compare, before, after), options.rounds)
        told = len(compare(before, after).told)
        sys.stdout.write(f"| {name} | {len(before.text.split()):,} | {told} | {taken:.3f} |\n")


if __name__ == "__main__":
    main()
