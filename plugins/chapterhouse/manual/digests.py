"""The archive held against its manifest: what was altered, and where the manifest is broken."""

from __future__ import annotations

from collections.abc import Iterator

from chapterhouse import frontmatter, manifest
from chapterhouse import history as histories
from chapterhouse.diagnostics import NOWHERE, fault
from chapterhouse.manifest import ManifestError
from chapterhouse.manual.holdings import Holdings, named
from chapterhouse.model import LINE_END, Amendment, Chapter, Diagnostic, Span


def faults(holdings: Holdings) -> Iterator[Diagnostic]:
    """What the manifest of a chapter says of its archive."""
    path = f"{holdings.folder}/{manifest.NAME}"
    if path in holdings.manual.unread:
        return  # and a diagnostic says why
    if holdings.broken:
        yield broken(path, holdings.live.slug, holdings.broken)
        for version in sorted(holdings.altered):
            yield _mixed(holdings, version)
        return
    yield from _unlisted(holdings, path)
    for version in sorted(holdings.altered):
        yield _altered(holdings, version)


def broken(path: str, slug: str, error: ManifestError) -> Diagnostic:
    """A manifest that is not as it was written."""
    message = str(error)
    hint = "put the file back as it was, from a copy or with `git checkout`: it is only ever added to"
    if error.doubled:
        hint = "delete the second pair of lines"
    elif error.merged:
        message += ": two editors amended one version at once"
        hint = (
            "keep the version that was published: put the folder and the chapter back as they were with it,"
            " save the other text elsewhere, make its change in the chapter again and run"
            f" `chapterhouse amend {slug}`"
        )
    return fault("broken-manifest", path, _line(error.line), message, hint)


def _line(number: int) -> Span:
    return Span(number, 1, number, 1)


def _unlisted(holdings: Holdings, path: str) -> Iterator[Diagnostic]:
    """Versions of the archive that the manifest lacks."""
    sums, listed = holdings.history.sums, holdings.listed
    missing = [
        record.version
        for record in reversed(holdings.live.head.amendments)
        if holdings.sound(record.version) and f"{record.version}.md" not in listed
    ]
    if not missing:
        return
    amend = f"run `{holdings.amend}`, which adds what is missing"
    if sums is None:
        message = f"the archive of {holdings.live.slug} has no {manifest.NAME}"
        hint = f"put it back from a copy or with `git checkout`; if there never was one, {amend}"
        yield fault("broken-manifest", path, NOWHERE, message, hint)
        return
    what = f"version {missing[0]} is" if len(missing) == 1 else f"versions {', '.join(missing)} are"
    message = f"{what} in the archive of {holdings.live.slug}, and not listed"
    hint = f"put it back from a copy or with `git checkout`; if it never was listed, {amend}"
    yield fault("broken-manifest", path, _line(max(sums.count(b"\n"), 1)), message, hint)


def _mixed(holdings: Holdings, version: str) -> Diagnostic:
    """A file of the archive that is neither of the two texts that two editors archived."""
    message = f"it is neither of the two texts that were archived as version {version}: git has mixed them"
    hint = "put back the one that was published, as it was, from a copy or from git's history"
    return fault("archive-altered", holdings.path(version), NOWHERE, message, hint)


def _altered(holdings: Holdings, version: str) -> Diagnostic:
    """A file of the archive that is not what it was."""
    path = holdings.path(version)
    text = holdings.history.archive[version]
    wanted = holdings.listed[f"{version}.md"]
    digests = {sha256: name for name, sha256 in holdings.listed.items()}
    other = digests.get(holdings.history.digests[f"{version}.md"])
    hint = f"put the file back as it was, from a copy or with `git checkout -- {path}`"
    if holdings.live.sha256 == wanted:
        hint = f"copy {holdings.live.source.path} to {path}: the chapter is still as it was archived"
    message = f"it is not what was archived as version {version}"
    place = NOWHERE
    if other:
        message += f": it holds what was archived as {other}"
    elif lacking := _lacking(text):
        message += f": {lacking}"
    elif _line_ends(text, wanted):
        message += ": only the ends of its lines differ"
        hint += "; `amendments/** -text` in .gitattributes keeps them"
    else:
        keys: tuple[str, ...] = ()
        doubt = "look at "
        if holdings.live.sha256 == wanted:
            keys, places = histories.unrecorded(text, holdings.live)
            doubt = "what differs is "
        else:
            places = _suspects(holdings, version, text)
        sections = {section.anchor for section in text.body.sections}
        told = named(keys, places, {place for place in places if place not in sections})
        lines = {paragraph.anchor: paragraph.line for paragraph in text.body.paragraphs}
        lines.update({section.anchor: section.line for section in text.body.sections})
        line = min((lines[one] for one in places if one in lines), default=1)
        place = text.source.line_span(line) if line > 1 else NOWHERE
        message += f": {doubt}{told}" if told else "; which paragraphs differ cannot be told from the others"
    return fault("archive-altered", path, place, message, hint)


def _lacking(text: Chapter) -> str:
    """Why a file is not whole: its front matter is not closed, or has no text below; empty if whole."""
    if not text.source.text.strip():
        return "it is empty"
    bounds = frontmatter.bounds(text.source.text)
    whole = bounds is not None and bounds.closed and text.text.strip()
    return "" if whole else "it is cut off"


def _line_ends(text: Chapter, wanted: str) -> bool:
    """Whether the file has the digest when its lines end otherwise."""
    plain = LINE_END.sub("\n", text.source.text)
    return wanted in {manifest.digest(plain.replace("\n", end).encode()) for end in ("\n", "\r\n", "\r")}


def _suspects(holdings: Holdings, version: str, text: Chapter) -> tuple[str, ...]:
    """The places that differ from the version before or after, and that no record says to have changed."""
    found: dict[str, None] = {}
    for before, after in holdings.steps():
        if version not in {before.version, after.version} or not after.paragraphs + after.renumbered:
            continue  # a record that names nothing says nothing of what it left as it was
        other = holdings.text(before.version if version == after.version else after.version)
        if other is not None:
            found |= dict.fromkeys(_unnamed(text, other, after))
    return tuple(found)


def _unnamed(text: Chapter, other: Chapter, record: Amendment) -> Iterator[str]:
    known = {*record.paragraphs, *(number for pair in record.renumbered for number in pair)}
    sections = {
        paragraph.number: paragraph.section for paragraph in (*text.body.paragraphs, *other.body.paragraphs)
    }
    for place in histories.unrecorded(text, other)[1]:
        if place and not {place, sections.get(place, place)} & known:
            yield place
