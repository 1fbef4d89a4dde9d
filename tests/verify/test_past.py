"""What `verify` says of a site whose past was tampered with."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from chapterhouse import manual as manuals
from chapterhouse.manual.following import still
from chapterhouse.verify import verify

Edit = Callable[[str], str] | tuple[str, str]
Damage = Callable[[str, Edit], set[str]]

SUMMARY = "Mistake corrected: Change 3."


def test_a_sound_site_passes(lasting: Path) -> None:
    assert verify(manuals.load(lasting), lasting / "site").failures == ()


@pytest.mark.parametrize(
    ("page", "edit", "reason"),
    [
        (
            "amendments/index.html",
            ('data-version="2"', 'data-version="9"'),
            "the amendment of version 2 of core/acting is missing",
        ),
        (
            "amendments/index.html",
            (SUMMARY, "Mistake corrected: Nothing."),
            f"version 3 of core/acting: the register does not say: {SUMMARY}",
        ),
        (
            "as-at/index.html",
            lambda text: text.replace('data-until="2025-08-31"', 'data-until="2025-09-30"', 1),
            "version 2 of core/acting/ is missing, or has other days",
        ),
        (
            "as-at/2025-06-01/index.html",
            (">Version 2</a>", ">Version 3</a>"),
            "core/acting/: the versions listed are ['3'], not ['2']",
        ),
        (
            "as-at/2025-06-01/index.html",
            (": Change 3.", ""),
            "core/acting/: it is not told that version 2 was published in error",
        ),
        (
            "core/acting/changes/3/index.html",
            ("deleted: </span>Ring<", "deleted: </span>Told<"),
            "the change of paragraph 1.2 does not give the older words",
        ),
        (
            "core/acting/changes/3/index.html",
            ("inserted: </span>Call<", "inserted: </span>Ask<"),
            "the change of paragraph 1.2 does not give the newer words",
        ),
        (
            "core/acting/changes/3/index.html",
            ("noindex", "index"),
            "search engines are not told to pass over this redline",
        ),
        (
            "core/acting/changes/3/index.html",
            ('id="1.2" data-change', 'id="1.1" data-change'),
            "the change of paragraph 1.2 is missing",
        ),
        (
            "core/acting/changes/index.html",
            lambda text: text.replace("before the day is over", "before the day is long", 1),
            "a text of paragraph 2.2, that of version 2, is missing",
        ),
        (
            "core/acting/changes/index.html",
            (' id="1.2"', ""),
            "paragraph 1.2 has no place in the history",
        ),
        (
            "core/acting/index.html",
            ("amended 1 September 2025", "amended 1 September 2024"),
            "paragraph 1.2 does not say: amended 1 September 2025",
        ),
        (
            "reviews.ics",
            ("DTSTART;VALUE=DATE:20270331", "DTSTART;VALUE=DATE:20280331"),
            "the review of core/acting/ is due on 2027-03-31, and it does not say so",
        ),
        (
            "core/acting/index.html",
            (' id="2.3"', ""),
            "paragraph 2.3 is gone, and its address leads nowhere",
        ),
        (
            "core/acting/index.html",
            ("inserted: </span>at once<", "inserted: </span>tomorrow<"),
            "the notice of what is going to change does not give the newer words of paragraph 1.1",
        ),
    ],
)
def test_what_is_tampered_with_is_named(spoil: Damage, page: str, edit: Edit, reason: str) -> None:
    assert reason in spoil(page, edit)


COMING = "Not yet in force: from 4 January 2027, version 4: changed."
FIRST = "From 1 January 2025 to 3 January 2027, version 1: as first published."
MOVED = "Since 1 June 2025, version 2: paragraph 2.3 is now 2.2; its words are the same."
TWICE = "says of Paragraph 1.1 what never was, or in another order"


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (
            lambda text: text.replace("\nchanged.", "\nunchanged.", 1),
            f"of paragraph 1.1 does not say: {COMING}",
        ),
        (
            lambda text: text.replace("as first published.", "added.", 1),
            f"of paragraph 1.1 does not say: {FIRST}",
        ),
        (
            lambda text: text.replace("From <time", "Since <time", 1),
            f"of paragraph 1.1 does not say: {FIRST}",
        ),
        (
            ("its words are the same.", "its words changed."),
            f"of paragraph 2.2 does not say: {MOVED}",
        ),
        (
            ("Removed on", "Kept from"),
            "of paragraph 2.2 does not say: Removed on 1 June 2025 by version 2.",
        ),
        (
            lambda text: re.sub(
                r'(<p class="wording-days">.*?</p>)', r"\1\1", text, count=1, flags=re.DOTALL
            ),
            f"{TWICE}: {COMING} {COMING} {FIRST}",
        ),
        (
            ("<h3>Paragraph 1.1</h3>", "<h3 hidden>Paragraph 1.1</h3>"),
            f"of paragraph 1.1 does not say: {COMING}",
        ),
    ],
)
def test_what_is_said_of_each_text_is_held(spoil: Damage, edit: Edit, reason: str) -> None:
    said = spoil("core/acting/changes/index.html", edit)
    assert f"the history {reason}" in said


@pytest.mark.parametrize(
    "page", ["amendments", "as-at", "as-at/2025-06-01", "core/acting/changes", "core/acting/changes/2"]
)
def test_a_page_that_is_missing_is_named(spoil: Damage, lasting: Path, tmp_path: Path, page: str) -> None:
    del spoil
    (tmp_path / "plain" / page / "index.html").unlink()
    failures = verify(manuals.load(lasting), tmp_path / "plain").failures
    assert (f"{page}/index.html", "the page is missing") in {(one.page, one.reason) for one in failures}


def test_an_old_record_leads_to_no_number_that_was_given_away(lasting: Path) -> None:
    """2.2 is what was 2.3: who reads of 2.2 in the first record must not be led to it."""
    records = manuals.load(lasting).histories["core/acting"]
    assert {"1.1", "1.2", "2.1"} == still(records, "1", "3") & {"1.1", "1.2", "2.1", "2.2", "2.3"}
    assert "2.2" in still(records, "2", "3")
