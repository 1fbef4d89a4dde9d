"""The text on a narrow screen: nothing is cut off, wide tables scroll in a box, lists count as written."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page

BEYOND = """width => [...document.querySelectorAll("article *")]
  .filter(e => !e.closest(".table-scroll, .md-typeset__scrollwrap") || e.matches(".table-scroll"))
  .filter(e => e.checkVisibility())
  .map(e => [e.getBoundingClientRect(), e.outerHTML.slice(0, 120)])
  .filter(([box, html]) => box.width > 0 && (box.right > width + 1 || box.left < -1))
  .map(([box, html]) => html)"""


def test_a_page_never_scrolls_sideways(visit: Callable[..., Page], pages: dict[str, str], kind: str) -> None:
    """At 320 pixels, as a window of 1280 has at four times the size, and with the spacing of WCAG 1.4.12."""
    page = visit(pages[kind], width=320)
    for details in page.locator("summary").all():
        details.click()
    assert page.evaluate(BEYOND, 320) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == 320
    page.evaluate("scrollTo(1000, scrollY)")
    assert page.evaluate("scrollX") == 0

    page.set_viewport_size({"width": 390, "height": 844})
    page.add_style_tag(
        content="p {margin-bottom: 2em !important}"
        "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
    )
    assert page.evaluate(BEYOND, 390) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") == 390


def test_a_wide_table_scrolls_in_its_own_box_by_keyboard(
    visit: Callable[..., Page], pages: dict[str, str]
) -> None:
    page = visit(f"{pages['wide-table']}#2.1", width=390)
    box = page.get_by_role("region", name="Table in paragraph 2.1")
    inside, all_of_it = box.evaluate("e => [e.clientWidth, e.scrollWidth]")
    assert inside <= 390
    assert all_of_it > 2 * inside
    for _ in range(50):
        page.keyboard.press("Tab")
        if box.evaluate("e => e === document.activeElement"):
            break
    assert box.evaluate("e => e === document.activeElement")
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("e => e.scrollLeft >= e.scrollWidth - e.clientWidth - 1", arg=box.element_handle())
    last = page.get_by_role("columnheader", name="Duty peculiar to the sector").bounding_box()
    assert last is not None
    assert last["x"] + last["width"] <= 391


def test_the_header_cells_of_a_table_say_so(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    page = visit(pages["wide-table"])
    table = page.get_by_role("region", name="Table in paragraph 2.1").get_by_role("table")
    assert table.get_by_role("columnheader").count() == 10
    assert table.get_by_role("row").count() == 15


def test_lists_count_as_they_are_written(visit: Callable[..., Page], pages: dict[str, str]) -> None:
    """What a screen reader says before each item is what a reader sees."""
    page = visit(pages["continuous"])
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    by_id = {node["nodeId"]: node for node in tree}
    markers = {}
    for node in tree:
        if node.get("role", {}).get("value") == "ListMarker":
            item = by_id[node["parentId"]]
            children = [by_id[i] for i in item["childIds"] if i != node["nodeId"]]
            words = " ".join(str(c.get("name", {}).get("value", "")) for c in children)
            markers[words.strip()] = node["name"]["value"]
    written = {
        "the health visitor, school nurse, midwife or general practitioner;": "b) ",
        "domestic abuse services;": "ii) ",
        "probation and housing;": "iii) ",
    }
    assert {words: markers.get(words) for words in written} == written
