"""Text: one line a claim, never cut off, for pipes and logs.

    [file:line:column: ]verdict[ (baseline)]: claim | reason | … | rule, as of

With `--explain` the details follow, each on an indented line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from icc_check.model import Finding, StoreId, Verdict
from icc_check.report import Look, Report
from icc_check.wording import BASELINE, MARKS, acceptance, cited, said, visible

_COLORS = {"red": 31, "green": 32, "yellow": 33, "magenta": 35, "cyan": 36}


def render(report: Report) -> Iterator[str]:
    for finding in report:
        yield piece(finding, report.store, report.look)


def piece(finding: Finding, store: StoreId, look: Look) -> str:
    """The lines of one finding, which do not depend on the others."""
    lines = [_line(finding, look)]
    if look.explain:
        lines += _explanation(finding)
    return "".join(f"{line}\n" for line in lines)


def _line(finding: Finding, look: Look) -> str:
    where = finding.location
    place = f"{visible(where.file)}:{where.line}:{where.column}: " if where else ""
    verdict = _verdict(finding.verdict, look) + (f" ({BASELINE})" if finding.accepted else "")
    segments = " | ".join(_segments(finding))
    return f"{place}{verdict}: {segments}"


def _verdict(verdict: Verdict, look: Look) -> str:
    if not look.color:
        return verdict.value
    return f"\x1b[1;{_COLORS[MARKS[verdict].color]}m{verdict}\x1b[0m"


def _segments(finding: Finding) -> Iterator[str]:
    yield visible(finding.claim)
    yield visible(finding.reason)
    if finding.correction:
        yield f"correction: {visible(finding.correction)}"
    elif finding.fact:
        yield f"record: {visible(finding.fact.statement)}"
    for note in finding.notes:
        yield f"note: {visible(note)}"
    for source in finding.sources:
        yield f"source: {cited(source)}"
    if accepted := acceptance(finding):
        yield f"{BASELINE}: {accepted}"
    checked = f", checked {finding.fact.checked}" if finding.fact else ""
    yield f"{finding.rule}, as of {finding.as_of}{checked}"


def _explanation(finding: Finding) -> Iterator[str]:
    for detail in finding.details:
        claim, fact = said(detail)
        yield f"    {visible(detail.kind)}: claim {claim}; record {fact}: {detail.level}"
    for part in finding.parts:
        yield f"    part: {part.verdict}: {visible(part.claim)} | {visible(part.reason)}"
    for related in finding.related:
        yield f"    related: {visible(related.fact.statement)} ({visible(related.fact.id)})"
