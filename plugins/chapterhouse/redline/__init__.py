"""Two texts of a chapter compared: by paragraph, then by block and cell, then by word."""

from chapterhouse.redline.change import Block, Change, Field, Op, Piece, Redline
from chapterhouse.redline.compare import compare, whole

__all__ = ["Block", "Change", "Field", "Op", "Piece", "Redline", "compare", "whole"]
