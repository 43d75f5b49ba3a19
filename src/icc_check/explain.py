"""How a verdict comes about: the checker's steps again, each with what it handed on.

The verdict itself is the checker's. Beside it stand what was read in the claim,
the phrasings that were found for it, and what the rules said of each fact.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from icc_check.align import details_of
from icc_check.checker import Checker, judged
from icc_check.judge import RULES
from icc_check.model import Detail, Finding, Verdict
from icc_check.outlook import ClaimSide
from icc_check.reading.reader import read
from icc_check.reading.values import Reading
from icc_check.reasons import figure_of
from icc_check.retrieve import Candidate, retrieve
from icc_check.store.compiled import CompiledStore
from icc_check.store.values import Fact

# The one outcome that is not in the table of rules: it needs no fact.
NO_FACT = "no-fact"
_NO_FACT_SUMMARY = "No fact in the store is near the claim."


@dataclass(frozen=True, slots=True)
class Judged:
    """A phrasing that was laid beside the claim, and what the rules say of it."""

    fact: Fact
    phrasing: str
    score: float  # of the retrieval: it only ranks
    missing: int  # details of the phrasing's core that the claim does not have
    said: float  # share of the claim that the fact answers
    covered: float  # share of the fact's core that the claim says
    rule: str
    verdict: Verdict
    reason: str
    details: tuple[Detail, ...]
    unsaid: tuple[str, ...]  # of the fact's core


@dataclass(frozen=True, slots=True)
class Explanation:
    """A claim's way to its finding; `judged` has each fact once, the one that decided first."""

    reading: Reading
    candidates: int
    judged: tuple[Judged, ...]
    finding: Finding


def explain(store: CompiledStore, text: str, as_of: dt.date) -> Explanation:
    """Check a claim and keep what each step handed to the next."""
    reading = read(text, store.lexicon, as_of)
    candidates = retrieve(reading, store)
    side = ClaimSide(reading, store, as_of)
    beside = [_judged(side, candidate) for candidate in candidates]
    finding = Checker(store).check(text, as_of=as_of)
    return Explanation(reading, len(candidates), _best_of_each(beside, finding), finding)


def describe_rule(name: str) -> tuple[Verdict, str] | None:
    """What a rule decides, and its sentence; None for what is no rule."""
    if name == NO_FACT:
        return Verdict.UNVERIFIED, _NO_FACT_SUMMARY
    rule = next((rule for rule in RULES if rule.id == name), None)
    return (rule.verdict, rule.summary) if rule else None


def rule_names() -> tuple[str, ...]:
    """Every rule, in the order in which they are tried."""
    return (*(rule.id for rule in RULES), NO_FACT)


def _judged(side: ClaimSide, candidate: Candidate) -> Judged:
    rule, case = judged(side, candidate)
    a = case.alignment
    return Judged(
        fact=a.fact,
        phrasing=a.phrasing.text,
        score=candidate.score,
        missing=candidate.missing,
        said=a.said,
        covered=a.covered,
        rule=rule.id,
        verdict=rule.verdict,
        reason=rule.reason(case),
        details=details_of(a, figure_of(case, rule.verdict)),
        unsaid=tuple(part.item.text for part in a.missing),
    )


def _best_of_each(beside: list[Judged], finding: Finding) -> tuple[Judged, ...]:
    """Each fact by its nearest phrasing: the one that decided first, then the nearest."""
    deciding = finding.fact.id if finding.fact else ""

    def order(entry: Judged) -> tuple[bool, bool, float]:
        decides = entry.fact.id == deciding
        return (not decides, not (decides and entry.rule == finding.rule), -_nearness(entry))

    best: dict[str, Judged] = {}
    for entry in sorted(beside, key=order):
        best.setdefault(entry.fact.id, entry)
    return tuple(best.values())


def _nearness(entry: Judged) -> float:
    return entry.said + entry.covered
