"""Outlook: how well a claim and a phrasing can fit at best, told without aligning them.

A claim would be laid beside many phrasings, nearly all in vain. So what depends on
the claim and on one detail of a fact is found out once, whatever phrasings have the
detail, and from that an outlook tells which phrasings can matter at all. Aligning
all sixty candidates of a claim took five times as long.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from icc_check.keys import keys_implied, weight
from icc_check.model import Level
from icc_check.reading.values import Item, Kind, Reading
from icc_check.store.compiled import CompiledStore


class Outlook(NamedTuple):
    """What an alignment can come to at best: it says and covers this much, or less."""

    silent: int  # what of the claim is answered on no account; items as bits of a number
    said: float
    covered: float
    loose_ends: int  # at least so many names, numbers and known words nothing answers

    @property
    def nearness(self) -> float:
        return self.said + self.covered


class _Reach(NamedTuple):
    """What in the claim could stand for a part of a fact; items as bits of a number."""

    found: bool  # something says it or its contrary, or need not say it
    answers: int  # the items that would be answered by it
    rivals: int  # the items that could stand in its place, where the statement turns on it


class ClaimSide:
    """A claim to be laid beside phrasings, with what has been found out about it so far."""

    def __init__(self, claim: Reading, store: CompiledStore, as_of: dt.date) -> None:
        self.claim = claim
        self.store = store
        self.lexicon = store.lexicon
        self.as_of = as_of
        self.keys = {item.index_key for item in claim.items}
        self.named = {item.key for item in claim.items if item.kind is Kind.ENTITY}
        self.concepts = {item.key for item in claim.items if item.kind is Kind.CONCEPT}
        self.subjects = {f"{Kind.ENTITY.value}:{name}" for name in self.lexicon.subject}
        self.kinds = tuple(self.lexicon.kind_of(item.kind, item.key) for item in claim.items)
        self.weights = tuple(weight(item, store.weights, self.lexicon) for item in claim.items)
        self.total = sum(
            w for w, item in zip(self.weights, claim.items, strict=True) if not item.tag
        )
        self._all = (1 << len(claim.items)) - 1
        self._outlooks: dict[int, Outlook] = {}
        self._partners: dict[str, tuple[tuple[int, Level], ...]] = {}
        self._reaches: dict[str, _Reach] = {}
        self._contexts: dict[int, int] = {}
        self._shares: dict[int, float] = {}

    def partners(self, item: Item) -> tuple[tuple[int, Level], ...]:
        """The items of the claim, by index, that say what an item of a fact says."""
        known = self._partners.get(item.index_key)
        if known is None:
            known = self._partners_of(item) if self._touches(item) else ()
            self._partners[item.index_key] = known
        return known

    @cached_property
    def _implied(self) -> set[str]:
        """The keys of all that the claim says, implies, or says by naming somebody."""
        implied: set[str] = set()
        for item in self.claim.items:
            implied |= keys_implied(item, self.lexicon)
            if item.kind is Kind.ENTITY:
                implied |= self.lexicon.entities[item.key].about
        return implied

    def _partners_of(self, item: Item) -> tuple[tuple[int, Level], ...]:
        levels = ((index, self._same(said, item)) for index, said in enumerate(self.claim.items))
        return tuple((index, level) for index, level in levels if level is not None)

    def _same(self, item: Item, other: Item) -> Level | None:
        """Whether a claim's item says what a fact's item says, and how exactly."""
        if item.index_key == other.index_key:
            return Level.SAME
        if item.kind is Kind.ENTITY and other.kind is Kind.ENTITY:
            if item.key in self.lexicon.entities[other.key].within:
                return Level.WITHIN
            if other.key in self.lexicon.entities[item.key].within:
                return Level.NARROWER
            return None
        if item.kind is Kind.CONCEPT and other.kind is Kind.CONCEPT:
            if item.key in self.lexicon.concepts[other.key].implies:
                return Level.WITHIN
            if other.key in self.lexicon.concepts[item.key].implies:
                return Level.NARROWER
        if (
            item.kind is Kind.ENTITY
            and item.key not in self.lexicon.subject
            and other.kind is Kind.CONCEPT
            and other.index_key in self.lexicon.entities[item.key].about
        ):
            return Level.NARROWER
        return None

    def subject_is_meant(self, item: Item) -> bool:
        """Whether it is the store's subject and the claim names nothing of its kind."""
        if item.index_key not in self.subjects:
            return False
        kind = self.lexicon.kind_of(item.kind, item.key)
        return not any(
            said.kind is Kind.ENTITY and of_kind == kind
            for said, of_kind in zip(self.claim.items, self.kinds, strict=True)
        )

    # --- what an alignment can come to at best ------------------------------------
    #
    # Each question is answered too well rather than too badly: an alignment is never
    # better than its outlook.

    def outlook(self, number: int) -> Outlook:
        known = self._outlooks.get(number)
        if known is None:
            known = self._outlooks[number] = self._outlook_of(number)
        return known

    def _outlook_of(self, number: int) -> Outlook:
        phrasing = self.store.phrasings[number]
        answered = self._answered_by(phrasing.fact)
        total = missing = 0.0
        for part in phrasing.parts:
            reach = self._reaches.get(part.item.index_key) or self._reach(part.item)
            answered |= reach.answers
            found = reach.found
            if part.turning and reach.rivals:
                answered |= reach.rivals
                found = True
            if not part.optional:
                total += part.weight
                if not found:
                    missing += part.weight
        silent = self._all & ~answered
        covered = 1.0 - missing / total if total else 0.0
        return Outlook(silent, self._said(silent), covered, (silent & self._known).bit_count())

    def _touches(self, item: Item) -> bool:
        """Whether anything in the claim may have to do with a detail: hardly ever it has.

        Asked for all items of the claim at once, of some forty details a claim.
        """
        if item.index_key in self._implied:
            return True
        if item.kind is Kind.CONCEPT:
            concept = self.lexicon.concepts[item.key]
            return not (
                concept.implies.isdisjoint(self.concepts)
                and concept.opposite.isdisjoint(self.concepts)
            )
        if item.kind is Kind.ENTITY:
            entity = self.lexicon.entities[item.key]
            return not (entity.within.isdisjoint(self.named) and entity.about.isdisjoint(self.keys))
        return False

    def _reach(self, item: Item) -> _Reach:
        if item.kind is Kind.DATE or item.kind is Kind.QUANTITY:
            reach = _Reach(bool(self._bits(lambda said: said.kind is item.kind)), 0, 0)
        elif item.kind is Kind.WORD and not item.key:  # the unknown name of a closed list
            unknown = self._bits(lambda said: said.loose or said.kind is Kind.ENTITY)
            reach = _Reach(bool(unknown), unknown, unknown)
        elif self._touches(item):
            reach = self._reach_of_name(item)
        else:
            reach = self._out_of_reach[item.kind is Kind.ENTITY]
            if item.index_key in self.subjects and self.subject_is_meant(item):
                reach = reach._replace(found=True)
        self._reaches[item.index_key] = reach
        return reach

    def _reach_of_name(self, item: Item) -> _Reach:
        answers = sum(1 << index for index, _ in self.partners(item))
        if item.kind is Kind.CONCEPT:
            opposite = self.lexicon.concepts[item.key].opposite
            answers |= self._bits(lambda said: said.kind is Kind.CONCEPT and said.key in opposite)
        found = bool(answers) or self.subject_is_meant(item)
        if item.kind is Kind.ENTITY:
            about = self.lexicon.entities[item.key].about
            answers |= self._bits(lambda said: said.index_key in about)
        rivals = self._out_of_reach[item.kind is Kind.ENTITY].rivals
        if item.index_key in self.keys:  # it is found, and nothing stands in its place
            rivals = 0
        return _Reach(found, answers, rivals)

    @cached_property
    def _out_of_reach(self) -> tuple[_Reach, _Reach]:
        """For a detail that has to do with nothing in the claim, for a name last."""
        rivals = self._rivals
        return _Reach(False, 0, rivals), _Reach(False, 0, rivals | self._loose)

    @cached_property
    def _known(self) -> int:
        return self._bits(lambda said: said.kind is not Kind.WORD)

    @cached_property
    def _rivals(self) -> int:
        """What is of a known kind, so that it excludes another of the kind."""
        return self._bits(
            lambda said: bool(self.lexicon.kind_of(said.kind, said.key)) and not said.tag
        )

    @cached_property
    def _loose(self) -> int:
        return self._bits(lambda said: said.loose and not said.tag)

    @cached_property
    def _answered_anyway(self) -> int:
        """What may be answered whatever the fact: tags, times, units, words about names."""
        units = {item.key for item in self.claim.items if item.kind is Kind.QUANTITY}
        about = [self.lexicon.entities[name].about for name in self.named]
        return self._bits(
            lambda said: (
                said.tag
                or said.kind is Kind.DATE
                or said.lasting
                or (said.kind is not Kind.QUANTITY and said.key in units)
                or any(said.index_key in keys for keys in about)
            )
        )

    def _answered_by(self, fact: int) -> int:
        """What the context of a fact may answer."""
        known = self._contexts.get(fact)
        if known is None:
            context = self.store.context[fact]
            known = self._answered_anyway
            for key, bit in self._asked:
                if key in context:
                    known |= bit
            if self._quantities and self.store.numbers[fact]:
                known |= self._quantities
            self._contexts[fact] = known
        return known

    @cached_property
    def _asked(self) -> list[tuple[str, int]]:
        """What a fact's context has to answer, by key and bit."""
        return [
            (item.index_key, 1 << index)
            for index, item in enumerate(self.claim.items)
            if item.kind is not Kind.QUANTITY and not self._answered_anyway >> index & 1
        ]

    @cached_property
    def _quantities(self) -> int:
        return self._bits(lambda said: said.kind is Kind.QUANTITY)

    def _said(self, silent: int) -> float:
        """How much of the claim is said when so much is not answered."""
        known = self._shares.get(silent)
        if known is None:
            unsaid = sum(w for index, w in enumerate(self.weights) if silent >> index & 1)
            known = 1.0 - unsaid / self.total if self.total else 0.0
            self._shares[silent] = known
        return known

    def _bits(self, fits: Callable[[Item], bool]) -> int:
        return sum(1 << index for index, item in enumerate(self.claim.items) if fits(item))
