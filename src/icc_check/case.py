"""A case: a claim laid beside a fact on a day, and what may be asked of the two.

The rules of `judge` decide by these answers; nothing here decides.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cached_property

from icc_check import timeline
from icc_check.align import Alignment
from icc_check.intervals import exactly
from icc_check.model import Level
from icc_check.reading.stance import is_completed
from icc_check.reading.values import Item, Kind, Reading, Tense
from icc_check.store.values import Truth
from icc_check.timeline import Holding, Time

# A claim may leave this share of the core's weight unsaid when all else agrees.
ENOUGH_COVERED = 0.999
_OF_ALL = re.compile(r"(?:no|nobody|none|nothing|never|not one|not a single)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """What the rules look at: a claim beside a fact on a day.

    Many rules ask the same of it, so it works out each answer once (and has no slots).
    """

    claim: Reading
    alignment: Alignment
    as_of: dt.date

    @cached_property
    def time(self) -> Time:
        return timeline.time_of(self.alignment.dates, self.as_of)

    @cached_property
    def holding(self) -> Holding:
        return timeline.holding(self.alignment.fact, self.time)

    @property
    def positive(self) -> bool:
        return not self.alignment.flipped

    @cached_property
    def whole(self) -> bool:
        """Whether the claim says all that makes the fact this fact."""
        a = self.alignment
        if self.false and a.unclear:
            return False
        if any(p.turning or p.item.kind in (Kind.ENTITY, Kind.QUANTITY) for p in a.missing):
            return False
        if a.opposites and (self.false or not a.flipped):
            return False  # contraries: who was not convicted was not therefore acquitted
        return a.covered >= ENOUGH_COVERED and bool(a.pairs or a.opposites)

    @cached_property
    def answered(self) -> bool:
        a = self.alignment
        return not (
            a.unanswered
            or a.unclear
            or a.overreaches
            or a.reordered
            or a.turned
            or a.opposites  # a contrary denies; it never proves
            or (self.claim.current and a.fact.on is not None)  # done is not lasting
            or self._was_only
            or a.denies_unanswered
            or self.claim.beyond
            or self.polarity_unclear
            or self._done_too_soon
            or self._only_possible
            or since_differs(self)
            or (a.phrasing.hedged and not self.claim.hedged)
            or (self.false and a.dates and timeline.period(a.fact) is None)
        )

    @cached_property
    def polarity_unclear(self) -> bool:
        """Whether the negations of several clauses cannot be told apart."""
        claim, phrasing = self.claim, self.alignment.phrasing
        if claim.parallel and any(
            pair.item.negated != pair.part.item.negated for pair in self.alignment.pairs
        ):
            return True
        both_deny = claim.negations % 2 and phrasing.negations % 2
        if both_deny and {claim.within_only, phrasing.within_only} == {True, False}:
            return True
        return claim.negations > 0 and claim.mixed and not phrasing.mixed

    @property
    def _was_only(self) -> bool:
        """ "is president" where the fact says only that she was."""
        claim, fact = self.claim, self.alignment.fact
        return (
            self.alignment.phrasing.past
            and claim.tense is Tense.PRESENT
            and not claim.perfect
            and fact.on is None
            and fact.until is None
        )

    @property
    def _only_possible(self) -> bool:
        """ "has prosecuted her" of one who may be prosecuted."""
        phrasing = self.alignment.phrasing
        claim = self.claim
        past = claim.tense is Tense.PAST or claim.perfect or any(map(_is_done, claim.items))
        may = phrasing.possible and phrasing.negations % 2 == 0 and not self.false
        return may and past and not claim.possible

    @property
    def _done_too_soon(self) -> bool:
        """ "has arrested him" of one who said that he would: an announcement is no deed."""
        return self.alignment.phrasing.announced and not self.claim.ahead

    @cached_property
    def loose_ends(self) -> int:
        """How many names, numbers and known words of the claim nothing answers."""
        return sum(item.kind is not Kind.WORD for item in self.alignment.unanswered)

    @cached_property
    def as_strong(self) -> bool:
        """Whether the claim says no less than the fact: only then does it end with it."""
        return all(
            pair.level is not Level.WITHIN or pair.item.kind is Kind.DATE
            for pair in self.alignment.pairs
        )

    @cached_property
    def denies_what_is_said(self) -> bool:
        """Whether what the claim asserts or denies is what the fact is about."""
        return not (
            self.alignment.denies_unanswered
            or self.alignment.overreaches
            or self.alignment.reordered
            or self.alignment.turned
            or (self.claim.ended and self.alignment.phrasing.perfect)
            or (self.claim.ended and self.alignment.fact.on is not None)
            or not self._holds_throughout
        )

    @cached_property
    def _holds_throughout(self) -> bool:
        """Whether the fact holds on all the days that the claim is about."""
        span = timeline.period(self.alignment.fact)
        return span is None or not self.time.named or span.contains(self.time.days)

    @cached_property
    def figure_status(self) -> str:
        """How the claim's figure stands to the series; only for a case that has one."""
        return _figure_status(self)

    @property
    def series(self) -> bool:
        return bool(self.alignment.fact.series)

    @property
    def denies_of_one(self) -> bool:
        """Whether the fact denies something of one, which others need not have done either.

        "Nobody before Anna" is another matter: there is no other of whom it is true.
        """
        phrasing = self.alignment.phrasing
        return phrasing.negations > 0 and not _OF_ALL.match(phrasing.text)

    @property
    def states_a_deed(self) -> bool:
        """Whether the fact says that something is so, and not that it is not."""
        return not self.false and self.alignment.phrasing.negations % 2 == 0

    @property
    def false(self) -> bool:
        return self.alignment.fact.truth is Truth.FALSE


def _is_done(item: Item) -> bool:
    """Whether it is a verb in the past tense."""
    text = item.text.casefold()
    verb = item.kind in (Kind.CONCEPT, Kind.WORD) and not item.nominal
    return verb and (text.split()[0].endswith("ed") or is_completed(text))


def since_differs(case: Case) -> bool:
    """Whether the claim says "since" of another day than the recorded beginning."""
    a = case.alignment
    return any(timeline.since_agrees(item, a.fact) is False for item in a.dates)


def _figure_status(case: Case) -> str:
    """same, unclear, superseded, early or different: the claim's figure and the series."""
    slot = case.alignment.slot
    assert slot is not None
    assert slot.item.number is not None
    said = slot.item.number
    fact = case.alignment.fact
    days = case.time.days
    now = timeline.figure(fact, days.end)
    begin = timeline.figure(fact, days.start)
    if now.point and said == exactly(now.point.value) and not (fact.grows and _stale(case)):
        return "same"
    if said.contains(now.interval) or (begin.point and said.contains(begin.interval)):
        return "same"
    if now.point and fact.grows and said == exactly(now.point.value):
        return "same"
    if not said.disjoint(now.interval):
        return "unclear"
    if any(said.low <= p.value <= said.high for p in timeline.figures_before(fact, days.end)):
        return "different" if case.time.named else "superseded"
    if any(said.low <= p.value <= said.high for p in timeline.figures_after(fact, days.end)):
        return "different" if case.time.named else "early"
    return "different"


def _stale(case: Case) -> bool:
    return case.time.days.end > case.alignment.fact.checked
