"""The command: one short function for each verb. The only import of click."""

from chapterhouse.cli import amending, building, editing, importing, judging, law, paper, reviewing, versions
from chapterhouse.cli.common import main

__all__ = [
    "amending",
    "building",
    "editing",
    "importing",
    "judging",
    "law",
    "main",
    "paper",
    "reviewing",
    "versions",
]
