"""What hosted systems put around a chapter, known by its words: it is no part of the text, and is listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from chapterhouse.importers.blocks import Block, Loss, words

LINES = re.compile(
    r"(?:(?:back|return|go|jump) to )?top(?: of page)?"
    r"|(?:show|hide|view|see) (?:all )?amendments?(?: \([0-9]+\))?"
    r"|(?:table of )?contents|on this page|in this (?:chapter|section)|page contents|jump to"
    r"|close(?: window)?|print(?: this (?:page|chapter|section))?|printer[- ]friendly(?: version)?"
    r"|e-?mail this page|share(?: this page)?|download(?: as)?(?: a)? pdf|save as pdf"
    r"|skip to (?:main )?(?:content|navigation)|main menu|menu|home|search|search this site|site ?map"
    r"|next(?: (?:page|chapter))?|previous(?: (?:page|chapter))?|\u00ab previous|next \u00bb"
    r"|accept(?: all)? cookies|cookie (?:policy|settings)|page [0-9]+(?: of [0-9]+)?"
    r"|amendments & archives|click here to return to .{1,60}",
    re.IGNORECASE,
)
SENTENCES = re.compile(
    r"this page is correct as printed on .{1,300}"
    r"|for a record of all amendments and updates,? see the .{1,100}"
    r"|(?:specific )?definitions of key (?:concepts|terms) .{1,120} through the glossary\.?"
    r"|printed (?:from|on) .{1,200}|\u00a9 .{1,80} procedures online.{0,80}",
    re.IGNORECASE | re.DOTALL,
)
CONTENTS = re.compile(
    r"(?:table of )?contents|on this page|in this (?:chapter|section)|page contents", re.IGNORECASE
)
LONGEST = 500


def is_furniture(text: str) -> bool:
    """Whether a whole line of text belongs to the site that showed the chapter."""
    line = " ".join(text.split()).strip(" |>\u203a\u2191\u2193")
    if len(line) > LONGEST:
        return False
    return bool(LINES.fullmatch(line.rstrip(".:")) or SENTENCES.fullmatch(line))


def opens_contents(text: str) -> bool:
    """Whether a line is the heading of a list of contents."""
    return CONTENTS.fullmatch(text.strip().rstrip(":")) is not None


def without_furniture(parts: Iterable[Block | Loss]) -> Iterator[Block | Loss]:
    """The parts of a document, with what belongs to the site among the losses."""
    listed = list(parts)
    counts = Counter(_bare(part.text) for part in listed if isinstance(part, Block))
    within = False
    for part in listed:
        if isinstance(part, Loss):
            yield part
            continue
        text = part.text
        bare = _bare(text)
        if is_furniture(text) and not part.marker.strip("-*\u2022\u00b7"):
            within = within or opens_contents(text)
            yield _dropped(part)
        elif within and counts[bare] > 1 and part.kind in {"item", "paragraph", "heading"}:
            # A line of the contents stands again where it is a heading.
            counts[bare] -= 1
            yield _dropped(part, "a line of the list of contents, which is made anew")
        else:
            within = False
            yield part


def _bare(text: str) -> str:
    return " ".join(words(text)).lower()


def _dropped(block: Block, remark: str = "") -> Loss:
    return Loss(f"{block.marker} {block.text}".strip(), block.place, "furniture", remark)
