"""What the search is given to read: the text of a page without the tags that only readers need."""

from __future__ import annotations

import re

# Our own, written by `tree`, `links` and `linking`. Their end tags stay: the search passes over an end
# without a start.
OURS = re.compile(
    '<div class="paragraph" id="[^"]*">'
    '|<a (?:aria-describedby="[^"]*" )?class="(?:paragraph-number|reference|citation|term)" [^>]*>'
    # Of the page of the glossary: thousands of links that the search would read and leave out.
    '|<p class="glossary-uses"[^>]*>.*?</p>'
)


def searchable(html: str) -> str:
    """The HTML of a page with the same words and headings, and about a third fewer tags.

    Material's search reads a page with a parser written in Python; the tags around paragraph numbers cost
    it more than all of the words.
    """
    return OURS.sub("", html)
