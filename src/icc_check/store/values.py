"""A store as written: facts, entities, concepts and sources, before compiling."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple

from icc_check.intervals import Days
from icc_check.model import Basis, Source


class Truth(StrEnum):
    TRUE = "true"
    FALSE = "false"
    DISPUTED = "disputed"


class Place(NamedTuple):
    """Where something stands in the store, for messages."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Point(NamedTuple):
    """One value of a figure over time; it holds from `start` until the next point."""

    start: dt.date
    value: float
    at_least: bool = False
    said_by: str = ""
    sources: tuple[str, ...] = ()


class Fact(NamedTuple):
    """A statement with its marks, when it holds, and what it rests on."""

    id: str
    topic: str
    statement: str
    basis: Basis
    checked: dt.date
    sources: tuple[str, ...]
    place: Place
    phrasings: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    truth: Truth = Truth.TRUE
    on: Days | None = None
    start: dt.date | None = None
    until: dt.date | None = None
    correction: str = ""
    note: str = ""
    series: tuple[Point, ...] = ()
    grows: bool = False
    closed: str = ""  # the kind of name that the closed list is complete for
    members: tuple[str, ...] = ()  # the entities on that closed list

    @property
    def all_sources(self) -> tuple[str, ...]:
        """Its own sources, and then those that bear out single points of its series."""
        of_points = (source for point in self.series for source in point.sources)
        return tuple(dict.fromkeys((*self.sources, *of_points)))


class Entity(NamedTuple):
    id: str
    name: str
    kind: str
    place: Place
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    within: tuple[str, ...] = ()


class Concept(NamedTuple):
    id: str
    words: tuple[str, ...]
    place: Place
    implies: tuple[str, ...] = ()
    opposite: tuple[str, ...] = ()
    negated: tuple[str, ...] = ()
    kind: str = ""
    directed: bool = False
    strict: bool = False


class SourceStore(NamedTuple):
    """Everything that stands in one or more store folders."""

    name: str
    title: str
    subject: tuple[str, ...]
    light: tuple[str, ...]
    facts: tuple[Fact, ...]
    entities: tuple[Entity, ...]
    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...]
