"""SARIF 2.1.0: a result a problem, for code scanning.

The schema asks for the tool and its rules in the same run; they come after the
results, so that these can be written as they are found.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from icc_check import __version__
from icc_check.judge import RULES
from icc_check.model import Finding
from icc_check.problems import SEVERITIES, Fingerprints, message
from icc_check.report import Out, Report
from icc_check.wire import dumps
from icc_check.wording import visible

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# Where a claim stands in no file; a result without a place is refused by some readers.
NO_FILE = "claims"


def write(report: Report, out: Out) -> None:
    fingerprints = Fingerprints()
    out.write(f'{{\n"$schema": "{SCHEMA}",\n"version": "2.1.0",\n"runs": [{{\n"results": [')
    between = ""
    for finding in report:
        if finding.verdict in SEVERITIES:
            out.write(f"{between}\n{dumps(_result(finding, fingerprints.of(finding)))}")
            between = ","
    rest = {
        "columnKind": "unicodeCodePoints",
        "automationDetails": {"id": f"icc-check/{report.store.name}/"},
        "tool": {"driver": _driver()},
    }
    out.write(f"\n],\n{dumps(rest)[1:-1]}\n}}]\n}}\n")


def _driver() -> dict[str, Any]:
    rules = [_rule(rule.id, rule.summary) for rule in RULES if rule.verdict in SEVERITIES]
    return {"name": "icc-check", "version": __version__, "rules": rules}


def _rule(name: str, summary: str) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": summary},
        "help": {"text": f"{summary} `icc-check explain {name}` says more."},
        "properties": {"tags": ["facts"], "precision": "high"},
    }


def _result(finding: Finding, fingerprint: str) -> dict[str, Any]:
    sources = "".join(f" Source: {source.url}" for source in finding.sources)
    return {
        "ruleId": finding.rule,
        "level": SEVERITIES[finding.verdict].value,
        "message": {"text": visible(f"“{finding.claim}” {message(finding)}{sources}")},
        "locations": [{"physicalLocation": _place(finding)}],
        "partialFingerprints": {"primaryLocationLineHash": fingerprint},
    }


def _place(finding: Finding) -> dict[str, Any]:
    where = finding.location
    if where is None:
        return {"artifactLocation": {"uri": NO_FILE}, "region": {"startLine": 1}}
    region = {"startLine": where.line, "startColumn": where.column}
    if where.end_line is None or where.end_column is None:
        region["endColumn"] = where.column + max(1, len(finding.claim))
    else:
        region |= {"endLine": where.end_line, "endColumn": where.end_column}
    uri = quote(where.file.replace("\\", "/").removeprefix("./"))
    return {"artifactLocation": {"uri": uri}, "region": region}
