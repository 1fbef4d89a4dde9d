"""The forms of a name: plurals, singulars, capitals, and what makes two of them one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapterhouse.glossary.names import Name, forms, key, key_exact, names, plural
from chapterhouse.terms import Case, Term


def term(name: str, abbreviation: str = "", many: str = "", case: Case | None = None) -> Term:
    return Term(name, "concept", "What it means.", abbreviation, plural=many, case=case)


@pytest.mark.parametrize(
    ("single", "many"),
    [
        ("strategy discussion", "strategy discussions"),
        ("section 47 enquiry", "section 47 enquiries"),
        ("core group", "core groups"),
        ("regulated activity", "regulated activities"),
        ("key day", "key days"),
        ("rapid process", "rapid processes"),
        ("duty box", "duty boxes"),
        ("branch", "branches"),
        ("initial analysis", "initial analyses"),
        ("child", "children"),
        ("looked-after child", "looked-after children"),
        ("midwife", "midwives"),
        ("relevant person", "relevant people"),
        ("Board", "Boards"),
        ("Woman", "Women"),
        # The noun takes the plural, not what is said of it.
        ("chief officer of police", "chief officers of police"),
        ("child in need", "children in need"),
        ("person in a position of trust", "people in a position of trust"),
        # What is a plural, or a possessive, stays.
        ("social services", "social services"),
        ("children", "children"),
        ("Barnardo's", "Barnardo's"),
        ("Barnardo\u2019s", "Barnardo\u2019s"),
        # Letters take no more than an s.
        ("MASH", "MASHs"),
    ],
)
def test_plurals(single: str, many: str) -> None:
    assert plural(single) == many
    assert plural(many) == many


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (term("relevant agency"), {"relevant agency", "relevant agencies"}),
        (term("partners"), {"partners", "partner"}),
        (term("children in care"), {"children in care", "child in care"}),
        (term("relevant person"), {"relevant person", "relevant people", "relevant persons"}),
        (term("rapid process"), {"rapid process", "rapid processes"}),
        (term("Barnardo's"), {"Barnardo's"}),
        (
            term("child missing education", "CME", "children missing education"),
            {"child missing education", "children missing education", "CME", "CMEs"},
        ),
    ],
    ids=lambda value: value.term if isinstance(value, Term) else "",
)
def test_the_forms_of_a_term(name: Term, found: set[str]) -> None:
    assert {one.form for one in names(name)} == found


def test_a_form_knows_the_name_that_it_is_of() -> None:
    whole = Term("officer", "role", "One.", "LO", ("warden",), "officers")
    assert [(one.form, one.name, one.is_abbreviation) for one in names(whole)] == [
        ("officer", "officer", False),
        ("LO", "LO", True),
        ("LOs", "LO", True),
        ("warden", "warden", False),
        ("wardens", "warden", False),
        ("officers", "officers", False),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("multi-agency plan", "Multi Agency  Plan"),
        ("multi\u2010agency", "multi\u2011agency"),
        ("children's home", "children\u2019s home"),
        ("se\u00f1or", "sen\u0303or"),
        ("care\u00a0order", "care order"),
        ("pre- and post-birth", "pre\u2010 and post birth"),
    ],
)
def test_names_that_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("pre-birth", "prebirth"), ("carer's", "carers"), ("pre- and post", "pre and post")]
)
def test_names_that_are_two(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("one", "words", "right"),
    [
        (term("Board"), "Board", True),
        (term("Board"), "board", False),
        (term("Board"), "BOARD", False),
        (term("board"), "BOARD", True),
        (term("board", case="exact"), "Board", False),
        (term("Board", case="any"), "board", True),
        # A sentence may begin with a name that has its capitals further on.
        (term("named GP"), "Named GP", True),
        (term("named GP"), "Named Gp", False),
        (term("named GP", case="exact"), "Named GP", False),
        (term("Core Panel"), "Core\n> **Panel", True),
        (term("Core Panel"), "Core&nbsp;Panel", True),
        (term("Core-Panel"), "Core\u2011Panel", True),
        (term("O'Neill Panel"), "O\u2019Neill Panel", True),
    ],
)
def test_capitals(one: Term, words: str, *, right: bool) -> None:
    assert next(names(one)).is_written(words) is right


def test_an_abbreviation_begins_no_sentence_in_other_letters() -> None:
    (_, _, short, _) = names(term("electronic record", "eR"))
    assert (short.form, short.is_written("eR"), short.is_written("ER")) == ("eR", True, False)


WORDS = st.text(st.sampled_from("abcdehinsxyz'\u2019 -SF\u00e9"), min_size=1, max_size=24)


@given(WORDS)
def test_a_name_is_always_one_of_its_forms(word: str) -> None:
    found = list(forms(word, term(word)))
    assert found[:1] == ([word] if any(letter.isalnum() for letter in word) else [])
    assert all(key(form) for form in found)


@given(st.text(max_size=30))
def test_the_key_of_a_key_is_itself(text: str) -> None:
    once = key(text)
    assert key(once) == once
    assert key(unicodedata.normalize("NFD", text)) == once
    assert once == once.strip()


@given(WORDS)
def test_what_is_exact_is_the_same_as_itself(word: str) -> None:
    name = Name(term(word), word, word, exact=True)
    assert name.is_written(word)
    assert name.is_written(unicodedata.normalize("NFD", word))
    assert key_exact(key_exact(word)) == key_exact(word)
