"""Pieces of a chapter as Markdown that shows their words and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chapterhouse import chapters
from chapterhouse.chapters.limits import LONGEST_LINE
from chapterhouse.importers.blocks import DEEPEST_HEADING, Block, Cell, Run, plain, words
from chapterhouse.importers.drafts.escaping import dressed, escaped, label, opening, read_back, unnumbered
from chapterhouse.importers.drafts.nesting import Nesting
from chapterhouse.importers.recognising.recognised import Piece
from chapterhouse.importers.runs import tidy
from chapterhouse.markup.addresses import address_fault, is_outside
from chapterhouse.model import Numbering

MARKER = re.compile(r"\(?([a-z]{1,6}|[0-9]{1,3})[.)]?")
_DEEPEST_LIST = 6
PLAINEST = 2
"""As words alone."""


Follow = Callable[[str], str | None]
"""The address in the draft of one in the source; None where it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Written:
    """A body in Markdown, and which piece each of its lines belongs to."""

    lines: tuple[str, ...]
    owners: tuple[int, ...]
    """The index of the piece that a line shows, for each line; -1 for an empty one."""
    unlike: tuple[int, ...] = ()
    """The pieces that do not have the words that they should, read back."""


def write(
    pieces: Sequence[Piece], numbering: Numbering, follow: Follow, plainly: Mapping[int, int] | None = None
) -> Written:
    """The body of a draft. `plainly` says, by their index, how plainly some pieces are written.

    1: no number of a paragraph, no list, no link; 2: a paragraph of words, each sign escaped.
    """
    levels = {**_repeated(pieces), **(plainly or {})}
    writer = _Writer(numbering, follow, _names_of_notes(pieces, levels))
    lines: list[str] = []
    owners: list[int] = []
    before: Block | None = None
    nesting = Nesting(_DEEPEST_LIST)
    for index, piece in enumerate(pieces):
        level = levels.get(index, 0)
        simple = writer.plainer(piece, level)
        depth = nesting.depth(simple.block)
        block = replace(simple.block, level=depth) if depth else simple.block
        noted = before is not None and writer.same_note(block, before)
        if noted or nesting.within(block):
            made = [f"{' ' * 4 * (depth or 1)}{writer.inline(block.runs, level, start=True)}"]
        else:
            made = list(writer.lines(replace(simple, block=block), level))
        if not any(line.strip() for line in made):
            continue
        # Items of one list stand together; everything else stands apart.
        lettered = not level and writer.lettered(block)
        joins = nesting.joins(block, depth, lettered=lettered)
        if lines and not joins:
            lines.append("")
            owners.append(-1)
        lines += made
        owners += [index] * len(made)
        before = block
        nesting.put(block, depth, lettered=lettered, apart=not joins)
    unlike = tuple(_unlike(writer, pieces, levels, lines, owners))
    return Written(tuple(lines), tuple(owners), unlike)


def _names_of_notes(pieces: Sequence[Piece], levels: Mapping[int, int]) -> frozenset[str]:
    """The names that a note and a mark have; of pieces that are written plainly, none."""
    blocks = [piece.block for index, piece in enumerate(pieces) if not levels.get(index)]
    marks = {run.mark for block in blocks for run in runs_of(block) if run.mark}
    return frozenset(block.name for block in blocks if block.kind == "note" and block.name in marks)


def _repeated(pieces: Sequence[Piece]) -> dict[int, int]:
    """The notes whose name an earlier one has: no mark can lead to them, and they are words alone."""
    found: dict[int, int] = {}
    names: set[str] = set()
    last = ""
    for index, piece in enumerate(pieces):
        name = piece.block.name if piece.block.kind == "note" else ""
        if name and name != last and label(name) in names:
            found[index] = PLAINEST
        elif name:
            names.add(label(name))
            last = name
            continue
        last = ""
    return found


def _unlike(
    writer: _Writer,
    pieces: Sequence[Piece],
    plainly: Mapping[int, int],
    lines: Sequence[str],
    owners: Sequence[int],
) -> Iterator[int]:
    """The pieces of which the lines, read back, do not have the words."""
    own: dict[int, list[str]] = {}
    for line, owner in zip(lines, owners, strict=True):
        own.setdefault(owner, []).append(line)
    for index, piece in enumerate(pieces):
        level = plainly.get(index, 0)
        made = own.get(index, [])
        # Between its fences code means itself, whatever it looks like.
        literal = piece.block.kind == "code" and level < PLAINEST
        text = "\n".join(made[1:-1]) if literal else read_back("\n".join(made))
        if words(text) != words(f"{piece.number} {writer.shown(piece.block, level)}"):
            yield index


def runs_of(block: Block) -> Iterator[Run]:
    """The runs of a block, those in the cells of a table too."""
    yield from block.runs
    for row in block.rows:
        for cell in row:
            for inner in cell.blocks:
                yield from runs_of(inner)


@dataclass(frozen=True, slots=True)
class _Writer:
    numbering: Numbering
    follow: Follow
    notes: frozenset[str]

    def plainer(self, piece: Piece, level: int) -> Piece:
        if level < PLAINEST:
            return piece
        block = piece.block
        text = " ".join(filter(None, (piece.number, block.marker, block.text)))
        return Piece(Block("paragraph", block.place, (Run(text),)))

    def same_note(self, block: Block, before: Block) -> bool:
        """Whether a block goes on with the note before it."""
        noted = block.kind == before.kind == "note"
        return noted and block.name == before.name and block.name in self.notes

    def lettered(self, block: Block) -> bool:
        return MARKER.fullmatch(block.marker) is not None

    def shown(self, block: Block, level: int) -> str:
        """The words that a block has in the draft: a mark or a marker that became a footnote's is none."""
        if block.kind == "table":
            inner = (one for row in block.rows for cell in row for one in cell.blocks)
            return " ".join(self.shown(one, level) for one in inner)
        noted = frozenset() if level else self.notes
        runs = (run for run in block.runs if run.mark not in noted)
        marker = "" if block.kind == "note" and block.name in noted else block.marker
        return f"{marker} {plain(runs)}"

    def lines(self, piece: Piece, level: int) -> Iterator[str]:
        """The lines of one piece."""
        block = piece.block
        if block.kind == "heading":
            number = f"{piece.number}. " if piece.number else ""
            yield (
                "#" * min(max(block.level, 2), DEEPEST_HEADING)
                + f" {number}{self.inline(block.runs, level, start=not number)}"
            )
        elif block.kind == "item":
            yield from self._item(block, level)
        elif block.kind == "table":
            yield from self._table(block, level)
        elif block.kind == "quote":
            text = self.inline(block.runs, level, start=True)
            yield from ("> " * min(block.level, 3) + line for line in text.split("<br>"))
        elif block.kind == "code":
            yield from self._code(block)
        elif block.kind == "note" and block.name in self.notes:
            yield f"[^{label(block.name)}]: {self.inline(block.runs, level, start=True)}"
        elif block.kind == "note":
            yield self.inline(tidy((Run(f"{block.marker} "), *block.runs)), level, start=True)
        elif piece.number and not level:
            yield from short(
                f"{chapters.printed(piece.number, self.numbering)} {self.inline(block.runs, level)}"
            )
        elif piece.number:
            stop = "." if self.numbering == "continuous" else ""
            runs = (Run(f"{piece.number}{stop} "), *block.runs)
            yield from short(unnumbered(self.inline(runs, level, start=True)))
        else:
            yield from short(unnumbered(self.inline(block.runs, level, start=True)))

    def _item(self, block: Block, level: int) -> Iterator[str]:
        indent = " " * 4 * (block.level - 1)
        mark = MARKER.fullmatch(block.marker)
        if mark and not level:
            yield f"{indent}{mark[1]}) {self.inline(block.runs, level, start=True)}"
        else:
            # Other marks than those of a chapter's lists, as A) and IV., are among the words.
            sign = (Run(f"{block.marker} "),) if words(block.marker) else ()
            yield f"{indent}- {self.inline(tidy((*sign, *block.runs)), level, start=True)}"

    def _table(self, block: Block, level: int) -> Iterator[str]:
        rows = [row for row in block.rows if row]
        if not rows:
            return
        width = max(map(len, rows))
        header, others = rows[0], rows[1:]
        if width == 1 or not others:
            for row in rows:
                for cell in row:
                    for inner in cell.blocks:
                        yield from (*self.lines(Piece(inner), level), "")
            return
        yield self._row(header, width, level)
        yield "|" + " --- |" * width
        for row in others:
            yield self._row(row, width, level)

    def _row(self, row: Sequence[Cell], width: int, level: int) -> str:
        cells = [self._cell(cell, level) for cell in row] + [""] * (width - len(row))
        return "| " + " | ".join(cells) + " |"

    def _cell(self, cell: Cell, level: int) -> str:
        texts = []
        for block in cell.blocks:
            sign = f"{block.marker} " if block.marker else ""
            if block.kind == "table":
                inner = [self._cell(one, level) for row in block.rows for one in row]
                texts += [text for text in inner if text]
            else:
                runs = tidy((Run(sign), *block.runs))
                texts.append(self.inline(runs, level, start=False))
        return "<br>".join(text for text in texts if text)

    def _code(self, block: Block) -> Iterator[str]:
        text = "".join(run.text for run in block.runs)
        fence = "~" * max(3, *(len(found) + 1 for found in re.findall("~+", text)), 3)
        yield fence
        yield from text.split("\n")
        yield fence

    def inline(self, runs: Iterable[Run], level: int = 0, *, start: bool = False) -> str:
        """Runs as one line of Markdown. `start` says that nothing stands before it on its line."""
        made = "".join(self._run(run, level) for run in tidy(runs))
        return opening(made) if start else made

    def _run(self, run: Run, level: int) -> str:
        if run.mark and not level and run.mark in self.notes:
            return f"[^{label(run.mark)}]"
        text = escaped(run.text).replace("\n", "<br>")
        if level:
            return text
        if run.raised:
            return f"<sup>{text}</sup>" if text.strip() else text
        href = (self.follow(run.href) or "") if run.href else ""
        if href and text.strip():
            text = self._link(text, run.text, href)
        return dressed(text, "***"[: 2 * run.strong + run.emphasis])

    def _link(self, text: str, words: str, href: str) -> str:
        if words.strip() == href and not re.search(r"[\s<>]", href):
            return text.replace(escaped(words.strip()), f"<{href}>")
        bare = text.strip()
        before, after = text[: text.index(bare)], text[text.index(bare) + len(bare) :]
        target = f"<{href}>" if re.search(r"[()]", href) else href
        return f"{before}[{bare}]({target}){after}"


def short(line: str) -> Iterator[str]:
    """A paragraph as one line, or as several where a line may not be so long."""
    start = 0
    while len(line) - start > LONGEST_LINE:
        space = line.rfind(" ", start, start + LONGEST_LINE // 2)
        if space < 0:
            break
        yield opening(unnumbered(line[start:space])) if start else line[:space]
        start = space + 1
    yield opening(unnumbered(line[start:])) if start else line


def follow_outside(href: str) -> str | None:
    """An address that leads to another site, where a page may lead; None for every other."""
    if not is_outside(href) or address_fault(href) or re.search(r"[\s<>\"`|\\]", href):
        return None
    return href
