"""A redline as an HTML document that stands by itself: to be sent, opened from a disk, printed."""

from __future__ import annotations

from chapterhouse import __version__
from chapterhouse.redline.printing import Compared
from chapterhouse.render import redline
from chapterhouse.render.pieces import ENVIRONMENT


def document(compared: Compared) -> str:
    """The document: it asks for nothing besides itself, and needs no script."""
    return ENVIRONMENT.get_template("document.html").render(
        compared=compared, redline=redline.shown(compared.redline), version=__version__
    )
