"""Puts right what Material does wrong in a template that has no block or partial for it."""

from __future__ import annotations

from jinja2.ext import Extension

from chapterhouse.render.pieces import TITLE

CORRECTIONS = {
    "base.html": {
        # The standard has no `autocomplete` for checkboxes. These two open and close the menu and the search.
        'id="__drawer" autocomplete="off"': 'id="__drawer"',
        'id="__search" autocomplete="off"': 'id="__search"',
        # "Skip to content" leads to the first section, past the notice that it is under review; and a page
        # without sections has none.
        "{% if page.toc | first is defined %}": "{% if true %}",
        '<a href="{{ skip.url | url }}" class="md-skip">': f'<a href="#{TITLE}" class="md-skip">',
    },
    "partials/nav-item.html": {
        # A label that takes the focus tells nobody what it is for. A script puts a button in its place.
        ' tabindex="{{ tabindex }}"': "",
    },
}
"""What is wrong and what is right, by template."""


class ValidTemplates(Extension):
    """Corrects Material's templates as Jinja reads them, and so every page that is made with them.

    What is no longer there needs no correction: a later Material may have seen to it.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template as it should have been."""
        del filename
        for wrong, right in CORRECTIONS.get(name or "", {}).items():
            source = source.replace(wrong, right)
        return source
