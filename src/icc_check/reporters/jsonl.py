"""JSON Lines: one object a claim, in the order of the claims, each as it comes."""

from __future__ import annotations

from icc_check.report import Out, Report
from icc_check.wire import answer, dumps


def write(report: Report, out: Out) -> None:
    for finding in report:
        out.write(dumps(answer(finding, report.store)) + "\n")
