"""Pages printed by real browsers and read back by the sheet; a small manual of what is hard to print."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import socket
import struct
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from playwright.sync_api import Page

MILLIMETRE = 72 / 25.4
HEAD = """---
chapter: "{number}"
title: {title}
owner: Procedures Subgroup
version: "1"
review: {{due: 2027-03-31}}
amendments:
  - {{version: "1", effective: 2026-04-01, published: 2026-04-01, kind: new, summary: First issue.}}
---

## 1. Text

"""
LONG_TITLE = " ".join(["Arrangements for children who live with relatives far away"] * 4)[:200].strip()
HOSTILE_TITLE = 'The "duty" of \\a all; } /* to tell */ ŵ and Привіт'
SETTINGS = """
site_name: 'Northmoor "hard" procedures'
site_url: https://procedures.northmoor.example/a-long-folder-of-the-partnership/safeguarding/
docs_dir: procedures
theme: {name: material, language: en-GB, font: false}
plugins: [search, chapterhouse]
"""


def squeezed(text: str) -> str:
    """A text without white space: lines are broken where there is room."""
    return re.sub(r"\s", "", text)


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(f"no {name} found: install it (Debian, Ubuntu: apt-get install poppler-utils)")
    return found


def run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@dataclass(frozen=True)
class Paper:
    """A printed page: what stands on each of its sheets."""

    path: Path
    margin: float
    """The height of the margin in which the foot stands, in points."""

    @cached_property
    def sizes(self) -> list[tuple[int, int]]:
        """The width and height of each sheet, in points."""
        said = run(program("pdfinfo"), "-l", "9999", str(self.path))
        return [
            (round(float(width)), round(float(height)))
            for width, height in re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", said)
        ]

    @cached_property
    def title(self) -> str:
        """What the file is called by programs that show it."""
        found = re.search(r"^Title: +(.*)$", run(program("pdfinfo"), str(self.path)), re.MULTILINE)
        return found[1] if found else ""

    @cached_property
    def sheets(self) -> list[str]:
        """The words above the foot, laid out as on the sheet."""
        return self._words("-layout", foot=False)

    @cached_property
    def drawn(self) -> list[str]:
        """The same in the order in which they were drawn, without white space: a cell of a table is whole."""
        return [squeezed(sheet) for sheet in self._words("-raw", foot=False)]

    @cached_property
    def feet(self) -> list[str]:
        """What stands in the margin below, likewise."""
        return [squeezed(foot) for foot in self._words("-raw", foot=True)]

    def tells(self, text: str) -> bool:
        """Whether these words stand somewhere, however they are broken into lines and sheets."""
        sought = squeezed(text)
        return sought in "".join(self.drawn) or sought in squeezed("".join(self.sheets))

    def picture(self, dots: int, *more: str) -> list[tuple[int, int, bytes]]:
        """Each sheet as grey dots, `dots` to the inch: width, height, and a byte for each, 255 is white."""
        run(program("pdftoppm"), "-gray", "-r", str(dots), *more, str(self.path), str(self.path))
        found = []
        for file in sorted(self.path.parent.glob(f"{self.path.name}-*.pgm")):
            content = file.read_bytes()
            head = re.match(rb"P5\s(\d+)\s(\d+)\s255\s", content)
            assert head is not None
            found.append((int(head[1]), int(head[2]), content[head.end() :]))
            file.unlink()
        return found

    def _words(self, order: str, *, foot: bool) -> list[str]:
        """The words of a part of each sheet; neighbours of one size are read at once."""
        found = []
        for (width, height), numbers in groupby(range(len(self.sizes)), lambda one: self.sizes[one]):
            among = list(numbers)
            line = round(height - self.margin)
            top, deep = (line, height - line) if foot else (0, line)
            crop = ["-r", "72", "-x", "0", "-y", str(top), "-W", str(width), "-H", str(deep)]
            part = ["-f", str(among[0] + 1), "-l", str(among[-1] + 1)]
            found += run(program("pdftotext"), order, *part, *crop, str(self.path), "-").split("\f")[:-1]
        return found


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[Page], Paper]:
    """Prints a page with its backgrounds, as Ctrl-P does."""

    def make(page: Page) -> Paper:
        path = tmp_path / f"{len(list(tmp_path.glob('*.pdf')))}.pdf"
        page.pdf(path=path, print_background=True, prefer_css_page_size=True)
        sheet = str(page.locator("link[media=print]").get_attribute("href"))
        style = page.request.get(str(page.evaluate("href => new URL(href, location).href", sheet))).text()
        margin = re.search(r"margin-bottom:(\d+)mm", style)
        assert margin is not None
        return Paper(path, int(margin[1]) * MILLIMETRE)

    return make


class Firefox:
    """A Firefox without a window, driven by its own protocol, Marionette."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.number = 0
        for _ in range(300):
            try:
                self.line = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        self.answers = self.line.makefile("rb")
        self._read()
        self.do("WebDriver:NewSession")

    def do(self, name: str, **arguments: object) -> Any:
        """Send a command, and return its answer."""
        self.number += 1
        sent = json.dumps([0, self.number, name, arguments]).encode()
        self.line.sendall(str(len(sent)).encode() + b":" + sent)
        _, _, error, answer = self._read()
        assert error is None, error
        return answer

    def scripts(self, *, on: bool) -> None:
        """Switch the scripts of pages on or off."""
        self.do("Marionette:SetContext", value="chrome")
        self.do(
            "WebDriver:ExecuteScript",
            script="Services.prefs.setBoolPref('javascript.enabled', arguments[0])",
            args=[on],
        )
        self.do("Marionette:SetContext", value="content")

    def print(self, url: str) -> Paper:
        """Open a page and print it, without its backgrounds."""
        self.do("WebDriver:Navigate", url=url)
        margin = dict.fromkeys(("top", "right", "bottom", "left"), 1.8)
        size = {"page": {"width": 21, "height": 29.7}, "margin": margin}
        said = self.do("WebDriver:Print", background=False, shrinkToFit=False, **size)
        path = self.folder / f"{self.number}.pdf"
        path.write_bytes(base64.b64decode(said["value"]))
        return Paper(path, 0)

    def _read(self) -> Any:
        length = b""
        while (byte := self.answers.read(1)) != b":":
            length += byte
        return json.loads(self.answers.read(int(length)))


@pytest.fixture(scope="session")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """The machine's own Firefox, in Auckland. Not every machine can have one; then the tests say so."""
    program = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
    if program is None:
        pytest.skip("no Firefox found, and nothing was printed by it (Debian: apt-get install firefox-esr)")
    place = tmp_path_factory.mktemp("firefox")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (place / "user.js").write_text(f'user_pref("marionette.port", {port});\n', "utf-8")
    command = [program, "--headless", "--marionette", "--remote-allow-system-access", "--profile", str(place)]
    environment = {**os.environ, "HOME": str(place), "TZ": "Pacific/Auckland"}
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet)
    try:
        started = Firefox(place, port)
        yield started
        started.do("Marionette:Quit", flags=["eForceQuit"])
        started.answers.close()
        started.line.close()
        process.wait(timeout=30)
    finally:
        process.kill()
        process.wait()


def png(width: int, height: int) -> bytes:
    """A picture of a flow chart, as it were: black at its upper and lower edge, white between."""
    edge, inside = b"\0" + b"\0" * width, b"\0" + b"\xff" * width
    rows = edge * 40 + inside * (height - 80) + edge * 40

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def cells(count: int, row: int) -> str:
    return "| " + " | ".join(f"row{row} cell{cell}" for cell in range(count)) + " |\n"


def table(columns: int, rows: int) -> str:
    head = "| " + " | ".join(f"Column {column}" for column in range(columns)) + " |\n"
    rule = "| --- " * columns + "|\n"
    return head + rule + "".join(cells(columns, row) for row in range(rows))


def hard() -> dict[str, tuple[str, str]]:
    """The title and the text of each chapter of the manual that is hard to print, by name."""
    paragraph = "This is what must be done, by whom, and on which day, if nobody else has done it before. "
    nested = (
        "1.1 Do:\n\n- one;\n\n    - two;\n\n        a) three;\n        b) four;\n\n    - five;\n\n- six.\n"
    )
    notes = "".join(f"[^{n}]: Note number {n}, with [words](https://example.org/note-{n}).\n" for n in "12")
    links = (
        "1.1 Read [the guide](https://example.org/guide) and [the guide again](https://example.org/guide), or"
        " <https://example.org/shown>. See [the table](table.md), [what comes first](#1.2),"
        " [paragraph 1.2](#1.2), paragraph 1.2, [how to list](lists.md#1.1)"
        " and [the home page](../index.md).\n\n"
        "1.2 Ring [the desk](tel:01632960001) or write to [the office](mailto:office@northmoor.example).\n"
    )
    return {
        "picture": ("Flow chart", "1.1 The steps:\n\n![Refer, then record](steps.png)\n\n1.2 After it.\n"),
        "table": ("Long table", f"1.1 The table:\n\n{table(3, 90)}\n1.2 After it.\n"),
        "wide": ("Wide table", f"1.1 The table:\n\n{table(16, 30)}\n1.2 After it.\n"),
        "lists": ("Lists and notes", f"{nested}\n1.2 One[^1] and two[^2].\n\n{notes}"),
        "links": ("Links", links),
        "hostile": (f"'{HOSTILE_TITLE}'", "1.1 Act.\n"),
        "name": (LONG_TITLE, "1.1 Act.\n"),
        "long": ("Forty sheets", "".join(f"1.{n} {paragraph * 8}\n\n" for n in range(1, 200))),
    }


@pytest.fixture(scope="session")
def hard_to_print(
    tmp_path_factory: pytest.TempPathFactory,
    archive: Callable[..., None],
    offered: Callable[[Path], Iterator[str]],
) -> Iterator[str]:
    """Where a manual is served of a picture, tables, lists, notes, links, hostile names and forty sheets."""
    place = tmp_path_factory.mktemp("hard")
    written: dict[str, bytes] = {
        "mkdocs.yml": SETTINGS.encode(),
        "procedures/parts.yml": b"parts: {core: Core}\n",
        "procedures/index.md": b"---\ntitle: Home\n---\n\nWelcome.\n",
        "procedures/core/steps.png": png(600, 2400),
    }
    for index, (name, (title, text)) in enumerate(hard().items(), 1):
        content = (HEAD.format(number=f"1.{index}", title=title) + text).encode()
        written |= {f"procedures/core/{name}.md": content, f"amendments/core/{name}/1.md": content}
    for path, data in written.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    archive(place)
    yield from offered(place)


@pytest.fixture
def decoded() -> Callable[[Paper, int], list[str]]:
    """Reads the QR codes of a sheet from its picture, as a telephone would, by a library that is not ours."""

    def read(paper: Paper, sheet: int) -> list[str]:
        ((width, height, dots),) = paper.picture(150, "-f", str(sheet), "-l", str(sheet))
        grey = memoryview(dots).cast("B", (height, width))
        return [code.text for code in zxingcpp.read_barcodes(grey)]

    return read
