"""GitLab code quality: an array of issues, one for each alert."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from icc_check.alerts import Alert, Severity, message, with_alerts
from icc_check.model import Finding
from icc_check.report import Report
from icc_check.wire import dumps
from icc_check.wording import BASELINE, acceptance, visible

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def render(report: Report) -> Iterator[str]:
    before = "["
    for finding, alert in with_alerts(report):
        if alert is None:
            yield ""
            continue
        yield f"{before}\n  " + dumps(_issue(finding, alert), indent=2).replace("\n", "\n  ")
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _issue(finding: Finding, alert: Alert) -> dict[str, Any]:
    return {
        "description": message(finding) + _mark(finding),
        "check_name": finding.rule,
        "fingerprint": alert.fingerprint,
        "severity": _SEVERITIES[Severity.NOTE if finding.accepted else alert.severity],
        "location": {"path": visible(alert.place.path), "lines": {"begin": alert.place.line}},
    }


def _mark(finding: Finding) -> str:
    accepted = acceptance(finding)
    return f" {BASELINE.capitalize()}: {accepted.rstrip('.')}." if accepted else ""
