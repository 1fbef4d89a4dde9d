"""XML of Word documents that is broken, read as far as it goes.

A reader of XML must stop at the first fault, and one of HTML takes a tag whose quotes are torn to go on to
the next quote, with all the words between. Here no tag goes further than the next `<` or `>`, so that a
fault costs the tag it is in; the elements that it leaves open end where Word would have ended them.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from xml.etree.ElementTree import Element

from bs4.dammit import EncodingDetector

from chapterhouse.importers.blocks import WORD, RefusedError
from chapterhouse.importers.decoding import decoded
from chapterhouse.importers.word.trees import DEEPEST, MOST_ELEMENTS, Growing, as_xml

STRAY = "stray"
"""What is made here of text that stands where Word writes none: a word, or what is left of a tag."""

_ROOT = "salvaged"
_ABOVE = 3
"""Elements that stand around and in those that are open: the root, and one more with its stray text."""
_HEAD = 200
"""In how many bytes a part must have said what its encoding is."""
_MOST_TOKENS = 5 * MOST_ELEMENTS
_LONGEST_TAG = 20_000
_TOKEN = re.compile(r"<(/?)([A-Za-z_][\w.:-]*+)([^<>]*+)>|<!\[CDATA\[([^<>]*+)>|<([?!])([^<>]*+)>|[^<]++|<")
_ATTRIBUTE = re.compile(r"(?<![\w.:-])([A-Za-z_][\w.:-]*+)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)')")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});")
_TORN = re.compile(r"<[/?!\w][^<>]*+\Z")
"""The tag in the middle of which a part ends that is cut short."""
_TEXTS = frozenset(("t", "delText", "instrText", "delInstrText"))
_AROUND_TEXT = frozenset(
    "document body p r tbl tr tc pPr rPr tblPr tblGrid trPr tcPr sectPr hyperlink ins del moveTo moveFrom"
    " fldSimple smartTag sdt sdtPr sdtContent txbxContent footnotes footnote endnotes endnote comments"
    " comment hdr ftr drawing pict Choice Fallback AlternateContent".split()
)
"""In which Word writes no text, but elements that have some."""
_PARTED_BY = {
    "p": frozenset(("txbxContent", "tc")),
    "r": frozenset(("txbxContent", "tc", "rt", "rubyBase")),
    "tr": frozenset(("tbl",)),
    "tc": frozenset(("tbl",)),
    **dict.fromkeys(_TEXTS, frozenset[str]()),
}
"""What never stands in another of its name, but within these."""


def salvaged(content: bytes, name: str) -> Element | None:
    """The tree of a part that is no whole XML, or None where nothing is left of it.

    Elements have names without a namespace. `RefusedError` for what is too large or declares a type.
    """
    declared = EncodingDetector.find_declared_encoding(content[:_HEAD]) or ""
    text, _ = decoded(content, otherwise=declared)
    salvage = _Salvage(name)
    for count, token in enumerate(_TOKEN.finditer(_TORN.sub("", as_xml(text)))):
        if count > _MOST_TOKENS:
            raise RefusedError(f"the part {name!r} of it is broken in more places than can be mended")
        salvage.take(token)
    return salvage.finish()


class _Salvage:
    def __init__(self, name: str) -> None:
        self._growing = Growing(name)
        self._growing.start(_ROOT, {})
        self._open: list[str] = []
        """The names of the elements that are open, with their prefixes."""
        self._counts = Counter[str]()
        """How many of each name are open."""

    def take(self, token: re.Match[str]) -> None:
        """Go on by a tag or a text."""
        closing, name, rest, quoted, declared, declaration = token.groups()
        if declared == "!" and declaration.upper().startswith(("DOCTYPE", "ENTITY")):
            self._growing.refuse_type()
        if quoted is not None:
            self._text(quoted.removesuffix("]]"))
        elif name is None:
            if not declared:
                self._text(_ENTITY.sub(lambda found: html.unescape(found[0]), token[0]))
        elif closing:
            self._end(name)
        else:
            self._start(name, rest)

    def finish(self) -> Element | None:
        """End what is open; the tree, if there is one."""
        while self._open:
            self._pop()
        self._growing.end(_ROOT)
        root = self._growing.close()
        found = [child for child in root if child.tag != STRAY]
        if len(found) != 1:
            return root if len(root) else None
        found[0].extend(child for child in root if child.tag == STRAY)
        return found[0]

    def _start(self, name: str, rest: str) -> None:
        if self._in_text():
            if ":" not in name:
                return
            self._pop()
        if _bare(name) in _PARTED_BY:
            self._end(name)
        while len(self._open) > DEEPEST - _ABOVE:
            self._pop()
        attributes = {
            key.rpartition(":")[2]: html.unescape(double or single)
            for key, double, single in _ATTRIBUTE.findall(rest[:_LONGEST_TAG])
        }
        self._growing.start(_bare(name), attributes)
        self._open.append(name)
        self._counts[name] += 1
        if rest.endswith("/"):
            self._pop()

    def _end(self, name: str) -> None:
        """End the elements up to the one that is meant, if there is one."""
        if not self._counts[name]:
            return
        parting = _PARTED_BY.get(_bare(name), frozenset())
        for height, opened in enumerate(reversed(self._open), 1):
            if opened == name:
                for _ in range(height):
                    self._pop()
                return
            if _bare(opened) in parting:
                return

    def _text(self, text: str) -> None:
        if self._in_text():
            self._growing.data(text)
        elif WORD.search(text) and (not self._open or _bare(self._open[-1]) in _AROUND_TEXT):
            self._growing.start(STRAY, {})
            self._growing.data(text)
            self._growing.end(STRAY)

    def _in_text(self) -> bool:
        return bool(self._open) and _bare(self._open[-1]) in _TEXTS

    def _pop(self) -> None:
        name = self._open.pop()
        self._counts[name] -= 1
        self._growing.end(_bare(name))


def _bare(name: str) -> str:
    return name.rpartition(":")[2]
