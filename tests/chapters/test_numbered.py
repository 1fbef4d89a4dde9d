"""The numbers of a body at a glance: never more than there are, never fewer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse import chapters
from chapterhouse.chapters.numbered import certain, numbered, possible
from chapterhouse.model import Numbering, Source

PIECES = (
    "1.1 Text|1.2A Text|2. Text|23. Text|1.1|2|## 1. Title|\n|\n\n|\n \t\n|\n\u00a0\n|- |    |\t|```|~~~"
    "|> |a) "
    "|<!--|-->|<div>|</div>|[^1]: |!!! note\n|---|===|x | y\n|\r\n|\r|\u2028|\x0b|\f| |\u00a0|a\n--|--\n"
).split("|")
PIECES += ["|", "a | b\n--|--\n", "1.3 a | b\n--|--\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
NUMBERINGS: tuple[Numbering, ...] = ("sections", "continuous", "none")


@given(TEXTS, st.sampled_from(NUMBERINGS))
def test_what_is_certain_is_there_and_what_is_there_is_possible(text: str, numbering: Numbering) -> None:
    body, _ = chapters.read(Source("x.md", text), 0, numbering)
    numbers = {paragraph.number for paragraph in body.paragraphs}
    assert numbered(text, numbering) == numbers
    assert certain(text, numbering) <= numbers
    at_most = possible(text, numbering)
    assert at_most is None or numbers <= at_most


@pytest.mark.parametrize(("numbering", "stop"), [("sections", ""), ("continuous", ".")])
def test_an_ordinary_chapter_is_told_at_a_glance(numbering: Numbering, stop: str) -> None:
    text = f"\n## Title\n\n1.1{stop} One:\n\n- two\n\n1.2{stop} Three.\n"
    text = text if numbering == "sections" else text.replace("1.1", "1").replace("1.2", "2")
    assert certain(text, numbering) == possible(text, numbering) == numbered(text, numbering) != frozenset()
