"""Tables as CSV or TSV: the first row names the columns, one of them holds the claims.

A row that is broken is rejected by itself. A quote that is never closed swallows what
follows it; so the lines it had swallowed are read again as rows of their own.
"""

from __future__ import annotations

import csv
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from icc_check.inputs.columns import LONGEST_ROW, choose_column, claim_from
from icc_check.inputs.lines import decode, numbered_lines, read_text
from icc_check.inputs.values import Claim, Reject, Unreadable

_WORDY = 4  # words from which on the name of an only column looks like a sentence
# What Python's reader calls it, and how it is told.
_FAULTS = {
    "unexpected end": "a quote that opens here is never closed",
    "field larger": f"a cell is longer than {csv.field_size_limit():,} characters; is a quote "
    "that opens here never closed?",
    "expected after": 'a quote within a quoted cell must be doubled ("")',
    "new-line character": "a carriage return stands within a cell that is not quoted",
}


class Row(NamedTuple):
    """The cells of a row, and the line on which it begins."""

    line: int
    cells: list[str]


def read_table(
    stream: BinaryIO, name: str, column: str | None, delimiter: str | None
) -> Iterator[Claim | Reject]:
    """The claims in a table; without a delimiter it is the one that the header uses."""
    return read_text(stream, name, lambda stream, name: _claims(stream, name, column, delimiter))


def _claims(
    stream: BinaryIO, name: str, column: str | None, delimiter: str | None
) -> Iterator[Claim | Reject]:
    lines = _Lines(numbered_lines(stream, LONGEST_ROW))
    rows = _rows(lines, name, delimiter or lines.delimiter())
    header = next((row for row in rows if isinstance(row, Reject) or any(row.cells)), None)
    if header is None:
        return
    if isinstance(header, Reject):
        yield header
        return
    try:
        names = _names(header.cells)
        chosen = choose_column(names, column)
        if column is None:
            _refuse_sentence(names)
    except Unreadable as error:
        yield Reject(name, header.line, str(error))
        return
    for row in rows:
        if isinstance(row, Reject):
            yield row
        elif any(cell.strip() for cell in row.cells):
            yield _claim(row, names, chosen, name)


def _claim(row: Row, names: Sequence[str], column: str, file: str) -> Claim | Reject:
    if len(row.cells) > len(names):  # most likely a delimiter within a cell without quotes
        counts = f"the row has {len(row.cells)} cells, and there are {len(names)} columns"
        return Reject(file, row.line, f"{counts}; quote cells that hold a delimiter")
    try:
        return claim_from(dict(zip(names, row.cells, strict=False)), column, file, row.line)
    except Unreadable as error:
        return Reject(file, row.line, str(error))


def _names(cells: Sequence[str]) -> list[str]:
    """The names of the columns; one that has none is called by its number."""
    names = [cell.strip() or f"column {place}" for place, cell in enumerate(cells, start=1)]
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise Unreadable(f"two columns are named {twice[0]!r}")
    return names


def _refuse_sentence(names: Sequence[str]) -> None:
    """A list of claims without a header would lose its first claim."""
    if len(names) == 1 and len(names[0].split()) >= _WORDY:
        raise Unreadable(
            f"the first line must name the column, and {names[0]!r} looks like a claim; "
            "add a line with `claim`, or name the file .txt"
        )


class _Lines:
    """Lines for Python's reader of CSV, which remembers them until they are a row."""

    def __init__(self, lines: Iterator[tuple[int, bytes]]) -> None:
        self._lines = lines
        self._again: deque[tuple[int, bytes]] = deque()
        self._taken: list[tuple[int, bytes]] = []
        self._size = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        entry = self._again.popleft() if self._again else next(self._lines)
        self._taken.append(entry)
        number, line = entry
        self._size += len(line)
        try:
            if self._size >= LONGEST_ROW:
                raise Unreadable(f"the row is longer than {LONGEST_ROW:,} bytes")
            return decode(line)
        except Unreadable as error:
            if len(self._taken) == 1:
                raise
            raise Unreadable(
                f"a quote that opens here is not closed before line {number}, where {error}"
            ) from None

    @property
    def first(self) -> int:
        """The number of the first line taken since `start_row`."""
        return self._taken[0][0]

    def start_row(self) -> None:
        self._taken.clear()
        self._size = 0

    def give_back(self) -> None:
        """Hand out again all that was taken since `start_row`, but for the first line."""
        self._again.extendleft(reversed(self._taken[1:]))

    def delimiter(self) -> str:
        """A comma, or what else stands between the names in the header."""
        entry = next(self._lines, None)
        if entry is None:
            return ","
        self._again.append(entry)
        return next((char for char in (",", ";", "\t") if char.encode() in entry[1]), ",")


def _rows(lines: _Lines, name: str, delimiter: str) -> Iterator[Row | Reject]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.start_row()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, Unreadable) as error:
            first = lines.first
            lines.give_back()
            yield Reject(name, first, _worded(error))
        else:
            yield Row(lines.first, cells)


def _worded(error: Exception) -> str:
    text = str(error)
    return next((told for known, told in _FAULTS.items() if known in text), text)
