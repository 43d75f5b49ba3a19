"""SARIF 2.1.0: a log with a result for each alert.

Written as the findings come: the results first, and the tool with its rules after them.
All rules that make alerts are listed, used or not: they are to change with the program
only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from icc_check.alerts import Alert, Severity, message, severity, with_alerts
from icc_check.fingerprint import VERSION
from icc_check.judge import RULES
from icc_check.model import Finding, Verdict
from icc_check.report import Purpose, Report
from icc_check.wire import dumps
from icc_check.wording import acceptance, visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST = 1024  # characters of a description that code scanning takes
_PROBLEMS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "recommendation",
}


class _Rule(NamedTuple):
    """A rule as it is listed."""

    summary: str
    verdict: Verdict
    level: Severity


def render(report: Report) -> Iterator[str]:
    rules = _known_rules(report.purpose)
    yield _head(report)
    before = ""
    for finding, alert in with_alerts(report):
        if alert is None:
            yield ""
            continue
        rule = _Rule(visible(finding.reason), finding.verdict, alert.severity)
        rules.setdefault(finding.rule, rule)
        result = _result(finding, alert)
        if report.purpose.compared:
            result |= _comparison(finding)
        result["ruleIndex"] = list(rules).index(finding.rule)
        yield before + _indented(result, 8)
        before = ","
    yield _tail(report, rules, closing="\n      ]" if before else "]")


def _known_rules(purpose: Purpose) -> dict[str, _Rule]:
    """The rules by their names, in the order in which they are tried.

    That no fact is near is no rule of the table; it joins them where it comes up.
    """
    levels = ((rule, severity(rule.verdict, purpose)) for rule in RULES)
    return {rule.id: _Rule(rule.summary, rule.verdict, level) for rule, level in levels if level}


def _head(report: Report) -> str:
    run = f"icc-check/{quote(report.store.name, errors='replace')}/"
    return (
        f'{{\n  "$schema": "{_SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n'
        f'      "columnKind": "unicodeCodePoints",\n'
        f'      "automationDetails": {{"id": {dumps(run)}}},\n'
        f'      "results": ['
    )


def _tail(report: Report, rules: Mapping[str, _Rule], closing: str) -> str:
    version = report.purpose.version
    about = '"name": "icc-check"' + (f', "semanticVersion": {dumps(version)}' if version else "")
    listed = ",".join(f"\n          {dumps(_listed(name, rule))}" for name, rule in rules.items())
    counts = {verdict.value: report.counts[verdict] for verdict in Verdict}
    properties = {"store": report.store.name, "storeHash": report.store.hash, "verdicts": counts}
    return (
        f'{closing},\n      "tool": {{"driver": {{{about}, "rules": [{listed}\n      ]}}}},\n'
        f'      "properties": {dumps(properties)}\n    }}\n  ]\n}}\n'
    )


def _result(finding: Finding, alert: Alert) -> dict[str, Any]:
    where = alert.place
    region = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }
    artifact = {"uri": _uri(where.path)}
    return {
        "ruleId": finding.rule,
        "level": alert.severity.value,
        "message": {"text": _plain(message(finding))},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {
            # the only one that code scanning looks at
            "primaryLocationLineHash": alert.fingerprint,
            f"factCheck/{VERSION}": alert.fingerprint,
        },
        "properties": {
            "verdict": finding.verdict.value,
            "claim": visible(finding.claim),
            "asOf": finding.as_of.isoformat(),
            **({"fact": finding.fact.id} if finding.fact else {}),
            **({"correction": visible(finding.correction)} if finding.correction else {}),
            "sources": [visible(source.url) for source in finding.sources],
        },
    }


def _comparison(finding: Finding) -> dict[str, Any]:
    """How a result stands to the baseline; with one, SARIF asks that every result says so."""
    accepted = acceptance(finding)
    if accepted is None:
        return {"baselineState": "new", "suppressions": []}
    held = {"kind": "external", "status": "accepted", "justification": accepted}
    return {"baselineState": "unchanged", "suppressions": [held]}


def _listed(name: str, rule: _Rule) -> dict[str, Any]:
    summary = rule.summary[:_LONGEST] or name
    more = f"icc-check explain {name}"
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {
            "text": f"{summary} The verdict is {rule.verdict}. More: {more}",
            "markdown": f"{summary}\n\nThe verdict is **{rule.verdict}**. More: `{more}`",
        },
        "defaultConfiguration": {"level": rule.level.value},
        "properties": {
            "tags": ["fact-check", rule.verdict.value],
            "precision": "high",
            "problem.severity": _PROBLEMS[rule.level],
        },
    }


def _plain(text: str) -> str:
    """A message in which nothing is a link: brackets before parentheses would be one."""
    return text.replace("[", "\\[").replace("]", "\\]") if "](" in text else text


def _uri(path: str) -> str:
    try:
        return quote(path, errors="surrogateescape")  # a name that is not UTF-8, byte by byte
    except UnicodeEncodeError:
        return quote(path, errors="replace")


def _indented(value: Any, columns: int) -> str:
    """JSON that starts on a line of its own, so many columns from the left."""
    return "\n" + " " * columns + dumps(value, indent=2).replace("\n", "\n" + " " * columns)
