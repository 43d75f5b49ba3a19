"""A second look at what stands against a sentence of a document.

Sentences of running text say several things at once and tell of days that another
sentence names. Where that may be why a fact seems to stand against one, nothing is
reported: a false alarm costs more than a miss.
"""

from __future__ import annotations

import datetime as dt
import re

from icc_check import compound
from icc_check.checker import Checker
from icc_check.model import Detail, Finding, Level, Verdict
from icc_check.problems import SEVERITIES
from icc_check.reading.values import Kind, Reading, Tense

YEARS_BACK = 30  # how far back an undated sentence in the past tense may look
# Points back to a day that another sentence names.
_BACK = re.compile(
    r"\b(then|at (the|that) time|that (year|month|day)|those days|at that point|back in"
    r"|(year|month|week|day|decade)s? (later|earlier|before|after|ago)|the same (year|day)"
    r"|previously|formerly|earlier|initially|originally|at first|until|once|first|by now|when)\b",
    re.IGNORECASE,
)
_PAST = re.compile(r"\b(was|were|had|did|[a-z]{3,}ed|became|stood|held|took|gave|made)\b")
# Between two details it says that they belong to different statements.
_JOINT = re.compile(
    r";|:\s|—|–|\b(and|but|while|whereas|although|which|who|after|before|when|where)\b",
    re.IGNORECASE,
)
_DIFFERS = "-differs"  # how the rules end that rest on another value in the same place


def is_doubtful(finding: Finding, reading: Reading, checker: Checker, as_of: dt.date) -> bool:
    """Whether a finding against a sentence may be due to how running text is written."""
    differs = finding.rule.endswith(_DIFFERS)
    return (
        (differs and (_is_of_another_statement(finding) or _is_one_of_several(finding)))
        or _is_right_in_parts(reading, checker, as_of)
        or _was_right(reading, checker, as_of)
    )


def _is_of_another_statement(finding: Finding) -> bool:
    """Whether what differs stands in another clause than what the fact is about."""
    same = [d for d in finding.details if d.level is Level.SAME and d.start >= 0]
    concepts = [d for d in same if d.kind == Kind.CONCEPT]
    differing = [d for d in finding.details if d.level is Level.DIFFERENT and d.start >= 0]
    return any(
        any(other.kind == detail.kind for other in same)
        or (bool(concepts) and _joined(finding.claim, detail, concepts))
        for detail in differing
        if detail.kind in (Kind.DATE, Kind.QUANTITY)
    )


def _joined(text: str, detail: Detail, concepts: list[Detail]) -> bool:
    nearest = min(concepts, key=lambda c: max(c.start - detail.end, detail.start - c.end))
    first, second = sorted((detail, nearest), key=lambda d: d.start)
    return bool(_JOINT.search(text[first.end : second.start]))


def _is_one_of_several(finding: Finding) -> bool:
    """Whether the record names one of several that the sentence names: the list may be right."""
    return (
        any(part.verdict is Verdict.SUPPORTED for part in finding.parts)
        and all(
            part.rule == finding.rule or part.verdict is Verdict.SUPPORTED for part in finding.parts
        )
        and finding.rule.startswith("name")
    )


def _is_right_in_parts(reading: Reading, checker: Checker, as_of: dt.date) -> bool:
    """Whether it falls into statements of which nothing stands against any."""
    for split in compound.splits(reading.text, reading, checker.lexicon):
        verdicts = {checker.check(part, as_of=as_of).verdict for part in split}
        if not verdicts & SEVERITIES.keys():
            return True
    return False


def _was_right(reading: Reading, checker: Checker, as_of: dt.date) -> bool:
    """Whether a sentence about some day in the past was right on one of them."""
    dated = any(item.kind is Kind.DATE for item in reading.items)
    tense = reading.tense
    past = tense is Tense.PAST or (tense is Tense.NONE and bool(_PAST.search(reading.text)))
    if reading.current or not (_BACK.search(reading.text) or (past and not dated)):
        return False
    days = (
        dt.date(as_of.year - years, month, 1) for years in range(YEARS_BACK) for month in (12, 6)
    )
    return any(
        checker.check(reading.text, as_of=day).verdict is Verdict.SUPPORTED
        for day in days
        if day < as_of
    )
