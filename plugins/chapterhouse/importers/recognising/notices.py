"""What of a document belongs to the front matter: notes of amendments, notices of reviews."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from chapterhouse.importers.blocks import Block, Loss, letters, own_text, plain
from chapterhouse.importers.recognising.days import DATED, only_day
from chapterhouse.importers.recognising.numbering import dotted_number
from chapterhouse.importers.recognising.recognised import Moved, Stretch
from chapterhouse.importers.recognising.weaving import woven
from chapterhouse.importers.runs import cut, kept, text_of

WHAT = r"(?:chapter|section|page|guidance|procedures?|polic(?:y|ies)|protocols?|document|manual)"
SENTENCE = r"(?:[^.!?]|[.!?](?=\S)){0,200}(?:[.!?](?=\s|\Z)|\Z)"
# Only what is said of this text itself: "the policy is kept under review" is procedure.
UNDER_REVIEW = re.compile(
    rf"(?:(?:please )?note:? |n\.?b\.?:? |under review: |(?:in|since|from|as of) [^.,]{{1,30}},? )?"
    rf"(?:(?:this|these|our) (?:\w+ ){{0,4}}?|the ){WHAT} (?:is|are|was|were|has been|have been|remains?) "
    rf"(?:(?:currently|now|presently|still|also) )?(?:marked (?:as )?)?"
    rf"(?:under review|undergoing (?:a )?review|being reviewed)\b{SENTENCE}"
    rf"|(?:status:? )?(?:(?:currently|now) )?under review(?: (?:since|from|as of) [^.]{{1,30}})?[.!]?\Z",
    re.IGNORECASE,
)
THIS = re.compile(r"(?:this|these|our)\b", re.IGNORECASE)
SINCE = re.compile(r"\b(?:since|from|as of) (.{1,40})", re.IGNORECASE)
AMENDED = re.compile(
    r"amendments?(?: to this chapter| history| notes?)?|version (?:history|control)", re.IGNORECASE
)
CHANGED = r"(?:updated|amended|reviewed|added|revised|approved)"
LABEL = re.compile(
    rf"(?:amendment:? )?(?:date )?(?:last )?{CHANGED}(?: date)?(?: by [^.]{{1,60}}?)?"
    rf":? ?(?:[\u2013-] )?(?:on |in )?(?:the )?{DATED}\.?",
    re.IGNORECASE,
)
SAID = re.compile(
    rf"(?:amendment:? |note:? )?(?:in {DATED},? )?(?:this|the) {WHAT} (?:was|has been) "
    rf"(?:(?:last|fully|extensively|substantially|completely) )?{CHANGED}\b(?P<more>.{{0,300}})",
    re.IGNORECASE | re.DOTALL,
)
LABELLED = re.compile(r"amendments?:", re.IGNORECASE)
ENTRY = re.compile(rf"(?:{DATED}\s*[:\u2013\u2014-]|v(?:ersion)?\.? ?[0-9])", re.IGNORECASE)
ANY_DATE = re.compile(DATED, re.IGNORECASE)
# What tells people what to do is procedure, whatever date stands in it.
OBLIGES = re.compile(
    r"\b(?:must|shall|should(?! be (?:re-?)?read)|may|can|will|appl(?:y|ies)|need(?:s|ed)? to"
    r"|(?:is|are) required)\b",
    re.IGNORECASE,
)
LONGEST = 400
EARLY = 25
"""How many blocks from the start notes and notices are looked for."""
EARLY_IN_TEXT = 5
"""How many after the first heading or number: a notice may stand under the first heading."""
SPOKEN = frozenset({"heading", "paragraph"})
LATE = 5
"""How many blocks from the end a note or a notice of this whole text is looked for."""


def notices(stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """The same with the notes of amendments and notices of reviews, before the text and behind it, moved.

    Of a block before the text that begins with a notice the other sentences stay.
    """
    foot = _foot(stretches)
    left = EARLY
    noted = False
    at = 0
    while at < len(stretches):
        one = stretches[at]
        at += 1
        if isinstance(one, Block) and at - 1 in foot:
            yield from _split(one, len(text_of(one.runs))) if _is_notice_of_this(one) else (_note(one),)
            continue
        if not isinstance(one, Block) or not left:
            yield one
            continue
        left -= 1
        numbered = one.kind == "heading" or bool(dotted_number(one.text))
        if _is_title_of_notes(one):
            after = next((other for other in stretches[at : at + EARLY] if not isinstance(other, Loss)), None)
            noted = isinstance(after, Block) and (_is_entry(after) or _is_note(after))
            if noted or after is None:
                yield _note(one)
                continue
        elif end := _notice(one):
            losses = []
            while at < len(stretches) and isinstance(loss := stretches[at], Loss) and loss.within is not None:
                losses.append(loss)
                at += 1
            yield from woven(list(_split(one, end)), losses, letters(own_text(one)))
            continue
        elif _is_note(one) or (noted and _is_entry(one)):
            yield _note(one)
            continue
        noted = False
        if numbered:
            left = min(left, EARLY_IN_TEXT)
        yield one


def _foot(stretches: Sequence[Stretch]) -> set[int]:
    """The notes and notices at the end of a document, by their index: all of a block, or nothing of it."""
    found: set[int] = set()
    entries: list[int] = []
    only_entries = True
    blocks = [(index, one) for index, one in enumerate(stretches) if isinstance(one, Block)]
    for count, (index, one) in enumerate(reversed(blocks)):
        late = count < LATE and one.kind in SPOKEN and (_is_note(one) or _is_notice_of_this(one))
        if late:
            found.add(index)
        if only_entries and entries and _is_title_of_notes(one):
            found.update((index, *entries))
            break
        if only_entries and (_is_entry(one) or _is_note(one)):
            entries.append(index)
        elif not late:
            only_entries = False
        if not only_entries and count >= LATE:
            break
    return found


def _is_notice_of_this(block: Block) -> bool:
    """Whether a block is a notice as a whole, and says that it speaks of this text."""
    said = THIS.match(block.text) is not None
    return said and _notice(block) == len(text_of(block.runs))


def _notice(block: Block) -> int:
    """Where the notices end with which a block begins; 0 where it begins with none."""
    if block.kind not in {"heading", "paragraph", "quote"} or len(block.text) > LONGEST:
        return 0
    text = text_of(block.runs)
    end = 0
    while (found := UNDER_REVIEW.match(text, end)) and not OBLIGES.search(found[0]):
        end = found.end()
        end += len(text[end:]) - len(text[end:].lstrip())
    return end


def _split(block: Block, end: int) -> Iterator[Block | Moved]:
    said = plain(kept(block.runs, end))
    since = SINCE.search(said)
    yield Moved(said, block.place, "under_review", only_day(since[1]) if since else None)
    if rest := cut(block.runs, end):
        yield replace(block, runs=rest, kind="paragraph" if block.kind == "heading" else block.kind)


def _is_title_of_notes(block: Block) -> bool:
    return block.kind in {"heading", "paragraph"} and AMENDED.fullmatch(block.text.rstrip(":")) is not None


def _note(block: Block) -> Moved:
    text = f"{block.marker} {block.text}".strip()
    return Moved(text, block.place, "amendments", only_day(text))


def _is_note(block: Block) -> bool:
    """Whether a block says by itself when the text was changed."""
    if block.kind not in {"heading", "paragraph", "item", "quote"} or len(block.text) > LONGEST:
        return False
    if LABEL.fullmatch(block.text):
        return True
    said = SAID.fullmatch(block.text)
    if LABELLED.match(block.text) and not OBLIGES.search(block.text):
        return ANY_DATE.search(block.text) is not None
    if said is None or OBLIGES.search(said["more"]):
        return False
    return ANY_DATE.search(block.text) is not None


def _is_entry(block: Block) -> bool:
    """Whether a block is one of a list of amendments: it has a date or a version."""
    if block.kind not in {"paragraph", "item"} or len(block.text) > LONGEST or dotted_number(block.text):
        return False
    if ENTRY.match(block.text):
        return True
    return ANY_DATE.search(block.text) is not None and not OBLIGES.search(block.text)
