"""CSV: a row a claim, for spreadsheets; commas, quotes where needed, a line of headings."""

from __future__ import annotations

import csv
import io

from icc_check.model import Finding
from icc_check.report import Out, Report
from icc_check.wording import visible

COLUMNS = (
    *("file", "line", "column", "verdict", "claim", "reason", "correction"),
    *("fact", "record", "rule", "as_of", "checked", "sources"),
)
# Spreadsheets take what begins so for a formula and run it.
_FORMULA = tuple("=+-@")


def write(report: Report, out: Out) -> None:
    out.write(_row(COLUMNS))
    for finding in report:
        out.write(_row(_cells(finding)))


def _cells(finding: Finding) -> tuple[str, ...]:
    where, fact = finding.location, finding.fact
    return (
        where.file if where else "",
        str(where.line) if where else "",
        str(where.column) if where else "",
        finding.verdict.value,
        finding.claim,
        finding.reason,
        finding.correction or "",
        fact.id if fact else "",
        fact.statement if fact else "",
        finding.rule,
        finding.as_of.isoformat(),
        fact.checked.isoformat() if fact else "",
        " ".join(source.url for source in finding.sources),
    )


def _row(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow([_safe(cell) for cell in cells])
    return text.getvalue()


def _safe(cell: str) -> str:
    shown = visible(cell)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
