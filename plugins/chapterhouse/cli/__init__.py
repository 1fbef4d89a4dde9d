"""The command: one short function for each verb. The only import of click."""

from chapterhouse.cli.common import VERBS, main

__all__ = ["VERBS", "main"]
