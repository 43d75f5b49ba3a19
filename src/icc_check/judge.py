"""Judging: the table of rules that turns an alignment into a verdict.

The first rule that applies decides. There are no scores here: each rule asks
what the details are to one another and how the fact stands to the time of the
claim. docs/verdicts.md has a section for each rule.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from icc_check import timeline
from icc_check.align import Alignment
from icc_check.intervals import Days, day, exactly, plain
from icc_check.model import Level, Verdict
from icc_check.reading.clauses import is_mixed
from icc_check.reading.values import DateRelation, Kind, Mood, Reading, Tense
from icc_check.store import marks
from icc_check.store.values import Truth
from icc_check.timeline import Holding, Time

# A claim may leave this share of the core's weight unsaid when all else agrees …
ENOUGH_COVERED = 0.999
# … and a refutation must answer at least this share of the claim.
ENOUGH_SAID = 0.5
# Details in conflict; with more the fact is about something else.
MOST_CONFLICTS = 1
_ANNOUNCED = re.compile(r"\bwould\b", re.IGNORECASE)
# What is still to come, or was when it was said.
_AHEAD = re.compile(
    r"\b(?:would|will|shall|to|if|may|might|can|could|must|should|going|'ll|'d)\b"
    r"|\b(?:plan|promis|pledg|vow|threat|announc|prepar|expect|read[iy])",
    re.IGNORECASE,
)
NOTHING_NEAR = "No fact in the store is near enough to this claim."
# Known words of the claim that nothing answers; what is false stays so with more detail.
MOST_LOOSE_ENDS = 1


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
            or a.opposites  # a contrary denies; it never proves
            or (self.claim.current and a.fact.on is not None)  # done is not lasting
            or a.denies_unanswered
            or self.polarity_unclear
            or self._done_too_soon
            or _since_differs(self)
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
        return claim.negations > 0 and is_mixed(claim.text) and not is_mixed(phrasing.text)

    @property
    def _done_too_soon(self) -> bool:
        """ "has arrested him" of one who said that he would: an announcement is no deed."""
        announced = _ANNOUNCED.search(self.alignment.phrasing.text)
        return bool(announced) and not _AHEAD.search(self.claim.text)

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
    def false(self) -> bool:
        return self.alignment.fact.truth is Truth.FALSE


class Rule(NamedTuple):
    """A rule: its name, what it decides, when it applies, and its sentence."""

    id: str
    verdict: Verdict
    summary: str
    applies: Callable[[Case], bool]
    reason: Callable[[Case], str]


def judge(case: Case) -> Rule:
    """The first rule that applies; the last one always does."""
    return next(rule for rule in RULES if rule.applies(case))


# --- what the rules ask -----------------------------------------------------------


def _had_by_then(case: Case) -> bool:
    """ "had done it in 2050": nobody knows what will have been done by then."""
    return any(
        item.relation is DateRelation.BY and item.days and item.days.start > case.as_of
        for item in case.claim.items
    ) and not any(
        part.item.days and part.item.days.end > case.as_of for part in case.alignment.phrasing.parts
    )


def _is_about(case: Case) -> bool:
    a = case.alignment
    return (
        case.whole
        and len(a.conflicts) <= MOST_CONFLICTS
        and (a.said >= ENOUGH_SAID or bool(a.fact.closed))
        and not _under_way(case)
    )


def _under_way(case: Case) -> bool:
    """ "is leaving" says less than "left": it settles nothing about what is done."""
    fact = case.alignment.fact
    done = fact.on is not None or (fact.truth is Truth.FALSE and not fact.start and not fact.until)
    phrasing = case.alignment.phrasing
    if phrasing.progressive and case.claim.perfect and not case.claim.progressive:
        return True  # the claim says that it is done, the fact that it is under way
    return case.claim.progressive and not phrasing.progressive and (done or case.alignment.flipped)


def _is_a_total(case: Case) -> bool:
    """Whether the claim counts what there is by now and the fact what was done one day."""
    claim = case.claim
    by_then = any(item.relation is DateRelation.BY for item in claim.items if item.days)
    present = claim.current or claim.tense is Tense.PRESENT
    return case.alignment.fact.on is not None and (present or by_then)


def _conflict(kind: Kind) -> Callable[[Case], bool]:
    def applies(case: Case) -> bool:
        conflicts = case.alignment.conflicts
        return (
            _is_about(case)
            and not case.false
            and case.positive
            and case.holding is Holding.HOLDS
            and not case.loose_ends
            and not (kind is Kind.QUANTITY and _is_a_total(case))
            and any(pair.part.item.kind is kind for pair in conflicts)
        )

    return applies


def _other_conflict(case: Case) -> bool:
    return bool(case.alignment.conflicts)


def _agreeing(case: Case) -> bool:
    return _is_about(case) and not case.alignment.conflicts


def _began_elsewhen(case: Case) -> bool:
    """ "since 2005" of what began in 2015."""
    return (
        _agreeing(case)
        and case.positive
        and not case.alignment.unanswered
        and not case.alignment.overreaches
        and case.as_strong
        and _since_differs(case)
    )


def _since_differs(case: Case) -> bool:
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


def _figure(*statuses: str) -> Callable[[Case], bool]:
    def applies(case: Case) -> bool:
        return (
            case.series
            and case.alignment.slot is not None
            and _is_about(case)
            and not case.alignment.conflicts
            and case.figure_status in statuses
            and ("same" in statuses or not case.loose_ends)
        )

    return applies


def _falsehood_is_all(case: Case) -> bool:
    """Whether the claim is the falsehood and hardly anything besides."""
    unanswered = case.alignment.unanswered
    return (
        not any(item.kind is Kind.CONCEPT for item in unanswered)
        and case.loose_ends <= (0 if case.alignment.presumed else MOST_LOOSE_ENDS)
        and not case.alignment.turned
    )


def _off_the_list(case: Case) -> bool:
    """Whether a claim on a closed list is about a name off it, however that is described."""
    members = case.alignment.fact.members
    named = [item for item in case.claim.items if item.kind is Kind.ENTITY]
    others = [item for item in case.alignment.unanswered if item.kind is Kind.ENTITY]
    words = [i for i in case.alignment.unanswered if i.kind is Kind.WORD and not i.loose]
    return (
        not any(item.key in members for item in named)
        and len(others) <= MOST_LOOSE_ENDS
        and not words
    )


def _past(case: Case) -> bool:
    return case.claim.tense is Tense.PAST and not case.time.named


# --- sentences --------------------------------------------------------------------


def _record(case: Case) -> str:
    fact = case.alignment.fact
    text = marks.plain(fact.statement)
    if fact.series:
        now = timeline.figure(fact, case.time.days.end)
        value = plain(now.point.value) if now.point else "?"
        least = "at least " if now.point and (now.point.at_least or fact.grows) else ""
        text = text.replace(marks.SERIES_SLOT, least + value)
    return text[:1].upper() + text[1:].rstrip(".")


def figure_of(case: Case, rule: Rule) -> tuple[str, Level]:
    """The series' figure for the time of the claim, and how the claim's figure stands to it."""
    if not case.series:
        return "", Level.SAME
    now = timeline.figure(case.alignment.fact, case.time.days.end)
    text = str(now.interval) if now.point else ""
    if rule.verdict is Verdict.SUPPORTED:
        return text, Level.SAME
    return text, Level.UNCLEAR if rule.verdict is Verdict.UNVERIFIED else Level.DIFFERENT


def statement_of(case: Case) -> str:
    return _record(case) + "."


def _first_conflict(case: Case) -> str:
    pair = case.alignment.conflicts[0]
    said, recorded = pair.item.text, pair.part.item.text
    return f"The claim says “{said}”; the record says “{recorded}”: {_record(case)}."


def _figure_reason(case: Case) -> str:
    slot = case.alignment.slot
    assert slot is not None
    said = slot.item.text
    now = timeline.figure(case.alignment.fact, case.time.days.end)
    since = f" since {Days(now.point.start, now.point.start)}" if now.point else ""
    return f"The claim says {said}; the record says: {_record(case)}{since}."


def _not_answered(case: Case) -> str:
    a = case.alignment
    items = (
        a.unanswered
        or tuple(p.item for p in a.unclear)
        or a.reordered
        or tuple(
            p.item
            for p in a.pairs
            if p.level in (Level.NARROWER, Level.WITHIN) and p.item.kind is not Kind.QUANTITY
        )
    )
    return "Nothing in the record settles " + ", ".join(f"“{item.text}”" for item in items) + "."


def _span(case: Case) -> str:
    fact = case.alignment.fact
    if case.holding is Holding.ENDED and fact.until:
        return f"This was right until {day(fact.until)}"
    start = fact.on.start if fact.on else fact.start
    return f"This was not so before {day(start)}" if start else "This does not hold at that time"


# Not one of the table's rules: it is about two facts at once (see checker).
CONTRADICTORY = Rule(
    "contradictory",
    Verdict.UNVERIFIED,
    "One fact supports the claim and another denies it, and neither says more of it.",
    lambda c: True,
    lambda c: "The record holds words for and against this; read both facts.",
)

RULES: tuple[Rule, ...] = (
    Rule(
        "question",
        Verdict.UNVERIFIED,
        "A question states nothing that could be checked.",
        lambda c: c.claim.mood is Mood.QUESTION,
        lambda c: "This is a question or a request, not a statement.",
    ),
    Rule(
        "forecast",
        Verdict.UNVERIFIED,
        "What will or would be cannot be checked against what is recorded.",
        lambda c: (
            (c.claim.tense is Tense.FUTURE and not c.alignment.phrasing.future)
            or (c.claim.conditional and not c.alignment.phrasing.conditional)
            or c.time.days.start > c.as_of
            or _had_by_then(c)
        ),
        lambda c: "This says what will or would be; the record says what is.",
    ),
    Rule(
        "incomplete",
        Verdict.UNVERIFIED,
        "The claim lacks something without which the nearest fact is another.",
        lambda c: not _is_about(c),
        lambda c: NOTHING_NEAR,
    ),
    Rule(
        "figure-agrees",
        Verdict.SUPPORTED,
        "The figure is the one recorded for that time.",
        lambda c: _figure("same")(c) and c.positive and c.answered,
        lambda c: f"The record agrees: {_record(c)}.",
    ),
    Rule(
        "figure-denied",
        Verdict.REFUTED,
        "The recorded figure is denied.",
        lambda c: _figure("same")(c) and not c.positive and c.denies_what_is_said,
        lambda c: f"The claim denies what the record says: {_record(c)}.",
    ),
    Rule(
        "figure-superseded",
        Verdict.OUTDATED,
        "The figure was right and has changed since.",
        lambda c: _figure("superseded")(c) and c.positive,
        lambda c: f"That figure has been overtaken. {_figure_reason(c)}",
    ),
    Rule(
        "figure-early",
        Verdict.OUTDATED,
        "The figure was reached only later.",
        lambda c: _figure("early")(c) and c.positive,
        lambda c: f"That figure was reached only later. {_figure_reason(c)}",
    ),
    Rule(
        "figure-differs",
        Verdict.REFUTED,
        "Another figure is recorded for that time, and this one never was.",
        lambda c: _figure("different")(c) and c.positive,
        _figure_reason,
    ),
    Rule(
        "figure-unclear",
        Verdict.UNVERIFIED,
        "The record leaves the figure open, or other details are not answered.",
        lambda c: c.series and c.alignment.slot is not None,
        lambda c: f"The record cannot settle this: {_record(c)}.",
    ),
    Rule(
        "roles-turned",
        Verdict.REFUTED,
        "The claim turns round who did it to whom.",
        lambda c: _agreeing(c) and c.alignment.turned and not c.false,
        lambda c: f"It is the other way round: {_record(c)}.",
    ),
    Rule(
        "number-differs",
        Verdict.REFUTED,
        "Another number is recorded.",
        _conflict(Kind.QUANTITY),
        _first_conflict,
    ),
    Rule(
        "date-differs",
        Verdict.REFUTED,
        "Another date is recorded.",
        _conflict(Kind.DATE),
        _first_conflict,
    ),
    Rule(
        "name-differs",
        Verdict.REFUTED,
        "Another name is recorded.",
        _conflict(Kind.ENTITY),
        _first_conflict,
    ),
    Rule(
        "word-differs",
        Verdict.REFUTED,
        "Where only one thing can be right, the claim has another.",
        lambda c: _conflict(Kind.CONCEPT)(c) or _conflict(Kind.WORD)(c),
        _first_conflict,
    ),
    Rule(
        "conflict-unclear",
        Verdict.UNVERIFIED,
        "A detail differs, but nothing follows from it.",
        _other_conflict,
        lambda c: NOTHING_NEAR,
    ),
    Rule(
        "disputed",
        Verdict.DISPUTED,
        "Authorities contradict each other, or the law is open.",
        lambda c: c.alignment.fact.truth is Truth.DISPUTED and c.holding is Holding.HOLDS,
        lambda c: c.alignment.fact.correction,
    ),
    Rule(
        "began-elsewhen",
        Verdict.REFUTED,
        "It began at another time.",
        _began_elsewhen,
        lambda c: f"{_span(c)}: {_record(c)}.",
    ),
    Rule(
        "known-falsehood",
        Verdict.REFUTED,
        "The claim states a known falsehood.",
        lambda c: (
            c.false
            and c.positive
            and c.holding is Holding.NEVER
            and c.denies_what_is_said
            and (_off_the_list(c) if c.alignment.fact.closed else _falsehood_is_all(c))
        ),
        lambda c: c.alignment.fact.correction,
    ),
    Rule(
        "falsehood-denied",
        Verdict.SUPPORTED,
        "The claim denies a known falsehood.",
        lambda c: (
            c.false
            and not c.positive
            and c.holding is Holding.NEVER
            and c.answered
            and not c.claim.ended
            and not c.claim.refused
        ),
        lambda c: f"The record agrees: {c.alignment.fact.correction}",
    ),
    Rule(
        "no-longer",
        Verdict.OUTDATED,
        "It was right and no longer is.",
        lambda c: (
            c.positive
            and c.holding is Holding.ENDED
            and c.as_strong
            and not c.loose_ends
            and not c.time.named
            and not _past(c)
        ),
        lambda c: f"{_span(c)}. {c.alignment.fact.correction}".strip(),
    ),
    Rule(
        "was-so",
        Verdict.SUPPORTED,
        "It was so, and the claim says no more.",
        lambda c: c.positive and c.holding is Holding.ENDED and _past(c) and c.answered,
        lambda c: f"The record agrees: {_record(c)}.",
    ),
    Rule(
        "not-yet",
        Verdict.OUTDATED,
        "It is not right yet on that day.",
        lambda c: (
            c.positive
            and c.holding is Holding.NOT_YET
            and c.as_strong
            and not c.loose_ends
            and not c.time.named
        ),
        lambda c: f"{_span(c)}.",
    ),
    Rule(
        "another-time",
        Verdict.REFUTED,
        "It did not hold at the time that the claim names.",
        lambda c: (
            c.positive
            and c.holding in (Holding.ENDED, Holding.NOT_YET)
            and c.as_strong
            and c.answered
            and c.time.named
        ),
        lambda c: f"{_span(c)}: {_record(c)}.",
    ),
    Rule(
        "still-denied",
        Verdict.OUTDATED,
        "The denial was right once and is overtaken.",
        lambda c: (
            not c.positive
            and c.holding is Holding.HOLDS
            and c.denies_what_is_said
            and not c.loose_ends
            and not c.time.named
            and (c.claim.still or _ended_early(c))
        ),
        lambda c: f"That has changed: {_record(c)}.",
    ),
    Rule(
        "end-denied",
        Verdict.OUTDATED,
        "What the claim says was right, and the record says that it ended.",
        lambda c: (
            not c.positive
            and c.holding is Holding.HOLDS
            and c.alignment.phrasing.ended
            and c.denies_what_is_said
            and not c.loose_ends
        ),
        lambda c: f"That has ended: {_record(c)}.",
    ),
    Rule(
        "denied",
        Verdict.REFUTED,
        "The claim denies what the record says.",
        lambda c: (
            not c.positive
            and c.holding is Holding.HOLDS
            and c.denies_what_is_said
            and not c.loose_ends
        ),
        lambda c: f"The claim denies what the record says: {_record(c)}.",
    ),
    Rule(
        "denial-agrees",
        Verdict.SUPPORTED,
        "What the claim denies does not hold on that day.",
        lambda c: not c.positive and c.answered and c.as_strong and _denial_fits(c),
        lambda c: f"{_span(c)}. {c.alignment.fact.correction}".strip(),
    ),
    Rule(
        "unanswered",
        Verdict.UNVERIFIED,
        "The claim says more than the record does.",
        lambda c: not c.answered,
        _not_answered,
    ),
    Rule(
        "agrees",
        Verdict.SUPPORTED,
        "Every detail of the claim is borne out.",
        lambda c: c.positive and c.holding is Holding.HOLDS,
        lambda c: f"The record agrees: {_record(c)}.",
    ),
    Rule(
        "undecided",
        Verdict.UNVERIFIED,
        "Nothing in the store settles it.",
        lambda c: True,
        lambda c: "The store does not settle this.",
    ),
)


def _ended_early(case: Case) -> bool:
    """ "no longer" of what still holds and ends only later."""
    until = case.alignment.fact.until
    return case.claim.ended and until is not None and until >= case.as_of


def _denial_fits(case: Case) -> bool:
    if case.claim.refused:
        return False
    if case.holding is Holding.ENDED:
        return case.claim.ended or not case.claim.still
    return case.holding is Holding.NOT_YET and not case.claim.ended
