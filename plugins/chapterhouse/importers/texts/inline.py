"""The marks inside a paragraph of Markdown, as runs, with what they have that no run can keep."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from chapterhouse.importers.blocks import Loss, Run, Why, letters
from chapterhouse.importers.pages.addressing import of_picture
from chapterhouse.importers.texts.definitions import named
from chapterhouse.importers.texts.raw import DRESS, TAGS

TOKEN = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<code>`+)"
    r"|(?P<entity>&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
    r"|<sup>(?P<raised>[^<]{0,40})</sup>"
    r"|<(?P<auto>(?:https?:|mailto:|tel:)[^\s<>]{1,2000}|[^\s<>@:/]{1,100}@[^\s<>@]{1,200})>"
    r"|(?P<comment><!--)"
    r"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9]{0,15})(?P<inside>(?:\s[^<>]{0,2000})?)>"
    r"|\[\^(?P<mark>[^\s\[\]]{1,80})\]"
    r"|~~(?P<struck>[^\s~][^~]{0,2000})~~"
    r"|(?P<opens>!?\[)"
    r"|(?P<closes>\])"
    r"|(?P<signs>\*+|_+)"
)
FOOTNOTE = re.compile(r"[0-9]{1,3}|[*\u2020\u2021]")
TARGET = re.compile(
    r"\(\s{0,50}(?:<(?P<angled>[^<>\n]{0,2000})>"
    r"|(?P<bare>[^\s()<>]{0,2000}(?:\([^\s()<>]{0,200}\)[^\s()<>]{0,200}){0,3}))"
    r"(?:\s{1,50}(?:\"(?P<double>[^\"]{0,500})\"|'(?P<single>[^']{0,500})'))?\s{0,50}\)"
)
REFERENCE = re.compile(r"\[([^\[\]]{0,200})\]")
ATTRIBUTE = re.compile(
    r"(?<![\w-])(href|src|alt)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE
)
LONGEST_LABEL = 200


@dataclass(slots=True)
class _Bit:
    """Words, or a sign among them whose meaning is known when all have been read."""

    text: str = ""
    run: Run | None = None
    """What it is for certain."""
    loss: tuple[str, Why, str] | None = None
    signs: str = ""
    opens: bool = False
    closes: bool = False
    tag: str = ""
    """Of HTML that dresses what follows, or ends it (with `/` before it)."""
    href: str = ""


@dataclass(slots=True)
class _Opener:
    """A bracket that may begin a link or a picture."""

    bit: int
    start: int
    """Where the text in the brackets begins."""
    picture: bool


@dataclass(slots=True)
class _Reading:
    """One paragraph, read from its beginning to its end."""

    text: str
    links: Mapping[str, str]
    bits: list[_Bit] = field(default_factory=list)
    openers: list[_Opener] = field(default_factory=list)
    ticks: dict[int, list[int]] = field(default_factory=dict)
    """Where rows of backticks stand, by how many they are."""

    def read(self) -> list[_Bit]:
        for row in re.finditer("`+", self.text):
            self.ticks.setdefault(len(row[0]), []).append(row.start())
        last_comment = self.text.rfind("-->")
        done = 0
        while found := TOKEN.search(self.text, done):
            self._say(self.text[done : found.start()])
            done = found.end()
            if found["code"]:
                done = self._code(found)
            elif found["comment"]:
                if last_comment >= done:
                    end = self.text.index("-->", done)
                    self._lose(self.text[done:end].strip(), "hidden", "a comment")
                    done = end + 3
                else:
                    self._say(found[0])
            elif found["opens"]:
                self.openers.append(_Opener(len(self.bits), done, picture=found[0] == "!["))
                self.bits.append(_Bit(found[0]))
            elif found["closes"]:
                done = self._closed(found.start(), done)
            elif found["signs"]:
                self.bits.append(self._sign(found))
            elif found["tag"]:
                self._tag(found)
            else:
                self._single(found)
        self._say(self.text[done:])
        return self.bits

    def _say(self, text: str) -> None:
        if text:
            self.bits.append(_Bit(text))

    def _lose(self, text: str, why: Why, remark: str = "") -> None:
        if text or remark:
            self.bits.append(_Bit(loss=(text, why, remark)))

    def _code(self, found: re.Match[str]) -> int:
        """Words between backticks, where as many end them as began them; otherwise the signs alone."""
        size = len(found[0])
        rows = self.ticks[size]
        at = bisect_right(rows, found.start())
        if at == len(rows):
            self._say(found[0])
            return found.end()
        self._say(self.text[found.end() : rows[at]].strip())
        return rows[at] + size

    def _sign(self, found: re.Match[str]) -> _Bit:
        before = self.text[found.start() - 1 : found.start()] if found.start() else ""
        after = self.text[found.end() : found.end() + 1]
        opens, closes = bool(after.strip()), bool(before.strip())
        if found[0][0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        return _Bit(signs=found[0], opens=opens, closes=closes)

    def _single(self, found: re.Match[str]) -> None:
        if found["escaped"]:
            self._say(found["escaped"])
        elif found["entity"]:
            self._say(" ".join(f"x{html.unescape(found['entity'])}x".split())[1:-1])
        elif found["auto"]:
            auto = found["auto"]
            href = auto if ":" in auto.partition("@")[0] else f"mailto:{auto}"
            self.bits.append(_Bit(run=Run(auto.removeprefix("mailto:"), href=href)))
        elif found["mark"]:
            self.bits.append(_Bit(run=Run(found["mark"], raised=True, mark=found["mark"])))
        elif found["struck"]:
            self._lose(found["struck"], "deleted", "It is struck through in the source.")
        else:
            raised = found["raised"] or ""
            mark = raised if FOOTNOTE.fullmatch(raised) else ""
            self.bits.append(_Bit(run=Run(raised, raised=True, mark=mark)))

    def _tag(self, found: re.Match[str]) -> None:
        tag, inside = found["tag"].lower(), found["inside"].strip().rstrip("/")
        values = {one[1].lower(): one[2] or one[3] or one[4] or "" for one in ATTRIBUTE.finditer(inside)}
        if tag not in TAGS:
            self._say(found[0])
        elif tag in {"br", "wbr"}:
            self._say("\n" if tag == "br" else "")
        elif tag == "img" and not found["end"]:
            self._lose(html.unescape(values.get("alt", "")), "picture", of_picture(values.get("src", "")))
        elif tag in DRESS or (tag == "a" and (found["end"] or "href" in values)):
            self.bits.append(_Bit(tag=found["end"] + tag, href=html.unescape(values.get("href", ""))))
        elif not found["end"]:
            self._lose(found[0], "markup", "a tag of HTML; the words in it are kept")

    def _closed(self, start: int, done: int) -> int:
        """Where the text goes on behind a bracket that closes, and perhaps what it leads to."""
        if not self.openers:
            self._say("]")
            return done
        opener = self.openers.pop()
        target, title = "", ""
        if found := TARGET.match(self.text, done):
            target = found["angled"] or found["bare"] or ""
            title = found["double"] or found["single"] or ""
        else:
            found = REFERENCE.match(self.text, done)
            label = (found[1] if found else "") or self.text[opener.start : start]
            if len(label) > LONGEST_LABEL or not (target := self.links.get(named(label), "")):
                self._say("]")
                return done
        inner = self.bits[opener.bit + 1 :]
        if opener.picture:
            del self.bits[opener.bit :]
            self._lose(" ".join(filter(None, (*_said(inner), title))), "picture", of_picture(target))
        else:
            self.bits[opener.bit] = _Bit()
            for bit in inner:
                bit.href = target
            if title:
                self._lose(title, "markup", "the title of a link")
            self.openers.clear()
        return found.end() if found else done


def _said(bits: list[_Bit]) -> Iterator[str]:
    """The words of what becomes the description of a picture."""
    for bit in bits:
        if bit.loss:
            yield bit.loss[0]
        else:
            yield bit.run.text if bit.run else bit.text


def inline(text: str, place: str, links: Mapping[str, str]) -> tuple[tuple[Run, ...], list[tuple[int, Loss]]]:
    """The runs of a paragraph of Markdown, and what is lost in it, each after how many letters of it.

    Signs that mean strong words and have no partner are dropped, as converters leave them behind; other signs
    without a meaning are words. `links` has the address of each that is defined elsewhere in the text. The
    time it takes grows as the text does.
    """
    bits = _Reading(text, links).read()
    turns = _partners(bits)
    runs: list[Run] = []
    lost: list[tuple[int, Loss]] = []
    count = strong = emphasis = 0
    tags = dict.fromkeys(DRESS, 0)
    href = ""
    for index, bit in enumerate(bits):
        if bit.loss:
            said, why, remark = bit.loss
            lost.append((count, Loss(said, place, why, remark)))
        elif bit.tag.lstrip("/") in tags:
            tag = bit.tag.lstrip("/")
            tags[tag] = max(0, tags[tag] + (-1 if bit.tag.startswith("/") else 1))
        elif bit.tag:
            href = "" if bit.tag.startswith("/") else bit.href
        elif index in turns:
            strong, emphasis = strong + turns[index][0], emphasis + turns[index][1]
        else:
            dress = Run(
                bit.text or _kept(bit),
                strong=bool(strong or tags["b"] or tags["strong"]),
                emphasis=bool(emphasis or tags["i"] or tags["em"]),
                href=bit.href or href,
            )
            run = bit.run or dress
            if bit.run and dress.href and not run.href and not run.mark:
                run = replace(run, href=dress.href)
            if run.text:
                runs.append(run)
                count += letters(run.text)
    return tuple(runs), lost


def _kept(bit: _Bit) -> str:
    """A sign of emphasis without a partner, if it is a word's; two stars are what a converter left behind."""
    left_behind = bit.signs.startswith("**") and (bit.opens or bit.closes)
    return "" if left_behind else bit.signs


def _partners(bits: list[_Bit]) -> dict[int, tuple[int, int]]:
    """What each sign of emphasis that has a partner begins (1) or ends (-1): strong words, emphasis."""
    turns: dict[int, tuple[int, int]] = {}
    opened: dict[tuple[str, int], int] = {}
    for index, bit in enumerate(bits):
        if not bit.signs:
            continue
        for kind, wanted in enumerate((len(bit.signs) != 1, len(bit.signs) != 2)):
            key = (bit.signs[0], kind)
            if not wanted or len(bit.signs) > 3:
                continue
            begin = opened.get(key)
            if begin is not None and bit.closes:
                del opened[key]
                turns[begin] = _with(turns.get(begin), kind, 1)
                turns[index] = _with(turns.get(index), kind, -1)
            elif begin is None and bit.opens:
                opened[key] = index
    return turns


def _with(turn: tuple[int, int] | None, kind: int, by: int) -> tuple[int, int]:
    strong, emphasis = turn or (0, 0)
    return (strong + by, emphasis) if kind == 0 else (strong, emphasis + by)
