"""GitHub: a workflow command a problem, which the site shows beside the line."""

from __future__ import annotations

from icc_check.model import Finding
from icc_check.problems import Severity, end_column, message, problems_in, quoted
from icc_check.report import Out, Report
from icc_check.wording import visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(report: Report, out: Out) -> None:
    for finding, severity in problems_in(report):
        out.write(f"{_command(finding, severity)}\n")


def _command(finding: Finding, severity: Severity) -> str:
    properties = {"title": f"{finding.verdict} ({finding.rule})"}
    if where := finding.location:
        properties |= {"file": where.file, "line": str(where.line), "col": str(where.column)}
        properties |= {"endColumn": str(end_column(finding, where))}
        text = message(finding)
    else:
        text = quoted(finding)
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
