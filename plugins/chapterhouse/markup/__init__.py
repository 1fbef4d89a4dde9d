"""What may stand in the body of a chapter or page, judged in the source and with its place."""

from chapterhouse.markup import (
    attributes,
    budget,
    characters,
    definitions,
    footnotes,
    linking,
    syntax,
    tables,
    tags,
)
from chapterhouse.markup.addresses import address_fault
from chapterhouse.markup.allowed import ATTRIBUTES, CLASSES, ELEMENTS
from chapterhouse.markup.linking import Link, links
from chapterhouse.markup.text import Text
from chapterhouse.model import Diagnostic, Source

RULES = (
    characters.check,
    tags.check,
    linking.check,
    definitions.check,
    attributes.check,
    syntax.check,
    tables.check,
    footnotes.check,
    budget.check,
)


def check(source: Source, start: int) -> tuple[Diagnostic, ...]:
    """Every fault of the markup in the body that starts at offset `start` of `source`, in order.

    Never raises. What Markdown shows as code is not judged.
    """
    text = Text(source, start)
    return tuple(sorted((fault for rule in RULES for fault in rule(text)), key=lambda fault: fault.span))


__all__ = ["ATTRIBUTES", "CLASSES", "ELEMENTS", "Link", "address_fault", "check", "links"]
