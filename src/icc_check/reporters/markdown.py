"""Markdown: a table with a row a claim, for summaries, issues and comments."""

from __future__ import annotations

import re
from urllib.parse import quote

from icc_check.model import Finding, Source
from icc_check.report import Out, Report
from icc_check.wording import MARKS, tally, visible

_HEAD = "| verdict | claim | what the record says | sources |\n|---|---|---|---|\n"
# What Markdown or the HTML in it would obey, anywhere in a line.
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>()#&!|~$@:]")
_URL_SAFE = "%/:=&?~#+!$,;'@*"


def write(report: Report, out: Out) -> None:
    head = _HEAD
    for finding in report:
        out.write(f"{head}{_row(finding)}")
        head = ""
    if report.look.summary:
        blank = "" if head else "\n"  # a line right below would be one more row
        out.write(f"{blank}{tally(report.counts)}\n")


def _row(finding: Finding) -> str:
    where = finding.location
    place = f"{_said(where.file)}:{where.line}: " if where else ""
    sources = ", ".join(_link(source) for source in finding.sources)
    record = _said(finding.reason)
    if finding.correction:
        record += f" **{_said(finding.correction)}**"
    verdict = f"{MARKS[finding.verdict].symbol} {finding.verdict}"
    return f"| {verdict} | {place}{_said(finding.claim)} | {record} | {sources} |\n"


def _said(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _SPECIAL.sub(_entity, visible(text))


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match.group())};"


def _link(source: Source) -> str:
    label = _said(source.publisher or source.title or source.id)
    if not source.url.startswith(("https://", "http://")):
        return label
    return f"[{label}]({quote(visible(source.url), safe=_URL_SAFE)})"
