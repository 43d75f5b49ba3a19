"""Tables for people, drawn by Rich: a card for each claim, or one row a claim.

Cards are for a few claims; a batch gets rows. Both are written as the findings
come, so nothing is kept, and neither cuts anything off: prose is folded at the
width of the terminal, addresses stay whole.
"""

from __future__ import annotations

from collections.abc import Iterator

from icc_check.report import Report
from icc_check.reporters.table.canvas import Canvas
from icc_check.reporters.table.cards import card
from icc_check.reporters.table.rows import Rows
from icc_check.wording import tally


def render(report: Report) -> Iterator[str]:
    canvas = Canvas(report.look)
    if report.look.compact:
        yield from _rows(report, canvas)
    else:
        yield from _cards(report, canvas)
    if report.look.summary and report.counts.total() > 1:
        yield canvas.closing(tally(report.counts, report.accepted))


def _cards(report: Report, canvas: Canvas) -> Iterator[str]:
    for finding in report:
        yield card(finding, canvas)


def _rows(report: Report, canvas: Canvas) -> Iterator[str]:
    rows = Rows(canvas)
    for number, finding in enumerate(report, start=1):
        head = rows.head() if number == 1 else ""
        yield head + rows.row(finding, number)
    if report.counts:
        yield "\n"
