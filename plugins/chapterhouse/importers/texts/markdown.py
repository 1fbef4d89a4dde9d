"""Markdown, line by line, as blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from chapterhouse.importers.blocks import Block, Loss, Run
from chapterhouse.importers.pages.html import MOST_ELEMENTS
from chapterhouse.importers.texts import raw
from chapterhouse.importers.texts.definitions import definition, front_matter
from chapterhouse.importers.texts.inline import inline
from chapterhouse.importers.texts.lines import SPACE, Lines, Open
from chapterhouse.importers.texts.ordered import indent_of
from chapterhouse.importers.texts.sheets import Sheets

HEADING = re.compile(r"#{1,6}(?=\s)")
UNDERLINE = re.compile(r"=+|-{2,}")
FENCE = re.compile(r"`{3,}(?=[^`]*$)|~{3,}")
FOOTNOTE = re.compile(r"(?:<sup>([0-9]{1,3})</sup>|([0-9]{1,3})(?=\s+<https?:)|\[\^([^\s\[\]]{1,80})\]:)\s+")
LONGEST_UNDERLINED = 200
LONGEST_INLINE = 200_000
"""Characters of one paragraph in which marks are looked for; nobody writes a longer one."""
EARLY = 40
"""Lines below the front matter in which a title is looked for."""
CONTENTS = frozenset(("[toc]", "[[toc]]", "[[_toc_]]", "{:toc}"))
MATTER = "from the front matter of the source"


def is_heading(line: str) -> bool:
    """Whether a line is a heading as Markdown marks them."""
    return HEADING.match(line) is not None


class Markdown(Lines):
    """Text with the marks of Markdown."""

    markdown = True

    def __init__(self, sheets: Sheets) -> None:
        """Take the lines of a text."""
        super().__init__(sheets)
        self._links = dict(filter(None, map(definition, reversed(self.lines))))
        self._ends = raw.ends_of(self.lines)
        self._html_left = raw.MOST_STRETCHES
        """How many stretches of HTML are read yet."""
        self._signs_left = 2 * MOST_ELEMENTS
        self._notes: set[str] = set()
        """The names of all so far: a second note of one name is words, as no mark leads to it."""
        self._note = ""
        """The name of the note above, which what is indented goes on with."""

    def code(self) -> frozenset[int]:
        """The lines, by index, between fences. What is never closed is left out: it may be no fence."""
        found: set[int] = set()
        fence, start = "", 0
        for at, line in enumerate(self.lines):
            if not fence and (opening := FENCE.match(line.strip())):
                fence, start = opening[0], at + 1
            elif fence and _closes(line, fence):
                found.update(range(start, at))
                fence = ""
        return frozenset(found)

    def parts(self) -> Iterator[Block | Loss]:
        """The blocks in order."""
        yield from self._front()
        yield from super().parts()

    def _front(self) -> Iterator[Block | Loss]:
        matter = front_matter(self.lines)
        if matter is None:
            return
        for at, line in enumerate(self.lines[: matter.end]):
            text, place = line.strip(), f"line {at + 1}"
            if at == matter.title_at and matter.title and not any(map(_titles, self._early(matter.end))):
                yield Loss(text.partition(":")[0], place, "markup", MATTER)
                yield Block("heading", place, (Run(matter.title),), 1)
            elif text.strip("-. "):
                yield Loss(text, place, "markup", MATTER)
        self.at = matter.end

    def _early(self, start: int) -> list[tuple[str, str]]:
        """The lines in which a text may have a title of its own, each with the one below it."""
        return list(pairwise(self.lines[start : start + EARLY]))

    def line(self, line: str) -> Iterator[Block | Loss]:
        """What ends at a line, or begins and ends there."""
        text = line.strip()
        if fence := FENCE.match(text):
            yield from self._fenced(text, fence[0])
        elif self.open and UNDERLINE.fullmatch(text) and self._is_title(self.open):
            self.open.kind, self.open.level = "heading", 1 if text[0] == "=" else 2
            yield from self.close()
        elif text.startswith("<!--") and self.at <= self._ends.get("!--", -1):
            yield from self._comment()
        elif self._html_left and (name := raw.begins(line)) and (end := self._end_of_html(name)):
            yield from self._html(end)
        elif text.lower() in CONTENTS:
            yield from self.close()
            yield Loss(text, self.place, "furniture", "where a list of contents is made")
        elif definition(text):
            yield from self.close()
            yield Loss(text, self.place, "markup", "where links of the text lead")
        else:
            yield from super().line(line)
            if self.open and (line.endswith("  ") or _breaks(self.open.last)):
                self.open.breaks.add(len(self.open.texts) - 1)
                if _breaks(self.open.last):
                    self.open.texts[-1] = self.open.last[:-1]

    @staticmethod
    def _is_title(opened: Open) -> bool:
        return opened.kind == "paragraph" and 0 < sum(map(len, map(str, opened.texts))) <= LONGEST_UNDERLINED

    def said(self, line: str, text: str) -> Iterator[Block | Loss]:
        """A line that has words."""
        if heading := HEADING.match(text):
            yield from self.close()
            self.start("heading", _bare_heading(text[heading.end() :]), level=heading.end())
            yield from self.close()
        elif (note := FOOTNOTE.match(text)) and (name := note[1] or note[2] or note[3]) not in self._notes:
            yield from self.close()
            self._note = name
            self._notes.add(name)
            self.start("note", text[note.end() :], marker=self._note, name=self._note)
        elif text.startswith(">"):
            yield from self._quoted(text)
        else:
            yield from super().said(line, text)

    def begins(self, text: str) -> Iterator[Block | Loss]:
        """A line that begins a paragraph, or goes on with the item or the note above it."""
        indent = indent_of(self.lines[self.at])
        depth = sum(indent > around + 1 for around in self.indents)
        if self.after == "note" and indent > 1 and self._note:
            self.start("note", text, name=self._note)
        elif depth and self.after == "item":
            self.start("item", text, level=depth)
            del self.indents[depth:]
        else:
            self.start("paragraph", text)
        yield from ()

    def _quoted(self, text: str) -> Iterator[Block | Loss]:
        signs = text[: len(text) - len(text.lstrip("> "))]
        bare, level = text[len(signs) :], signs.count(">")
        if not bare:
            yield from self.close()
            return
        if self.open is None or self.open.kind != "quote" or self.open.level != level:
            yield from self.close()
            self.start("quote", bare, level=level)
        else:
            if bare[:1] in "-*+\u2022" or bare[:1].isdigit():
                self.open.breaks.add(len(self.open.texts) - 1)
            self.go_on(bare)

    def inline(self, text: str, place: str) -> tuple[tuple[Run, ...], list[tuple[int, Loss]]]:
        """The runs of words, and what is lost in them, each after how many letters of them."""
        clean = SPACE.sub(" ", text).strip()
        if len(clean) > LONGEST_INLINE:
            return (Run(clean),), []
        return inline(clean, place, self._links)

    # --- What spans lines ---

    def _fenced(self, text: str, fence: str) -> Iterator[Block | Loss]:
        yield from self.close()
        start = self.at + 1
        end = start
        while end < len(self.lines) and not _closes(self.lines[end], fence):
            end += 1
        if named := text[len(fence) :].strip():
            yield Loss(named, self.place, "markup", "the language of the code below")
        if any(line.strip() for line in self.lines[start:end]):
            yield Block("code", f"line {start + 1}", (Run("\n".join(self.lines[start:end])),))
        self.at = end

    def _comment(self) -> Iterator[Block | Loss]:
        """A comment, over as many lines as it has. What stands behind it is read as a line of its own."""
        yield from self.close()
        first = self.at
        written = [self.lines[first].strip().removeprefix("<!--")]
        while "-->" not in written[-1] and self.at + 1 < len(self.lines):
            self.at += 1
            written.append(self.lines[self.at])
        written[-1], _, rest = written[-1].partition("-->")
        text = " ".join(" ".join(written).split())
        if text:
            yield Loss(text, f"line {first + 1}", "hidden", "a comment")
        if rest.strip():
            yield from self.said(rest, rest.strip())

    def _end_of_html(self, name: str) -> int:
        """The line below HTML that begins at the line that is read; 0 where there is too much of it."""
        end = self.at
        if name in raw.UNTIL_END and self._ends.get(name, -1) >= end:
            while f"</{name}" not in self.lines[end].lower():
                end += 1
            end += 1
        else:
            while end < len(self.lines) and self.lines[end].strip():
                end += 1
        self._html_left -= 1
        self._signs_left -= sum(line.count("<") + line.count("&") for line in self.lines[self.at : end])
        if self._signs_left < 0:
            self._html_left = 0
            return 0
        return end

    def _html(self, end: int) -> Iterator[Block | Loss]:
        """HTML from the line that is read to another."""
        yield from self.close()
        self.indents.clear()
        found, remarks = raw.parts("\n".join(self.lines[self.at : end]), self.at)
        yield from found
        self.remarks += (remark for remark in remarks if remark not in self.remarks)
        self.after = "paragraph"
        self.at = end - 1


def _titles(lines: tuple[str, str]) -> bool:
    """Whether a line is a heading of the first level, with the line below it."""
    line, below = lines
    return line.startswith(("# ", "#\t")) or bool(line.strip() and below.strip() and not below.strip("= \t"))


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return len(text) >= len(fence) and not text.strip(fence[0])


def _breaks(text: str) -> bool:
    """Whether a line ends with a backslash, which breaks it."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def _bare_heading(text: str) -> str:
    """The words of a heading, without the signs that may close it."""
    bare = text.rstrip("#")
    return bare.strip() if bare[-1:].isspace() or not bare else text.strip()
