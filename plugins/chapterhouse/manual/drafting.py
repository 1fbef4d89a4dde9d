"""The first text of a new chapter, and what would be wrong with it."""

from __future__ import annotations

import dataclasses
import hashlib
from collections import Counter
from types import MappingProxyType

from chapterhouse.diagnostics import fault
from chapterhouse.fields.quoting import quoted
from chapterhouse.manual import sense, slugs
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Diagnostic, History, Manual, Source

TEXT = """\
---
chapter: "{number}"
title: {title}
owner: {owner}
status: draft
---

## 1. Purpose

1.1 This chapter says what to do when ...
"""


def draft(manual: Manual, slug: str, number: str, title: str, owner: str | None) -> Source:
    """The file of a new draft chapter. Without an owner, the one that keeps most chapters is named."""
    kept = Counter(chapter.head.owner for chapter in manual.chapters if chapter.head.owner)
    usual = kept.most_common(1)[0][0] if kept else "To be decided"
    text = TEXT.format(number=number, title=quoted(title), owner=quoted(owner or usual))
    return Source(f"{CONTENT}/{slug}.md", text)


def faults(manual: Manual, source: Source, slug: str) -> tuple[Diagnostic, ...]:
    """What would be wrong with the manual if the file were in it, in that file."""
    chapter, found = parse_chapter(source, slug, hashlib.sha256(source.text.encode()).hexdigest())
    histories = {**manual.histories, slug: History(chapter, MappingProxyType({}))}
    after = dataclasses.replace(manual, chapters=(*manual.chapters, chapter), histories=histories)
    beyond = [d for d in sense.check(after) if d.path == source.path and d.code != "duplicate-chapter-number"]
    # Of two files with one number the manual blames the later by slug; here the new one is to blame.
    if twin := manual.by_number.get(chapter.head.chapter):
        message = f"chapter {twin.head.chapter} is {twin.source.path} already"
        place = chapter.head.places["chapter"]
        beyond.append(fault("duplicate-chapter-number", source, place, message, "take another number"))
    return (*slugs.faults(source.path, slug), *found, *judge_markup(chapter), *beyond)
