"""Each fact that a page must state is taken away, contradicted or hidden, one at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from chapterhouse.model import Manual
from chapterhouse.verify import verify

RELY, GONE, CHANGE = "core/rely/index.html", "core/gone/index.html", "core/change/index.html"
MISTAKE = "core/mistake/index.html"
ONE = "core/mistake/versions/1/index.html"
BANNER, STATUS, STAMP = "the under-review banner", "the status line", "the stamp"
SCHEDULED, WITHDRAWN = "the notice of the coming change", "the notice that the chapter is withdrawn"
SUPERSEDED = "the notice that the version is superseded"

Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]
FACTS = yaml.safe_load((Path(__file__).parent / "facts.yml").read_text("utf-8"))


def test_a_sound_site_passes(manual: Manual, site: Path, plain: Path) -> None:
    for place in (site, plain):
        report = verify(manual, place)
        assert report.failures == ()
        assert report.summary == "60 pages read; every banner, status line, stamp and address is there"


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: str(fact["name"]))
def test_a_fact_that_is_gone_or_wrong_is_named(fact: dict[str, Any], damage: Damage) -> None:
    assert damage(fact["page"], lambda text: replaced(text, fact)) == set(fact["told"])


def replaced(text: str, fact: dict[str, Any]) -> str:
    """The text without the fact. A list of chapters may name one twice."""
    assert text.count(fact["old"]) == fact.get("times", 1)
    return text.replace(fact["old"], fact["new"])


def element(text: str, hook: str) -> str:
    """The HTML of an element with a mark; none of ours holds another of its own name."""
    found = re.search(rf'<(\w+) [^>]*data-chapterhouse="{hook}".*?</\1>', text, re.DOTALL)
    assert found
    return found[0]


NOTICES = [
    (RELY, "under-review", BANNER),
    (GONE, "withdrawn", WITHDRAWN),
    (CHANGE, "scheduled", SCHEDULED),
    (ONE, "superseded", SUPERSEDED),
]
HOOKS = [
    *NOTICES,
    (MISTAKE, "status", STATUS),
    (MISTAKE, "stamp", STAMP),
    (MISTAKE, "amendments", "the list of amendments"),
]
HIDDEN = {
    "removed": "",
    "in a comment": "<!-- {} -->",
    "in a template": "<template>{}</template>",
    "for readers without scripts": "<noscript>{}</noscript>",
    "hidden around": "<div hidden>{}</div>",
    "hidden until found": '<div hidden="until-found">{}</div>',
    "from screen readers": '<div aria-hidden="true">{}</div>',
    "folded": "<details><summary>More</summary>{}</details>",
    "in a closed dialog": "<dialog>{}</dialog>",
    "in a popover": "<div popover>{}</div>",
    "out of the article": "</article>{}<article>",
}


@pytest.mark.parametrize(("page", "hook", "name"), HOOKS, ids=str)
@pytest.mark.parametrize("how", HIDDEN)
def test_what_a_reader_does_not_see_is_missing(
    page: str, hook: str, name: str, how: str, damage: Damage
) -> None:
    def hide(text: str) -> str:
        found = element(text, hook)
        if how == "out of the article":
            return text.replace(found, "").replace("</article>", f"</article>{found}")
        return text.replace(found, HIDDEN[how].format(found))

    assert damage(page, hide) == {f"{name} is missing"}


@pytest.mark.parametrize(("page", "hook", "name"), HOOKS, ids=str)
def test_a_second_one_could_say_the_opposite(page: str, hook: str, name: str, damage: Damage) -> None:
    assert damage(page, lambda text: text.replace(element(text, hook), element(text, hook) * 2)) == {
        f"{name} stands there 2 times"
    }


@pytest.mark.parametrize(("page", "hook", "name"), NOTICES, ids=str)
def test_a_notice_after_the_text_comes_too_late(page: str, hook: str, name: str, damage: Damage) -> None:
    def move(text: str) -> str:
        found = element(text, hook)
        return text.replace(found, "").replace("</article>", f"{found}</article>")

    assert damage(page, move) == {f"{name} stands after the text"}


@pytest.mark.parametrize(
    ("page", "hook", "reason"),
    [
        (RELY, "under-review", "it says that it is under review, and it is not"),
        (GONE, "withdrawn", "it says that it is withdrawn, and it is not"),
        (CHANGE, "scheduled", "it says that a change is coming, and none is"),
        (ONE, "superseded", "it says that it is superseded, and it is not"),
    ],
)
def test_a_notice_stands_only_where_it_is_true(
    page: str, hook: str, reason: str, damage: Damage, plain: Path
) -> None:
    false = element((plain / page).read_text("utf-8"), hook)
    assert damage(MISTAKE, lambda text: text.replace("<dl", f"{false}<dl", 1)) == {reason}
