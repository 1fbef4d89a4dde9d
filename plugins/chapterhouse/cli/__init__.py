"""The command: one short function for each verb. The only import of click."""

from chapterhouse.cli import building, editing, judging, law
from chapterhouse.cli.common import main

__all__ = ["building", "editing", "judging", "law", "main"]
