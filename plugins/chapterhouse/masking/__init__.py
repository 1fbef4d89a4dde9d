"""What of a Markdown text is prose, and what is code, tag or address: the ground of every finder."""

from chapterhouse.masking.entities import unescape
from chapterhouse.masking.fences import Fence, opening
from chapterhouse.masking.inline import Kind, Piece
from chapterhouse.masking.mask import blank, mask
from chapterhouse.masking.pieces import pieces, readings
from chapterhouse.masking.refusing import REFUSING

__all__ = ["REFUSING", "Fence", "Kind", "Piece", "blank", "mask", "opening", "pieces", "readings", "unescape"]
