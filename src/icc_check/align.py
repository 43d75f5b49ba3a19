"""Alignment: what each detail of the claim is to each detail of the fact.

Every part of a phrasing looks for its partner in the claim, then every item of
the claim that found none is looked for in the fact's context. The outcome is a
list of details with levels, and which parts of the fact the claim leaves unsaid.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain, combinations
from typing import NamedTuple

from icc_check.intervals import Days, Interval, month, year
from icc_check.keys import weight
from icc_check.model import Detail, Level
from icc_check.outlook import ClaimSide
from icc_check.reading.values import LABEL, DateRelation, Item, Kind, Tense
from icc_check.store.compiled import Part, Phrasing
from icc_check.store.values import Fact

# So many details of the core must agree before something else of no known kind is a conflict.
FIRM = 2
# A name describes another at most so many words away.
NEAR = 5
BY = " by "  # before the doer of a passive
DOER = re.compile(r"\bby\s+(?:the\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s+(?:to|until|till)\s+", re.IGNORECASE)  # between the ends of a time
_SAID = re.compile(r"\b(?!(?:from|the|of|year|month)\b)\w+", re.IGNORECASE)  # what tells an end
OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)
LISTING = re.compile(
    r"(?:[\s,;&/+]|\b(?:and|or|nor|both|the|as well as|with|plus)\b)*", re.IGNORECASE
)


class Pair(NamedTuple):
    """A part of the fact and the item of the claim that stands where it stands."""

    part: Part
    item: Item
    level: Level


class Alignment(NamedTuple):
    """A claim beside one phrasing of a fact."""

    fact: Fact
    phrasing: Phrasing
    pairs: tuple[Pair, ...]  # agreeing
    conflicts: tuple[Pair, ...]  # another value in the same place
    unclear: tuple[Pair, ...]  # overlapping values
    opposites: tuple[Pair, ...]  # antonyms: turn the polarity round
    missing: tuple[Part, ...]  # of the fact's core, unsaid
    answered: tuple[Item, ...]  # borne out by the fact's context
    unanswered: tuple[Item, ...]
    denies_unanswered: bool  # a negation of the claim denies what nothing answers
    dates: tuple[Item, ...]  # dates of the claim that say when, not what
    flipped: bool  # claim and fact differ in polarity
    overreaches: bool  # a name or word is wider or narrower than the fact bears out
    turned: bool  # who did it to whom is turned round
    reordered: tuple[Item, ...]  # names of a kind that have changed places with one another
    said: float  # weight of the claim that the fact answers, 0 to 1
    covered: float  # weight of the fact's core that the claim says, 0 to 1
    core: float  # weight of the matched core
    presumed: bool = False  # the claim does not name the subject that it is taken to mean
    slot: Pair | None = None  # the series' figure


def align(side: ClaimSide, number: int) -> Alignment:
    """Lay a claim beside phrasing `number` of the store."""
    return _Beside(side, number).run()


class _Beside:
    """The working state of one alignment; nothing of it leaves but the result."""

    def __init__(self, side: ClaimSide, number: int) -> None:
        self.side = side
        self.claim = side.claim
        self.phrasing = phrasing = side.store.phrasings[number]
        self.hopeless = side.outlook(number).silent
        self.store = side.store
        self.lexicon = side.lexicon
        self.fact = side.store.facts[phrasing.fact]
        self.as_of = side.as_of
        self.used: dict[int, Part] = {}
        self.pairs: list[Pair] = []
        self.conflicts: list[Pair] = []
        self.unclear: list[Pair] = []
        self.opposites: list[Pair] = []
        self.slot: Pair | None = None

    def run(self) -> Alignment:
        missing = [part for part in self.phrasing.parts if not self._find(part)]
        missing = [part for part in missing if not self._find_opposite(part)]
        missing = [part for part in missing if not self._find_rival(part)]
        core_missing = tuple(
            part for part in missing if not part.optional and not self._presumed(part)
        )
        self.flipped = self._flipped()
        answered, unanswered, dates = self._rest()
        return Alignment(
            fact=self.fact,
            phrasing=self.phrasing,
            pairs=tuple(self.pairs),
            conflicts=tuple(self.conflicts),
            unclear=tuple(self.unclear),
            opposites=tuple(self.opposites),
            missing=core_missing,
            answered=tuple(answered),
            unanswered=tuple(unanswered),
            denies_unanswered=any(
                index not in self.used for index in self.claim.denied
            ),  # -1: nothing
            dates=tuple(dates),
            flipped=self.flipped,
            overreaches=self._overreaches(),
            turned=self._turned(),
            reordered=self._reordered(),
            said=self._share_said(unanswered),
            covered=self._share_covered(core_missing),
            core=sum(pair.part.weight for pair in self.pairs if not pair.part.optional),
            presumed=any(not part.optional and self._presumed(part) for part in missing),
            slot=self.slot,
        )

    # --- parts of the fact looking for their partner ------------------------------

    def _find(self, part: Part) -> bool:
        if part.item.kind is Kind.DATE:
            return self._find_date(part)
        if part.item.kind is Kind.QUANTITY:
            return self._find_quantity(part)
        best: tuple[tuple[bool, bool, bool], int, Level] | None = None
        for index, level in self._candidates(part):
            item = self.claim.items[index]
            used = index in self.used
            taken = used and self.used[index].item.kind is not part.item.kind
            if taken and level is not Level.SAME:
                continue
            fit = (level is Level.SAME, not used, item.negated == part.item.negated)
            if best is None or fit > best[0]:
                best = fit, index, level
        return best is not None and self._pair(best[1], part, best[2])

    def _candidates(self, part: Part) -> tuple[tuple[int, Level], ...]:
        """What could be its partner; for the name of a closed list, any that is not on it."""
        if not part.slot:
            return self.side.partners(part.item)
        return tuple(
            (index, Level.SAME)
            for index, item in enumerate(self.claim.items)
            if (item.kind is Kind.WORD and item.loose) or self._off_list(item)
        )

    def _off_list(self, item: Item) -> bool:
        if item.kind is not Kind.ENTITY or not self.fact.closed:
            return False
        kind = self.lexicon.kind_of(item.kind, item.key)
        return kind == self.fact.closed and item.key not in self.fact.members

    def _pair(self, index: int, part: Part, level: Level) -> bool:
        item = self.claim.items[index]
        self.used.setdefault(index, part)
        self.pairs.append(Pair(part, item, level))
        return True

    def _find_quantity(self, part: Part) -> bool:
        for index, item in enumerate(self.claim.items):
            if item.kind is not Kind.QUANTITY or index in self.used:
                continue
            if item.ordinal != part.item.ordinal or not self._comparable(item, part.item):
                continue
            if part.slot:
                self.used[index] = part
                self.slot = Pair(part, item, Level.SAME)
                self.pairs.append(self.slot)
                return True
            level = self._compare(item, part)
            if level is Level.DIFFERENT and self._fits_elsewhere(item, part):
                continue
            self.used[index] = part
            pair = Pair(part, item, level)
            {Level.DIFFERENT: self.conflicts, Level.UNCLEAR: self.unclear}.get(
                level, self.pairs
            ).append(pair)
            return True
        return False

    def _fits_elsewhere(self, item: Item, part: Part) -> bool:
        """Whether another number of the fact is the one that this one answers to."""
        return any(
            other is not part
            and other.item.kind is Kind.QUANTITY
            and other.item.ordinal == item.ordinal
            and self._comparable(item, other.item)
            and self._compare(item, other) in (Level.SAME, Level.WITHIN)
            for other in self.phrasing.parts
        )

    def _compare(self, item: Item, part: Part) -> Level:
        """For a falsehood the claim must say as much as it does, or more."""
        if self.fact.truth == "false":
            level = compare(part.item.number, item.number)
            return Level.UNCLEAR if level is Level.DIFFERENT else level
        return compare(item.number, part.item.number)

    def _comparable(self, item: Item, other: Item) -> bool:
        """Whether two numbers count the same: one unit, or the unit named elsewhere."""
        if item.key == other.key:
            return True
        if LABEL in (item.key[:1], other.key[:1]) or "against" in (item.key, other.key):
            return False
        if not item.key or not other.key:
            return True
        if "month" in (item.key, other.key) or "day" in (item.key, other.key):
            return False
        if "%" in (item.key, other.key):
            return False
        return any(p.item.key == item.key for p in self.phrasing.parts if p.item is not other)

    def _find_date(self, part: Part) -> bool:
        """A date in the fact's text; whether it agrees is settled with all its dates."""
        return any(
            item.kind is Kind.DATE
            and not item.impossible
            and item.days
            and part.item.days
            and self._dates_agree(item, part)
            for item in self.claim.items
        )

    def _dates_agree(self, item: Item, part: Part) -> bool:
        assert item.days is not None
        assert part.item.days is not None
        if self.fact.truth == "false":
            return part.item.days.contains(item.days)
        return relates(item, part.item) is Level.SAME

    def _find_opposite(self, part: Part) -> bool:
        if part.item.kind is not Kind.CONCEPT or part.optional:
            return False
        opposite = self.lexicon.concepts[part.item.key].opposite
        for index, item in enumerate(self.claim.items):
            if item.kind is Kind.CONCEPT and index not in self.used and item.key in opposite:
                self.used[index] = part
                self.opposites.append(Pair(part, item, Level.OPPOSITE))
                return True
        return False

    def _find_rival(self, part: Part) -> bool:
        """For what the statement turns on: another thing of its kind in the claim.

        Failing that, the only thing in the claim that nothing answers, if the
        lexicon knows it: then it stands where the turning word should stand.
        """
        if not part.turning or part.item.kind not in (Kind.ENTITY, Kind.CONCEPT, Kind.WORD):
            return False
        kind = self.lexicon.kind_of(part.item.kind, part.item.key)
        matched = len(
            {
                pair.part.item.index_key
                for pair in self.pairs
                if not pair.part.optional and pair.item.index_key not in self.side.subjects
            }
        )
        silent = [
            index
            for index, item in enumerate(self.claim.items)
            if index not in self.used
            and not item.tag
            and item.kind is not Kind.DATE
            and not self._in_context(index)
        ]
        for index in silent:
            item = self.claim.items[index]
            same_kind = kind and self.lexicon.kind_of(item.kind, item.key) == kind
            unknown_name = (
                item.loose and part.item.kind is Kind.ENTITY and not self._names(item, part.item)
            )
            if (same_kind and matched) or (unknown_name and matched >= FIRM):
                return self._conflict(index, part)
        if matched >= FIRM and len(silent) == 1:
            item = self.claim.items[silent[0]]
            if self.lexicon.kind_of(item.kind, item.key):
                return self._conflict(silent[0], part)
        return False

    def _names(self, item: Item, other: Item) -> bool:
        """Whether a word is one of the other's name: "the Council" may be the Security Council."""
        return item.text.casefold() in self.lexicon.entities[other.key].name.casefold().split()

    def _conflict(self, index: int, part: Part) -> bool:
        self.used[index] = part
        self.conflicts.append(Pair(part, self.claim.items[index], Level.DIFFERENT))
        return True

    def _presumed(self, part: Part) -> bool:
        """The store's subject is meant when the claim names nothing of its kind."""
        return (
            not self.fact.closed
            and self.side.subject_is_meant(part.item)
            and not self._has_another_whole(part)
        )

    def _has_another_whole(self, part: Part) -> bool:
        """Whether the claim says "president of Japan" where the fact has "of the court"."""
        return any(
            OF.fullmatch(self.phrasing.text[pair.part.item.end : part.item.start])
            and OF.fullmatch(self.claim.text[pair.item.end : item.start])
            for pair in self.pairs
            for item in self.claim.items
            if item.kind is Kind.ENTITY
        )

    # --- items of the claim that found no partner ---------------------------------

    def _rest(self) -> tuple[list[Item], list[Item], list[Item]]:
        answered: list[Item] = []
        unanswered: list[Item] = []
        dates: list[Item] = []
        for index, item in enumerate(self.claim.items):
            if item.kind is Kind.DATE:
                self._settle_date(item, dates, unanswered)
            elif index in self.used:
                continue
            elif item.lasting and self.fact.start:
                self._settle_duration(item)
            elif item.tag or self._in_context(index):
                answered.append(item)
            else:
                unanswered.append(item)
        return answered, unanswered, dates

    def _in_context(self, index: int) -> bool:
        if self.hopeless >> index & 1:
            return False
        item = self.claim.items[index]
        if item.kind is Kind.QUANTITY:
            return self._number_in_context(item)
        key = item.index_key
        if item.kind is Kind.CONCEPT and self.lexicon.concepts[item.key].strict:
            return any(part.item.index_key == key for part in self.phrasing.parts)
        if self._of_another(item):
            return False
        if key in self.store.context[self.phrasing.fact] and not self._beside_its_like(item):
            return True
        if self._unit_of_matched(item):
            return True
        if self._is_complement(item):
            return False
        return any(key in self.lexicon.entities[name].about for name in self._described_by(item))

    def _of_another(self, item: Item) -> bool:
        """Whether a word is tied to a name by "of" that the fact does not tie it to.

        A context that bears out "president" does not bear out "president of Japan",
        though the fact should be about Japan for another reason.
        """
        if item.kind is not Kind.CONCEPT:
            return False
        return any(
            other.kind is Kind.ENTITY
            and other.key not in self.lexicon.subject
            and index in self.used
            and OF.fullmatch(self.claim.text[item.end : other.start])
            for index, other in enumerate(self.claim.items)
        )

    def _is_complement(self, item: Item) -> bool:
        """Whether a name stands behind "of": "president of Japan" does not say whence one is."""
        return item.kind is Kind.ENTITY and any(
            other.kind is Kind.CONCEPT and OF.fullmatch(self.claim.text[other.end : item.start])
            for other in self.claim.items
        )

    def _described_by(self, item: Item) -> Iterator[str]:
        """The names that a word of the claim may be said of.

        A name describes only another of another kind that stands near it ("the US
        secretary Rubio"): elsewhere it has a part of its own in what is said.
        """
        kind = self._kind_of_name(item)
        for other in self.claim.items:
            if other.kind is not Kind.ENTITY or other is item:
                continue
            near = -NEAR <= other.first - item.last <= NEAR
            if not kind or (near and self._kind_of_name(other) != kind):
                yield other.key
        if not kind:
            yield from (p.item.key for p in self.phrasing.parts if p.item.kind is Kind.ENTITY)

    def _beside_its_like(self, item: Item) -> bool:
        """Whether the fact speaks of another thing of the kind, said or left unsaid: then
        this one stands in its place and is not the fact's context."""
        kind = self._kind_of_name(item)
        return bool(kind) and any(
            part.item.key != item.key and self._kind_of_name(part.item) == kind
            for part in self.phrasing.parts
            if not part.optional or part.item.key not in self.side.named
        )

    def _kind_of_name(self, item: Item) -> str:
        """What kind of thing a name stands for; empty for all that is no name."""
        return self.lexicon.kind_of(item.kind, item.key) if item.kind is Kind.ENTITY else ""

    def _unit_of_matched(self, item: Item) -> bool:
        return any(
            self.claim.items[index].kind is Kind.QUANTITY
            and self.claim.items[index].key == item.key
            for index in self.used
        )

    def _number_in_context(self, item: Item) -> bool:
        numbers = self.store.numbers[self.phrasing.fact]
        return item.number is not None and any(
            (unit == item.key or not unit or not item.key)
            and item.number.contains(Interval(low, high))
            for unit, low, high in numbers
        )

    def _settle_date(self, item: Item, dates: list[Item], unanswered: list[Item]) -> None:
        """A date of the claim: the fact's own date, or the time that the claim is about."""
        assert item.days is not None
        if item.impossible:
            unanswered.append(item)
            return
        fact = self.fact
        own = [p.item for p in self.phrasing.parts if p.item.days and p.item.kind is Kind.DATE]
        if fact.on:
            own.append(_date(fact.on))
        levels = [relates(item, date) for date in own]
        if Level.SAME in levels:
            self.pairs.append(Pair(Part(item, optional=True), item, Level.SAME))
        elif fact.start or fact.until or fact.series or not own:
            (dates if self._says_when(item) else unanswered).append(item)
        elif self.phrasing.negations % 2 and Level.SAME not in levels:
            unanswered.append(item)  # what did not happen has no day
        elif self.flipped and fact.on and item.days.end < fact.on.start:
            dates.append(item)  # "had not ratified in 2010": it came later
        elif Level.UNCLEAR in levels:
            unanswered.append(item)  # more exact than the record
        elif self._dated_otherwise(item, own):
            unanswered.append(item)  # the day of something else that the claim says
        else:
            recorded = _date(fact.on) if fact.on else own[0]
            self.conflicts.append(Pair(Part(recorded), item, Level.DIFFERENT))

    def _dated_otherwise(self, item: Item, own: list[Item]) -> bool:
        """Whether another date of the claim is the fact's."""
        return any(
            other is not item
            and other.days
            and Level.SAME in (relates(other, date) for date in own)
            for other in self.claim.items
            if other.kind is Kind.DATE
        )

    def _says_when(self, item: Item) -> bool:
        """Whether the date is the time of a state of affairs, and not the day of an event.

        "In 2018 it was a member" has a verb of being; "signed on 11 July" has none
        and must name the very beginning or end.
        """
        fact = self.fact
        if fact.series or not (fact.start or fact.until) or item.relation is not DateRelation.IN:
            return True
        assert item.days is not None
        ends = [day for day in (fact.start, fact.until) if day]
        if item.days.start == item.days.end and not item.spans:
            return item.days.start in ends
        if item.spans:
            return len(ends) == 2 and (
                _same_ends(item, Days(*ends))
                or _same_ends(item, Days(ends[0], ends[1] + dt.timedelta(days=1)))
            )
        if self.claim.tense is not Tense.NONE:
            return True
        return any(item.days.start <= day <= item.days.end for day in ends)

    def _settle_duration(self, item: Item) -> None:
        """ "for more than two decades" of a state of affairs that began on a known day."""
        assert self.fact.start is not None
        assert item.number is not None
        end = min(self.as_of, self.fact.until or self.as_of)
        days = (end - self.fact.start).days
        lasted = days / 30.4375 if item.key == "month" else float(days)
        said = item.number
        if item.number.low == item.number.high:  # "for two decades": give or take a tenth
            said = Interval(said.low * 0.9, said.high * 1.1)
        level = Level.WITHIN if said.contains(Interval(lasted, lasted)) else Level.DIFFERENT
        recorded = _date(Days(self.fact.start, self.fact.start))
        pair = Pair(Part(recorded, optional=True), item, level)
        (self.pairs if level is Level.WITHIN else self.conflicts).append(pair)

    # --- the whole -----------------------------------------------------------------

    def _flipped(self) -> bool:
        turns = self.claim.negations + self.phrasing.negations + len(self.opposites)
        for pair in (*self.pairs, *self.conflicts):
            turns += pair.item.negated != pair.part.item.negated
        return turns % 2 == 1

    def _overreaches(self) -> bool:
        """Whether the claim goes beyond the fact in a word.

        What is true of the part is true of the whole it belongs to (the fact may be
        narrower than the claim); for falsehoods and for denials it is the other way
        round: what is false of the whole kind is false of each one of it.
        """
        reverse = (self.fact.truth == "false") != (self.phrasing.negations % 2 == 1)
        blocked = {Level.WITHIN if reverse else Level.NARROWER}
        if self.phrasing.negations and self.phrasing.mixed:
            blocked = {Level.WITHIN, Level.NARROWER}  # one clause goes one way, one the other
        return any(
            pair.level in blocked and pair.item.kind in (Kind.ENTITY, Kind.CONCEPT)
            for pair in self.pairs
        )

    def _turned(self) -> bool:
        """Whether the two doers of a directed deed have changed places."""
        verb, _, recorded = self.phrasing.doer.partition(" ")
        deed = next((pair for pair in self.pairs if pair.part.item.key == verb), None)
        if not recorded or deed is None:
            return False
        named = [
            pair
            for pair in self.pairs
            if pair is not deed and self.lexicon.kind_of(pair.item.kind, pair.item.key)
        ]
        if len(named) < 2 or all(pair.part.item.index_key != recorded for pair in named):
            return False
        doer = self.claim.doer(deed.item, [pair.item for pair in named])
        if doer is None:
            return False
        doers = [
            pair.part.item.index_key
            for pair in named
            if pair.item is doer or self._side_by_side(pair.item, doer)
        ]
        return recorded not in doers

    def _reordered(self) -> tuple[Item, ...]:
        """Two names of a kind in the contrary order, which may turn round who did what.

        Names in a list ("Anna and Bert") may stand in any order, unless numbers are
        dealt out to them; and the passive puts the doer last.
        """
        exchanged = self._exchanged() or self._contrasted_otherwise()
        if exchanged:
            return exchanged
        named = sorted(
            (pair for pair in self.pairs if pair.item.kind is Kind.ENTITY),
            key=lambda pair: pair.item.first,
        )
        swapped = [
            (before.item, after.item)
            for before, after in combinations(named, 2)
            if before.item.last < after.item.first
            and before.part.item is not after.part.item
            and self._kind_of_name(before.item) == self._kind_of_name(after.item)
            and self._changed_places(before, after)
        ]
        if sum(p.item.kind is Kind.QUANTITY for p in self.phrasing.parts) > 1:
            numbers = self._numbers_crossed()  # dealt out: each name must keep its number
            return (
                () if bool(numbers) == bool(swapped) else (*numbers, *chain.from_iterable(swapped))
            )
        return next((pair for pair in swapped if not self._listed(*pair)), ())

    def _exchanged(self) -> tuple[Item, ...]:
        """What stands on either side of a deed, if the fact does not have it so.

        Either the two have changed places ("the registrar elects the judges"), or
        whoever is said to have done it is only known from the fact's context.
        """
        for deed in self.pairs:
            if deed.part.item.key != deed.item.key or not self._is_directed(deed.item):
                continue
            named = [i for i in self.claim.items if self.lexicon.kind_of(i.kind, i.key)]
            doer = self.claim.doer(deed.item, [i for i in named if i is not deed.item])
            if doer and all(p.item is not doer for p in (*self.pairs, *self.conflicts)):
                return (doer,)
            sides = self.claim.sides(deed.item, [p.item for p in self.pairs if p is not deed])
            recorded = self.phrasing.sides.split(" ")
            if sides is None or recorded[0] != deed.item.key:
                continue
            doers, suffers = (
                {p.part.item.index_key for p in self.pairs if p.item is item} for item in sides
            )
            if recorded[1] in suffers and recorded[2] in doers:
                return sides
        return ()

    def _changed_places(self, before: Pair, after: Pair) -> bool:
        """Whether the first name of two in the claim is the last in the fact, or, where one
        of the texts is in the passive, the first as well."""
        said, recorded = self.claim.text, self.phrasing.text
        first, second = sorted((before.part.item, after.part.item), key=_first)
        passive = _is_doer(said, after.item)
        if passive != _is_doer(recorded, second):
            return first is before.part.item
        return first is after.part.item and (passive or (BY in said) == (BY in recorded))

    def _contrasted_otherwise(self) -> tuple[Item, ...]:
        """What the claim denies in favour of another, if the fact has it the other way round."""
        if self.claim.contrasted < 0 or not self.phrasing.contrasted:
            return ()
        item = self.claim.items[self.claim.contrasted]
        partners = [p.part.item.index_key for p in self.pairs if p.item is item]
        return () if self.phrasing.contrasted in partners else (item,)

    def _numbers_crossed(self) -> tuple[Item, ...]:
        """Two numbers in the contrary order, which only their places tell apart."""
        kinds = [kind for pair in self.pairs if (kind := self._kind_of_name(pair.item))]
        counted = [pair for pair in self.pairs if pair.item.kind is Kind.QUANTITY]
        if len(set(kinds)) == len(kinds):  # then the units tell which is which, if they do
            counted = [p for p in counted if not p.item.key or p.item.key != p.part.item.key]
        for one, other in combinations(counted, 2):
            said = one.item.first - other.item.first
            if said * (one.part.item.first - other.part.item.first) < 0:
                return one.item, other.item
        return ()

    def _is_directed(self, item: Item) -> bool:
        return item.kind is Kind.CONCEPT and self.lexicon.concepts[item.key].directed

    def _side_by_side(self, one: Item, other: Item) -> bool:
        """Whether two names stand in one list: "Anna and Bert"."""
        before, after = sorted((one, other), key=_first)
        kinds = {self._kind_of_name(one), self._kind_of_name(other)}
        return len(kinds) == 1 and before is not after and self._listed(before, after)

    def _listed(self, before: Item, after: Item) -> bool:
        """Whether nothing but names and joining words stands between two names."""
        between = self.claim.text[before.end : after.start]
        for item in self.claim.items:
            if item.kind is Kind.ENTITY and before.end <= item.start < after.start:
                between = between.replace(item.text, "")
        return LISTING.fullmatch(between) is not None

    def _share_said(self, unanswered: list[Item]) -> float:
        total = self.side.total
        silent = sum(weight(item, self.store.weights, self.lexicon) for item in unanswered)
        return 1.0 - silent / total if total else 0.0

    def _share_covered(self, missing: tuple[Part, ...]) -> float:
        total = sum(part.weight for part in self.phrasing.parts if not part.optional)
        return 1.0 - sum(part.weight for part in missing) / total if total else 0.0


def _first(item: Item) -> int:
    return item.first


def _is_doer(text: str, item: Item) -> bool:
    """Whether a passive says that this one did it: "by Anna"."""
    return DOER.search(text[: item.start]) is not None


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
        return Level.SAME if _same_ends(item, days) else Level.UNCLEAR
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


def _date(days: Days) -> Item:
    """A date that stands in no text."""
    return Item(Kind.DATE, "", str(days), 0, 0, -1, -1, days=days)


def _same_ends(item: Item, days: Days) -> bool:
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


def details_of(alignment: Alignment, figure: tuple[str, Level]) -> tuple[Detail, ...]:
    """The alignment as it is shown: one line a detail, in the order of the claim.

    `figure` is what a series says for the time of the claim, and how the claim stands to it.
    """
    rows = [
        Detail(
            pair.item.kind.value,
            pair.item.text,
            figure[0] if pair is alignment.slot else pair.part.item.text,
            figure[1] if pair is alignment.slot else pair.level,
            pair.item.start,
            pair.item.end,
        )
        for group in (alignment.pairs, alignment.conflicts, alignment.unclear, alignment.opposites)
        for pair in group
    ]
    rows += [
        Detail(i.kind.value, i.text, "", Level.ANSWERED, i.start, i.end) for i in alignment.answered
    ]
    rows += [
        Detail(i.kind.value, i.text, "", Level.UNANSWERED, i.start, i.end)
        for i in alignment.unanswered
    ]
    return tuple(sorted(rows, key=lambda row: (row.start, row.end)))
