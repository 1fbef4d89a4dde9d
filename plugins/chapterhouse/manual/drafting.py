"""The first text of a new chapter, and what would be wrong with drafts in a manual."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from chapterhouse import manifest
from chapterhouse.diagnostics import fault
from chapterhouse.fields.quoting import quoted
from chapterhouse.manual import sense, slugs
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Chapter, Diagnostic, History, Manual, Source

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


def joined(manual: Manual, sources: Mapping[str, Source]) -> tuple[Manual, tuple[Diagnostic, ...]]:
    """The manual with some drafts in it, by their slugs, and what is then wrong in these, on any day."""
    chapters: list[Chapter] = []
    own: list[Diagnostic] = []
    for slug, source in sources.items():
        chapter, found = parse_chapter(source, slug, manifest.digest(source.text.encode()))
        chapters.append(chapter)
        own += [*slugs.faults(source.path, slug), *found, *judge_markup(chapter)]
    after = dataclasses.replace(
        manual,
        chapters=(*manual.chapters, *chapters),
        sources={**manual.sources, **{source.path: source for source in sources.values()}},
        histories={**manual.histories, **{one.slug: History(one, MappingProxyType({})) for one in chapters}},
    )
    paths = {source.path for source in sources.values()}
    return after, (*own, *(one for one in sense.check(after) if one.path in paths))


def faults(manual: Manual, source: Source, slug: str) -> tuple[Diagnostic, ...]:
    """What would be wrong with the manual if the file were in it, in that file."""
    after, found = joined(manual, {slug: source})
    found = tuple(one for one in found if one.code != "duplicate-chapter-number")
    # Of two files with one number the manual blames the later by slug; here the new one is to blame.
    head = after.by_slug[slug].head
    if twin := manual.by_number.get(head.chapter):
        message = f"chapter {twin.head.chapter} is {twin.source.path} already"
        place = head.places["chapter"]
        found += (fault("duplicate-chapter-number", source, place, message, "take another number"),)
    return found
