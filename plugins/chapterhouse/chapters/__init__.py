"""What a chapter's body holds: its sections and numbered paragraphs. The only grammar of numbers."""

from chapterhouse.chapters.headings import heading, plain, slug
from chapterhouse.chapters.numbers import is_number, key, printed, split
from chapterhouse.chapters.reading import read

__all__ = ["heading", "is_number", "key", "plain", "printed", "read", "slug", "split"]
