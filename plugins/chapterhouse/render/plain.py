"""Text without any markup is spared the search for it: the larger part of what Markdown costs."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import STX, AtomicString

from chapterhouse.render.placing import OPENING

# The inline patterns of Python-Markdown and of the extensions that belong to chapters. Each needs one of
# these characters, or two spaces before the end of a line. The signs of linked words are none of its own.
KNOWN = frozenset(
    "backtick escape reference link image_link image_reference short_reference short_image_ref autolink"
    " automail linebreak refusal html entity not_strong em_strong em_strong2 footnote".split()
)
NEEDED = re.compile(rf"[`\\\[<&*_]|{STX}(?!linked:)|  \n")


class Plain(Treeprocessor):
    """Marks text in which no inline pattern can match, so that none is tried on it."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.md: Markdown = md

    def run(self, root: Element) -> None:
        """Mark the texts below `root`. A pattern that we do not know may match anything: then none is."""
        patterns = self.md.inlinePatterns
        if sum(name in patterns for name in KNOWN) < len(patterns):
            return
        for element in root.iter():
            text = element.text
            if text and not isinstance(text, AtomicString):
                start = text.find("\x03") + 1 if text.startswith(OPENING) else 0
                if not NEEDED.search(text, start):
                    element.text = AtomicString(text)
