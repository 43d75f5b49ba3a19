"""A second look at what stands against a sentence of a document.

Sentences of running text say several things at once and tell of days that another
sentence names. Where that may be why a fact seems to stand against one, nothing is
reported: a false alarm costs more than a miss.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from icc_check import compound
from icc_check.checker import Checker
from icc_check.model import Detail, Finding, Level, Verdict
from icc_check.reading.values import Kind, Reading, Tense

YEARS_BACK = 30  # how far back an undated sentence in the past tense may look
# Points back to a day that another sentence names.
_BACK = re.compile(
    r"\b(then|at (the|that) time|that (year|month|day)|those days|at that point|back in"
    r"|(year|month|week|day|decade)s? (later|earlier|before|after|ago)|the same (year|day)"
    r"|previously|formerly|earlier|initially|originally|at first|until|once|first|by now|when)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(r"\b(never|ever|not once)\b", re.IGNORECASE)  # up to the day of the check
_PAST = re.compile(r"\b(was|were|had|did|[a-z]{3,}ed|became|stood|held|took|gave|made)\b")
# Between two details it says that they belong to different statements.
_JOINT = re.compile(
    r";|:\s|—|–|\b(and|but|while|whereas|although|which|who|after|before|when|where)\b",
    re.IGNORECASE,
)
_OPENING = 4  # characters before a date that opens a sentence: "By "
_MET = (Level.SAME, Level.WITHIN, Level.NARROWER)
_ORDER = list(Verdict)  # worst first
_DIFFERS = "-differs"  # how the rules end that rest on another value in the same place


def second_look(
    finding: Finding, reading: Reading, checker: Checker, as_of: dt.date
) -> Finding | None:
    """What is left of a finding against a sentence, or None where it is doubtful.

    Where the sentence falls into statements, it is these that must be wrong.
    """
    found = finding
    for split in compound.splits(reading.text, reading, checker.lexicon):
        parts = tuple(checker.check(part, as_of=as_of) for part in split)
        against = [part for part in parts if part.verdict.is_objection and not _is_mixed_up(part)]
        if not against or _is_a_list(parts):
            return None
        if found is finding:
            worst = min(against, key=lambda part: _ORDER.index(part.verdict))
            found = replace(worst, claim=finding.claim, details=(), parts=parts)
    if _is_mixed_up(found) or _was_right(reading, checker, as_of):
        return None
    return found


def _is_mixed_up(finding: Finding) -> bool:
    """Whether what differs stands in another clause than what the fact is about."""
    if not finding.rule.endswith(_DIFFERS):
        return False
    met = [d for d in finding.details if d.level in _MET and d.start >= 0]
    concepts = [d for d in met if d.kind == Kind.CONCEPT]
    differing = [d for d in finding.details if d.level is Level.DIFFERENT and d.start >= 0]
    return any(
        any(other.kind == detail.kind for other in met if other.level is Level.SAME)
        or any(_is_apart(finding.claim, detail, concept) for concept in concepts)
        for detail in differing
        if detail.kind in (Kind.DATE, Kind.QUANTITY)
    )


def _is_apart(text: str, detail: Detail, other: Detail) -> bool:
    """Whether a joint stands between two details; the comma of an opening date is none."""
    first, second = sorted((detail, other), key=lambda d: d.start)
    between = text[first.end : second.start]
    return bool(_JOINT.search(between)) or ("," in between and detail.start > _OPENING)


def _is_a_list(parts: tuple[Finding, ...]) -> bool:
    """Whether the record names one of those that the sentence names: others may be right too."""
    rules = {part.rule for part in parts if part.verdict.is_objection}
    return rules == {"name-differs"} and any(part.verdict is Verdict.SUPPORTED for part in parts)


def _was_right(reading: Reading, checker: Checker, as_of: dt.date) -> bool:
    """Whether a sentence about some day in the past was right on one of them."""
    dated = any(item.kind is Kind.DATE for item in reading.items)
    tense = reading.tense
    past = tense is Tense.PAST or (tense is Tense.NONE and bool(_PAST.search(reading.text)))
    if reading.current or _NEVER.search(reading.text):
        return False
    if not (_BACK.search(reading.text) or (past and not dated)):
        return False
    days = (
        dt.date(max(1, as_of.year - years), month, 1)
        for years in range(YEARS_BACK)
        for month in (12, 6)
    )
    return any(
        checker.check(reading.text, as_of=day).verdict is Verdict.SUPPORTED
        for day in days
        if day < as_of
    )
