"""With scripts off nothing of the manual is lost: state, contents, text and links are in the page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from chapterhouse.model import Chapter, Manual

Shown = Callable[[str], Chapter]
SEEN = (
    "e => e.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true})"
)

widths = pytest.mark.parametrize("width", [390, 1280])


def seen(found: Locator) -> bool:
    """Whether a reader can see an element: it is laid out, and neither hidden nor transparent."""
    return bool(found.evaluate(SEEN)) and found.bounding_box() is not None


@widths
def test_the_state_of_a_chapter(visit: Callable[..., Page], pages: dict[str, str], width: int) -> None:
    page = visit(pages["under-review"], width=width, scripts=False)
    assert seen(page.get_by_role("heading", level=1, name="2.5 Serious incidents"))
    status = page.locator("[data-chapterhouse=status]")
    assert seen(status)
    assert [fact.split("\n")[0] for fact in status.locator("div").all_inner_texts()] == [
        "Version",
        "In force since",
        "Next review",
        "Owner",
    ]
    banner = page.get_by_role("region", name="Under review since 1 September 2026")
    assert seen(banner)
    for words in ("The text below still applies.", "Meanwhile", "2.2, 2.4, 3.1", "28 February 2027"):
        assert seen(banner.get_by_text(words).first)
    assert page.locator(".paragraph-note").count() == 3
    assert all(seen(note) for note in page.locator(".paragraph-note").all())
    assert seen(page.locator("[data-chapterhouse=stamp]"))


@widths
def test_the_amendments_open_without_a_script(
    visit: Callable[..., Page], pages: dict[str, str], manual: Manual, width: int
) -> None:
    page = visit(pages["under-review"], width=width, scripts=False)
    summary = page.get_by_text("Show amendments (5)")
    assert seen(summary)
    assert not seen(page.locator(".amendment").first)
    summary.click()
    records = manual.histories[pages["under-review"].strip("/")].chapter.head.amendments
    for record, item in zip(records, page.locator(".amendment").all(), strict=True):
        assert seen(item)
        assert record.summary.rstrip(".") in item.inner_text()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("withdrawn", "Do not follow the text below."),
        ("superseded", "Superseded: this version is no longer in force"),
        ("scheduled", "Changes on 4 January 2027"),
        ("overdue", "Was due by 30 September 2026 and has not been recorded"),
        ("lost", "There is no page at this address."),
    ],
)
def test_the_other_states(visit: Callable[..., Page], pages: dict[str, str], state: str, words: str) -> None:
    page = visit(pages[state], width=390, scripts=False)
    assert seen(page.get_by_text(words).first)


@widths
def test_every_paragraph_can_be_read(
    visit: Callable[..., Page], pages: dict[str, str], shown: Shown, chapter_kind: str, width: int
) -> None:
    page = visit(pages[chapter_kind], width=width, scripts=False)
    article = page.get_by_role("article")
    numbers = [paragraph.number for paragraph in shown(pages[chapter_kind]).body.paragraphs]
    assert len(numbers) > 10
    hidden = article.locator(".paragraph *").evaluate_all(
        f"all => all.filter(e => !({SEEN})(e)).map(e => e.outerHTML)"
    )
    assert hidden == []
    assert article.locator(".paragraph").evaluate_all("all => all.map(e => e.id)") == numbers
    empty = article.locator(".paragraph").evaluate_all(
        "all => all.filter(e => e.innerText.length < 20).map(e => e.id)"
    )
    assert empty == []


@widths
def test_contents_and_links_lead_on(visit: Callable[..., Page], pages: dict[str, str], width: int) -> None:
    page = visit(pages["under-review"], width=width, scripts=False)
    links = [
        link
        for link in page.get_by_role("link", name=re.compile(r"^3\. The rapid review$")).all()
        if seen(link)
    ]
    links[0].click()
    assert page.url.endswith("#3")
    heading = page.get_by_role("heading", name="3. The rapid review")
    top = heading.evaluate("e => e.getBoundingClientRect().top")
    assert 0 <= top < 300
    page.get_by_role("link", name="chapter 1.1, paragraph 4.1").first.click()
    assert page.url.endswith("/core/referrals/#4.1")
    assert page.locator("[id='4.1']").is_visible()
    assert page.get_by_role("heading", level=1).inner_text().startswith("1.1 ")


def test_an_old_address_still_leads_to_the_chapter(visit: Callable[..., Page]) -> None:
    page = visit("core/making-a-referral/", scripts=False)
    page.get_by_role("article").get_by_role("link", name="1.1 Recognising a concern").click()
    assert page.url.endswith("/core/referrals/")
    assert seen(page.locator("[data-chapterhouse=status]"))
