"""Records inserted in the text of a chapter, so that nothing else of it changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from chapterhouse import amending, frontmatter, history
from chapterhouse.fields.nodes import Mapping as Keys
from chapterhouse.manual.refusal import RefusedError
from chapterhouse.model import Amendment, Chapter, UnderReview


def inserted(text: Chapter, records: Sequence[Amendment], review: UnderReview | None) -> str:
    """A text with the records that it lacks of `records`, the version of the newest, and the review.

    Raises RefusedError.
    """
    source, tree, head = text.source.text, tree_of(text), text.head
    own = len(head.amendments)
    missing = records[: len(records) - own]
    try:
        edits = [amending.version(source, tree, records[0].version), amending.record(source, tree, *missing)]
        if review != head.under_review and head.under_review:
            edits.append(amending.without(source, tree, "under_review"))
        elif review and not head.under_review:
            edits.append(amending.under_review(source, tree, review))
    except amending.LayoutError as error:
        raise refused_layout(text, error) from None
    after = amending.applied(source, edits)
    wanted = replace(head, version=records[0].version, under_review=review, amendments=tuple(records))
    if frontmatter.read(replace(text.source, text=after))[0] != wanted:
        hint = "write the record by hand, as docs/editing.md shows"
        raise RefusedError("its front matter is laid out so that nothing can be inserted safely", hint)
    return after


def finished(live: Chapter, current: Chapter | None, begun: Chapter) -> str | None:
    """The live file once the recording of a version is finished that was stopped half way.

    `begun` is in the archive and has no record yet; `current` is the live version as it was archived. What
    may change without a version stays as it is in the live file. Where another text was to take the place of
    the live one, it does if the archive has every line that goes. None where finishing it would lose
    something, or `begun` is another text.
    """
    if begun.head.amendments[1:] != live.head.amendments:
        return None
    was = current.head.under_review if current else None
    keys, places = history.unrecorded(live, begun)
    try:
        if (
            not places
            and {"version", "amendments", "under_review"}.issuperset(keys)
            and live.head.under_review in (was, begun.head.under_review)
        ):
            return inserted(live, begun.head.amendments, begun.head.under_review)
        if current is None or any(history.unrecorded(live, current)):
            return None
        refuse_lost(live, current, begun)
    except RefusedError:
        return None
    return begun.source.text


def refuse_lost(live: Chapter, version: Chapter, text: Chapter) -> None:
    """Refuse a text that lacks a line of the live front matter which no archived version has."""
    kept = {line.strip() for one in (version, text) for line in _head(one)}
    for number, line in enumerate(_head(live), 1):
        if line.strip() not in kept:
            message = f"line {number} of {live.source.path} is in no version: {line.strip()[:80]}"
            raise RefusedError(message, "write it in the new text too, so that it is not lost")


def tree_of(chapter: Chapter) -> Keys:
    """The front matter of a chapter with its places. Raises RefusedError."""
    tree = frontmatter.tree(chapter.source)
    if tree is None:
        raise RefusedError("its front matter cannot be read", "run `chapterhouse check`")
    return tree


def refuse_closed(chapter: Chapter) -> None:
    """Refuse a front matter in which no later record could be inserted."""
    try:
        amending.record(chapter.source.text, tree_of(chapter))
    except amending.LayoutError as error:
        raise refused_layout(chapter, error) from None


def refused_layout(chapter: Chapter, error: amending.LayoutError) -> RefusedError:
    """The refusal of a front matter in which nothing can be inserted safely."""
    line = chapter.source.span(error.place, error.place).line
    return RefusedError(f"line {line}: {error}", error.hint)


def _head(chapter: Chapter) -> list[str]:
    text = chapter.source.text
    return text[: len(text) - len(chapter.text)].replace("\r\n", "\n").replace("\r", "\n").split("\n")
