"""What stands around the text of a chapter: its title, state, notices, contents, law and amendments.

Every element added here but the title carries `data-chapterhouse-note` and `data-search-exclude`. Material's
search forgets an exclusion at the next end tag of the same name, so an excluded element never holds
another of its own kind; and a heading with an id would start an entry of its own, so ids sit inside.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from chapterhouse import dates
from chapterhouse.citations import links, provisions, wording
from chapterhouse.editions import KINDS, STATES, Edition, sentence
from chapterhouse.law import Register
from chapterhouse.manual.changes import redlined
from chapterhouse.manual.former import Former
from chapterhouse.model import Chapter
from chapterhouse.redline.telling import told
from chapterhouse.render.cited import CitedLaw
from chapterhouse.render.coming import Coming
from chapterhouse.render.past import Past
from chapterhouse.render.stamp import Stamp
from chapterhouse.render.used import UsedTerms, id_of
from chapterhouse.sheet import PdfFile
from chapterhouse.terms import Term, term_path

Url = Callable[[str], str]
"""Turns a path from the site's root, `core/referrals/#3.4`, into a link from the page being written."""

TITLE = "chapterhouse-title"
"""The id of a page's first heading, where "skip to content" leads."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The terms that a chapter uses, with what explains them."""

    used: UsedTerms
    definition: Callable[[Term, Url], str]
    successors: Callable[[Term, date], tuple[Term, ...]]


def top(
    shown: Edition,
    url: Url,
    law: CitedLaw,
    past: Past,
    ahead: tuple[Coming, ...] = (),
    pdf: PdfFile | None = None,
) -> str:
    """The HTML before the text: title, notices, what is coming, what else held, status line, contents.

    `pdf` is the file that the site has of the chapter.
    """
    return ENVIRONMENT.get_template("top.html").render(
        edition=shown, url=url, law=law, past=past, coming=ahead, pdf=pdf
    )


def draft(chapter: Chapter, today: date) -> str:
    """The HTML before the text of a draft, which only paper shows: title, what it is, owner."""
    return ENVIRONMENT.get_template("draft.html").render(chapter=chapter, today=today)


def end(
    shown: Edition,
    url: Url,
    law: CitedLaw,
    exists: Callable[[str], bool],
    register: Register,
    terms: Explained,
    gone: tuple[Former, ...],
) -> str:
    """The HTML after the text: the law cited, the terms, what old numbers became, the amendments.

    `exists` says whether the site has a page at an address: the page of an instrument is linked then.
    `register` tells the titles of the instruments because of which the chapter was amended.
    """
    return ENVIRONMENT.get_template("end.html").render(
        edition=shown,
        url=url,
        law=law,
        exists=exists,
        reason=lambda text: reason(text, register),
        used=terms.used,
        definition=lambda term: terms.definition(term, url),
        successors=terms.successors,
        term_id=id_of,
        term_path=term_path,
        gone=gone,
        redlined=redlined(shown.history),
    )


def stamped(stamp: Stamp, *, top: bool) -> str:
    """The stamp of a page, at its top or at its end, with the words that stand across each sheet."""
    return ENVIRONMENT.get_template("stamp.html").render(stamp=stamp, top=top)


def moved(shown: Edition, path: str, what: str) -> Callable[[Url], str]:
    """The HTML, for any page's links, of what stands at an old address of the chapter or below one.

    `path` is the address below the chapter's and `what` stands there in words; empty for the chapter itself.
    """
    return lambda url: ENVIRONMENT.get_template("moved.html").render(
        edition=shown, path=path, what=what, url=url
    )


def day(value: date) -> Markup:
    """A date as readers and programs both read it."""
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), dates.long(value))


def eve(value: date) -> date:
    """The last day before a change takes effect."""
    return value - timedelta(days=1)


def reason(because: str, register: Register) -> Markup:
    """A reason of an amendment: words, or the id of an instrument, which is shown by its title and leads to
    its official text.
    """
    target = wording.named(register, because)
    if target is None:
        return Markup.escape(because)
    heading, href = wording.heading(register, target), links.address(register, target)
    return official(href, heading) if href else Markup.escape(heading)


def official(href: str, words: str) -> Markup:
    """A link to an official text, which is on another site."""
    return Markup('<a href="{}" rel="external noreferrer">{}</a>').format(href, words)


def opened(text: str) -> str:
    """A phrase as the start of a sentence."""
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    """A sentence behind a colon."""
    return text[:1].lower() + text[1:]


def environment() -> Environment:
    """The templates of the package. A name that no template is given is an error, not a blank."""
    made = Environment(
        loader=PackageLoader("chapterhouse", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "day": day,
        "eve": eve,
        "in_words": dates.long,
        "provision_anchor": provisions.anchor,
        "lowered": lowered,
        "opened": opened,
        "sentence": sentence,
        "told": told,
    }
    made.globals |= {"KINDS": KINDS, "STATES": STATES, "TITLE": TITLE, "official": official}
    return made


ENVIRONMENT = environment()
