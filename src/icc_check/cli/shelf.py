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
from icc_check.intervals import Days, plain
from icc_check.model import Basis, Source
from icc_check.reading.reader import read
from icc_check.reading.tokens import fold
from icc_check.reading.values import Kind
from icc_check.store import marks
from icc_check.store.compiled import CompiledStore
from icc_check.store.load import read_stores
from icc_check.store.open import open_store, shipped_store
from icc_check.store.values import Entity, Fact

_MOST_NEAR = 3
_NEAR = 75  # of 100: how like an id must be to be offered


class Filter(NamedTuple):
    """What facts must be to be listed; None asks for nothing."""

    topic: str | None = None
    basis: Basis | None = None
    entity: str | None = None
    on: dt.date | None = None


class Card(NamedTuple):
    """A fact with what belongs to it."""

    fact: Fact
    statement: str
    phrasings: tuple[str, ...]
    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]


class Shelf(NamedTuple):
    """An open store, and the folders that it was made of."""

    store: CompiledStore
    folders: tuple[Path, ...]

    def select(self, query: Sequence[str], wanted: Filter) -> list[Fact]:
        """The facts that pass the filter and have the words, best first."""
        numbers: Iterable[int] = range(len(self.store.facts))
        if wanted.entity:
            key = f"{Kind.ENTITY}:{self._entity(wanted.entity)}"
            numbers = [number for number in numbers if key in self.store.context[number]]
        facts = [self.store.facts[number] for number in numbers]
        if wanted.topic is not None:
            self._expect_topic(wanted.topic)
            facts = [fact for fact in facts if fact.topic == wanted.topic]
        if wanted.basis is not None:
            facts = [fact for fact in facts if fact.basis is wanted.basis]
        if wanted.on is not None:
            facts = [fact for fact in facts if holds_on(fact, wanted.on)]
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
        named = {
            item.key
            for text in texts
            for item in read(marks.plain(text), self.store.lexicon).items
            if item.kind is Kind.ENTITY
        }
        written, _ = read_stores(self.folders)  # aliases as they are written
        return Card(
            fact,
            shown(fact, fact.statement, today),
            tuple(shown(fact, text, today) for text in fact.phrasings),
            tuple(self.store.sources[name] for name in fact.sources),
            tuple(entity for entity in written.entities if entity.id in named),
        )

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
