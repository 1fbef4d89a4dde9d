"""Puts right what Material writes against the HTML standard and leaves no block or partial for."""

from __future__ import annotations

from jinja2.ext import Extension

# `autocomplete` is not for checkboxes. These two open and close the menu and the search.
WRONG = {
    "base.html": {
        'id="__drawer" autocomplete="off"': 'id="__drawer"',
        'id="__search" autocomplete="off"': 'id="__search"',
    },
}


class ValidTemplates(Extension):
    """Corrects Material's templates as Jinja reads them, so that every page they make is valid.

    What is no longer there needs no correction: a later Material may have seen to it.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template as it should have been."""
        del filename
        for wrong, right in WRONG.get(name or "", {}).items():
            source = source.replace(wrong, right)
        return source
