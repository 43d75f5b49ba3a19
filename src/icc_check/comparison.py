"""Comparison: how one detail of a claim stands to one of a fact, number to number, date to date."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from icc_check.intervals import Days, Interval, month, year
from icc_check.model import Level
from icc_check.reading.values import DateRelation, Item, Kind
from icc_check.store.compiled import Part

_TO = re.compile(r"\s+(?:to|until|till)\s+", re.IGNORECASE)  # between the ends of a time
_SAID = re.compile(r"\b(?!(?:from|the|of|year|month)\b)\w+", re.IGNORECASE)  # what tells an end


class Pair(NamedTuple):
    """A part of the fact and the item of the claim that stands where it stands."""

    part: Part
    item: Item
    level: Level


def compare(claim: Interval | None, fact: Interval | None) -> Level:
    """same ▸ within (the fact lies inside the claim) ▸ unclear (overlap) ▸ different."""
    if claim is None or fact is None:
        return Level.UNCLEAR
    if claim == fact:
        return Level.SAME
    if claim.contains(fact):
        return Level.WITHIN
    return Level.DIFFERENT if claim.disjoint(fact) else Level.UNCLEAR


def relates(item: Item, recorded: Item) -> Level:
    """How a date of the claim, with its "since" or "by", stands to a recorded one.

    same (the event lies within what is said, or both say the same) ▸ unclear (it may or
    may not: the record is less exact) ▸ different.
    """
    said, days = item.days, recorded.days
    assert said is not None
    assert days is not None
    if item.spans and said.overlaps(days):  # it says when it began and when it ended
        return Level.SAME if same_ends(item, days) else Level.UNCLEAR
    if item.relation is DateRelation.BY:
        surely, possibly = days.end <= said.end, days.start <= said.end
    elif item.relation is DateRelation.BEFORE:
        surely, possibly = days.end < said.start, days.start < said.start
    elif item.relation is DateRelation.AFTER:
        surely, possibly = days.start > said.end, days.end > said.end
    else:
        surely, possibly = said.contains(days), said.overlaps(days)
    if surely or (item.relation is recorded.relation and said == days):
        return Level.SAME
    return Level.UNCLEAR if possibly else Level.DIFFERENT


def date_of(days: Days) -> Item:
    """A date that stands in no text."""
    return Item(Kind.DATE, "", str(days), 0, 0, -1, -1, days=days)


def same_ends(item: Item, days: Days) -> bool:
    """Whether "from A to B" names the first and the last day, each as exactly as it is said."""
    assert item.days is not None
    first, last = _TO.split(item.text, maxsplit=1)
    return (
        _said_as(first, days.start).start == item.days.start
        and _said_as(last, days.end).end == item.days.end
    )


def _said_as(text: str, date: dt.date) -> Days:
    """A day as exactly as a text says some day: its year, its month, or itself."""
    words = len(_SAID.findall(text))
    if words == 1:
        return year(date.year)
    return month(date.year, date.month) if words == 2 else Days(date, date)
