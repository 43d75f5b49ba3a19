"""Closed intervals of numbers and days, and how two of them compare.

A quantity or a date in a text is what its words leave open: "over 80" is
everything above 80, "July 2002" any of 31 days. Comparing two texts is then
set algebra: inside, disjoint, or overlapping.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from dataclasses import dataclass

FIRST_DAY = dt.date(1, 1, 1)
LAST_DAY = dt.date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Interval:
    """The numbers from `low` to `high`, both included."""

    low: float
    high: float

    def contains(self, other: Interval) -> bool:
        return self.low <= other.low and other.high <= self.high

    def disjoint(self, other: Interval) -> bool:
        return self.high < other.low or other.high < self.low

    def __str__(self) -> str:
        if self.low == self.high:
            return plain(self.low)
        if self.high == math.inf:
            return f"at least {plain(self.low)}"
        if self.low <= 0:
            return f"at most {plain(self.high)}"
        return f"{plain(self.low)} to {plain(self.high)}"


def plain(number: float) -> str:
    """A number as people write it: 125, 1,500, 2.5."""
    rounded = round(number, 6)
    return f"{int(rounded):,}" if rounded == int(rounded) else f"{rounded:,}"


def exactly(number: float) -> Interval:
    return Interval(number, number)


def above(number: float) -> Interval:
    return Interval(math.nextafter(number, math.inf), math.inf)


def below(number: float) -> Interval:
    return Interval(0.0, math.nextafter(number, -math.inf))


@dataclass(frozen=True, slots=True)
class Days:
    """The days from `start` to `end`, both included."""

    start: dt.date
    end: dt.date

    def contains(self, other: Days) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Days) -> bool:
        return self.start <= other.end and other.start <= self.end

    def __str__(self) -> str:
        if self.start == self.end:
            return f"{self.start.day} {self.start:%B} {self.start.year}"
        if self == year(self.start.year):
            return str(self.start.year)
        if self == month(self.start.year, self.start.month):
            return f"{self.start:%B} {self.start.year}"
        if self.end == LAST_DAY:
            return f"since {Days(self.start, self.start)}"
        if self.start == FIRST_DAY:
            return f"until {Days(self.end, self.end)}"
        return f"{Days(self.start, self.start)} to {Days(self.end, self.end)}"


def day(date: dt.date) -> Days:
    return Days(date, date)


def month(in_year: int, number: int) -> Days:
    last = calendar.monthrange(in_year, number)[1]
    return Days(dt.date(in_year, number, 1), dt.date(in_year, number, last))


def year(number: int) -> Days:
    return Days(dt.date(number, 1, 1), dt.date(number, 12, 31))


def parse_days(text: str) -> Days:
    """Read `2002`, `2002-07`, `2002-07-01` or two of them joined by `/`.

    Raises ValueError for anything else and for days that do not exist.
    """
    if "/" in text:
        start, end = text.split("/", 1)
        days = Days(
            parse_days(start).start if start else FIRST_DAY,
            parse_days(end).end if end else LAST_DAY,
        )
        if days.start > days.end:
            raise ValueError(f"{text!r} ends before it begins")
        return days
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return year(parts[0])
    if len(parts) == 2:
        return month(parts[0], parts[1])
    if len(parts) == 3:
        return day(dt.date(*parts))
    raise ValueError(f"{text!r} is no date")
