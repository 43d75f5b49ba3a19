"""GitLab: a code quality report, one entry a problem."""

from __future__ import annotations

from typing import Any

from icc_check.model import Finding
from icc_check.problems import NO_FILE, Fingerprints, Severity, problems_in, quoted
from icc_check.report import Out, Report
from icc_check.wire import dumps
from icc_check.wording import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def write(report: Report, out: Out) -> None:
    fingerprints = Fingerprints()
    between = "["
    for finding, severity in problems_in(report):
        entry = dumps(_entry(finding, severity, fingerprints.of(finding)))
        out.write(f"{between}\n  {entry}")
        between = ","
    out.write("[]\n" if between == "[" else "\n]\n")


def _entry(finding: Finding, severity: Severity, fingerprint: str) -> dict[str, Any]:
    where = finding.location
    return {
        "description": visible(quoted(finding)),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[severity],
        "location": {
            "path": visible(where.file).removeprefix("./") if where else NO_FILE,
            "lines": {"begin": where.line if where else 1},
        },
    }
