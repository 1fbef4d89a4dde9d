"""Days as the manual reads and writes them. Nothing here asks a clock: an instant is an argument."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# strftime would ask the machine's locale.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Dates beyond are slips of the hand, and the ends of the calendar leave no room to reckon."""
ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class YearError(ValueError):
    """A year that no date of a manual has."""


def parse(text: str) -> date:
    """The calendar date written as YYYY-MM-DD, from 1900 to 2199.

    Raises ValueError, saying what is wrong with it; YearError where that is the year alone.
    """
    if not ISO.fullmatch(text):
        raise ValueError("not written as YYYY-MM-DD")
    year, month, day = (int(part) for part in text.split("-"))
    if not 1 <= month <= len(MONTHS):
        raise ValueError(f"month {month}")
    _refuse_year(year)
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"day {day} of month {month}") from None


def _refuse_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearError(f"year {year:04}, which is not from {FIRST_YEAR} to {LAST_YEAR}")


def long(day: date) -> str:
    """The day in words: 1 April 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def build_date(environment: Mapping[str, str], now: datetime) -> date:
    """The date a manual is judged at: CHAPTERHOUSE_DATE, else SOURCE_DATE_EPOCH, else today.

    Today is the day in Europe/London at `now`, which must know its zone: at 2026-06-30T23:30Z it is
    1 July there. Raises ValueError, naming the variable, where one is set and is not a date.
    """
    if written := environment.get("CHAPTERHOUSE_DATE", ""):
        try:
            return parse(written)
        except ValueError as error:
            raise ValueError(f"CHAPTERHOUSE_DATE is {written!r}: {error}") from None
    if epoch := environment.get("SOURCE_DATE_EPOCH", ""):
        try:
            day = datetime.fromtimestamp(int(epoch), UTC).astimezone(LONDON).date()
            _refuse_year(day.year)
        except YearError as error:
            raise ValueError(f"SOURCE_DATE_EPOCH is {epoch!r}: {error}") from None
        except (ValueError, OverflowError, OSError):
            raise ValueError(f"SOURCE_DATE_EPOCH is {epoch!r}: not a number of seconds") from None
        return day
    return now.astimezone(LONDON).date()
