"""The site of a manual: its pages, whatever program writes them, and its data."""

from chapterhouse.site.site import Site, refusal, safe

__all__ = ["Site", "refusal", "safe"]
