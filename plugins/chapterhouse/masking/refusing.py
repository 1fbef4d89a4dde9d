"""The backslash by which an editor refuses a link to the glossary. The reader does not see it."""

from __future__ import annotations

import re

REFUSING = re.compile(r"(?<![^\W_])(?<![\\:/.])(?<!/\x03)\\(?=[^\W_])")
"""It stands at the start of a word, and in no path or escape. Markdown itself gives it no meaning there.

Where a page is made, the sign at the end of linked words is the end of a word too."""
