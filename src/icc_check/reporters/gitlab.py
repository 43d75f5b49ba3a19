"""GitLab code quality: an array of issues, one for each claim that is not supported."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from icc_check.alerts import SEVERITIES, message, place
from icc_check.fingerprint import Fingerprints
from icc_check.model import Finding, Verdict
from icc_check.report import Purpose, Report
from icc_check.wire import dumps
from icc_check.wording import visible

_SEVERITIES = {
    Verdict.REFUTED: "critical",
    Verdict.OUTDATED: "major",
    Verdict.DISPUTED: "minor",
    Verdict.UNVERIFIED: "info",
}


def render(report: Report) -> Iterator[str]:
    fingerprints = Fingerprints()
    before = "["
    for number, finding in enumerate(report, start=1):
        mark = fingerprints.of(finding)
        if finding.verdict not in SEVERITIES:
            yield ""
            continue
        issue = _issue(finding, number, mark, report.purpose)
        yield f"{before}\n  " + dumps(issue, indent=2).replace("\n", "\n  ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _issue(finding: Finding, number: int, fingerprint: str, purpose: Purpose) -> dict[str, Any]:
    where = place(finding, number, purpose)
    return {
        "description": message(finding),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.verdict],
        "location": {"path": visible(where.path), "lines": {"begin": where.line}},
    }
