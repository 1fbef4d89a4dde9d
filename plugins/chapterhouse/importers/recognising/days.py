"""Days as other people write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from chapterhouse import dates

MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" for name in dates.MONTHS) + "|sept"
YEAR = r"(?:19|20)[0-9]{2}"
WHOLE = (
    rf"(?:(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\.?,?\s+(?P<year>{YEAR})"
    rf"|(?P<month_first>{MONTH})\.?\s+(?P<day_after>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_last>{YEAR})"
    rf"|(?P<iso>{YEAR}-[0-9]{{2}}-[0-9]{{2}})"
    rf"|(?P<first>[0-9]{{1,2}})(?P<sign>[/.-])(?P<second>[0-9]{{1,2}})(?P=sign)(?P<last>{YEAR}))\b"
)
DAY = re.compile(rf"\b{WHOLE}", re.IGNORECASE)
DATED = (
    rf"\b(?:(?:[0-9]{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?:{MONTH})\.?,?\s+{YEAR}"
    rf"|(?:{MONTH})\.?\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+{YEAR}"
    rf"|{YEAR}-[0-9]{{2}}-[0-9]{{2}}|[0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:{YEAR}|[0-9]{{2}})|{YEAR})\b"
)
"""The pattern of anything that names a day, a month or a year; to be read without regard to case."""


def only_day(text: str) -> date | None:
    """The one whole day that a text names; None where it names none or several, or could mean two."""
    found = set(_days(text))
    return found.pop() if len(found) == 1 else None


def _days(text: str) -> Iterator[date | None]:
    for match in DAY.finditer(text):
        day, month, year = _read(match)
        try:
            yield dates.parse(f"{year:0>4}-{month:02}-{day:02}")
        except ValueError:
            yield None


def _read(match: re.Match[str]) -> tuple[int, int, str]:
    if iso := match["iso"]:
        return int(iso[8:]), int(iso[5:7]), iso[:4]
    if match["first"]:
        first, second = int(match["first"]), int(match["second"])
        # 3/4/2026 is April here and March elsewhere, and who wrote it is not known.
        return (first, second, match["last"]) if first > len(dates.MONTHS) or first == second else (0, 0, "0")
    name = (match["month"] or match["month_first"])[:3].lower()
    month = next(n for n, full in enumerate(dates.MONTHS, 1) if full.lower().startswith(name))
    return int(match["day"] or match["day_after"]), month, match["year"] or match["year_last"]
