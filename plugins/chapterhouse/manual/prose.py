"""What of a Markdown text is read for citations, and the sentence in which one stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chapterhouse.citations.cleaning import clean
from chapterhouse.citations.structure import SENTENCE
from chapterhouse.masking import Piece, blank, pieces
from chapterhouse.model import Chapter, Source

OFFICIAL = "legislation.gov.uk/"
CODE = frozenset({"code", "fence"})

MOST = 280
"""How long the words around a citation may be, in characters."""
MARK = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)]|[A-Za-z][.)]|#{1,6})[ \t]+|\[\^[^\]\s]{1,80}\]:[ \t]*)")
OPENS = re.compile(r"[ \t]*(?:[-*+#|>]|(?:[0-9]{1,9}|[A-Za-z])[.)][ \t]|\[\^[^\]\s]{1,80}\]:|!!!|:[ \t])")
LINK_WORDS = re.compile(r"!?\[([^\[\]]*)\](?=\x00)")


def prose(text: str, found: Sequence[Piece] | None = None) -> str:
    """`text`, with NUL for what is not read for citations; offsets hold. `found` are its pieces."""
    return blank(text, _unread(text, pieces(text) if found is None else found))


def _unread(text: str, found: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """The stretches in which no citation is looked for: all that is no prose but code, which is indexed,
    and the addresses of official texts, which are citations themselves.
    """
    for piece in found:
        if piece.kind in CODE:
            continue
        if OFFICIAL in piece.address and piece.kind in ("link", "autolink"):
            at = text.find(piece.address, piece.target, piece.end)
            yield (piece.target, at)
            yield (at + len(piece.address), piece.end)
        else:
            yield (piece.target, piece.end)
        # A citation may begin before a link: section 11 of the [Children Act 2004](...).
        if piece.kind == "link":
            yield (piece.start, piece.start + 1)


def sentence(chapter: Chapter, start: int, end: int) -> str:
    """The sentence around `chapter.text[start:end]`, as one line without marks, at most `MOST` characters."""
    first, last = _block(chapter, start + chapter.start, end + chapter.start)
    low, high = start + chapter.start - first, end + chapter.start - first
    raw = chapter.source.text[first:last]
    found = [(p.start, p.end) for p in pieces(raw)]
    # Of a link the words stay; of a citation that is itself an address, all of it.
    kept = prose(raw) if any(a <= low < b for a, b in found) else _words(raw)
    text = clean(kept).replace("|", " ")
    before, words, after = (_plain(part) for part in (text[:low], text[low:high], text[high:]))
    line = before + words + after
    low, high = len(before), len(before) + len(words)
    stops = [match.end() for match in SENTENCE.finditer(line)]
    first = max((stop for stop in stops if stop <= low), default=0)
    last = min((stop for stop in stops if stop >= high), default=len(line))
    return _trimmed(line[first:low].lstrip(), words, line[high:last])


def _words(raw: str) -> str:
    return LINK_WORDS.sub(
        lambda match: f" {match[1]} ".rjust(len(match[0])),
        blank(raw, ((p.target, p.end) for p in pieces(raw))),
    )


def _block(chapter: Chapter, start: int, end: int) -> tuple[int, int]:
    """Offsets into the source of the block that holds a stretch: a paragraph, an item, a row of a table."""
    source = chapter.source
    span = source.span(start, end)
    paragraphs = {paragraph.line: paragraph.number for paragraph in chapter.body.paragraphs}
    first, last = span.line, span.end_line
    while (
        first > chapter.body.line and not _opens(source, first, paragraphs) and source.line(first - 1).strip()
    ):
        first -= 1
    while source.line(last + 1).strip() and not _opens(source, last + 1, paragraphs):
        last += 1
    low = source.starts[first - 1]
    line = source.line(first)
    if first in paragraphs:
        low += line.find(paragraphs[first]) + len(paragraphs[first])
        low += source.text[low : low + 1] == "."
    elif mark := MARK.match(line):
        low += mark.end()
    high = source.starts[last] if last < len(source.starts) else len(source.text)
    return min(low, start), max(high, end)


def _opens(source: Source, line: int, paragraphs: dict[int, str]) -> bool:
    return line in paragraphs or OPENS.match(source.line(line)) is not None


def _plain(text: str) -> str:
    joined = " ".join(text.split())
    lead = " " if text[:1].isspace() else ""
    return f"{lead}{joined}{' ' if joined and text[-1:].isspace() else ''}"


def _trimmed(before: str, words: str, after: str) -> str:
    room = max(MOST - len(words), 0)
    if len(before) + len(after) > room:
        if len(before) > room // 2:
            keep = max(room // 2, room - len(after))
            before = "… " + before[-keep:].partition(" ")[2] if keep and len(before) > keep else before
        left = max(room - len(before), 0)
        if len(after) > left:
            after = after[:left].rpartition(" ")[0] + " …"
    return (before + words + after).strip()
