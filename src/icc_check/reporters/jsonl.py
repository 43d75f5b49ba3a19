"""JSON Lines: one object a claim, in the order of the claims, each as it comes."""

from __future__ import annotations

from collections.abc import Iterator

from icc_check.report import Report
from icc_check.wire import answer, dumps


def render(report: Report) -> Iterator[str]:
    for finding in report:
        yield dumps(answer(finding, report.store)) + "\n"
