"""CSV: a row a claim under a row of titles, for spreadsheets.

A cell that a spreadsheet would take for a formula gets an apostrophe before it, and a
row is always one line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from icc_check.model import Finding
from icc_check.report import Report
from icc_check.wording import acceptance, visible

COLUMNS = (
    *("file", "line", "column", "verdict", "claim", "reason", "correction", "fact", "statement"),
    *("basis", "checked", "sources", "notes", "rule", "as_of", "baseline"),
)
# Also as they are written in full width, which some programs fold to these.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def render(report: Report) -> Iterator[str]:
    head = row(COLUMNS)
    for finding in report:
        yield head + row(_cells(finding))
        head = ""
    yield head


def _cells(finding: Finding) -> Iterator[str]:
    place, fact = finding.location, finding.fact
    yield from (place.file, str(place.line), str(place.column)) if place else ("", "", "")
    yield from (finding.verdict, finding.claim, finding.reason, finding.correction or "")
    if fact:
        yield from (fact.id, fact.statement, fact.basis, fact.checked.isoformat())
    else:
        yield from ("", "", "", "")
    yield " ".join(source.url for source in finding.sources)
    yield " ".join(finding.notes)
    yield from (finding.rule, finding.as_of.isoformat(), acceptance(finding) or "")


def row(cells: Iterable[str]) -> str:
    """The cells as a line that no spreadsheet takes for formulas."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(_safe(cell) for cell in cells)
    return line.getvalue()


def _safe(cell: str) -> str:
    text = visible(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
