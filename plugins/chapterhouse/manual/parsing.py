"""One chapter from its text, whether it is live, archived or a draft."""

from __future__ import annotations

from chapterhouse import chapters, frontmatter, markup
from chapterhouse.model import Chapter, Diagnostic, Source


def parse_chapter(source: Source, slug: str, sha256: str) -> tuple[Chapter, tuple[Diagnostic, ...]]:
    """A chapter from its text (a live one, an archived version, a draft), and the faults of its grammar."""
    head, start, head_faults = frontmatter.read(source)
    body, body_faults = chapters.read(source, start, head.numbering)
    chapter = Chapter(slug, source, head, body, source.text[start:], sha256)
    return chapter, (*head_faults, *body_faults)


def judge_markup(chapter: Chapter) -> tuple[Diagnostic, ...]:
    """What may not stand in the chapter's page."""
    return markup.check(chapter.source, chapter.start)
