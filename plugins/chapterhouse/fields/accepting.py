"""The shape of an entry of `accept:`, in the front matter of a chapter and in the glossary."""

from __future__ import annotations

from chapterhouse.diagnostics import CODES
from chapterhouse.fields.scalars import Choice, Text
from chapterhouse.fields.shapes import Field, Shape
from chapterhouse.model import Acceptance

ACCEPT = Shape(
    "a record with code, text and because",
    {
        "code": Field(
            Choice(tuple(code for code, entry in CODES.items() if entry.acceptable)),
            required=True,
            about="The diagnostic.",
        ),
        "text": Field(Text(), required=True, about="The words in the text that it is about."),
        "because": Field(Text(longest=2000), required=True, about="Why it is right here."),
    },
    Acceptance,
)
