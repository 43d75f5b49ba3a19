"""The sentences in which a verdict is given its reason."""

from __future__ import annotations

from icc_check import timeline
from icc_check.case import Case
from icc_check.intervals import Days, day, plain
from icc_check.model import Level, Verdict
from icc_check.reading.values import Kind
from icc_check.store import marks
from icc_check.timeline import Holding

NOTHING_NEAR = "No fact in the store is near enough to this claim."


def record(case: Case) -> str:
    """The fact as a sentence without its full stop, a series with the figure of the time."""
    fact = case.alignment.fact
    text = marks.plain(fact.statement)
    if fact.series:
        now = timeline.figure(fact, case.time.days.end)
        value = plain(now.point.value) if now.point else "?"
        least = "at least " if now.point and (now.point.at_least or fact.grows) else ""
        text = text.replace(marks.SERIES_SLOT, least + value)
    return text[:1].upper() + text[1:].rstrip(".")


def figure_of(case: Case, verdict: Verdict) -> tuple[str, Level]:
    """The series' figure for the time of the claim, and how the claim's figure stands to it."""
    if not case.series:
        return "", Level.SAME
    now = timeline.figure(case.alignment.fact, case.time.days.end)
    text = str(now.interval) if now.point else ""
    if verdict is Verdict.SUPPORTED:
        return text, Level.SAME
    return text, Level.UNCLEAR if verdict is Verdict.UNVERIFIED else Level.DIFFERENT


def statement_of(case: Case) -> str:
    """The fact as a sentence."""
    return record(case) + "."


def first_conflict(case: Case) -> str:
    """What the claim and the record say where they first differ."""
    pair = case.alignment.conflicts[0]
    said, recorded = pair.item.text, pair.part.item.text
    return f"The claim says “{said}”; the record says “{recorded}”: {record(case)}."


def figure_reason(case: Case) -> str:
    """The figure that is said and the one that is recorded."""
    slot = case.alignment.slot
    assert slot is not None
    said = slot.item.text
    now = timeline.figure(case.alignment.fact, case.time.days.end)
    since = f" since {Days(now.point.start, now.point.start)}" if now.point else ""
    return f"The claim says {said}; the record says: {record(case)}{since}."


def not_answered(case: Case) -> str:
    """What in the claim nothing in the record settles, or what the two differ in."""
    a = case.alignment
    items = (
        a.unanswered
        or tuple(pair.item for pair in a.unclear)
        or a.reordered
        or tuple(pair.item for pair in a.opposites)
        or tuple(
            p.item
            for p in a.pairs
            if p.level in (Level.NARROWER, Level.WITHIN) and p.item.kind is not Kind.QUANTITY
        )
    )
    if items:
        return "Nothing in the record settles " + ", ".join(f"“{i.text}”" for i in items) + "."
    return f"The record comes near, but does not settle this claim: {record(case)}."


def span(case: Case) -> str:
    """Since when or until when the fact holds."""
    fact = case.alignment.fact
    if case.holding is Holding.ENDED and fact.until:
        return f"This was right until {day(fact.until)}"
    start = fact.on.start if fact.on else fact.start
    return f"This was not so before {day(start)}" if start else "This does not hold at that time"
