"""The backslash by which an editor refuses a link to the glossary. The reader does not see it."""

from __future__ import annotations

import re

REFUSING = re.compile(r"(?<![^\W_])(?<![\\:/.])\\(?=[^\W\d_])")
"""It stands at the start of a word, and in no path or escape. Markdown itself gives it no meaning there."""
