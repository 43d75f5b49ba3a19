"""GitLab: a code quality report, one entry a problem."""

from __future__ import annotations

from typing import Any

from icc_check.model import Finding
from icc_check.problems import SEVERITIES, Fingerprints, Severity, message
from icc_check.report import Out, Report
from icc_check.wire import dumps
from icc_check.wording import visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
# Where a claim stands in no file; the report must name one.
NO_FILE = "claims"


def write(report: Report, out: Out) -> None:
    fingerprints = Fingerprints()
    between = "["
    for finding in report:
        if finding.verdict in SEVERITIES:
            entry = dumps(_entry(finding, fingerprints.of(finding)))
            out.write(f"{between}\n  {entry}")
            between = ","
    out.write("[]\n" if between == "[" else "\n]\n")


def _entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    where = finding.location
    return {
        "description": visible(f"“{finding.claim}” {message(finding)}"),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[SEVERITIES[finding.verdict]],
        "location": {
            "path": visible(where.file).removeprefix("./") if where else NO_FILE,
            "lines": {"begin": where.line if where else 1},
        },
    }
