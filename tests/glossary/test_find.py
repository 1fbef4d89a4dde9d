"""Terms in any text: what is found, what is not, and the laws of the finder."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapterhouse.glossary import Finder
from chapterhouse.glossary.find import fold
from chapterhouse.glossary.names import key, names
from chapterhouse.terms import Glossary, Term


def finder(*terms: str | Term) -> Finder:
    """What finds some terms; of a name alone the rest of the entry does not matter."""
    return Finder(Glossary(tuple(Term(t, "concept", "D.") if isinstance(t, str) else t for t in terms)))


GLOSSARY = finder(
    "harm",
    "significant harm",
    "Board",
    "core group",
    "multi-agency plan",
    "looked-after child",
    "children's home",
    "child in need",
    "regulated activity",
    "section 47 enquiry",
    "s.47 visit",
    "parent/carer",
    "C++ (first) check",
    "se\u00f1or caf\u00e9",
    "pre- and post-birth plan",
    "named GP",
    Term("designated officer", "role", "One.", "LADO", ("allegations officer",)),
    Term("Core Panel", "body", "One.", "", ("Panel",), never=("Adoption Panel", "Panel Beaters")),
)


def found(text: str, by: Finder = GLOSSARY) -> list[str]:
    return [text[one.start : one.end] for one in by.find(text)]


def of(text: str, by: Finder = GLOSSARY) -> list[str]:
    return [one.name.name for one in by.find(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # The longest at each place.
        ("significant harm, harm", ["significant harm", "harm"]),
        ("significant harms", ["significant harms"]),
        ("significant risk of harm", ["harm"]),
        # Whole words.
        ("harmful, charm, harm1, harm_free, unharmed", []),
        ("self-harm, harm-free, non-Board", []),
        ("harm\u2013and harm\u2014harm", ["harm", "harm", "harm"]),
        ("harm/harm (harm), \u201charm\u201d: harm.", ["harm"] * 5),
        ("harm\u0301 charm\u0301", []),
        # Plurals and possessives.
        (
            "harms, harm's, harm\u2019s, harms', harms\u2019 ",
            ["harms", "harm's", "harm\u2019s", "harms", "harms"],
        ),
        (
            "children in need, a child in need's, child in needs",
            ["children in need", "child in need's"],
        ),
        ("regulated activities; Regulated Activity", ["regulated activities", "Regulated Activity"]),
        (
            "children\u2019s homes, children's home\u2019s",
            ["children\u2019s homes", "children's home\u2019s"],
        ),
        # Hyphens, spaces and ends of lines.
        ("core-group core\u2010group core\u2011group", ["core-group", "core\u2010group", "core\u2011group"]),
        ("multi agency plan, multi-agency-plan", ["multi agency plan", "multi-agency-plan"]),
        ("multiagency plan", []),
        (
            "core  group, core\u00a0group, core&nbsp;group",
            ["core  group", "core\u00a0group", "core&nbsp;group"],
        ),
        ("core\ngroup, core\r\ngroup", ["core\ngroup", "core\r\ngroup"]),
        ("core  \n   group", ["core  \n   group"]),
        ("looked-\nafter child", ["looked-\nafter child"]),
        ("looked\n-after child", []),
        (
            "pre- and post-birth plans, pre- and post birth plan",
            ["pre- and post-birth plans", "pre- and post birth plan"],
        ),
        # Capitals.
        ("Board, board, BOARD, Boards", ["Board", "Boards"]),
        ("HARM, Harm", ["HARM", "Harm"]),
        ("LADO, LADOs, LADO's, Lado, lado", ["LADO", "LADOs", "LADO's"]),
        ("LADO-led work, Board-led work", ["LADO"]),
        ("Named GPs meet. A named GP, a NAMED GP, a named gp", ["Named GPs", "named GP"]),
        ("Core&nbsp;Panel, Core\nPanel", ["Core&nbsp;Panel", "Core\nPanel"]),
        # Signs that mean something elsewhere.
        ("parent/carer, parent/carers", ["parent/carer", "parent/carers"]),
        ("parent / carer, parents", []),
        ("a C++ (first) check, a C (first) check, CCC first check", ["C++ (first) check"]),
        ("section\u00a047 enquiries", ["section\u00a047 enquiries"]),
        ("section 47(1) enquiry", []),
        ("an s.47 visit. An s.47 visit, an sx47 visit", ["s.47 visit", "s.47 visit"]),
        # Letters with accents, in one sign or two.
        (
            "se\u00f1or caf\u00e9, sen\u0303or cafe\u0301, senor cafe",
            ["se\u00f1or caf\u00e9", "sen\u0303or cafe\u0301"],
        ),
        ("\u0130 harm, \u0130harm", ["harm"]),
    ],
)
def test_how_a_name_is_met(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "harm@x.example",
        "x@harm.example",
        "www.harm.example",
        "www.x.example/harm",
        "https://x.example/a/harm/b",
        "https://x.example/?q=harm&x=1",
        "https://x.example/#harm",
        "mailto:first.harm@x.example",
        "(see www.x.example/harm).",
        "harm.x.example",
    ],
)
def test_addresses_hold_no_terms(text: str) -> None:
    assert found(text) == []
    assert found(f"harm {text} harm") == ["harm", "harm"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("*core* **group**", ["core* **group"]),
        ("**core group**, _core group_, __core__ group", ["core group", "core group", "core__ group"]),
        ("core\n*group*", ["core\n*group"]),
        # A line that goes on within a quotation, with its sign or without.
        ("> core\n> group", ["core\n> group"]),
        ("> core\ngroup", ["core\ngroup"]),
        ("> a\ncore\n> group", ["core\n> group"]),
        ("> > core\n> group", ["core\n> group"]),
        ("- > core\n  > group", ["core\n  > group"]),
        ("1.1 core\n    group", ["core\n    group"]),
    ],
)
def test_what_dresses_and_parts_the_words_of_a_name(text: str, words: list[str]) -> None:
    assert found(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "core\n\ngroup",
        "core\n \t\ngroup",
        "- core\n- group",
        "* core\n* group",
        "+ core\n+ group",
        "1. core\n2. group",
        "a) core\nb) group",
        "- core\n    - group",
        "# core\ngroup\n===\n# core\n# group".replace("core\ngroup", "x"),
        "core\n# group",
        "| core | group |",
        "| a | core |\n| group | b |",
        "a | core\ngroup | b",
        "core\n> group",
        "> core\n> > group",
        "> core\n\n> group",
        "core\n: group",
        "core\n!!! note\n    group",
        "core\n[^1]: group",
        "core\n***\ngroup",
        "core\0group",
        "core\n\0group",
        "core. group",
        "core, group",
        "core (group)",
    ],
)
def test_two_blocks_and_two_cells_are_no_name(text: str) -> None:
    assert found(text) == []


def test_cells_of_a_table_are_read_each() -> None:
    text = "| core group | harm |\n|---|---|\n| Board | core group |"
    assert found(text) == ["core group", "harm", "Board", "core group"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Panel, Adoption Panel, Panels", ["Panel", "Panels"]),
        ("Adoption Panels, adoption panel's, Adoption\nPanel", []),
        ("Panel Beaters and Panel", ["Panel"]),
        ("the Core Panel, the Adoption Core Panel", ["Core Panel", "Core Panel"]),
        ("Adoption Panel harm", ["harm"]),
    ],
)
def test_a_phrase_that_is_never_the_term(text: str, words: list[str]) -> None:
    assert found(text) == words


def test_never_is_about_its_own_term_alone() -> None:
    by = finder(
        Term("Panel", "body", "One.", never=("Adoption Panel",)), Term("Adoption Panel", "body", "Another.")
    )
    assert of("Adoption Panel, Panel", by) == ["Adoption Panel", "Panel"]


def test_a_shorter_name_where_the_longer_has_other_capitals() -> None:
    by = finder("harm", "Harm Reduction Team", Term("reduction", "concept", "D."))
    assert of("harm reduction team", by) == ["harm", "reduction"]
    assert of("Harm Reduction Team", by) == ["Harm Reduction Team"]


def test_a_name_with_a_capital_comes_before_one_without() -> None:
    by = finder("board", "Board")
    assert of("Board board Boards boards", by) == ["Board", "board", "Board", "board"]


def test_each_form_leads_to_its_name() -> None:
    text = "Designated officers, the LADO's, an allegations officer, core groups"
    assert of(text) == ["designated officer", "LADO", "allegations officer", "core group"]


@pytest.mark.parametrize(
    ("text", "words", "refusals"),
    [
        (r"\harm harm", ["harm"], [True]),
        (r"\significant harm, harm", ["harm"], [True]),
        (r"(\Board) \LADOs", [], [True, True]),
        (r"**\Board** _\Board_", [], [True, True]),
        (r"\other harm", ["harm"], [False]),
        (r"core \group harm", ["harm"], [False]),
        (r"\board \harmful", [], [False, False]),
        # Two are one that the reader sees; and no refusal stands inside words and paths.
        (r"\\harm", [], []),
        (r"C:\harm x\harm \*harm\*", ["harm"], []),
    ],
)
def test_refusals(text: str, words: list[str], refusals: list[bool]) -> None:
    assert found(text) == words
    told = GLOSSARY.refusals(text)
    assert [one.refused for one in told] == refusals
    assert all(text[one.start] == "\\" for one in told)


def test_no_terms_and_no_text() -> None:
    assert finder().find("harm") == ()
    assert [one.refused for one in finder().refusals(r"\harm")] == [False]
    assert GLOSSARY.find("") == ()
    assert GLOSSARY.refusals("") == ()


# --- Laws ---

SMALL = st.text("ab -", min_size=1, max_size=6).filter(lambda name: any(c in "ab" for c in name))
PARTS = st.sampled_from(
    "harm|Harm|significant|core|group|groups|Board|board|LADO|LADOs|Panel|Adoption|child|children|in|need|'s|"
    "\u2019s|-|\u2010| |  |\n|\n\n|\r\n|> |* |- |1. |*|**|_|\\|\\\\|/|.|,|@|://|&nbsp;|&|#|?|(|)|||`|\0|\u0130|"
    "e\u0301|\u0301|section|47|s.|multi|agency|plan|pre-|and|post|birth|\u00a0|\t|[^1]: |!!! note".split("|")
)
TEXTS = st.lists(PARTS, max_size=40).map("".join) | st.lists(PARTS, max_size=30).map(" ".join) | st.text()


@settings(max_examples=500)
@given(TEXTS)
def test_what_is_found_is_in_order_and_a_form_of_its_name(text: str) -> None:
    end = 0
    for one in GLOSSARY.find(text):
        assert end <= one.start < one.end <= len(text)
        end = one.end
        words = re.sub(r"[\s>*_\u2010\u2011-]|&nbsp;", "", text[one.start : one.end])
        words = unicodedata.normalize("NFC", words.replace("\u2019", "'"))
        form = re.sub(r"[\s-]", "", one.name.form)
        assert words.removesuffix("'s").lower() == form.lower() or words.lower() == form.lower()
        if one.name.exact:
            assert words.removesuffix("'s")[1:] == form[1:]
        assert not text[one.end : one.end + 1].isalnum()
        assert not text[max(one.start - 1, 0) : one.start].isalnum()


@settings(max_examples=300)
@given(TEXTS)
def test_curly_apostrophes_and_other_spaces_change_nothing(text: str) -> None:
    places = [(one.start, one.end, one.name) for one in GLOSSARY.find(text)]
    for old, new in (("'", "\u2019"), ("-", "\u2011"), (" ", "\u00a0")):
        # Of a hyphen and a space Markdown knows the plain ones as signs of items and quotations.
        if old == "'" or not re.search(r"[\r\n]", text):
            other = text.replace(old, new)
            assert [(one.start, one.end, one.name) for one in GLOSSARY.find(other)] == places


@given(
    st.lists(st.sampled_from("harm core group significant Board LADO plan agency multi".split()), max_size=12)
)
def test_hyphens_and_ends_of_lines_for_spaces_change_nothing_within_names(words: list[str]) -> None:
    text = " ".join(words)
    places = [(one.start, one.end) for one in GLOSSARY.find(text)]
    for sign in ("\n", "\u00a0", "\t"):
        assert [(one.start, one.end) for one in GLOSSARY.find(text.replace(" ", sign))] == places
    joined = text
    for start, end in places:
        joined = joined[:start] + joined[start:end].replace(" ", "-") + joined[end:]
    assert [(one.start, one.end) for one in GLOSSARY.find(joined)] == places


def naive(text: str, terms: tuple[Term, ...]) -> list[tuple[int, int]]:
    """The same by trying every stretch at every place, in texts of small letters, spaces and hyphens."""
    forms = {one.key for term in terms for one in names(term)}
    result: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        ends = [
            end
            for end in range(len(text), start, -1)
            if key(text[start:end]) in forms and not text[start].isspace() and not text[end - 1].isspace()
        ]
        whole = (end for end in ends if _is_whole(text, start, end))
        end = next(whole, 0)
        if end:
            result.append((start, end))
        start = end or start + 1
    return result


def _is_whole(text: str, start: int, end: int) -> bool:
    before, after = text[:start][-2:], text[end:][:2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return False
    inside = (before[-1:] == "-" and before[:-1].isalnum()) or (after[:1] == "-" and after[1:].isalnum())
    return not inside


@settings(max_examples=1000)
@given(
    st.lists(st.text("ab ", min_size=1, max_size=6).map(str.strip).filter(bool), min_size=1, max_size=5),
    st.lists(st.sampled_from(["a", "b", " ", "as", "bs", "-"]), max_size=14).map("".join),
)
def test_the_finder_agrees_with_a_naive_search(listed: list[str], text: str) -> None:
    terms = tuple(Term(" ".join(name.split()), "concept", "D.") for name in dict.fromkeys(listed))
    by = Finder(Glossary(terms))
    text = re.sub(r"(?<![ab s])-|-(?![ab])", " ", text)  # a hyphen joins letters; elsewhere it is a dash
    assert [(one.start, one.end) for one in by.find(text)] == naive(text, terms)


NAMES = st.text(
    st.sampled_from("abAB12 -'\u2019/.+*()[]\\^$|?{}&@#_\u00e9\u0130\u03a3\u03c2\u00df"),
    min_size=1,
    max_size=12,
)


@settings(max_examples=500)
@given(st.lists(NAMES | st.text(min_size=1, max_size=12), max_size=6), st.lists(NAMES, max_size=6), TEXTS)
def test_no_glossary_and_no_text_raise(listed: list[str], never: list[str], text: str) -> None:
    terms = tuple(Term(name, "concept", "D.", name[:2], never=tuple(never)) for name in listed if key(name))
    by = Finder(Glossary(terms))
    for written in (text, " ".join(listed), "".join(listed), " ".join(never)):
        by.find(written)
        by.refusals(written)


@given(st.text("abcAB12'\u2019-\u00e9 +()", min_size=1, max_size=12))
def test_a_name_is_found_where_it_stands_alone(name: str) -> None:
    name = " ".join(name.split())
    if name and name[0].isalnum() and name[-1].isalnum():
        text = f"; {name} ;"
        assert [text[one.start : one.end] for one in finder(name).find(text)][:1] == [name]


@given(TEXTS)
def test_folding_keeps_every_place(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    for at, letter in enumerate(text):
        if letter.isascii() and letter.isalnum() and "nbsp" not in text:
            assert folded[at] == letter.lower()


# --- Hostile ---

MANY = tuple(
    Term(f"Term {i % 40} and {i} {'plan' if i % 3 else 'group'}", "concept", "D.") for i in range(1000)
)

HOSTILE: dict[str, Callable[[int], str]] = {
    "a letter": lambda n: "a" * n,
    "letters that begin a name": lambda n: "s" * n,
    "a prefix": lambda n: "significant " * (n // 12),
    "a longer prefix": lambda n: "pre- and post " * (n // 14),
    "spaces in a name": lambda n: "core" + " " * n + "grou",
    "spaces": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "lines of spaces": lambda n: " \n" * (n // 2),
    "quotations": lambda n: ">" * n,
    "quotations in lines": lambda n: "> core\n" * (n // 7),
    "items": lambda n: "- " * (n // 2),
    "hyphens": lambda n: "-" * n,
    "hyphens in words": lambda n: "a-" * (n // 2),
    "hyphens at ends": lambda n: "a-   " * (n // 5),
    "backslashes": lambda n: "\\" * n,
    "refusals": lambda n: "\\harm " * (n // 6),
    "refusals in an address": lambda n: "@\\harm" * (n // 6),
    "stars": lambda n: "*" * n,
    "stars in words": lambda n: "a*" * (n // 2),
    "underlines": lambda n: "_" * n,
    "underlines in words": lambda n: "a" + "_" * n + "a",
    "terms": lambda n: "harm " * (n // 5),
    "terms in a word": lambda n: "harm/" * (n // 5),
    "an address of terms": lambda n: "www.x.example/" + "harm/" * (n // 5),
    "addresses": lambda n: "a.b@" * (n // 4),
    "addresses of terms": lambda n: "harm.x harm@ " * (n // 13),
    "phrases that are never": lambda n: "Adoption Panel " * (n // 15),
    "other capitals": lambda n: "core panel " * (n // 11),
    "apostrophes": lambda n: "harm's" * (n // 6),
    "bars": lambda n: "| core\n" * (n // 7),
    "entities": lambda n: "core&nbsp;" * (n // 10),
    "accents": lambda n: "e\u0301" * (n // 2),
    "letters that become two": lambda n: "\u0130" * n,
}


def taken(by: Finder, text: str) -> float:
    """How long it takes, in seconds of this process."""
    start = time.process_time()
    by.find(text)
    by.refusals(text)
    return time.process_time() - start


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_takes_time_in_proportion(name: str) -> None:
    """Eight times the text takes about eight times as long; what tries every way takes sixty-four times."""
    make = HOSTILE[name]
    small, large = taken(GLOSSARY, make(125_000)), taken(GLOSSARY, make(1_000_000))
    assert large < 24 * max(small, 0.02), (small, large)


def test_a_thousand_terms_are_found_about_as_fast_as_ten() -> None:
    start = time.process_time()
    by = Finder(Glossary(MANY))
    assert time.process_time() - start < 3, "a tenth of a second on a quiet machine"
    line = "A plan of many words, with some Term 7 and 7 plan or Term 39 and 79 plans in it."
    text = f"{line}\n" * 12_000
    few = Finder(Glossary(MANY[:10]))
    assert (len(by.find(line)), len(by.find(text)), len(few.find(line))) == (2, 24_000, 1)
    assert taken(by, text) < 10 * taken(few, text)
    assert taken(by, "Term 1 and " * 100_000) < 24 * max(taken(by, "Term 1 and " * 12_500), 0.02)


@pytest.mark.parametrize("name", ["-", " - ", "--"])
def test_a_name_that_is_no_word_is_never_found(name: str) -> None:
    finder = Finder(Glossary((Term(name, "concept", "D.", never=("-",)),)))
    assert finder.find("- birth s. --") == ()
