"""The definitions of the glossary as HTML, written once for every page that shows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from markdown import Markdown

from chapterhouse.manual import definitions
from chapterhouse.manual.mentions import mentions
from chapterhouse.manual.terms import terms
from chapterhouse.model import Chapter, Manual
from chapterhouse.references import Reference
from chapterhouse.render.cited import linked_words
from chapterhouse.render.context import Context, marked
from chapterhouse.render.extension import ChapterhouseExtension
from chapterhouse.render.linking import LinkedWords
from chapterhouse.render.pieces import Url
from chapterhouse.terms import GLOSSARY_PAGE, Term, term_path

ROOT = "https://root.invalid/"
"""Stands in an address for the way to the site's root, which is another from every page."""


class Definitions:
    """The definitions of one manual, judged on one day: on that of the build, whatever page shows them."""

    def __init__(
        self,
        manual: Manual,
        day: date,
        path: Callable[[Reference], str | None],
        follow: Callable[[str], str | None],
        wall: Callable[[str, str], None],
    ) -> None:
        """`path` and `follow` say where a reference and a written link lead, from the site's root."""
        self.manual = manual
        self.day = day
        self.context = Context(
            address=lambda reference: _rooted(path(reference)),
            follow=lambda href: _rooted(follow(href)),
            wall=wall,
        )
        self.contexts: dict[str, Context] = {}
        self.markdown = Markdown(extensions=[ChapterhouseExtension(contexts=self.contexts.get)])
        self.made = {term.term: self._made(term) for term in manual.glossary.terms}

    def html(self, term: Term, url: Url) -> str:
        """A definition, with links that lead on from the page that `url` belongs to."""
        up = url(GLOSSARY_PAGE).removesuffix(GLOSSARY_PAGE)
        return self.made[term.term].replace(ROOT, up)

    def _made(self, term: Term) -> str:
        text = definitions.text_of(self.manual, term)
        linked = sorted((*self._law(text), *self._terms(term, text)), key=lambda one: one.start)
        self.contexts[text.slug] = replace(
            self.context,
            body=text.body,
            text=text.text,
            linked=tuple(linked),
            wall=lambda _, complaint: self.context.wall(term.term, complaint),
        )
        self.markdown.reset()
        return self.markdown.convert(marked(text.slug, text.text))

    def _law(self, text: Chapter) -> list[LinkedWords]:
        found = linked_words(self.manual.register, text.text, mentions(self.manual, text, self.day), self.day)
        # What describes a link is on the pages of chapters that cite the law themselves.
        return [replace(one, described_by="") for one in found]

    def _terms(self, own: Term, text: Chapter) -> list[LinkedWords]:
        return [
            LinkedWords(one.start, one.end, one.words, "", ROOT + term_path(one.term), kind="term")
            for one in terms(self.manual, text, self.day)
            if one.first and one.term is not own
        ]


def _rooted(path: str | None) -> str | None:
    """A path from the site's root as an address that can be told from others; another address as it is."""
    return ROOT + path if path is not None and ":" not in path.partition("/")[0] else path
