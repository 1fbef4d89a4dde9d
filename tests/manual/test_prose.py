"""The sentence around a citation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

LAW = "ukpga/2004/31/section/11"

Report = Callable[..., dict[str, Any]]


def test_the_sentence_is_found_in_lists_tables_links_and_notes(cited: Path, as_json: Report) -> None:
    chapter = cited / "procedures/core/referrals.md"
    text = chapter.read_text("utf-8")
    body = (
        "1.2 First s. 5 of it. A *second* sentence of [ours](records.md#1.1) names section 11 of the"
        " Children Act 2004, e.g. here. A third.\n\n"
        "- One item.\n- Another under section 11 of the Children Act 2004; and more.\n\n"
        "| Who | Law |\n|---|---|\n| Board | section 11 of the Children Act 2004 |\n\n"
        "1.3 A note.[^1]\n\n[^1]: See section 11 of the Children Act 2004.\n\n"
        f"1.4 {'word ' * 90}section 11 of the Children Act 2004 {'word ' * 90}.\n"
    )
    start, end = text.index("1.2 Under"), text.index("## 2.")
    chapter.write_bytes((text[:start] + body + "\n" + text[end:]).encode())
    places = as_json(cited, LAW)["chapters"][0]["places"]
    assert [(one["paragraph"], one["footnote"]) for one in places[:4]] == [
        ("1.2", ""),
        ("1.2", ""),
        ("1.2", ""),
        ("1.3", "1"),
    ]
    said = [one["text"] for one in places]
    assert said[0].startswith("A second sentence of ours names section 11 of the Children Act 2004")
    assert said[0].endswith("e.g. here.")
    assert said[1] == "Another under section 11 of the Children Act 2004; and more."
    assert said[2] == "Board section 11 of the Children Act 2004"
    assert said[3] == "See section 11 of the Children Act 2004."
    assert said[4].startswith("… word")
    assert "section 11 of the Children Act 2004" in said[4]
    assert len(said[4]) < 300
