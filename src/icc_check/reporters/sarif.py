"""SARIF 2.1.0: a log with a result for each claim that is not supported.

Written as the findings come: the results first and the rules that they used after
them, so that memory grows with the rules and not with the claims.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from icc_check.alerts import SEVERITIES, Place, Severity, message, place
from icc_check.fingerprint import VERSION, Fingerprints
from icc_check.model import Finding, Verdict
from icc_check.report import Purpose, Report
from icc_check.wire import dumps
from icc_check.wording import visible

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LONGEST = 1024  # characters of a description that code scanning takes
_LEVELS: Mapping[Severity, str] = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "note",
}
_PROBLEMS: Mapping[str, str] = {"error": "error", "warning": "warning", "note": "recommendation"}


def render(report: Report) -> Iterator[str]:
    fingerprints, rules = Fingerprints(), dict[str, Verdict]()
    yield _head(report)
    before = ""
    for number, finding in enumerate(report, start=1):
        mark = fingerprints.of(finding)
        if finding.verdict not in SEVERITIES:
            yield ""
            continue
        rules.setdefault(finding.rule, finding.verdict)
        index = list(rules).index(finding.rule)
        where = place(finding, number, report.purpose)
        yield before + _indented(_result(finding, where, index, mark), 8)
        before = ","
    yield _tail(report, rules, closing="\n      ]" if before else "]")


def _head(report: Report) -> str:
    run = f"icc-check/{quote(report.store.name, errors='replace')}/"
    return (
        f'{{\n  "$schema": "{_SCHEMA}",\n  "version": "2.1.0",\n  "runs": [\n    {{\n'
        f'      "columnKind": "unicodeCodePoints",\n'
        f'      "automationDetails": {{"id": {dumps(run)}}},\n'
        f'      "results": ['
    )


def _tail(report: Report, rules: Mapping[str, Verdict], closing: str) -> str:
    driver = {
        "name": "icc-check",
        **({"semanticVersion": report.purpose.version} if report.purpose.version else {}),
        "rules": [_rule(name, verdict, report.purpose) for name, verdict in rules.items()],
    }
    counts = {verdict.value: report.counts[verdict] for verdict in Verdict}
    properties = {"store": report.store.name, "storeHash": report.store.hash, "verdicts": counts}
    return (
        f'{closing},\n      "tool": {{"driver": {_indented(driver, 6).lstrip()}}},\n'
        f'      "properties": {_indented(properties, 6).lstrip()}\n    }}\n  ]\n}}\n'
    )


def _result(finding: Finding, where: Place, index: int, mark: str) -> dict[str, Any]:
    region = {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.line,
        "endColumn": where.end,
    }
    location = {
        "physicalLocation": {"artifactLocation": {"uri": _uri(where.path)}, "region": region}
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": _LEVELS[SEVERITIES[finding.verdict]],
        "message": {"text": _plain(message(finding))},
        "locations": [location],
        "partialFingerprints": {
            "primaryLocationLineHash": mark,  # the only one that code scanning looks at
            f"factCheck/{VERSION}": mark,
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


def _rule(name: str, verdict: Verdict, purpose: Purpose) -> dict[str, Any]:
    level = _LEVELS[SEVERITIES[verdict]]
    summary = (purpose.rule(name) or f"The rule {name} decided.")[:_LONGEST]
    more = f"icc-check explain {name}"
    return {
        "id": name,
        "name": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {
            "text": f"{summary} The verdict is {verdict}. More: {more}",
            "markdown": f"{summary}\n\nThe verdict is **{verdict}**. More: `{more}`",
        },
        "defaultConfiguration": {"level": level},
        "properties": {
            "tags": ["fact-check", verdict.value],
            "precision": "high",
            "problem.severity": _PROBLEMS[level],
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
