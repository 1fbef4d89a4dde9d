"""What hosted systems put around a chapter, known by its words: it is no part of the text, and is listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Literal

from chapterhouse.importers.blocks import Block, Loss, own_text, words
from chapterhouse.importers.recognising.days import DATED
from chapterhouse.importers.recognising.titles import CHAPTER

CONTENTS = r"(?:table of )?contents|on this page|in this (?:chapter|section)|page contents"
SURELY = re.compile(
    r"(?:back|return|go|jump) to (?:the )?top(?: of (?:the )?page)?|top of (?:the )?page"
    r"|(?:show|hide|view|see) (?:all )?amendments?(?: \([0-9]+\))?"
    r"|print this (?:page|chapter|section)|printer[- ]friendly(?: version)?"
    r"|e-?mail this page|share this page|download(?: as)?(?: a)? pdf|save as pdf|close window"
    r"|skip to (?:main )?(?:content|navigation)|main menu|search this site|site ?map"
    r"|(?:next|previous) (?:page|chapter)|\u00ab previous|next \u00bb"
    r"|accept(?: all)? cookies|cookie (?:policy|settings)|page [0-9]+ of [0-9]+"
    r"|amendments & archives|click here to return to .{1,60}",
    re.IGNORECASE,
)
PERHAPS = re.compile(
    rf"{CONTENTS}|top|jump to|close|print|share|menu|home|search|next|previous|page [0-9]+"
    r"|\u00a9 .{1,100}|copyright \u00a9.{1,100}|all rights reserved|(?:powered|site) by .{1,40}|cookies"
    r"|privacy(?: (?:policy|notice|statement))?|accessibility(?: statement)?|terms (?:of use|and conditions)"
    r"|disclaimer|log ?(?:in|out)|sign (?:in|out)",
    re.IGNORECASE,
)
"""Words that are as likely an author's own: furniture only beside other furniture, and at the ends."""
SENTENCES = re.compile(
    r"this page (?:is|was) correct as printed on .{1,300}"
    r"|for a record of all amendments and updates,? see the .{1,100}"
    r"|(?:specific )?definitions of key (?:concepts|terms) .{1,120} through the glossary\.?"
    rf"|printed(?: (?:on|at):?|:)(?: [a-z]{{3,6}}day,?)?(?: the)? {DATED}[^.,;]{{0,40}}"
    r"|printed from .{0,60}(?:https?://|www\.|procedures online).{0,100}"
    r"|\u00a9 .{1,80} procedures online.{0,80}"
    r"|(?:we|(?:this|our) (?:web)?site) uses? cookies\b.{0,300}",
    re.IGNORECASE | re.DOTALL,
)
PATH = re.compile(r" [>\u203a\u00bb/|\u2192] ")
"""What stands between the steps of the way to a page: Home > Children > Forms."""
SIDE_BY_SIDE = re.compile(r" [|\u00b7\u2022] ")
ENTRY = re.compile(r"(?:section )?[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[.:)]?\s+", re.IGNORECASE)
"""The number with which a line of a list of contents starts, or its heading, or both."""
OPENS_CONTENTS = re.compile(CONTENTS, re.IGNORECASE)
STARTS = frozenset({"home", "you are here", "you are here home"})
LONGEST_PAGE = 4
"""The digits of the number of a page."""
KINDS = frozenset({"heading", "paragraph", "item"})
LONGEST = 500

Sort = Literal["", "perhaps", "surely"]


def without_furniture(stretches: Iterable[Block | Loss]) -> Iterator[Block | Loss]:
    """A document, with what belongs to the site among the losses."""
    listed = list(stretches)
    blocks = [one for one in listed if isinstance(one, Block)]
    counts = Counter(_entry(block.text) for block in blocks if block.kind in KINDS)
    dropped = _furniture(blocks, counts)
    within = False
    first = ""  # of the list of contents: where that stands again, the text begins
    at = -1
    for one in listed:
        if isinstance(one, Loss):
            yield one
            continue
        at += 1
        if at in dropped:
            within, first = within or _opens_contents(one), ""
            yield _dropped(one)
        elif within and one.kind in KINDS and _entry(one.text) != first and _stands_again(one.text, counts):
            # A line of the contents stands again where it is a heading.
            first = first or _entry(one.text)
            counts[_entry(one.text)] -= 1
            yield _dropped(one, "a line of the list of contents, which is made anew")
        else:
            within = False
            yield one


def _furniture(blocks: Sequence[Block], counts: Mapping[str, int]) -> set[int]:
    """The blocks that belong to the site, by their index."""
    sorts = [_sort(block) for block in blocks]
    _keep_lists(blocks, sorts)
    for index in _above(blocks):
        sorts[index] = "surely"
    dropped: set[int] = set()
    for is_furniture, row in groupby(range(len(blocks)), lambda index: bool(sorts[index])):
        here = list(row)
        if is_furniture:
            after = here[-1] + 1
            ahead = blocks[after] if after < len(blocks) else None
            if here[0] and ahead and sorts[here[-1]] == "perhaps" and _heads(blocks[here[-1]], ahead):
                del here[-1]
                if not here:
                    continue
            at_end = ahead is None or (not here[0] and _is_title(ahead))
            if at_end or any(sorts[index] == "surely" for index in here):
                dropped.update(here)
            elif _opens_contents(blocks[here[-1]]) and ahead and _stands_again(ahead.text, counts):
                dropped.add(here[-1])
    return dropped


def _sort(block: Block) -> Sort:
    """Whether a line belongs to the site that showed the chapter, by its words alone."""
    line = " ".join(block.text.split()).strip(" |>\u203a\u2191\u2193[]")
    if block.kind not in KINDS or len(line) > LONGEST or block.marker.strip("-*\u2022\u00b7"):
        return ""
    if SENTENCES.fullmatch(line):
        return "surely"
    parts = [_sort_of(part, block) for part in SIDE_BY_SIDE.split(line)]
    return "" if "" in parts else "perhaps" if "perhaps" in parts else "surely"


def _sort_of(line: str, block: Block) -> Sort:
    bare = line.strip().rstrip(".:")
    top = bare.lower() == "top" and block.kind != "item"
    if top or SURELY.fullmatch(bare):
        return "surely"
    title = block.kind == "heading" and block.level == 1
    return "perhaps" if PERHAPS.fullmatch(bare) and not title else ""


def _keep_lists(blocks: Sequence[Block], sorts: list[Sort]) -> None:
    """Of a list, all items are furniture or none; and none of a list that a sentence or a heading opens."""
    for is_item, row in groupby(range(len(blocks)), lambda index: blocks[index].kind == "item"):
        here = list(row)
        if not is_item or not any(sorts[index] for index in here):
            continue
        opened = here[0] > 0 and not sorts[here[0] - 1]
        if opened or not all(sorts[index] for index in here):
            for index in here:
                sorts[index] = ""


def _heads(block: Block, ahead: Block) -> bool:
    """Whether a line is the heading of the text behind it, whatever it is called."""
    return block.kind == "heading" and ahead.kind != "heading" and not _opens_contents(block)


def _above(blocks: Sequence[Block]) -> set[int]:
    """What stands above the title of a page and leads elsewhere: lists of links, and the way to the page."""
    title = next((index for index, block in enumerate(blocks) if block.kind == "heading"), 0)
    if not title or blocks[title].level > 1:
        return set()
    found: set[int] = set()
    for is_link, row in groupby(range(title), lambda index: _is_link(blocks[index])):
        here = list(row)
        if is_link and len(here) > 1:
            found.update(here)
    for index, block in enumerate(blocks[:title]):
        steps = PATH.split(" ".join(block.text.split())) if block.kind in KINDS else []
        if len(steps) > 1 and (_bare(steps[0]) in STARTS or _bare(steps[-1]) == _bare(blocks[title].text)):
            found.add(index)
    return found


def _is_link(block: Block) -> bool:
    said = [run for run in block.runs if run.text.strip()]
    return block.kind == "item" and bool(said) and all(run.href for run in said)


def _is_title(block: Block) -> bool:
    return block.kind == "heading" or CHAPTER.fullmatch(block.text) is not None


def _opens_contents(block: Block) -> bool:
    return OPENS_CONTENTS.fullmatch(block.text.strip().rstrip(":")) is not None


def _bare(text: str) -> str:
    return " ".join(words(text)).lower()


def _entry(text: str) -> str:
    """A line of a list of contents, or a heading, without its number."""
    number = ENTRY.match(text)
    return _bare(text[number.end() :] if number else text)


def _stands_again(text: str, counts: Mapping[str, int]) -> bool:
    """Whether a line of a list of contents, with the number of a page or without, stands again."""
    if counts.get(_entry(text), 0) > 1:
        return True
    line = text.rstrip("0123456789")
    if not 0 < len(text) - len(line) <= LONGEST_PAGE or line[-1:] not in {*" .\u2026\u00b7_\t"}:
        return False
    return counts.get(_entry(line), 0) > 0


def _dropped(block: Block, remark: str = "") -> Loss:
    return Loss(own_text(block).strip(), block.place, "furniture", remark)
