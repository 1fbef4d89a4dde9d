"""One HTML file of a built site, as a reader meets it who has no scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

HOOK = "data-chapterhouse"
NOTE = "data-chapterhouse-note"
FOLDED = ("amendments", "coming")
"""What may be folded: a reader opens it, and it prints open."""

# What keeps text from a reader, wherever it stands around it.
HIDING = frozenset(
    "audio canvas datalist dialog embed frameset head iframe math noembed noframes noscript object script"
    " select style svg template textarea title video".split()
)
# What breaks a line: text on both sides of it does not run together.
BLOCKS = frozenset(
    "article aside blockquote br caption dd details div dl dt figure footer form h1 h2 h3 h4 h5 h6 header hr"
    " li main nav ol p pre section summary table tbody td th thead tr ul".split()
)


@dataclass(frozen=True)
class Built:
    """One HTML file of the site."""

    file: str
    """Relative to the site, with forward slashes."""
    html: BeautifulSoup

    @classmethod
    def read(cls, file: str, text: str) -> Built:
        """The file parsed."""
        return cls(file, BeautifulSoup(text, "html.parser"))

    @cached_property
    def article(self) -> Tag | None:
        """The page's own text, with what stands around it."""
        found = self.html.find("article")
        return found if isinstance(found, Tag) else None

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The elements of the article, in the order of the page."""
        return tuple(self.article.find_all()) if self.article else ()

    @cached_property
    def place(self) -> dict[int, int]:
        """Where each element of the article stands in `tags`, by its `id()`."""
        return {id(tag): place for place, tag in enumerate(self.tags)}

    @cached_property
    def ids(self) -> dict[str, list[Tag]]:
        """The elements of the whole page that have an id: a link leads to the first with its own."""
        found: dict[str, list[Tag]] = {}
        for tag in self.html.find_all(id=True):
            found.setdefault(str(tag["id"]), []).append(tag)
        return found

    def hooks(self, name: str) -> list[Tag]:
        """The elements of the article that carry a mark of ours and that a reader can see."""
        return [tag for tag in self.tags if tag.get(HOOK) == name and seen(tag)]

    def headings(self) -> list[str]:
        """The words of each title of the article."""
        return [words(tag) for tag in self.tags if tag.name == "h1" and seen(tag)]

    def meta(self, name: str) -> str:
        """The content of a `meta` element; empty where there is none."""
        found = self.html.find("meta", attrs={"name": name})
        return str(found.get("content", "")) if isinstance(found, Tag) else ""

    def targets(self, within: Tag) -> set[str]:
        """Where the links seen in an element lead, from the site's root: `core/referrals/#3.4`."""
        return {self.target(tag) for tag in within.find_all("a", href=True) if seen(tag)}

    def target(self, link: Tag) -> str:
        """Where a link leads, from the site's root."""
        return urljoin(f"/{self.file.removesuffix('index.html')}", str(link["href"])).removeprefix("/")


def hides(tag: Tag) -> bool:
    """Whether an element hides what is in it, by its name or by an attribute."""
    attributes = tag.attrs
    return (
        tag.name in HIDING
        or "hidden" in attributes
        or "popover" in attributes
        or str(attributes.get("aria-hidden", "")).lower() == "true"
    )


def folded(tag: Tag) -> bool:
    """Whether an element shows its summary alone until somebody opens it."""
    return tag.name == "details" and "open" not in tag.attrs


def seen(tag: Tag) -> bool:
    """Whether nothing around an element, or on it, hides it.

    The amendments and the words of a change to come are folded: they print open.
    """
    for element in (tag, *tag.parents):
        if hides(element):
            return False
        if folded(element) and element.find_parent(attrs={HOOK: FOLDED}) is None:
            return False
    return True


def lines(tag: Tag) -> list[str]:
    """The text that a reader sees in an element, as the blocks that it falls into, white space folded."""
    text = "".join(_text(tag))
    return [folded_line for line in text.split("\0") if (folded_line := fold(line))]


def words(tag: Tag) -> str:
    """The text that a reader sees in an element, on one line."""
    return " ".join(lines(tag))


def fold(text: str) -> str:
    """A text with every stretch of white space as one space, and none around it."""
    return re.sub(r"\s+", " ", text).strip()


def letters(text: str) -> str:
    """The letters and numerals of a text, small."""
    return "".join(re.findall(r"[^\W_]+", text)).casefold()


def _text(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if hides(child):
                continue
            if child.name in BLOCKS:
                yield "\0"
            yield from _text(child)
            if child.name in BLOCKS:
                yield "\0"
        elif type(child) is NavigableString:  # not a comment, nor another kind that prints nothing
            yield str(child)
