"""Drafts judged as `check` would judge them in the manual that they come into."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from chapterhouse.manual import check, sense, slugs
from chapterhouse.manual.parsing import judge_markup, parse_chapter
from chapterhouse.model import Diagnostic, History, Manual, Source


def faults(base: Manual, sources: Mapping[str, Source], day: date) -> dict[str, list[Diagnostic]]:
    """What is wrong with each draft in the manual that they make together with `base`."""
    chapters, own = [], []
    for slug, source in sources.items():
        chapter, found = parse_chapter(source, slug, hashlib.sha256(source.text.encode()).hexdigest())
        chapters.append(chapter)
        own += [*slugs.faults(source.path, slug), *found, *judge_markup(chapter)]
    after = dataclasses.replace(
        base,
        chapters=(*base.chapters, *chapters),
        sources={**base.sources, **{source.path: source for source in sources.values()}},
        histories={
            **base.histories,
            **{one.slug: History(one, MappingProxyType({})) for one in chapters},
        },
    )
    paths = {source.path: slug for slug, source in sources.items()}
    beyond = [one for one in sense.check(after) if one.path in paths and one.code != "unknown-part"]
    judged = check(dataclasses.replace(after, diagnostics=(*own, *beyond)), day)
    by_slug: dict[str, list[Diagnostic]] = {slug: [] for slug in sources}
    for one in judged:
        if one.path in paths:
            by_slug[paths[one.path]].append(one)
    return by_slug
