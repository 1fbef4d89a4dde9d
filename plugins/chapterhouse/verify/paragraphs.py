"""The history of a chapter: every text that each of its paragraphs ever had, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import Tag

from chapterhouse import history
from chapterhouse.manual.wordings import followed
from chapterhouse.model import History, Version
from chapterhouse.redline import whole
from chapterhouse.verify import wording
from chapterhouse.verify.built import Built, fold, letters, seen, words
from chapterhouse.verify.past import said_of, without
from chapterhouse.verify.required import Required


def history_faults(built: Built, required: Required) -> Iterator[str]:
    """What is wrong with the history of a chapter: every text that each paragraph ever had."""
    hooks = built.hooks("history")
    if len(hooks) != 1:
        yield "the history is missing"
        return
    listed = [
        str(tag.get("data-version"))
        for tag in hooks[0].find_all("li", attrs={"data-version": True})
        if "amendment" in (tag.get("class") or ())
    ]
    wanted = [record.version for record in required.order[::-1]]
    if sorted(listed) != sorted(wanted):
        yield f"the history tells of versions {', '.join(listed)}, not {', '.join(wanted)}"
    for number in sorted(_numbers(required.history)):
        if number not in built.ids:
            yield f"paragraph {number} has no place in the history"
    told = {letters(without(text, "del")) for text in hooks[0].select(".wording")}
    for version in _followed(required):
        for change in whole(version.chapter):
            if change.kind == "paragraph" and said_of(change, "same") not in told:
                yield f"a text of paragraph {change.number}, that of version {version.number}, is missing"
    yield from _told_faults(hooks[0], required)


def _told_faults(hook: Tag, required: Required) -> Iterator[str]:
    """What is wrong with what is said of each text: its days, its version, what became of the paragraph."""
    told: dict[str, list[list[str]]] = {}
    for place in hook.select(".paragraph-history"):
        title = " ".join(words(tag) for tag in place.select("h3") if seen(tag))
        said = [words(tag) for tag in place.select("h3 ~ p, .wording-days") if seen(tag)]
        told.setdefault(title, []).append(said)
    for one in followed(required.history).every:
        listed = told.get(fold(one.called[:1].upper() + one.called[1:]), [])
        wanted = list(wording.paragraph(one, required.today))
        lacking = [text for text in wanted if not any(text in said for said in listed)]
        if lacking:
            yield f"the history of {one.called} does not say: {lacking[0]}"
            listed.clear()
        elif wanted in listed:
            listed.remove(wanted)
    for title, rest in told.items():
        if rest:
            yield f"the history says of {title} what never was, or in another order: {' '.join(rest[0])}"


def _followed(required: Required) -> Iterator[Version]:
    """The versions that ever applied, and those that were corrected."""
    corrected = {record.corrects.version for record in required.order if record.corrects}
    for version in history.versions(required.history):
        never = version.until is not None and version.until < version.amendment.effective
        if not never or version.number in corrected:
            yield version


def _numbers(records: History) -> set[str]:
    return {number for version in history.versions(records) for number in version.chapter.numbers}
