"""Typst and pikepdf: the only import of Typst; `verify` counts sheets by pikepdf too."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from importlib import import_module, resources
from io import BytesIO
from types import ModuleType
from typing import Any

PICTURES = "pictures/"
"""The folder in which the template finds the pictures of a document."""
STANDARD = "ua-1"
"""PDF/UA-1. Typst refuses to write a file that would not conform, as far as a program can tell."""
FONTS = ("Libertinus Serif", "DejaVu Sans Mono", "New Computer Modern", "New Computer Modern Math")
"""The fonts that Typst brings. Those of the machine are asked only for letters that none of these has."""
UNSETTLED = "the numbers of the sheets do not settle, which is a mistake in Chapterhouse: report it"
LACKING = re.compile(r'the text `"(.+)"` could not be displayed')

ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class EngineError(Exception):
    """A document that cannot be made, in one line, with the cure."""


class EngineMissingError(EngineError):
    """The libraries that make PDF files are not installed."""

    def __init__(self) -> None:
        super().__init__(
            "PDF files are made by Typst, which is not installed: pip install 'chapterhouse[pdf]'"
        )


class LetterMissingError(EngineError):
    """A letter that no font has."""

    def __init__(self, letters: str, place: str = "") -> None:
        """`letters` begin with the one that is lacking."""
        name = unicodedata.name(letters[0], f"U+{ord(letters[0]):04X}")
        where = f" in {place}" if place else ""
        super().__init__(
            f"no font on this machine has the letter {letters[0]} ({name}){where}: install one that has it,"
            " for example of the Noto family"
        )
        self.letters = letters


def typeset(part: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes:
    """The PDF file of one part of a document as `layout` makes it, with its pictures by name.

    It depends on these two alone, but where letters are wanted that only a font of the machine has: no clock
    is asked, no network, no file. Raises EngineError.
    """
    return bytes(_asked(part, files, _made))


def counted(part: Mapping[str, Any], files: Mapping[str, bytes]) -> Mapping[str, Any]:
    """The pages of one part, and where in it stands what was `wanted`, in its order: page, x and y in points.

    Raises EngineError.
    """
    said = _asked(part, files, _counted)
    # Typst lets go of what it worked out for earlier parts when it compiles, and not when it is asked.
    typst, _ = libraries()
    typst.Compiler(b"", ignore_system_fonts=True).compile(format="svg")
    return dict(json.loads(said))


def packed(pdf: bytes) -> bytes:
    """The same file in a third of the bytes: its many small objects are packed together."""
    _, pikepdf = libraries()
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def libraries() -> tuple[ModuleType, ModuleType]:
    """Typst and pikepdf. Raises EngineMissingError where either is not installed."""
    try:
        return import_module("typst"), import_module("pikepdf")
    except ImportError:
        raise EngineMissingError from None


def _made(compiler: Any) -> Any:
    pdf, _warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=[STANDARD])
    return pdf


def _counted(compiler: Any) -> Any:
    return compiler.query("<counted>", field="value", one=True)


def _asked(part: Mapping[str, Any], files: Mapping[str, bytes], ask: Callable[[Any], Any]) -> Any:
    """What a compiler of the part answers; other fonts are tried where ours lack a letter."""
    typst, _ = libraries()
    try:
        return _answer(typst, part, files, FONTS, ask)
    except LetterMissingError:
        others = sorted({font.family for font in typst.Fonts(include_embedded_fonts=False).fonts()})
        return _answer(typst, part, files, (*FONTS, *others), ask)


def _answer(
    typst: ModuleType,
    part: Mapping[str, Any],
    files: Mapping[str, bytes],
    fonts: tuple[str, ...],
    ask: Callable[[Any], Any],
) -> Any:
    template = resources.files("chapterhouse").joinpath("templates", "paper.typ").read_bytes()
    data = json.dumps({**part, "fonts": fonts}, ensure_ascii=False).encode()
    given = {**_as_text(files), "main.typ": template, "data.json": data}
    try:
        return ask(typst.Compiler(given, ignore_system_fonts=fonts == FONTS))
    except RuntimeError as error:
        message = getattr(error, "message", str(error))
        if match := LACKING.search(message):
            raise LetterMissingError(ESCAPED.sub(lambda one: chr(int(one[1], 16)), match[1])) from None
        _refuse_pictures(typst, files)
        raise EngineError(f"Typst cannot make the PDF file: {message}") from None


def _as_text(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files for Typst, which is given text alone: as lists of numbers."""
    return {name: json.dumps(list(content)).encode() for name, content in files.items()}


def _refuse_pictures(typst: ModuleType, files: Mapping[str, bytes]) -> None:
    """Raise EngineError for the first picture that Typst cannot draw: its own message does not say which."""
    for name, content in files.items():
        source = b'#set document(title: "x")\n#image(bytes(json("file")), alt: "x")'
        try:
            given = {"main.typ": source, **_as_text({"file": content})}
            compiler = typst.Compiler(given, ignore_system_fonts=True)
            compiler.compile(format="pdf", pdf_standards=[STANDARD])
        except RuntimeError as error:
            path = name.removeprefix(PICTURES)
            raise EngineError(f"the picture {path} cannot be drawn; save it as PNG ({error})") from None
