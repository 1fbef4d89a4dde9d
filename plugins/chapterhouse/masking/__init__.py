"""What of a Markdown text is prose, and what is code, tag or address: the ground of every finder."""

from chapterhouse.masking.entities import unescape
from chapterhouse.masking.fences import Fence, closed_fences, opening
from chapterhouse.masking.mask import mask
from chapterhouse.masking.pieces import Kind, Piece, pieces

__all__ = ["Fence", "Kind", "Piece", "closed_fences", "mask", "opening", "pieces", "unescape"]
