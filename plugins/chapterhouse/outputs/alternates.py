"""The feeds that the head of a page names, so that a reader's program finds them."""

from __future__ import annotations

from dataclasses import dataclass

from chapterhouse.editions import Edition
from chapterhouse.outputs import atom, jsonfeed
from chapterhouse.outputs.feeds import chapter_title, manual_title


@dataclass(frozen=True, slots=True)
class Alternate:
    """A feed that tells of the changes of a page."""

    path: str
    """From the site's root."""
    media_type: str
    title: str


def alternates(name: str, edition: Edition | None = None) -> tuple[Alternate, ...]:
    """The feeds of a chapter, if one is given, then those of the manual, which is called `name`."""
    titles = {"": manual_title(name)}
    if edition:
        titles = {edition.path: chapter_title(edition, name), **titles}
    return tuple(
        Alternate(f"{folder}{form.NAME}", form.MEDIA_TYPE, title)
        for folder, title in titles.items()
        for form in (atom, jsonfeed)
    )
