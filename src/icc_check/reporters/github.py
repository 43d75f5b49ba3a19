"""Annotations of a GitHub workflow: an error, a warning or a notice a claim.

A claim that is no alert, or that a baseline holds, is a plain line of the log. The table
for the summary of the step is the command line's business, which knows the environment.
"""

from __future__ import annotations

from collections.abc import Iterator

from icc_check.alerts import Place, Severity, message, with_alerts
from icc_check.model import Finding
from icc_check.report import Report
from icc_check.wording import BASELINE, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
# Lines and values end at these; they are written as percent signs and figures.
_IN_MESSAGES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTIES = {**_IN_MESSAGES, ":": "%3A", ",": "%2C"}


def render(report: Report) -> Iterator[str]:
    for finding, alert in with_alerts(report):
        if finding.accepted:
            line = f"{finding.verdict} ({BASELINE}): {visible(finding.claim)}"
        elif alert is None:
            line = f"{finding.verdict}: {visible(finding.claim)}"
        else:
            line = _command(_COMMANDS[alert.severity], finding, alert.place)
        # The older form of a command is obeyed wherever in a line it stands.
        yield line.replace("##[", "## [") + "\n"


def _command(name: str, finding: Finding, where: Place) -> str:
    values = {"title": f"{finding.verdict} ({finding.rule})"}
    if finding.location:
        values = {**_position(where), **values}
    properties = ",".join(
        f"{key}={_escape(value, _IN_PROPERTIES)}" for key, value in values.items()
    )
    return f"::{name} {properties}::{_escape(message(finding), _IN_MESSAGES)}"


def _position(where: Place) -> dict[str, str]:
    lines = {
        "file": visible(where.path),
        "line": str(where.line),
        "endLine": str(where.end_line),
    }
    if where.line != where.end_line:  # then GitHub takes no columns
        return lines
    return {**lines, "col": str(where.column), "endColumn": str(where.end_column)}


def _escape(text: str, table: dict[str, str]) -> str:
    return "".join(table.get(char, char) for char in text)
