"""Tables for people, drawn by Rich: a card for each claim, or one row a claim.

Cards are for a few claims; a batch gets rows. Both are written as the findings
come, so nothing is kept, and neither cuts anything off: prose is folded at the
width of the terminal, addresses stay whole.
"""

from __future__ import annotations

from icc_check.report import Out, Report
from icc_check.reporters.table.canvas import Canvas
from icc_check.reporters.table.cards import card
from icc_check.reporters.table.rows import Rows
from icc_check.wording import tally


def write(report: Report, out: Out) -> None:
    canvas = Canvas(report.look)
    if report.look.compact:
        _write_rows(report, canvas, out)
    else:
        _write_cards(report, canvas, out)
    if report.look.summary and report.counts.total() > 1:
        out.write(canvas.closing(tally(report.counts)))


def _write_cards(report: Report, canvas: Canvas, out: Out) -> None:
    for finding in report:
        out.write(card(finding, canvas))


def _write_rows(report: Report, canvas: Canvas, out: Out) -> None:
    rows = Rows(canvas)
    for number, finding in enumerate(report, start=1):
        out.write(rows.head() if number == 1 else "")
        out.write(rows.row(finding, number))
    if report.counts:
        out.write("\n")
