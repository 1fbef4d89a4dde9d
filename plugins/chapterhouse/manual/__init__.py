"""The whole manual: `load` is the one reader of the content tree, `check` judges it at a date."""

from chapterhouse.manual.check import check
from chapterhouse.manual.load import load

__all__ = ["check", "load"]
