"""Measures, sums and times: `2.5 million`, `9.30 am`. Their numbers are those of no paragraph."""

from __future__ import annotations

import re

MEASURE = re.compile(
    r"(?:(?:hundred|thousand|million|billion|bn|per\s?cent|percent|pence|miles?|metres?|hours?|hrs?|minutes?|mins?"
    r"|days?|weeks?|months?|years?|times|points?|kg|km|cm|mm|mg|ml|[ap]\.?m)\b|%"
    r"|(?:to|until|and|[\u2013\u2014-])\s[0-9]{1,2}[.:][0-9]{2}\b)"
)
"""What follows the number of a time or a sum: `10.30 - 11.30` too."""
MEASURED = re.compile(rf"[0-9]{{1,3}}\.[0-9]{{1,3}}\s+(?={MEASURE.pattern})")
"""A number of two parts, with what follows it."""
