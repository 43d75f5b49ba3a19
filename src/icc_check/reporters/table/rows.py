"""Rows: a batch as one table, a claim a row, written row by row.

The widths follow from the terminal alone, so that a row can be written as soon
as its claim is checked and memory does not grow with the batch.
"""

from __future__ import annotations

from rich.style import Style
from rich.table import Table
from rich.text import Text

from icc_check.model import Finding, Location
from icc_check.reporters.table.canvas import LABEL, STRONG, Canvas
from icc_check.wording import visible

_TITLES = ("line", "verdict", "claim", "answer", "source")
_NUMBER = 6
_VERDICT = 12
_GAP = 2
_LEAST = 8  # columns for a claim and for an answer, however narrow the terminal
_WIDE = 140  # columns from which on there is room for the sources


class Rows:
    """The head and the rows of one table."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._widths = _widths(canvas.look.width)
        self._last_file = ""

    def head(self) -> str:
        """The column titles and the line below them."""
        line = "─" if self._canvas.look.symbols else "-"
        width = min(sum(self._widths) + _GAP * (len(self._widths) - 1), self._canvas.look.width)
        titles = self._row([Text(title, STRONG) for title in _TITLES])
        return titles + self._draw(Text(line * width, LABEL))

    def row(self, finding: Finding, number: int) -> str:
        """The row of one finding; the number is its line where it has one."""
        place = finding.location
        cells = [
            Text(f"{place.line if place else number}", LABEL),
            self._verdict(finding),
            self._canvas.claim(finding, Style.null()),
            Text(visible(finding.correction or finding.reason)),
            self._source(finding),
        ]
        return self._file(place) + self._row(cells)

    def _verdict(self, finding: Finding) -> Text:
        verdict = self._canvas.verdict(finding.verdict)
        return Text("\n").join([verdict, self._canvas.mark()]) if finding.accepted else verdict

    def _source(self, finding: Finding) -> Text:
        """The publishers, each a link to its page."""
        links = (
            self._canvas.address(source.url, source.publisher or source.url)
            for source in finding.sources
        )
        return Text("\n").join(links)

    def _file(self, place: Location | None) -> str:
        """The name of the file, above the first row that comes from it."""
        file = place.file if place else ""
        if file == self._last_file:
            return ""
        self._last_file = file
        return self._draw(Text(visible(file), LABEL))

    def _row(self, cells: list[Text]) -> str:
        grid = Table.grid(padding=(0, _GAP, 0, 0))
        for index, width in enumerate(self._widths):
            grid.add_column(width=width, overflow="fold", justify="left" if index else "right")
        grid.add_row(*cells[: len(self._widths)])
        return self._draw(grid)

    def _draw(self, part: Text | Table) -> str:
        return self._canvas.draw(part, width=self._canvas.look.width)


def _widths(width: int) -> tuple[int, ...]:
    """The widths of the columns, the sources among them where there is room."""
    room = width - _NUMBER - _VERDICT - 3 * _GAP
    source = room // 5 if width >= _WIDE else 0
    room -= source + _GAP if source else 0
    claim = max(room * 9 // 20, _LEAST)
    answer = max(room - claim, _LEAST)
    return (_NUMBER, _VERDICT, claim, answer, *((source,) if source else ()))
