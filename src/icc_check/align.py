"""Alignment: what each detail of the claim is to each detail of the fact.

Every part of a phrasing looks for its partner in the claim, then every item of
the claim that found none is looked for in the fact's context. The outcome is a
list of details with levels, and which parts of the fact the claim leaves unsaid.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from icc_check.comparison import Pair, compare, date_of, relates, same_ends
from icc_check.intervals import Days, Interval
from icc_check.keys import kind_of_name, weight
from icc_check.model import Detail, Level
from icc_check.order import Order
from icc_check.outlook import ClaimSide
from icc_check.reading.values import LABEL, DateRelation, Item, Kind, Tense
from icc_check.store.compiled import Part, Phrasing
from icc_check.store.values import Fact

# So many details of the core must agree before something else of no known kind is a conflict.
FIRM = 2
# A name describes another at most so many words away.
NEAR = 5
OF = re.compile(r"\s+of\s+(?:the\s+)?", re.IGNORECASE)


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
        order = Order(self.claim, self.phrasing, self.lexicon, self.pairs, self.conflicts)
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
            turned=order.turned(),
            reordered=order.reordered(),
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
            _is_of(self.phrasing.text, pair.part.item, part.item)
            and _is_of(self.claim.text, pair.item, item)
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
            and _is_of(self.claim.text, item, other)
            for index, other in enumerate(self.claim.items)
        )

    def _is_complement(self, item: Item) -> bool:
        """Whether a name stands behind "of": "president of Japan" does not say whence one is."""
        return item.kind is Kind.ENTITY and any(
            other.kind is Kind.CONCEPT and _is_of(self.claim.text, other, item)
            for other in self.claim.items
        )

    def _described_by(self, item: Item) -> Iterator[str]:
        """The names that a word of the claim may be said of.

        A name describes only another of another kind that stands near it ("the US
        secretary Rubio"): elsewhere it has a part of its own in what is said.
        """
        kind = kind_of_name(item, self.lexicon)
        for other in self.claim.items:
            if other.kind is not Kind.ENTITY or other is item:
                continue
            near = -NEAR <= other.first - item.last <= NEAR
            if not kind or (near and kind_of_name(other, self.lexicon) != kind):
                yield other.key
        if not kind:
            yield from (p.item.key for p in self.phrasing.parts if p.item.kind is Kind.ENTITY)

    def _beside_its_like(self, item: Item) -> bool:
        """Whether the fact speaks of another thing of the kind, said or left unsaid: then
        this one stands in its place and is not the fact's context."""
        kind = kind_of_name(item, self.lexicon)
        return bool(kind) and any(
            part.item.key != item.key and kind_of_name(part.item, self.lexicon) == kind
            for part in self.phrasing.parts
            if not part.optional or part.item.key not in self.side.named
        )

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
            own.append(date_of(fact.on))
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
            recorded = date_of(fact.on) if fact.on else own[0]
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
                same_ends(item, Days(*ends))
                or same_ends(item, Days(ends[0], ends[1] + dt.timedelta(days=1)))
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
        recorded = date_of(Days(self.fact.start, self.fact.start))
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

    def _share_said(self, unanswered: list[Item]) -> float:
        total = self.side.total
        silent = sum(weight(item, self.store.weights, self.lexicon) for item in unanswered)
        return 1.0 - silent / total if total else 0.0

    def _share_covered(self, missing: tuple[Part, ...]) -> float:
        total = sum(part.weight for part in self.phrasing.parts if not part.optional)
        return 1.0 - sum(part.weight for part in missing) / total if total else 0.0


def _is_of(text: str, one: Item, other: Item) -> bool:
    """Whether nothing but "of" stands between two details: "president of Japan"."""
    return OF.fullmatch(text[one.end : other.start]) is not None


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
