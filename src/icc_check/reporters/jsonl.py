"""JSON Lines: one object a claim, in the order of the claims, each as it comes."""

from __future__ import annotations

from collections.abc import Iterator

from icc_check.model import Finding, StoreId
from icc_check.report import Look, Report
from icc_check.wire import answer, dumps


def render(report: Report) -> Iterator[str]:
    for finding in report:
        yield piece(finding, report.store, report.look)


def piece(finding: Finding, store: StoreId, look: Look) -> str:
    """The line of one finding, which does not depend on the others."""
    return dumps(answer(finding, store)) + "\n"
