"""Chapterhouse publishes local safeguarding procedures as a static site that can be trusted."""

__version__ = "0.1.0"
