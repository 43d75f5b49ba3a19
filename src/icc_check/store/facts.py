"""Records made into facts, entities, concepts and sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from icc_check.intervals import Days, day, parse_days
from icc_check.model import Basis, Source
from icc_check.store import marks
from icc_check.store.documents import as_day
from icc_check.store.values import Concept, Entity, Fact, Place, Point, Truth


def fact_from(values: Mapping[str, Any], topic: str, place: Place) -> Fact:
    """Raises ValueError, with words for the curator, for what no field check sees."""
    fact = Fact(
        id=values["id"],
        topic=topic,
        statement=values["statement"],
        basis=Basis(values["basis"]),
        checked=as_day(values["checked"]),
        sources=tuple(values["sources"]),
        place=place,
        phrasings=tuple(values.get("phrasings", ())),
        also=tuple(values.get("also", ())),
        truth=Truth(values.get("truth") or "true"),
        on=_days(values.get("on")),
        start=_maybe_day(values.get("from")),
        until=_maybe_day(values.get("until")),
        correction=values.get("correction", ""),
        note=values.get("note", ""),
        series=tuple(_point(point) for point in values.get("series", ())),
        grows=values.get("grows", False),
    )
    _check(fact)
    return fact


def _check(fact: Fact) -> None:
    if not fact.sources:
        raise ValueError("sources must name at least one source")
    if fact.on and (fact.start or fact.until):
        raise ValueError("give 'on' for an event or 'from' and 'until' for a state, not both")
    if fact.start and fact.until and fact.start > fact.until:
        raise ValueError(f"ends on {fact.until}, before it begins on {fact.start}")
    if fact.truth is not Truth.TRUE and not fact.correction:
        raise ValueError("a statement that is not true needs a 'correction'")
    if bool(fact.series) != (marks.SERIES_SLOT in fact.statement):
        raise ValueError("'series' and '{n}' in the statement go together")
    starts = [point.start for point in fact.series]
    if starts != sorted(set(starts)):
        raise ValueError("the days of the series must rise")
    for statement in (fact.statement, *fact.phrasings):
        try:
            for text in marks.samples(statement):
                marks.strip(text)
        except marks.MarkError as error:
            raise ValueError(f"{statement!r}: {error}") from error


def _days(value: Any) -> Days | None:
    if value in (None, ""):
        return None
    return day(value) if isinstance(value, dt.date) else parse_days(value)


def _maybe_day(value: Any) -> dt.date | None:
    return as_day(value) if value not in (None, "") else None


def _point(values: Mapping[str, Any]) -> Point:
    return Point(
        as_day(values["from"]),
        float(values["value"]),
        values.get("at_least", False),
        values.get("said_by", ""),
        tuple(values.get("sources", ())),
    )


def entity_from(values: Mapping[str, Any], place: Place) -> Entity:
    return Entity(
        values["id"],
        values["name"],
        values["kind"],
        place,
        *(tuple(values.get(name, ())) for name in ("aliases", "demonyms", "about", "within")),
    )


def concept_from(values: Mapping[str, Any], place: Place) -> Concept:
    return Concept(
        values["id"],
        tuple(values["words"]),
        place,
        implies=tuple(values.get("implies", ())),
        opposite=tuple(values.get("opposite", ())),
        negated=tuple(values.get("negated", ())),
        kind=values.get("kind", ""),
        directed=values.get("directed", False),
        strict=values.get("strict", False),
    )


def source_from(values: Mapping[str, Any]) -> Source:
    return Source(
        values["id"],
        values["title"],
        values["publisher"],
        values["url"],
        str(values.get("date", "")),
        values.get("archived", ""),
    )
