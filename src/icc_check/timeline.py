"""Time: whether a fact holds on a day, and what a figure was on it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from icc_check.intervals import FIRST_DAY, LAST_DAY, Days, Interval, day
from icc_check.reading.values import DateRelation, Item
from icc_check.store.values import Fact, Point, Truth


class Holding(StrEnum):
    """How a fact stands to the time that a claim is about."""

    HOLDS = "holds"
    ENDED = "ended"  # held before, no longer
    NOT_YET = "not-yet"  # holds later
    NEVER = "never"  # a falsehood at any time


@dataclass(frozen=True, slots=True)
class Time:
    """The days that a claim is about, and whether it names them itself."""

    days: Days
    named: bool


def time_of(dates: Sequence[Item], as_of: dt.date) -> Time:
    """The time that the claim's dates name, else the day of the check."""
    if not dates:
        return Time(day(as_of), named=False)
    item = dates[0]
    said = item.days
    assert said is not None
    if item.relation is DateRelation.SINCE:
        # "has been so since 2012" says that it is so to this day.
        return Time(said, named=True) if said.start > as_of else Time(day(as_of), named=False)
    if item.relation is DateRelation.BEFORE:
        return Time(day(said.start - dt.timedelta(days=1)), named=True)
    if item.relation is DateRelation.BY:
        return Time(day(said.end), named=True)
    if item.relation is DateRelation.AFTER:
        return Time(day(said.end + dt.timedelta(days=1)), named=True)
    return Time(said, named=True)


def period(fact: Fact) -> Days | None:
    """The days on which a fact holds; None for a falsehood that never did."""
    if fact.truth is Truth.FALSE and not (fact.start or fact.until):
        return None
    if fact.on:
        return Days(fact.on.start, LAST_DAY)
    return Days(fact.start or FIRST_DAY, fact.until or LAST_DAY)


def holding(fact: Fact, time: Time) -> Holding:
    span = period(fact)
    if span is None:
        return Holding.NEVER
    if span.overlaps(time.days):
        return Holding.HOLDS
    return Holding.ENDED if span.end < time.days.start else Holding.NOT_YET


def since_agrees(item: Item, fact: Fact) -> bool | None:
    """For "since X" of a state of affairs: whether it began in X; None if unknown."""
    if item.relation is not DateRelation.SINCE or item.days is None:
        return None
    start = fact.on.start if fact.on else fact.start
    return None if start is None else item.days.start <= start <= item.days.end


@dataclass(frozen=True, slots=True)
class Figure:
    """A value of a series: what may be said of it on a day."""

    interval: Interval
    point: Point | None
    until: dt.date | None = None


def figure(fact: Fact, on: dt.date) -> Figure:
    """The figure on a day; open upwards when it may have risen since it was counted."""
    current: Point | None = None
    following: Point | None = None
    for point in fact.series:
        if point.start <= on:
            current = point
        elif following is None:
            following = point
    if current is None:
        return Figure(Interval(-math.inf, math.inf), None)
    until = following.start - dt.timedelta(days=1) if following else None
    if not fact.grows:
        high = math.inf if current.at_least else current.value
        return Figure(Interval(current.value, high), current, until)
    if following is not None:
        high = following.value if current.at_least else current.value
        return Figure(Interval(current.value, max(high, current.value)), current, until)
    return Figure(Interval(current.value, math.inf), current, None)


def figures_before(fact: Fact, on: dt.date) -> list[Point]:
    return [point for point in fact.series if point.start <= on]


def figures_after(fact: Fact, on: dt.date) -> list[Point]:
    return [point for point in fact.series if point.start > on]
