"""Chapters as HTML: the Markdown extension, and the pieces that stand around the text."""

from chapterhouse.render.context import Context, marked
from chapterhouse.render.extension import ChapterhouseExtension, makeExtension
from chapterhouse.render.searchable import searchable

__all__ = ["ChapterhouseExtension", "Context", "makeExtension", "marked", "searchable"]
