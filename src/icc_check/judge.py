"""Judging: the table of rules that turns an alignment into a verdict.

The first rule that applies decides. There are no scores here: each rule asks
what the details are to one another and how the fact stands to the time of the
claim. docs/verdicts.md has a section for each rule.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple

from icc_check.case import ENOUGH_COVERED, Case, since_differs
from icc_check.intervals import Days
from icc_check.model import Verdict
from icc_check.outlook import Outlook
from icc_check.reading.stance import is_completed
from icc_check.reading.values import DateRelation, Kind, Mood, Reading, Tense
from icc_check.reasons import (
    NOTHING_NEAR,
    figure_reason,
    first_conflict,
    not_answered,
    record,
    span,
)
from icc_check.store.compiled import Phrasing
from icc_check.store.values import Fact, Truth
from icc_check.timeline import Holding

# A refutation must answer at least this share of the claim.
ENOUGH_SAID = 0.5
# Details in conflict; with more the fact is about something else.
MOST_CONFLICTS = 1
# Known words of the claim that nothing answers; what is false stays so with more detail.
MOST_LOOSE_ENDS = 1


class Rule(NamedTuple):
    """A rule: its name, what it decides, when it applies, and its sentence."""

    id: str
    verdict: Verdict
    summary: str
    applies: Callable[[Case], bool]
    reason: Callable[[Case], str]


def may_be_near(outlook: Outlook, fact: Fact) -> bool:
    """Whether a claim may be about a fact with this outlook: see `_is_about`."""
    return outlook.covered >= ENOUGH_COVERED and (outlook.said >= ENOUGH_SAID or bool(fact.closed))


def may_decide(outlook: Outlook, fact: Fact, phrasing: Phrasing) -> bool:
    """Whether any rule could decide by a fact with this outlook.

    All that do ask `_is_about`, and all that suffer a loose end are about a figure,
    roles that are turned round, or what is false or disputed.
    """
    if not may_be_near(outlook, fact):
        return False
    if not outlook.loose_ends:
        return True
    return bool(fact.series or phrasing.doer) or fact.truth is not Truth.TRUE


def is_foregone(claim: Reading, as_of: dt.date) -> bool:
    """Whether one rule is the first that applies for all facts that are not near.

    Which of "question", "forecast" and "incomplete" it is depends on the fact only
    where the claim may be about days to come.
    """
    ahead = claim.tense is Tense.FUTURE or claim.conditional
    return claim.mood is Mood.QUESTION or not (
        ahead or any(item.days and item.days.end >= as_of for item in claim.items)
    )


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
    phrasing = case.alignment.phrasing
    never = fact.truth is Truth.FALSE and not fact.start and not fact.until
    done = fact.on is not None or never or (phrasing.perfect and fact.until is None)
    over = case.claim.perfect or any(is_completed(item.text) for item in case.claim.items)
    if phrasing.progressive and over and not case.claim.progressive:
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
            and not case.denies_of_one
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
        and since_differs(case)
    )


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
    unanswered = case.alignment.unanswered
    name = next((pair.item for pair in case.alignment.pairs if pair.part.slot), None)
    others = [item for item in unanswered if item.kind is Kind.ENTITY]
    deeds = [i for i in unanswered if i.kind is Kind.CONCEPT and name and i.first > name.last]
    words = [i for i in unanswered if i.kind is Kind.WORD and not i.loose]
    return (
        not any(item.key in members for item in named)
        and len(others) <= MOST_LOOSE_ENDS
        and not deeds
        and not words
    )


def _past(case: Case) -> bool:
    return case.claim.tense is Tense.PAST and not case.time.named


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
        lambda c: f"The record agrees: {record(c)}.",
    ),
    Rule(
        "figure-denied",
        Verdict.REFUTED,
        "The recorded figure is denied.",
        lambda c: _figure("same")(c) and not c.positive and c.denies_what_is_said,
        lambda c: f"The claim denies what the record says: {record(c)}.",
    ),
    Rule(
        "figure-superseded",
        Verdict.OUTDATED,
        "The figure was right and has changed since.",
        lambda c: _figure("superseded")(c) and c.positive,
        lambda c: f"That figure has been overtaken. {figure_reason(c)}",
    ),
    Rule(
        "figure-early",
        Verdict.OUTDATED,
        "The figure was reached only later.",
        lambda c: _figure("early")(c) and c.positive,
        lambda c: f"That figure was reached only later. {figure_reason(c)}",
    ),
    Rule(
        "figure-differs",
        Verdict.REFUTED,
        "Another figure is recorded for that time, and this one never was.",
        lambda c: _figure("different")(c) and c.positive,
        figure_reason,
    ),
    Rule(
        "figure-unclear",
        Verdict.UNVERIFIED,
        "The record leaves the figure open, or other details are not answered.",
        lambda c: c.series and c.alignment.slot is not None,
        lambda c: f"The record cannot settle this: {record(c)}.",
    ),
    Rule(
        "roles-turned",
        Verdict.REFUTED,
        "The claim turns round who did it to whom.",
        lambda c: _agreeing(c) and c.alignment.turned and c.positive and c.states_a_deed,
        lambda c: f"It is the other way round: {record(c)}.",
    ),
    Rule(
        "number-differs",
        Verdict.REFUTED,
        "Another number is recorded.",
        _conflict(Kind.QUANTITY),
        first_conflict,
    ),
    Rule(
        "date-differs",
        Verdict.REFUTED,
        "Another date is recorded.",
        _conflict(Kind.DATE),
        first_conflict,
    ),
    Rule(
        "name-differs",
        Verdict.REFUTED,
        "Another name is recorded.",
        _conflict(Kind.ENTITY),
        first_conflict,
    ),
    Rule(
        "word-differs",
        Verdict.REFUTED,
        "Where only one thing can be right, the claim has another.",
        lambda c: _conflict(Kind.CONCEPT)(c) or _conflict(Kind.WORD)(c),
        first_conflict,
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
        lambda c: (
            c.alignment.fact.truth is Truth.DISPUTED
            and c.holding is Holding.HOLDS
            and c.loose_ends <= MOST_LOOSE_ENDS
        ),
        lambda c: c.alignment.fact.correction,
    ),
    Rule(
        "began-elsewhen",
        Verdict.REFUTED,
        "It began at another time.",
        _began_elsewhen,
        lambda c: f"{span(c)}: {record(c)}.",
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
        lambda c: f"{span(c)}. {c.alignment.fact.correction}".strip(),
    ),
    Rule(
        "was-so",
        Verdict.SUPPORTED,
        "It was so, and the claim says no more.",
        lambda c: c.positive and c.holding is Holding.ENDED and _past(c) and c.answered,
        lambda c: f"The record agrees: {record(c)}.",
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
        lambda c: f"{span(c)}.",
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
        lambda c: f"{span(c)}: {record(c)}.",
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
        lambda c: f"That has changed: {record(c)}.",
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
        lambda c: f"That has ended: {record(c)}.",
    ),
    Rule(
        "denied",
        Verdict.REFUTED,
        "The claim denies what the record says.",
        lambda c: (
            not c.positive
            and (c.holding is Holding.HOLDS or _denies_the_past(c))
            and c.denies_what_is_said
            and not c.loose_ends
        ),
        lambda c: f"The claim denies what the record says: {record(c)}.",
    ),
    Rule(
        "denial-agrees",
        Verdict.SUPPORTED,
        "What the claim denies does not hold on that day.",
        lambda c: not c.positive and c.answered and c.as_strong and _denial_fits(c),
        lambda c: f"{span(c)}. {c.alignment.fact.correction}".strip(),
    ),
    Rule(
        "unanswered",
        Verdict.UNVERIFIED,
        "The claim says more than the record does.",
        lambda c: not c.answered,
        not_answered,
    ),
    Rule(
        "agrees",
        Verdict.SUPPORTED,
        "Every detail of the claim is borne out.",
        lambda c: c.positive and c.holding is Holding.HOLDS,
        lambda c: f"The record agrees: {record(c)}.",
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


def _denies_the_past(case: Case) -> bool:
    """ "was not", "has never been": of what was so once."""
    claim = case.claim
    phrasing = case.alignment.phrasing
    never = _past(case) or (claim.ever and not case.time.named)
    under_way = (phrasing.progressive or phrasing.future) and not claim.progressive
    return case.holding is Holding.ENDED and never and not claim.ended and not under_way


def _since(case: Case) -> list[Days]:
    """The days since which the claim says that it is so or not."""
    dates = case.alignment.dates
    return [item.days for item in dates if item.days and item.relation is DateRelation.SINCE]


def _ended_later(case: Case) -> bool:
    """ "not since 2002" of what was so until 2018."""
    until = case.alignment.fact.until
    return until is not None and any(days.end < until for days in _since(case))


def _denial_fits(case: Case) -> bool:
    if case.claim.refused or _denies_the_past(case):
        return False
    if case.holding is Holding.ENDED:
        of_now = case.claim.ended or case.time.named or _since(case) or _denies_the_present(case)
        return bool(of_now) and not _ended_later(case)
    return case.holding is Holding.NOT_YET and not case.claim.ended


def _denies_the_present(case: Case) -> bool:
    """ "is not" and no more: "was never" and "has not been" deny that it ever was."""
    claim = case.claim
    return claim.tense is Tense.PRESENT and not claim.perfect and not claim.still
