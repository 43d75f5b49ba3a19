"""The one place where the steps are joined: read, retrieve, align, judge."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from icc_check import compound
from icc_check.align import Alignment, align, details_of
from icc_check.case import Case
from icc_check.judge import CONTRADICTORY, Rule, is_foregone, judge, may_be_near, may_decide
from icc_check.lexicon import Lexicon
from icc_check.model import FactView, Finding, Location, Related, Source, StoreId, Verdict
from icc_check.outlook import ClaimSide
from icc_check.reading.reader import read
from icc_check.reading.values import Item, Reading
from icc_check.reasons import NOTHING_NEAR, figure_of, statement_of
from icc_check.retrieve import Candidate, retrieve
from icc_check.store.compiled import CompiledStore
from icc_check.store.open import open_store

MOST_RELATED = 3
LEAST_RELATED = 0.5  # so near, of 1, a fact must be to be shown as related
ROUNDING = 0.001  # qualities so close may come out the same
MOST_REMEMBERED = 2048  # findings, of some kilobytes each
MOST_DEPTH = 2  # parts may have parts once more
STALE_AFTER = dt.timedelta(days=400)
_FIGURE_CONFLICTS = frozenset(("figure-differs", "figure-superseded", "figure-early"))
# Refutations by another value in the same place: what agrees in full outweighs them.
_CONFLICTS = frozenset(
    (
        "figure-differs",
        "number-differs",
        "date-differs",
        "name-differs",
        "word-differs",
        "roles-turned",
    )
)
# With all else equal a refutation speaks first, and what holds before what has ended.
_CAUTION = {Verdict.REFUTED: 2, Verdict.SUPPORTED: 1}


class Checker:
    """Checks claims against one compiled store."""

    def __init__(self, store: CompiledStore) -> None:
        self._store = store
        # People repeat one another: a batch of posts has many claims more than once.
        self._remembered = lru_cache(maxsize=MOST_REMEMBERED)(self._check)

    @classmethod
    def load(cls, stores: Sequence[Path] | None = None) -> Checker:
        """Open the shipped store, or the stores in the given folders.

        Raises StoreError when one is missing or malformed.
        """
        return cls(open_store(stores))

    @property
    def store(self) -> StoreId:
        return self._store.id

    @property
    def lexicon(self) -> Lexicon:
        """The words that the store knows."""
        return self._store.lexicon

    def presuming_nothing(self) -> Checker:
        """One that takes no claim to be about the store's subject unless it names it."""
        lexicon = self._store.lexicon._replace(subject=())
        return Checker(self._store._replace(lexicon=lexicon))

    def check(
        self, text: str, *, as_of: dt.date | None = None, location: Location | None = None
    ) -> Finding:
        """Check one claim as of a day (today by default)."""
        day = as_of or dt.date.today()
        finding = self._remembered(text, day, 0)
        return _located(finding, location) if location else finding

    def check_many(
        self, claims: Iterable[str], *, as_of: dt.date | None = None
    ) -> Iterator[Finding]:
        """Check claims in order, one finding each."""
        for claim in claims:
            yield self.check(claim, as_of=as_of)

    def _check(self, text: str, as_of: dt.date, depth: int) -> Finding:
        reading = read(text, self._store.lexicon, as_of)
        whole = self._one(text, reading, as_of)
        if (
            whole.verdict is not Verdict.UNVERIFIED
            or whole.rule == "question"
            or depth == MOST_DEPTH
        ):
            return whole
        for split in compound.splits(text, reading, self._store.lexicon):
            parts = tuple(self._remembered(part, as_of, depth + 1) for part in split)
            joined = _joined(text, as_of, parts)
            if joined is not None:
                return joined
        return whole

    def _one(self, text: str, reading: Reading, as_of: dt.date) -> Finding:
        candidates = _Candidates(reading, self._store, as_of)
        cases = candidates.deciding() or candidates.nearest()
        if not cases:
            return _nothing(text, as_of)
        rule, case = max(cases, key=lambda pair: _rank(*pair))
        if rule.id in ("denied", "number-differs"):
            rule, case = _was_right(rule, case, cases) or (rule, case)
        if rule.verdict in (Verdict.SUPPORTED, Verdict.REFUTED):
            rule, case = _weighed(rule, case, cases)
        return self._finding(text, as_of, rule, case, candidates)

    def _finding(
        self, text: str, as_of: dt.date, rule: Rule, case: Case, candidates: _Candidates
    ) -> Finding:
        decided = rule.verdict is not Verdict.UNVERIFIED
        about = decided or rule.id in ("unanswered", "figure-unclear", "undecided")
        return Finding(
            claim=text,
            verdict=rule.verdict,
            as_of=as_of,
            rule=rule.id,
            reason=rule.reason(case),
            fact=_view(case) if about else None,
            correction=_correction(rule, case),
            details=details_of(case.alignment, figure_of(case, rule.verdict)) if about else (),
            sources=self._sources(case.alignment) if about else (),
            related=() if about else _related(candidates.nearest()),
            notes=_notes(case, as_of) if about else (),
        )

    def _sources(self, alignment: Alignment) -> tuple[Source, ...]:
        return tuple(self._store.sources[name] for name in alignment.fact.sources)


class _Candidates:
    """What a claim may be about; laid beside it and judged only where it may matter."""

    def __init__(self, reading: Reading, store: CompiledStore, as_of: dt.date) -> None:
        self._side = ClaimSide(reading, store, as_of)
        self._all = retrieve(reading, store)
        self._outlooks = [self._side.outlook(candidate.phrasing) for candidate in self._all]
        self._judged: dict[int, tuple[Rule, Case]] = {}
        self._nearness: dict[str, float] = {}  # of each fact judged, its best
        self._quality = 0.0  # the best of all
        self._hopeful: list[int] = []
        # Where all of them come to the same rule, there is no need of the best.
        self._any_will_do = is_foregone(reading, as_of)
        for place, outlook in enumerate(self._outlooks):
            phrasing = store.phrasings[self._all[place].phrasing]
            fact = store.facts[phrasing.fact]
            if may_be_near(outlook, fact):
                self._any_will_do = False
                if may_decide(outlook, fact, phrasing):
                    self._hopeful.append(place)

    def deciding(self) -> list[tuple[Rule, Case]]:
        """All that decide something, in the order in which they were found."""
        for place in self._hopeful:
            self._judge(place)
        return [each for each in self._in_order() if each[0].verdict is not Verdict.UNVERIFIED]

    def nearest(self) -> list[tuple[Rule, Case]]:
        """As many as hold the best that decides nothing and the facts that are most related."""
        nearness = [outlook.nearness for outlook in self._outlooks]
        for place in sorted(range(len(nearness)), key=nearness.__getitem__, reverse=True):
            if self._judged and nearness[place] < self._floor():
                break
            self._judge(place)
        return self._in_order()

    def _floor(self) -> float:
        """The nearness below which nothing changes what `_rank` and `_related` choose."""
        third = sorted(self._nearness.values(), reverse=True)[MOST_RELATED - 1 : MOST_RELATED]
        related = max([2 * LEAST_RELATED, *third])
        best = math.inf if self._any_will_do else self._quality
        return min(best, related) - ROUNDING

    def _judge(self, place: int) -> None:
        if place in self._judged:
            return
        self._judged[place] = _, case = judged(self._side, self._all[place])
        a = case.alignment
        known = self._nearness.get(a.fact.id, 0.0)
        self._nearness[a.fact.id] = max(known, a.said + a.covered)
        self._quality = max(self._quality, _quality(a))

    def _in_order(self) -> list[tuple[Rule, Case]]:
        return [self._judged[place] for place in sorted(self._judged)]


def judged(side: ClaimSide, candidate: Candidate) -> tuple[Rule, Case]:
    """A claim laid beside one candidate, and the rule that decides between the two."""
    case = Case(side.claim, align(side, candidate.phrasing), side.as_of)
    return judge(case), case


def _nothing(text: str, as_of: dt.date) -> Finding:
    return Finding(text, Verdict.UNVERIFIED, as_of, "no-fact", NOTHING_NEAR)


def _weighed(rule: Rule, best: Case, cases: list[tuple[Rule, Case]]) -> tuple[Rule, Case]:
    """Where one fact supports the claim and another denies it, the one that says more of it.

    Facts are compared by what of the claim they are about, not by what they merely
    know as context; where neither says more, nothing is settled.
    """
    contrary = Verdict.REFUTED if rule.verdict is Verdict.SUPPORTED else Verdict.SUPPORTED
    mine = _about(best)
    for other, case in cases:
        rivals = case.answered or other.id == "known-falsehood"
        if other.verdict is contrary and other.id not in _CONFLICTS and rivals:
            theirs = _about(case)
            if theirs > mine:
                return other, case
            if not mine > theirs and (contrary is Verdict.SUPPORTED or theirs & mine == mine):
                return CONTRADICTORY, case
    return rule, best


def _about(case: Case) -> set[Item]:
    a = case.alignment
    return {pair.item for pair in (*a.pairs, *a.opposites) if not pair.item.tag}


def _was_right(
    rule: Rule, denied: Case, cases: list[tuple[Rule, Case]]
) -> tuple[Rule, Case] | None:
    """For a claim that one fact denies: another that says it was right until some day."""
    floor = _rank(rule, denied)[:3]
    for other, case in cases:
        if other.id == "no-longer" and _rank(other, case)[:3] >= floor:
            return other, case
    return None


def _rank(rule: Rule, case: Case) -> tuple[float, ...]:
    """Which of several judged facts speaks: the one that fits the claim best."""
    a = case.alignment
    decisive = rule.verdict is not Verdict.UNVERIFIED
    exact = decisive and case.answered and not a.conflicts and rule.id not in _FIGURE_CONFLICTS
    return (
        decisive,
        exact,
        round(_quality(a), 3),
        case.series,
        round(a.core, 3),
        _CAUTION.get(rule.verdict, 0),
    )


def _quality(a: Alignment) -> float:
    """How well claim and fact fit: what is said and covered, less what differs."""
    return a.said + a.covered - 0.25 * len(a.conflicts) - 0.05 * len(a.opposites)


def _view(case: Case) -> FactView:
    fact = case.alignment.fact
    statement = (
        fact.correction if fact.truth.value == "false" and fact.correction else statement_of(case)
    )
    return FactView(fact.id, statement, fact.basis, fact.checked, fact.topic)


def _correction(rule: Rule, case: Case) -> str | None:
    if not rule.verdict.is_objection:
        return None
    return case.alignment.fact.correction or statement_of(case)


def _notes(case: Case, as_of: dt.date) -> tuple[str, ...]:
    fact = case.alignment.fact
    if as_of - fact.checked > STALE_AFTER and fact.start and not fact.until:
        return (f"This may have changed: last checked on {fact.checked.isoformat()}.",)
    return ()


def _related(cases: list[tuple[Rule, Case]]) -> tuple[Related, ...]:
    best: dict[str, Related] = {}
    for _, case in sorted(
        cases, key=lambda pair: -(pair[1].alignment.said + pair[1].alignment.covered)
    ):
        view = _view(case)
        score = round((case.alignment.said + case.alignment.covered) / 2, 3)
        if view.id not in best and score >= LEAST_RELATED:
            best[view.id] = Related(view, score)
    return tuple(best.values())[:MOST_RELATED]


def _joined(text: str, as_of: dt.date, parts: tuple[Finding, ...]) -> Finding | None:
    """The worst of the parts, or None when the parts say no more than the whole did."""
    if all(part.verdict is Verdict.UNVERIFIED for part in parts):
        return None
    order = list(Verdict)
    worst = min(parts, key=lambda part: order.index(part.verdict))
    if worst.verdict is Verdict.UNVERIFIED:
        return None
    if worst.verdict is Verdict.SUPPORTED and compound.is_related(text):
        return None  # the parts are right, but not necessarily what relates them
    if worst.rule in _CONFLICTS and any(_same_place(worst, part) for part in parts):
        return None  # several things where the fact has one: it is a list, and the fact no list
    return Finding(
        claim=text,
        verdict=worst.verdict,
        as_of=as_of,
        rule=worst.rule,
        reason=worst.reason,
        fact=worst.fact,
        correction=worst.correction,
        details=(),
        parts=parts,
        sources=worst.sources,
        notes=worst.notes,
    )


def _same_place(refuted: Finding, other: Finding) -> bool:
    """Whether one fact bears out a part and refutes its like by another value."""
    supported = other.verdict is Verdict.SUPPORTED
    return supported and bool(other.fact and refuted.fact and other.fact.id == refuted.fact.id)


def _located(finding: Finding, location: Location) -> Finding:
    from dataclasses import replace

    return replace(finding, location=location)
