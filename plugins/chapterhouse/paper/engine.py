"""Typst and pikepdf: the only import of either."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from importlib import import_module, resources
from io import BytesIO
from types import ModuleType
from typing import Any

STANDARD = "ua-1"
"""PDF/UA-1. Typst refuses to write a file that would not conform, as far as a program can tell."""
FONTS = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math")
"""The fonts that Typst brings. Those of the machine are asked only for letters that none of these has."""
LACKING = re.compile(r'the text `"(.+)"` could not be displayed')


class EngineError(Exception):
    """A document that cannot be made, in one line, with the cure."""


class EngineMissingError(EngineError):
    """The libraries that make PDF files are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PDF files are made by Typst, which is not installed: pip install 'chapterhouse[pdf]'"
        )


class LetterMissingError(EngineError):
    """A letter that no font has. `letters` are these words as Typst names them."""

    def __init__(self, letters: str) -> None:
        super().__init__(f"no font on this machine has the letters {letters}")
        self.letters = letters


def typeset(document: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The PDF file of a document as `layout` makes it, with its pictures by name.

    It depends on these two alone, but where letters are wanted that only a font of the machine has: no clock
    is asked, no network, no file. Raises EngineError.
    """
    typst, pikepdf = libraries()
    try:
        pdf = _made(typst, document, files, FONTS)
    except LetterMissingError:
        others = sorted({font.family for font in typst.Fonts(include_embedded_fonts=False).fonts()})
        pdf = _made(typst, document, files, (*FONTS, *others))
    return _packed(pikepdf, pdf)


def libraries() -> tuple[ModuleType, ModuleType]:
    """Typst and pikepdf. Raises EngineMissingError where either is not installed."""
    try:
        return import_module("typst"), import_module("pikepdf")
    except ImportError:
        raise EngineMissingError from None


def _made(
    typst: ModuleType, document: Mapping[str, Any], files: Mapping[str, bytes], fonts: tuple[str, ...]
) -> bytes:
    template = resources.files("chapterhouse").joinpath("templates", "paper.typ").read_bytes()
    data = json.dumps({**document, "fonts": fonts}, ensure_ascii=False).encode()
    given = {**files, "main.typ": template, "data.json": data}
    compiler = typst.Compiler(given, ignore_system_fonts=fonts == FONTS)
    try:
        pdf, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=[STANDARD])
    except typst.TypstError as error:
        if match := LACKING.search(error.message):
            raise LetterMissingError(match[1]) from None
        raise EngineError(f"Typst cannot make the PDF file: {error.message}") from None
    return bytes(pdf)


def _packed(pikepdf: ModuleType, pdf: bytes) -> bytes:
    """The same file in a third of the bytes: its many small objects are packed together."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()
