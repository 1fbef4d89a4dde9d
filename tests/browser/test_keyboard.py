"""A walk through a page by keyboard alone: every stop has a name, is seen, is marked, and the walk ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

Focus = Callable[[Page], dict[str, Any]]

widths = pytest.mark.parametrize("width", [390, 1280])


def walk(page: Page, focus: Focus, key: str) -> list[dict[str, Any]]:
    """Every stop from one end of the page to the other."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 1000:
        page.keyboard.press(key)
        stop = focus(page)
        if stop["body"]:
            return stops
        stops.append(stop)
    pytest.fail("the walk does not end")


def faults(stops: list[dict[str, Any]]) -> list[str]:
    """Stops that a reader would lose sight of: hidden, covered, or without a mark that stands out."""
    return [f"{stop['what']} {stop['ring']}" for stop in stops if not (stop["seen"] and stop["marked"])]


@widths
@pytest.mark.parametrize("walked", ["under-review", "wide-table"])
@pytest.mark.parametrize(("key", "scheme"), [("Tab", "light"), ("Shift+Tab", "dark")])
def test_every_stop_of_a_chapter_is_seen(
    visit: Callable[..., Page],
    pages: dict[str, str],
    focus: Focus,
    walked: str,
    key: str,
    scheme: str,
    width: int,
) -> None:
    """Forwards, and backwards: going back, what comes into view comes in at the top, under the header."""
    page = visit(pages[walked], width=width, scheme=scheme)
    if key == "Shift+Tab":
        page.keyboard.press("End")
    stops = walk(page, focus, key)
    assert len(stops) > 50
    assert faults(stops) == []
    assert [stop["what"] for stop in stops if stop["search"]] == []


def test_every_control_has_a_name(visit: Callable[..., Page], pages: dict[str, str], kind: str) -> None:
    page = visit(pages[kind])
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        controls, nameless = 0, []
        for node in tree:
            role = node["role"]["value"]
            focusable = any(
                p["name"] == "focusable" and p["value"]["value"] for p in node.get("properties", [])
            )
            if focusable and role not in {"RootWebArea", "generic"}:
                controls += 1
                if not node.get("name", {}).get("value", "").strip():
                    nameless.append((width, role))
        assert controls > 5
        assert nameless == []


def test_skip_to_content_does(visit: Callable[..., Page], pages: dict[str, str], focus: Focus) -> None:
    page = visit(pages["under-review"])
    page.keyboard.press("Tab")
    stop = focus(page)
    assert stop["text"] == "Skip to content"
    assert stop["seen"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("article :focus").count() == 1


def test_the_menu_of_a_narrow_screen(visit: Callable[..., Page], pages: dict[str, str], focus: Focus) -> None:
    """Also that of a wide one at four times the size: it opens, shows one list at a time, and closes."""
    page = visit(pages["plain"], width=390)
    menu = page.get_by_role("button", name="Menu")
    sidebar = page.locator(".md-sidebar--primary")
    assert not sidebar.is_visible()
    menu.focus()
    page.keyboard.press("Enter")
    back = sidebar.get_by_role("button", name="Core procedures")
    expect(back).to_be_focused()
    inside = []
    while sidebar.locator(":focus").count():
        inside.append(focus(page))
        page.keyboard.press("Tab")
    assert [stop["text"][:3] for stop in inside[1:]] == ["1.1", "1.2", "1.3", "1.4", "1.5"]
    assert faults(inside) == []
    assert not sidebar.is_visible()
    assert focus(page)["seen"]

    menu.focus()
    page.keyboard.press("Enter")
    back.focus()
    page.keyboard.press("Enter")
    expect(sidebar.get_by_role("button", name="Core procedures")).to_be_focused()
    page.keyboard.press("Tab")
    expect(sidebar.get_by_role("link", name="Local arrangements")).to_be_focused()
    assert focus(page)["seen"]
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    assert not sidebar.is_visible()


@widths
def test_the_colours_by_keyboard(visit: Callable[..., Page], pages: dict[str, str], width: int) -> None:
    page = visit(pages["plain"], width=width)
    for name, scheme, key in (
        ("dark", "slate", "Enter"),
        ("light", "default", "Space"),
        ("dark", "slate", "Space"),
    ):
        button = page.get_by_role("button", name=f"Switch to {name}")
        button.focus()
        page.keyboard.press(key)
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
        expect(page.get_by_role("button", name="Switch to")).to_have_count(1)
        expect(page.get_by_role("button", name="Switch to")).to_be_focused()


@widths
def test_the_search_by_keyboard(
    visit: Callable[..., Page],
    pages: dict[str, str],
    focus: Focus,
    seek: Callable[[Page, str], Locator],
    width: int,
) -> None:
    """It opens, the arrows lead through every result, and Escape gives the page back."""
    page = visit(pages["plain"], width=width)
    seek(page, "chronology")
    stops = []
    for _ in range(3):
        page.keyboard.press("ArrowDown")
        stops.append(focus(page))
    assert len({stop["text"] for stop in stops}) == 3
    assert all(stop["search"] for stop in stops)
    assert faults(stops) == []
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__output")).not_to_be_visible()
