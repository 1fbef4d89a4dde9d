"""The Python-Markdown extension: one line in mkdocs.yml, under MkDocs, ProperDocs and Zensical."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_args

from markdown import Extension, Markdown
from markdown.inlinepatterns import SimpleTextInlineProcessor

from chapterhouse import chapters
from chapterhouse.masking import REFUSING
from chapterhouse.model import Body, Numbering, Source
from chapterhouse.references import Reference
from chapterhouse.render import footnotes
from chapterhouse.render.context import Context
from chapterhouse.render.lists import add_lists
from chapterhouse.render.placing import Placer, Reader
from chapterhouse.render.plain import Plain
from chapterhouse.render.tree import Arranger
from chapterhouse.render.wall import Wall

NUMBERINGS: tuple[Numbering, ...] = get_args(Numbering)


def no_contexts(_key: str) -> Context | None:
    """Know no context: the way of a build without the plugin."""
    return None


class ChapterhouseExtension(Extension):
    """Numbered paragraphs with addresses and notes, internal references, tables in boxes, the second wall.

    `contexts` is a callable that returns the context of a text written by `marked`. `numbering` says
    how a text without a mark is numbered. With `auto` (the default) that is, in this order: as the
    front matter says, where the host lets an extension see it (Zensical does), a page that is no
    chapter having no numbers; with no numbers if there are `contexts`, since then every chapter has a
    mark; by sections if the core finds any paragraph numbered so. A continuously numbered chapter
    cannot be guessed: its numbers look like a list.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "contexts": [no_contexts, "key -> context of a marked text, or None"],
            "numbering": ["auto", f"of a text without a mark: auto, {', '.join(NUMBERINGS)}"],
        }
        super().__init__(**kwargs)
        if self.getConfig("numbering") not in {"auto", *NUMBERINGS}:
            raise ValueError(f"numbering is one of auto, {', '.join(NUMBERINGS)}")

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the host's name
        """Register what a chapter needs; what the host has registered already stays as it is."""
        _bundle(md)
        reader = Reader(md, lambda key, source: self._read(md, key, source))
        # White space is normalised at 30: the mark must be off before, and markers would not survive it.
        md.preprocessors.register(reader, "chapterhouse-read", 31)
        md.preprocessors.register(Placer(md, reader), "chapterhouse-place", 29)
        # The backslash by which an editor refuses a link is not shown. Before the escapes (180): it is none.
        md.inlinePatterns.register(SimpleTextInlineProcessor(f"{REFUSING.pattern}()", md), "refusal", 181)
        # Before the inline patterns (20).
        md.treeprocessors.register(Plain(md), "chapterhouse-plain", 20.5)
        # After attribute lists (8), before the table of contents and MkDocs' register of anchors (5).
        md.treeprocessors.register(Arranger(md, reader), "chapterhouse", 7)
        # After every other: MkDocs resolves links at 0, and escapes are undone there too.
        md.treeprocessors.register(Wall(md, reader), "chapterhouse-wall", -10)

    def _read(self, md: Markdown, key: str | None, source: Source) -> tuple[Context, Body]:
        if key is not None:
            context = self.getConfig("contexts")(key)
            if context is None:
                raise LookupError(f"no context for {key!r}")
            return context, context.body or chapters.read(source, 0, context.numbering)[0]
        numbering = self._numbering(md, source)
        body, _ = chapters.read(source, 0, numbering)
        return Context(numbering, _within(body)), body

    def _numbering(self, md: Markdown, source: Source) -> Numbering:
        """How a text without a mark is numbered."""
        asked = self.getConfig("numbering")
        head = _front_matter(md)
        if asked == "auto" and head is not None:
            asked = head.get("numbering", "sections") if "chapter" in head else "none"
        for numbering in NUMBERINGS:
            if asked == numbering:
                return numbering
        guess = self.getConfig("contexts") is no_contexts
        return "sections" if guess and chapters.read(source, 0, "sections")[0].paragraphs else "none"


def _bundle(md: Markdown) -> None:
    """Register the extensions that a chapter is written with, unless the host has."""
    bundled = {
        "tables": "table" in md.parser.blockprocessors,
        "fenced_code": "fenced_code_block" in md.preprocessors,
        "footnotes": "footnote" in md.parser.blockprocessors,
        "attr_list": "attr_list" in md.treeprocessors,
        "admonition": "admonition" in md.parser.blockprocessors,
    }
    missing = [name for name, present in bundled.items() if not present]
    md.registerExtensions(missing, {"footnotes": footnotes.OPTIONS})
    add_lists(md)


def _front_matter(md: Markdown) -> Mapping[str, Any] | None:
    """The front matter, where the host puts it in reach of extensions: Zensical has it on its page."""
    if "rendering_context" not in md.preprocessors:
        return None
    page = getattr(md.preprocessors["rendering_context"], "page", None)
    head = getattr(page, "meta", None)
    return head if isinstance(head, Mapping) else None


def _within(body: Body) -> Callable[[Reference], str | None]:
    """Lead references to the paragraphs and sections of their own text, and no others."""
    anchors = {section.anchor for section in body.sections} | {p.anchor for p in body.paragraphs}

    def address(reference: Reference) -> str | None:
        anchor = reference.paragraph or reference.section
        return f"#{anchor}" if anchor in anchors and not reference.chapter else None

    return address


def makeExtension(**kwargs: Any) -> ChapterhouseExtension:  # noqa: N802 - the host's name
    """Return the extension, for hosts that name it by its module."""
    return ChapterhouseExtension(**kwargs)
