"""What is said of changes to come: each against the version that it changes."""

from __future__ import annotations

from datetime import date

from bs4 import BeautifulSoup

from chapterhouse import chapters
from chapterhouse.editions import edition
from chapterhouse.manual import changes
from chapterhouse.model import Amendment, Chapter, Head, History, Source
from chapterhouse.render.coming import coming, notes
from chapterhouse.render.pieces import ENVIRONMENT

TODAY = date(2026, 6, 1)
FIRST, JULY, AUGUST = date(2020, 4, 1), date(2026, 7, 1), date(2026, 8, 1)
TEXT = "## 1. One\n\n1.1 Act on the day.\n\n1.2 Keep a copy of it.\n\n1.3 Tell the duty desk at once.\n"
SECOND = TEXT.replace("on the day", "at once")


def history(*versions: tuple[date, str, dict[str, str]]) -> History:
    """A chapter of versions with their days, texts and what they renumbered, oldest first."""
    records: tuple[Amendment, ...] = ()
    archive = {}
    for place, (day, text, numbers) in enumerate(versions, 1):
        own = Amendment(str(place), day, FIRST, "revised", "A change.", renumbered=tuple(numbers.items()))
        records = (own, *records)
        head = Head(version=own.version, amendments=records)
        body = chapters.read(Source("procedures/core/one.md", text), 0, "sections")[0]
        archive[own.version] = Chapter("core/one", Source("", text), head, body, text, "")
    return History(archive[records[0].version], archive)


def told(found: History) -> tuple[list[str], dict[str, list[str]]]:
    """What is said above the text, and beside its paragraphs."""
    shown = edition(found, TODAY)
    ahead = coming(shown)
    html = ENVIRONMENT.get_template("coming.html").render(edition=shown, coming=ahead, url=lambda path: path)
    headings = [" ".join(h.get_text().split()) for h in BeautifulSoup(html, "html.parser").find_all("h2")]
    marks = notes(shown, "one", ahead, {})
    return headings, {n: [f"{one.words} {one.href}" for one in said] for n, said in marks.items()}


def test_a_second_change_to_come_is_told_against_the_first() -> None:
    third = SECOND.replace("desk at once", "desk by noon")
    found = history((FIRST, TEXT, {}), (JULY, SECOND, {}), (AUGUST, third, {}))
    assert told(found) == (
        ["From 1 July 2026 paragraph 1.1 will read", "From 1 August 2026 paragraph 1.3 will read"],
        {
            "1.1": ["changes on 1 July 2026 one@changes@2.md#1.1"],
            "1.3": ["changes on 1 August 2026 one@changes@3.md#1.3"],
        },
    )
    assert [one.difference for one in coming(edition(found, TODAY))] == [
        step.redline for step in changes.redlined(found).values()
    ]


def test_a_paragraph_that_will_have_another_number_is_marked_where_it_stands_today() -> None:
    """Another text has its number by then, and says nothing of what stands there today."""
    second = TEXT.replace("1.2 Keep", "1.2 Write what you saw and heard.\n\n1.3 Keep").replace(
        "1.3 T", "1.4 T"
    )
    third = second.replace("desk at once", "desk by noon").replace("saw and heard", "saw")
    moved = {"1.2": "1.3", "1.3": "1.4"}
    _, marks = told(history((FIRST, TEXT, {}), (JULY, second, moved), (AUGUST, third, {})))
    assert marks == {
        "1.2": ["changes on 1 July 2026 one@changes@2.md#1.3"],
        "1.3": ["changes on 1 July 2026 one@changes@2.md#1.4"],
    }
    second = second.replace("1.4 Tell", "1.5 Tell").replace("1.3 Keep", "1.3 Ask.\n\n1.4 Keep")
    only = history((FIRST, second, {}), (JULY, second.replace("Ask", "Wait"), {}))
    assert told(only)[1] == {"1.3": ["changes on 1 July 2026 one@changes@2.md#1.3"]}


def test_what_changes_after_it_was_given_another_number_is_marked_once_by_its_number_today() -> None:
    """The number of the later change is not that on the page."""
    second = TEXT.replace("1.3 Tell", "1.4 Tell")
    third = second.replace("desk at once", "desk by noon")
    found = history((FIRST, TEXT, {}), (JULY, second, {"1.3": "1.4"}), (AUGUST, third, {}))
    shown = edition(found, TODAY)
    (mark,) = notes(shown, "one", coming(shown)[1:], {})["1.3"]
    assert (mark.words, mark.href) == ("changes on 1 August 2026", "one@changes@3.md#1.4")


def test_a_version_that_will_never_apply_is_not_told() -> None:
    third = SECOND.replace("desk at once", "desk by noon")
    found = history((FIRST, TEXT, {}), (JULY, SECOND, {}), (JULY, third, {}))
    assert told(found)[0] == ["From 1 July 2026 paragraphs 1.1 and 1.3 will read"]
