"""The page of one version of a chapter, held against what the manual requires of it."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from chapterhouse import chapters, history
from chapterhouse.model import Chapter
from chapterhouse.verify import citing, sheets, terms
from chapterhouse.verify.built import NOTE, Built, lines, seen, words
from chapterhouse.verify.citing import CitedHere
from chapterhouse.verify.required import Required
from chapterhouse.verify.terms import ExplainedHere
from chapterhouse.verify.wording import Notice

NOTICES = {
    "under-review": "it says that it is under review, and it is not",
    "withdrawn": "it says that it is withdrawn, and it is not",
    "superseded": "it says that it is superseded, and it is not",
    "scheduled": "it says that a change is coming, and none is",
}
"""What is wrong with a notice that stands where it must not."""

BESIDE = "Under review"
"""The note beside each paragraph that is."""


def faults(built: Built, required: Required, cited: CitedHere, explained: ExplainedHere) -> Iterator[str]:
    """What is wrong with the page, each fault as one line."""
    if built.headings() != [required.title]:
        yield f"the title is not {required.title}"
    required_here = {notice.hook for notice in required.notices}
    for notice in required.notices:
        yield from says(built, notice)
        yield from _before_the_text(built, notice, required.chapter)
    for hook, wrong in NOTICES.items():
        if hook not in required_here and built.hooks(hook):
            yield wrong
    yield from _status(built, required)
    yield from sheets.faults(built, required)
    yield from _law(built, cited)
    yield from terms.faults(built, explained)
    yield from _amendments(built, required)
    yield from _addresses(built, required.chapter)
    if required.chapter.head.status != "withdrawn":
        yield from _beside(built, required.chapter, history.touched(required.under_review, required.chapter))
    if required.state == "superseded" and "noindex" not in built.meta("robots"):
        yield "search engines are not told to pass this superseded version over"


def _only(built: Built, hook: str, name: str) -> tuple[Tag | None, str]:
    """The one element with a mark that a reader can see; else what is wrong."""
    found = built.hooks(hook)
    if len(found) == 1:
        return found[0], ""
    return None, f"the {name} stands there {len(found)} times" if found else f"the {name} is missing"


def says(built: Built, notice: Notice) -> Iterator[str]:
    """What is wrong with an element that a page must have."""
    element, wrong = _only(built, notice.hook, notice.name)
    if element is None:
        yield wrong
        return
    yield from _compare(built, notice, element)


def _compare(built: Built, notice: Notice, element: Tag) -> Iterator[str]:
    said = lines(element)
    missing = [line for line in notice.lines if line not in said]
    for line in missing:
        yield f"the {notice.name} does not say: {line}"
    if not missing:
        if besides := [line for line in said if line not in notice.lines]:
            yield f"the {notice.name} says besides: {' / '.join(besides)}"
        elif said != list(notice.lines):
            yield f"the {notice.name} says it in another order, or twice"
    for target in sorted(notice.targets - built.targets(element)):
        yield f"the {notice.name} does not lead to {target}"


def _before_the_text(built: Built, notice: Notice, text: Chapter) -> Iterator[str]:
    """A notice that comes after the text is read too late."""
    places = [
        built.place[id(tag)] for a in text.anchors[:1] for tag in built.ids.get(a, ()) if _inside(built, tag)
    ]
    marks = [built.place[id(tag)] for tag in built.hooks(notice.hook)]
    if places and marks and max(marks) > min(places):
        yield f"the {notice.name} stands after the text"


def _inside(built: Built, tag: Tag) -> bool:
    return id(tag) in built.place


def _status(built: Built, required: Required) -> Iterator[str]:
    yield from says(built, required.status)
    element, _ = _only(built, "status", "status line")
    for name, value in required.attributes.items() if element else ():
        if element and element.get(name) != value:
            yield f"the status line tells programs {name} {element.get(name)!r}, not {value!r}"


def _law(built: Built, cited: CitedHere) -> Iterator[str]:
    yield from citing.faults(built, cited)
    if listed := cited.list:
        yield from says(built, listed)
    elif built.hooks("law"):
        yield f"it has a {citing.NAME}, and none is cited"


def _amendments(built: Built, required: Required) -> Iterator[str]:
    element, wrong = _only(built, "amendments", "list of amendments")
    if element is None:
        yield wrong
        return
    items = [tag for tag in element.find_all("li", attrs={"data-version": True}) if seen(tag)]
    listed = [str(item["data-version"]) for item in items]
    wanted = [record.version for record in required.records]
    if listed != wanted:
        yield f"the list of amendments holds {', '.join(listed) or 'none'}, not {', '.join(wanted)}"
        return
    for item, record in zip(items, required.records, strict=True):
        yield from _compare(built, required.amended(record), item)


def _addresses(built: Built, text: Chapter) -> Iterator[str]:
    """Every address of the core is in the article, once in the page, in order, on what it names."""
    anchors = list(dict.fromkeys(text.anchors))
    holders = {anchor: _holder(built, anchor) for anchor in anchors}
    if missing := [anchor for anchor, holder in holders.items() if holder is None]:
        listed = ", ".join(f"#{anchor}" for anchor in missing[:10])
        yield f"{len(missing)} addresses are missing: {listed}"
    if twice := [anchor for anchor in anchors if len(built.ids.get(anchor, ())) > 1]:
        yield f"addresses stand there more than once: {', '.join(f'#{anchor}' for anchor in twice[:10])}"
    places = [built.place[id(holder)] for holder in holders.values() if holder]
    if places != sorted(places):
        yield "the addresses are not in the order of the text"
    printed = {s.anchor: f"{s.number}." for s in text.body.sections if s.number}
    printed |= {p.anchor: chapters.printed(p.number, text.head.numbering) for p in text.body.paragraphs}
    for anchor, holder in holders.items():
        if holder and anchor in printed and words(holder).split(" ")[0] != printed[anchor]:
            yield f"what stands at #{anchor} does not start with {printed[anchor]}"


def _holder(built: Built, anchor: str) -> Tag | None:
    """The element of the article at an address, if it can be seen and is the author's."""
    for tag in built.ids.get(anchor, ()):
        if _inside(built, tag) and seen(tag) and tag.find_parent(attrs={NOTE: True}) is None:
            return tag
    return None


def _beside(built: Built, text: Chapter, marked: frozenset[str]) -> Iterator[str]:
    for paragraph in text.body.paragraphs:
        holder = _holder(built, paragraph.anchor)
        if holder is None:
            continue
        notes = [tag for tag in holder.find_all(None, {NOTE: True}) if seen(tag)]
        noted = any(words(tag) == BESIDE for tag in notes)
        if paragraph.number in marked and not noted:
            yield f"nothing beside paragraph {paragraph.number} says that it is under review"
        if noted and paragraph.number not in marked:
            yield f"a note says that paragraph {paragraph.number} is under review, and it is not"
