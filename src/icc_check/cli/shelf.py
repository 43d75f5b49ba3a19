"""The facts of a store for looking through: filters, and all that belongs to one fact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process

from icc_check import timeline
from icc_check.cli.search import find
from icc_check.errors import InputError
from icc_check.intervals import FIRST_DAY, LAST_DAY, Days, plain
from icc_check.intervals import day as one_day
from icc_check.model import Basis, Source
from icc_check.reading.reader import read
from icc_check.reading.tokens import fold
from icc_check.reading.values import Kind
from icc_check.store import marks
from icc_check.store.compiled import CompiledStore, numbers_in
from icc_check.store.load import read_entities
from icc_check.store.open import open_store, shipped_store
from icc_check.store.values import Entity, Fact, Truth

ALL_DAYS = Days(FIRST_DAY, LAST_DAY)
_MOST_NEAR = 3
_NEAR = 75  # of 100: how like an id must be to be offered


class Filter(NamedTuple):
    """What facts must be to be listed; None asks for nothing."""

    topic: str | None = None
    basis: Basis | None = None
    truth: Truth | None = None
    entity: str | None = None
    on: dt.date | None = None  # it holds on that day
    during: Days | None = None  # it happened then, or began, or ended, or was counted anew


class History(NamedTuple):
    """What is true, has a date and is about the same name as a fact, in order of time."""

    name: str = ""  # the id of the name
    facts: tuple[Fact, ...] = ()  # the fact itself included


class Card(NamedTuple):
    """A fact with what belongs to it."""

    fact: Fact
    day: dt.date  # that on which the figures shown were right
    statement: str
    phrasings: tuple[str, ...]
    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]  # those that are named, in the order of their naming
    history: History


class Shelf(NamedTuple):
    """An open store, and the folders that it was made of."""

    store: CompiledStore
    folders: tuple[Path, ...]

    def select(self, query: Sequence[str], wanted: Filter) -> list[Fact]:
        """The facts that pass the filter and have the words, best first.

        Without words, those come first that are about the name, and by their days if
        some time is asked for.
        """
        facts = self._naming(wanted.entity) if wanted.entity else list(self.store.facts)
        if wanted.topic is not None:
            self._expect_topic(wanted.topic)
            facts = [fact for fact in facts if fact.topic == wanted.topic]
        if wanted.basis is not None:
            facts = [fact for fact in facts if fact.basis is wanted.basis]
        if wanted.truth is not None:
            facts = [fact for fact in facts if fact.truth is wanted.truth]
        if wanted.on is not None:
            facts = [fact for fact in facts if holds_on(fact, wanted.on)]
        if wanted.during is not None:
            dated = [(day, fact) for fact in facts if (day := first_day(fact, wanted.during))]
            facts = [fact for _, fact in sorted(dated, key=lambda pair: pair[0])]
        return find(query, facts)

    def by_id(self, name: str) -> Fact | None:
        return next((fact for fact in self.store.facts if fact.id == name), None)

    def near_ids(self, name: str) -> list[str]:
        ids = [fact.id for fact in self.store.facts]
        near = process.extract(name, ids, score_cutoff=_NEAR, limit=_MOST_NEAR)
        return [other for other, _, _ in near]

    def card(self, fact: Fact, today: dt.date) -> Card:
        """The fact with its sources and with every name that stands in it."""
        texts = (fact.statement, *fact.phrasings)
        named = dict.fromkeys(
            item.key
            for text in texts
            for item in read(marks.plain(text), self.store.lexicon).items
            if item.kind is Kind.ENTITY
        )
        written = {entity.id: entity for entity in read_entities(self.folders)}
        return Card(
            fact,
            today,
            shown(fact, fact.statement, today),
            tuple(shown(fact, text, today) for text in fact.phrasings),
            tuple(self.store.sources[name] for name in fact.all_sources),
            tuple(written[name] for name in named if name in written),
            self._history(fact, named),
        )

    def _history(self, fact: Fact, named: Iterable[str]) -> History:
        """Of the names that the fact is about, the rarest of which more is known."""
        number = self.store.facts.index(fact)
        about = {name: numbers for name in named if number in (numbers := self._about(name))}
        for name in sorted(about, key=lambda name: len(about[name])):
            facts = (self.store.facts[other] for other in about[name])
            dated = [(day, f) for f in facts if f.truth is Truth.TRUE and (day := first_day(f))]
            if any(other != fact for _, other in dated):
                return History(name, tuple(f for _, f in sorted(dated, key=lambda pair: pair[0])))
        return History()

    def _naming(self, name: str) -> list[Fact]:
        """The facts in which a name is said, first those that are about it."""
        entity = self._entity(name)
        key, about = f"{Kind.ENTITY}:{entity}", set(self._about(entity))
        numbers = [n for n, context in enumerate(self.store.context) if key in context]
        return [self.store.facts[n] for n in sorted(numbers, key=lambda n: n not in about)]

    def _about(self, name: str) -> tuple[int, ...]:
        """The facts whose statement cannot be made without the name, by their numbers."""
        phrasings = self.store.phrasings
        naming = self.store.own.get(f"{Kind.ENTITY}:{name}", 0)
        firsts = (n for n in numbers_in(naming, len(phrasings)) if self._is_first(n))
        return tuple(phrasings[n].fact for n in firsts)

    def _is_first(self, number: int) -> bool:
        """Whether a phrasing is the first of its fact: that of its statement."""
        phrasings = self.store.phrasings
        return not number or phrasings[number - 1].fact != phrasings[number].fact

    def _entity(self, name: str) -> str:
        """The id of a name; the name may be the id, the full name or an alias."""
        if name in self.store.lexicon.entities:
            return name
        items = read(name, self.store.lexicon).items
        if len(items) == 1 and items[0].kind is Kind.ENTITY:
            return items[0].key
        names = {entry.name: fold(entry.name) for entry in self.store.lexicon.entities.values()}
        near = process.extractOne(fold(name), names, score_cutoff=_NEAR)
        hint = f"did you mean {near[2]}?" if near else None
        raise InputError(f"the store knows no name {name!r}", hint=hint)

    def _expect_topic(self, name: str) -> None:
        topics = sorted({fact.topic for fact in self.store.facts})
        if name in topics:
            return
        near = process.extractOne(name, topics, score_cutoff=_NEAR)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(topics)}"
        raise InputError(f"there is no topic {name!r}", hint=hint)


def open_shelf(stores: Sequence[Path] | None) -> Shelf:
    """Open the stores in the folders, or the one shipped. Raises StoreError."""
    folders = tuple(stores) if stores else (shipped_store(),)
    return Shelf(open_store(folders), folders)


def holds_on(fact: Fact, on: dt.date) -> bool:
    """Whether the statement is so on that day; an event holds from its last possible day on."""
    if fact.on:
        return fact.on.end <= on
    span = timeline.period(fact)
    begun = not fact.series or fact.series[0].start <= on
    return begun and span is not None and span.start <= on <= span.end


def first_day(fact: Fact, within: Days = ALL_DAYS) -> dt.date | None:
    """The first day on which a fact happened, began, ended or was counted anew."""
    times = [one_day(point.start) for point in fact.series]
    times += [fact.on] if fact.on else []
    times += [one_day(edge) for edge in (fact.start, fact.until) if edge]
    first = (max(time.start, within.start) for time in times if time.overlaps(within))
    return min(first, default=None)


def shown(fact: Fact, text: str, on: dt.date) -> str:
    """A statement as people read it, with the figure of that day."""
    text = marks.plain(text).replace(marks.NAME_SLOT, f"[any other {fact.closed}]")
    if fact.series:
        held = timeline.figures_before(fact, on) or fact.series[:1]
        text = text.replace(marks.SERIES_SLOT, plain(held[-1].value))
    return text


def when(fact: Fact) -> str:
    """The period of a fact in words; empty where it has none."""
    if fact.on:
        return str(fact.on)
    if fact.start and fact.until:
        return str(Days(fact.start, fact.until))
    if fact.start:
        return f"since {Days(fact.start, fact.start)}"
    return f"until {Days(fact.until, fact.until)}" if fact.until else ""
