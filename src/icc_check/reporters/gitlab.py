"""GitLab code quality: an array of issues, one for each alert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from icc_check.alerts import Place, Severity, message, place, severity
from icc_check.fingerprint import Fingerprints
from icc_check.model import Finding
from icc_check.report import Report
from icc_check.wire import dumps
from icc_check.wording import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> Iterator[str]:
    fingerprints = Fingerprints()
    before = "["
    for number, finding in enumerate(report, start=1):
        mark = fingerprints.of(finding)
        level = severity(finding.verdict, report.purpose)
        if level is None:
            yield ""
            continue
        where = place(finding, number, report.purpose)
        issue = _issue(finding, where, level, mark)
        yield f"{before}\n  " + dumps(issue, indent=2).replace("\n", "\n  ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _issue(finding: Finding, where: Place, level: Severity, fingerprint: str) -> dict[str, Any]:
    return {
        "description": message(finding),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[level],
        "location": {"path": visible(where.path), "lines": {"begin": where.line}},
    }
