"""The terms of the glossary: each linked where a section first uses it, explained on paper, and listed.

The words of the templates stand here a second time, on purpose.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from markdown import Markdown

from chapterhouse import dates
from chapterhouse.manual.terms import terms
from chapterhouse.model import Manual
from chapterhouse.terms import Term, TermMention
from chapterhouse.verify.built import Built, hides, letters, words
from chapterhouse.verify.citing import at, in_text, name_of, place
from chapterhouse.verify.required import Required

TAG = re.compile(r"<[^>]*>")
ITEM = re.compile(r"(?m)^([ \t>]*)[A-Za-z][.)][ \t]+")
"""The mark of a list that Python-Markdown alone does not know."""
PLAIN = Markdown(extensions=["tables", "fenced_code", "attr_list", "admonition"])


@dataclass(frozen=True)
class ExplainedHere:
    """What the page of one version must say of terms."""

    manual: Manual
    required: Required
    mentions: tuple[TermMention, ...]
    day: date

    @cached_property
    def links(self) -> Counter[tuple[str, str]]:
        """The links in the text: the place, and where they lead."""
        return Counter((place(one), address(one.term)) for one in self.mentions if one.first)

    def shown_as_code(self, built: Built) -> set[tuple[str, str]]:
        """Those whose words may be code to Markdown, which knows a block of it by its margin alone."""
        code = letters(" ".join(words(tag) for tag in built.tags if tag.name == "pre"))
        firsts = (one for one in self.mentions if one.first and letters(one.words) in code)
        return {(place(one), address(one.term)) for one in firsts}

    @cached_property
    def notes(self) -> Counter[tuple[str, str]]:
        """What stands beside words that have gone: the place, and the words."""
        if self.required.state in {"superseded", "withdrawn"}:
            return Counter()
        gone = (
            one for one in self.mentions if one.first and not one.accepted and has_gone(one.term, self.day)
        )
        return Counter(
            (place(one), f"(now: {' or '.join(successors(self.manual, one.term, self.day))})") for one in gone
        )

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """What the list at the end explains, in its order."""
        used = {one.term.term for one in self.mentions}
        return tuple(term for term in self.manual.glossary.terms if term.term in used)


def explained_here(manual: Manual, required: Required) -> ExplainedHere:
    """What a page must say of terms, on the day on which its law is judged."""
    other = required.state in {"superseded", "scheduled"}
    day = required.amendment.effective if other else required.today
    return ExplainedHere(manual, required, terms(manual, required.chapter, day), day)


def faults(built: Built, here: ExplainedHere) -> Iterator[str]:
    """What is wrong with the terms of a page of a chapter, each fault as one line."""
    places = {p.anchor for p in here.required.chapter.body.paragraphs}
    tags = list(in_text(built))
    own = [(at(tag, places), tag) for tag in tags if "term" in tag.get_attribute_list("class")]
    beside = Counter(
        (at(tag, places), words(tag)) for tag in tags if "term-note" in tag.get_attribute_list("class")
    )
    found = Counter((where, built.target(tag)) for where, tag in own)
    yield from _differ(found, here.links, "term leads", here.shown_as_code(built))
    written = {(place(one), address(one.term), letters(one.words)) for one in here.mentions}
    for where, tag in own:
        if (where, built.target(tag), letters(words(tag))) not in written:
            yield f"{name_of(where)}: a link is about {words(tag)}, which is no name of its term"
    yield from _differ(beside, here.notes, "note on a term says")
    for where, tag in own:
        anchor = built.target(tag).partition("#")[2]
        identifier = str(tag.get("aria-describedby", ""))
        holders = built.ids.get(identifier, ())
        explains = any("chapter-term" in holder.get_attribute_list("class") for holder in holders)
        if identifier != f"chapterhouse-term-{anchor}" or not explains:
            yield f"{name_of(where)}: nothing describes the term {words(tag)}"
    yield from _listed(built, here)


def _differ(
    found: Counter[tuple[str, str]],
    wanted: Counter[tuple[str, str]],
    what: str,
    spared: Collection[tuple[str, str]] = (),
) -> Iterator[str]:
    for where, target in sorted((wanted - found).keys() - set(spared)):
        yield f"{name_of(where)}: no {what} {target}"
    for where, target in sorted((found - wanted).keys()):
        yield f"{name_of(where)}: a {what} {target}, and none should"


def _listed(built: Built, here: ExplainedHere) -> Iterator[str]:
    lists = built.hooks("terms")
    if not here.terms:
        if lists:
            yield "it has a list of terms, and none is used"
        return
    if len(lists) != 1:
        yield "the list of the terms used is missing, or there twice"
        return
    entries = lists[0].select(".chapter-term")
    if len(entries) != len(here.terms):
        yield f"the list of terms has {len(entries)} entries, not {len(here.terms)}"
        return
    for term, entry in zip(here.terms, entries, strict=True):
        named = read_out(entry).startswith(letters(name_of_term(term)))
        if not named or entry.get("id") != f"chapterhouse-term-{term.anchor}":
            yield f"the list of terms does not name {term.term}"
        yield from _explained(entry, here.manual, term, here.day, "the list of terms")


def page_faults(built: Built, manual: Manual, uses: Mapping[str, set[str]], today: date) -> Iterator[str]:
    """What is wrong with the page of the glossary. `uses` are the addresses that use each term."""
    entries = {str(tag.get("data-term")): tag for tag in built.hooks("term")}
    for term in manual.glossary.terms:
        entry = entries.pop(term.term, None)
        if entry is None:
            yield f"{term.term} is missing"
            continue
        heading = entry.find(id=term.anchor)
        if not isinstance(heading, Tag) or letters(words(heading)) != letters(name_of_term(term)):
            yield f"#{term.anchor} is not the heading of {name_of_term(term)}"
        yield from _explained(entry, manual, term, today, "its entry")
        said = read_out(entry)
        for other in (*term.aliases, *(one.term for one in manual.glossary.related(term)), term.source):
            if letters(other) not in said:
                yield f"the entry of {term.term} does not say {other}"
        used = {built.target(a) for line in entry.select(".glossary-uses") for a in line.find_all("a")}
        for path in sorted(uses.get(term.term, set()) - used):
            yield f"the entry of {term.term} does not say that it is used at {path}"
        for path in sorted(path for path in used - uses.get(term.term, set()) if "#" in path):
            yield f"the entry of {term.term} says that it is used at {path}"
    for name in sorted(entries):
        yield f"{name} is explained and is not in the glossary"


def _explained(entry: Tag, manual: Manual, term: Term, day: date, where: str) -> Iterator[str]:
    said = read_out(entry)
    if meant(term) not in said:
        yield f"{where} does not say what {term.term} means"
    if has_gone(term, day) and term.replaced_by:
        gone = [
            f"no longer the word since {dates.long(term.replaced_by.since)}",
            "now",
            *successors(manual, term, day),
        ]
        if any(letters(one) not in said for one in gone):
            yield f"{where} does not say that {term.term} is no longer the word, and what is"


def data_faults(text: str, manual: Manual, uses: Mapping[str, set[str]], today: date) -> Iterator[str]:
    """What is wrong with `api/glossary.json`."""
    try:
        data = json.loads(text)
        entries = {str(entry["term"]): dict(entry) for entry in data["terms"]}
        places = {name: {str(place["url"]) for place in entry["used_in"]} for name, entry in entries.items()}
    except (ValueError, KeyError, TypeError) as error:
        yield f"is not what its schema says: {error!r}"
        return
    if (data.get("schema"), data.get("build_date")) != (1, today.isoformat()):
        yield f"it is of schema {data.get('schema')} and of {data.get('build_date')}"
    if list(entries) != [term.term for term in manual.glossary.terms]:
        yield "its terms are not those of the glossary, or in another order"
        return
    for term in manual.glossary.terms:
        entry = entries[term.term]
        if (entry.get("definition"), entry.get("url")) != (term.definition, address(term)):
            yield f"{term.term} has another definition or address"
        if entry.get("gone") is not has_gone(term, today):
            yield f"{term.term}: gone is {entry.get('gone')}"
        if not set(term.names) <= set(entry.get("synonyms", ())):
            yield f"{term.term} lacks some of its names among its synonyms"
        if places[term.term] != uses.get(term.term, set()):
            yield f"{term.term} is not said to be used where it is"


def search_faults(text: str, explained: Iterable[ExplainedHere]) -> Iterator[str]:
    """Words by which the search does not find a section that uses a term by another of its names."""
    try:
        known = {
            str(entry["location"]): f"{entry['title']} {entry['text']} {' '.join(entry.get('tags', ()))}"
            for entry in json.loads(text)["docs"]
        }
    except (ValueError, KeyError, TypeError):
        return  # told already
    read = {location: letters(html.unescape(TAG.sub("", said))) for location, said in known.items()}
    for here in explained:
        for term, section in dict.fromkeys((one.term, one.section) for one in here.mentions):
            location = here.required.path + (f"#{section}" if section else "")
            for name in term.names:
                if location in read and letters(name) not in read[location]:
                    yield f"{location} uses {term.term}, and search does not find it by {name}"


def uses(explained: Iterable[ExplainedHere]) -> dict[str, set[str]]:
    """The addresses at which the manual uses each term."""
    found: dict[str, set[str]] = {}
    for here in explained:
        for one in here.mentions:
            path = here.required.path + (f"#{one.anchor}" if one.anchor else "")
            found.setdefault(one.term.term, set()).add(path)
    return found


def has_gone(term: Term, day: date) -> bool:
    """Whether a term is no longer the word on a day."""
    return term.replaced_by is not None and term.replaced_by.since <= day


def successors(manual: Manual, term: Term, day: date) -> Iterator[str]:
    """What a term that has gone is called on a day, each once."""
    names = dict.fromkeys(_successors(manual, term, day))
    yield from names


def _successors(manual: Manual, term: Term, day: date) -> Iterator[str]:
    for name in term.replaced_by.terms if term.replaced_by else ():
        other = manual.glossary.by_term[name]
        if has_gone(other, day):
            yield from _successors(manual, other, day)
        else:
            yield name


def address(term: Term) -> str:
    """Where the site explains a term."""
    return f"glossary/#{term.anchor}"


def name_of_term(term: Term) -> str:
    """A term with its abbreviation, as headings have it."""
    return f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term


def read_out(tag: Tag) -> str:
    """The letters and numerals that a reader of paper sees in an element, without notes on the law."""
    beside = {id(note) for note in tag.select(".citation-note")}
    return letters("".join(_texts(tag, beside)))


def _texts(tag: Tag, beside: set[int]) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            if id(child) not in beside and not hides(child):
                yield from _texts(child, beside)
        elif type(child) is NavigableString:  # not a comment, nor another kind that prints nothing
            yield str(child)


def meant(term: Term) -> str:
    """The letters and numerals of a definition, as Markdown by itself shows it."""
    page = BeautifulSoup(PLAIN.reset().convert(ITEM.sub(r"\1- ", term.definition)), "html.parser")
    return letters(page.get_text())
