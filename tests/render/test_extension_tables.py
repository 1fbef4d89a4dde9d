"""Tables stand in boxes that scroll, named after where they stand."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag
from markdown import Markdown

from chapterhouse.render import ChapterhouseExtension, Context, marked

TABLE = "| Who | When |\n|-----|-----:|\n| All | Now |"


def page(text: str) -> BeautifulSoup:
    md = Markdown(extensions=["toc", ChapterhouseExtension(contexts={"a": Context("sections")}.get)])
    return BeautifulSoup(md.convert(marked("a", text)), "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    boxes = soup.select("div.table-scroll")
    assert all((box["role"], box["tabindex"]) == ("region", "0") for box in boxes)
    assert all([child.name for child in box.find_all(recursive=False)] == ["table"] for box in boxes)
    assert len(boxes) == len(soup.find_all("table"))
    return [str(box["aria-label"]) for box in boxes]


def table(soup: BeautifulSoup) -> Tag:
    (one,) = soup.find_all("table")
    return one


def test_each_box_has_a_name_of_its_own() -> None:
    text = [
        TABLE,
        "## 1. Duties & *powers*",
        TABLE,
        TABLE,
        "1.1 A",
        TABLE,
        "- in a list\n\n    " + TABLE.replace("\n", "\n    "),
        "> " + TABLE.replace("\n", "\n> "),
        "1.2 B[^1]",
        TABLE,
        "[^1]:\n    A note.\n\n    " + TABLE.replace("\n", "\n    "),
        "### Further",
        TABLE,
    ]
    # Two tables in a row need something between them, or they are one.
    soup = page("\n\n".join(text))
    assert names(soup) == [
        "Table",
        "Table in section Duties & powers",
        "Table 2 in section Duties & powers",
        "Table in paragraph 1.1",
        "Table 2 in paragraph 1.1",
        "Table 3 in paragraph 1.1",
        "Table in paragraph 1.2",
        "Table in section Further",
        "Table in the footnotes",
    ]


def test_header_cells_say_what_they_head() -> None:
    soup = page(TABLE)
    assert [cell.get("scope") for cell in soup.find_all("th")] == ["col", "col"]
    assert not soup.select("td[scope]")


def test_alignment_is_a_class_for_a_strict_policy_forbids_styles() -> None:
    soup = page("| a | b | c | d |\n|:--|:-:|--:|---|\n| 1 | 2 | 3 | 4 |")
    assert not soup.select("[style], [align]")
    for tag in ("th", "td"):
        classes = [cell.get("class") for cell in soup.find_all(tag)]
        assert classes == [["align-left"], ["align-center"], ["align-right"], None]


def test_an_attribute_list_below_a_table_is_the_tables() -> None:
    for gap in ("\n", "\n\n"):
        soup = page(f"1.1 Text.\n\n{TABLE}{gap}{{: .wide }}\n\nMore.")
        assert table(soup)["class"] == ["table", "wide"]
        assert "{" not in soup.get_text()
        assert [row.get_text(" ", strip=True) for row in soup.find_all("tr")] == ["Who When", "All Now"]
        assert soup.find("p", string="More.") is not None


def test_a_table_takes_one_attribute_list() -> None:
    soup = page(f"{TABLE}\n{{: .wide }}\n\n{{: .narrow }}")
    assert table(soup)["class"] == ["table", "wide"]
    assert soup.find("p", string="{: .narrow }") is not None


def test_a_table_without_one_loses_nothing() -> None:
    soup = page(f"{TABLE}\n| {{: .wide }} | x |\n\n{{: .wide }} is no list.\n\n{TABLE}\n\nLast")
    assert [t["class"] for t in soup.find_all("table")] == [["table"], ["table"]]
    assert [cell.get_text() for cell in soup.find_all("tr")[2].find_all("td")] == ["{: .wide }", "x"]
    assert soup.find("p", string="{: .wide } is no list.") is not None


def test_cells_keep_classes_of_their_own() -> None:
    soup = page("| a |\n|--:|\n| 1 {: .note } |")
    assert soup.find("td")["class"] == ["note", "align-right"]  # type: ignore[index] # there is one
