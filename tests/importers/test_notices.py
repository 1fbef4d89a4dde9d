"""What leaves the body of a document: furniture and notices, and never a word of procedure."""

from __future__ import annotations

from datetime import date

import pytest

from chapterhouse.importers import choosing
from chapterhouse.importers.blocks import Loss
from chapterhouse.importers.drafts import drafting
from chapterhouse.importers.recognising.days import only_day
from chapterhouse.importers.recognising.recognise import recognise
from chapterhouse.importers.recognising.recognised import Moved, Recognised

from .test_words import DAY, NEW


def of(body: str) -> Recognised:
    return recognise(choosing.read("a.html", f"<h1>Forms</h1>{body}<h2>One</h2><p>Text.</p>".encode()))


def moved(found: Recognised) -> list[tuple[str, str]]:
    return [
        (one.where, one.text) for one in found.stretches if isinstance(one, Moved) and one.where != "title"
    ]


def dropped(page: str) -> list[str]:
    found = recognise(choosing.read("a.html", page.encode()))
    return [one.text for one in found.stretches if isinstance(one, Loss)]


@pytest.mark.parametrize(
    "text",
    [
        "This chapter is under review.",
        "This chapter is currently under review since 3 March 2026.",
        "This guidance has been marked as under review.",
        "In March 2026 this guidance was marked as under review.",
        "Please note: this safeguarding policy is being reviewed by the partnership.",
        "UNDER REVIEW",
        "UNDER REVIEW: This policy is under review (June 2018)",
        "Status: under review since March 2026",
    ],
)
def test_a_notice_of_a_review(text: str) -> None:
    assert moved(of(f"<p>{text}</p>")) == [("under_review", text)]


@pytest.mark.parametrize(
    "text",
    [
        "This policy is kept under review by the partnership each year and everyone follows it.",
        "The protocol must be kept under review.",
        "Amendments: all must be signed from March 2019.",
        "Amendments: each is signed.",
        "The child's plan is under review by the procedure of chapter 3.",
        "This procedure is under review and all referrals must go to the desk.",
        "Where a policy is under review, staff ask the desk.",
        "Updated thresholds were approved by the board in March 2019 and apply to every referral.",
        "This procedure was approved in March 2019 and applies to every referral.",
        "Approved carers are visited in March 2019 by the desk.",
        "Reviewed plans are sent out by March 2019, and the office keeps a copy of each.",
    ],
)
def test_procedure_stays_in_the_body(text: str) -> None:
    found = of(f"<p>{text}</p>")
    assert moved(found) == []
    assert text in [piece.block.text for piece in found.pieces]


def test_what_follows_a_notice_stays() -> None:
    found = of("<p>This chapter is under review. Go on as <b>before</b>.</p>")
    assert moved(found) == [("under_review", "This chapter is under review.")]
    assert found.pieces[0].block.text == "Go on as before."


@pytest.mark.parametrize(
    "text",
    [
        "Last updated: 3 March 2019",
        "Amended in June 2018.",
        "Approved by the board on 3 March 2019.",
        "This chapter was updated in March 2019 to reflect the new Act, and should be re-read.",
        "In March 2019, this chapter was amended.",
        "Amendment: in March 2019, paragraph 1.2 was changed.",
    ],
)
def test_a_note_of_an_amendment(text: str) -> None:
    assert moved(of(f"<p>{text}</p>")) == [("amendments", text)]


def test_a_list_of_amendments() -> None:
    notes = "<p>March 2019: a form was added.</p><ul><li>Version 2, 2020</ul>"
    found = of(f"<h2>Amendments</h2>{notes}<p>All staff sign.</p>")
    assert [text for _, text in moved(found)] == [
        "Amendments",
        "March 2019: a form was added.",
        "\u2022 Version 2, 2020",
    ]
    assert found.pieces[0].block.text == "All staff sign."


@pytest.mark.parametrize(
    ("foot", "texts"),
    [
        ("<p>THIS CHAPTER IS CURRENTLY UNDER REVIEW.<p>End", ["THIS CHAPTER IS CURRENTLY UNDER REVIEW."]),
        ("<p>Last updated: 3 March 2019<p>Top", ["Last updated: 3 March 2019"]),
        (
            "<h2>Amendments</h2><ul><li>March 2019: a form.<li>May 2020: a desk.</ul>",
            ["Amendments", "\u2022 March 2019: a form.", "\u2022 May 2020: a desk."],
        ),
        ("<p>Under review<p>The policy is under review by the desk.", []),
        ("<p>This chapter is under review. Until then staff ask the desk.", []),
        ("<p>This chapter is under review and staff must ask.", []),
        ("<h2>Amendments</h2><p>In 2019 a desk was opened.<h2>Forms</h2><p>Text.", []),
        ("<ul><li>Last updated: March 2019</ul><p>Text.", []),
    ],
)
def test_notes_and_notices_at_the_end(foot: str, texts: list[str]) -> None:
    text = "".join(f"<p>1.{number} Text.</p>" for number in range(1, 40))
    document = choosing.read("a.html", f"<h1>Forms</h1>{text}{foot}".encode())
    assert [said for _, said in moved(recognise(document))] == texts


def test_a_section_about_amendments() -> None:
    found = of("<h2>Amendments</h2><p>A plan is amended by the desk.</p>")
    assert moved(found) == []
    assert found.section_titles[0] == "Amendments"


def test_the_day_of_a_notice_is_filled_in_and_the_rest_is_left_to_a_person() -> None:
    def head(text: str) -> str:
        (draft,) = drafting.drafts([("a.html", of(f"<p>{text}</p>"))], NEW, DAY)
        assert {fault.code for fault in draft.faults} == {"todo"}
        return draft.source.text.split("\n---\n")[0]

    assert "  since: 2026-03-03\n" in head("This chapter is under review since 3rd of March 2026.")
    assert "  since: TODO\n" in head("This chapter is under review since March 2026.")
    assert "  since: TODO\n" in head("This chapter is under review since 3/4/2026.")
    assert "# Of amendments the source says (2019-03-03): Last" in head("Last updated: 3 March 2019")
    assert "# Of amendments the source says: Last" in head("Last updated: March 2019")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on 3 March 2019", date(2019, 3, 3)),
        ("3rd of Sept. 2019,", date(2019, 9, 3)),
        ("March 3rd, 2019", date(2019, 3, 3)),
        ("2019-03-03", date(2019, 3, 3)),
        ("23/03/2019", date(2019, 3, 23)),
        ("3.3.2019", date(2019, 3, 3)),
        ("3/4/2019", None),
        ("31 June 2019", None),
        ("March 2019", None),
        ("3 March 2019 and 4 March 2019", None),
        ("123 March 2019", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert only_day(text) == day


@pytest.mark.parametrize(
    "page",
    [
        "<h1>A</h1><p>Look at:<ul><li>home<li>school<li>Search</ul>",
        "<h1>A</h1><p>Places that count:<ul><li>home<li>Search</ul>",
        "<h1>A</h1><h2>Print</h2><p>Papers are printed.<h2>Search</h2><p>Rooms are searched.",
        "<h1>Search</h1><h2>Rooms</h2><p>Rooms are searched.",
        "<h1>A</h1><p>In the file stands:<p>Next<p>The next visit.",
        "<h1>A</h1><p>Type:<pre>print</pre><p>Then go on.",
        "<h1>A</h1><h2>Contents</h2><p>What a file contains.",
        "<h1>A</h1><p>Printed on both sides of the 2019 form: the name.<p>Printed on 3 April 2019, it goes.",
        "<h1>A</h1><p>Text.<p>\u00a9 Northmoor 2019.<p>Text.<h2>Privacy</h2><p>Doors are shut.",
        "<ul><li>Ask<li>Answer</ul><h1>A</h1><p>Text.",
        "<p>Home &gt; School<h2>A</h2><p>The way <b>home</b> &gt; school.",
        "<h1>A</h1><ul><li><a href='b'>B</a><li><a href='c'>C</a></ul><p>Text.",
    ],
)
def test_an_authors_own_words_are_no_furniture(page: str) -> None:
    assert dropped(page) == []


@pytest.mark.parametrize(
    ("page", "furniture"),
    [
        ("<p>Home<p>Search<h1>A</h1><p>Text.", ["Home", "Search"]),
        ("<ul><li>Home<li>Search</ul><h1>A</h1><p>Text.", ["Home", "Search"]),
        ("<h1>A</h1><p>Text.<p>Top<h2>B</h2><p>Text.<p>Close", ["Top", "Close"]),
        ("<h1>A</h1><p>Print<p>Back to top<p>Text.", ["Print", "Back to top"]),
        (
            "<h1>A</h1><p>Contents<p>Asking<p>Answering<h2>Asking</h2><p>a<h2>Answering</h2>",
            ["Contents", "Asking", "Answering"],
        ),
        ("<h1>A</h1><p>Contents<p>Asking ... 3<h2>Asking</h2><p>a", ["Contents", "Asking ... 3"]),
        (
            "<h1>A</h1><b>Contents</b><ol><li>Asking<li>Notes</ol><h2>1. Asking</h2>a<h2>2. Notes</h2>b",
            ["Contents", "Asking", "Notes"],
        ),
        (
            "<h1>A</h1><p>Contents<p>1. Asking 3<p>2. Notes 4<h2>Asking</h2>a<h2>Notes</h2>b<h2>Notes</h2>c",
            ["Contents", "1. Asking 3", "2. Notes 4"],
        ),
        (
            "<h1>A</h1><p>Contents<p>Asking<p>Notes<h2>Asking</h2><h2>Notes</h2>b<h2>Asking</h2>c",
            ["Contents", "Asking", "Notes"],
        ),
        (
            "<p>We use cookies for it.<ul><li><a href='/'>Home</a><li><a href='b'>B</a></ul><h1>A</h1>a",
            ["We use cookies for it.", "Home", "B"],
        ),
        (
            "<p>Home &gt; Children &gt; A<p>Forms \u203a A<h1>A</h1>a",
            ["Home > Children > A", "Forms \u203a A"],
        ),
        (
            "<h1>A</h1><p>Text.<p>This page was correct as printed on 3 April<p>Printed: 3 April 2018",
            ["This page was correct as printed on 3 April", "Printed: 3 April 2018"],
        ),
        (
            "<h1>A</h1><p>a<p>Printed from www.moor.example<p>[Top]<p>\u00a9 Moor | <a href=b>Privacy</a>",
            ["Printed from www.moor.example", "[Top]", "\u00a9 Moor | Privacy"],
        ),
        ("<h1>A</h1><p>a<p>Back to top<h2>Search</h2><p>Rooms are searched.", ["Back to top"]),
    ],
)
def test_furniture(page: str, furniture: list[str]) -> None:
    assert dropped(page) == furniture
