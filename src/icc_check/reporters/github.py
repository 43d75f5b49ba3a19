"""GitHub: a workflow command a problem, which the site shows beside the line."""

from __future__ import annotations

from icc_check.model import Finding
from icc_check.problems import SEVERITIES, Severity, message
from icc_check.report import Out, Report
from icc_check.wording import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(report: Report, out: Out) -> None:
    for finding in report:
        if finding.verdict in SEVERITIES:
            out.write(f"{_command(finding)}\n")


def _command(finding: Finding) -> str:
    properties = {"title": f"{finding.verdict} ({finding.rule})"}
    if where := finding.location:
        properties |= {"file": where.file, "line": str(where.line), "col": str(where.column)}
        end = where.end_column or where.column + len(finding.claim)
        if where.end_line in (None, where.line):  # columns mean nothing over several lines
            properties |= {"endColumn": str(end)}
        else:
            properties |= {"endLine": str(where.end_line)}
        text = message(finding)
    else:
        text = f"“{finding.claim}” {message(finding)}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[SEVERITIES[finding.verdict]]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
