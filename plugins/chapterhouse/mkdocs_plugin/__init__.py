"""The manual as a plugin of MkDocs."""

from chapterhouse.mkdocs_plugin.plugin import ChapterhousePlugin

__all__ = ["ChapterhousePlugin"]
