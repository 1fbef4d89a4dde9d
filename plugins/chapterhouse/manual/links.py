"""Where the relative links of an author lead."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Collection
from urllib.parse import unquote

from chapterhouse.fields.reading import nearest
from chapterhouse.manual.tree import CONTENT
from chapterhouse.model import Chapter, Manual, Page


def dead(
    manual: Manual,
    source: str,
    anchors: Collection[str],
    target: str,
    shown: Callable[[Chapter], Chapter] = lambda chapter: chapter,
) -> tuple[str, str] | None:
    """What is wrong with a relative address, and the cure; None where it leads somewhere.

    `source` is the path of the file that the link stands in, and `anchors` are its own. `shown` gives the
    text that a reader finds at a chapter's address, where that is not the live one.
    """
    address, _, anchor = unquote(target).partition("#")
    if not address:
        if not anchor or anchor in anchors:
            return None
        return f"there is no #{anchor} here", "write the number of a paragraph of this chapter"
    if address.startswith("/"):
        return "the address starts at the root of the host", "write it relative to this file: ../part/name.md"
    folder = posixpath.dirname(source)
    path = posixpath.normpath(posixpath.join(folder, address))
    if path in manual.files or path in manual.unread:
        return None
    if path == f"{CONTENT}/glossary.md" and manual.glossary.terms:
        return _no_term(manual, anchor)
    there = at(manual, path)
    if there is None:
        near = nearest(path, [*manual.sources, *manual.files])
        hint = f"the nearest is {posixpath.relpath(near, folder)}" if near else "write the path of a file"
        return f"there is no {path}", hint
    if isinstance(there, Chapter):
        if _is_draft(there) and not _is_draft(at(manual, source)):
            return f"{path} is a draft, and drafts are not built", "link to a published chapter"
        there = shown(there)
    if anchor and anchor not in there.anchors:
        return f"{path} has no #{anchor}", "write the number of a paragraph that it has"
    return None


def _no_term(manual: Manual, anchor: str) -> tuple[str, str] | None:
    """What is wrong with an address in the page of the glossary, and the cure."""
    if not anchor or anchor in manual.glossary.anchors:
        return None
    near = nearest(anchor, sorted(manual.glossary.anchors))
    return f"the glossary has no #{anchor}", f"write #{near}" if near else "write the address of a term"


def at(manual: Manual, path: str) -> Chapter | Page | None:
    """The chapter or page whose file is at a path."""
    chapter = manual.by_slug.get(path.removeprefix(f"{CONTENT}/").removesuffix(".md"))
    if chapter is not None and chapter.source.path == path:
        return chapter
    return next((page for page in manual.pages if page.source.path == path), None)


def _is_draft(page: Chapter | Page | None) -> bool:
    return isinstance(page, Chapter) and page.head.status == "draft"
