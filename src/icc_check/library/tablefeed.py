"""Reviews from a table: CSV or TSV with a row of names at its top."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import TextIO

from icc_check.library.claimreview import LONGEST
from icc_check.library.jsonfeed import Entry
from icc_check.library.review import FIELDS

# How else the columns may be called, without case, spaces and underscores.
_NAMES = {
    **{name: name for name in FIELDS},
    **dict.fromkeys(("claimreviewed", "claimtext", "statement", "text", "vclaim"), "claim"),
    **dict.fromkeys(("headline", "reviewtitle", "claimreviewtitle"), "title"),
    **dict.fromkeys(("verdict", "textualrating", "alternatename", "ratingname"), "label"),
    **dict.fromkeys(("site", "reviewer", "source", "author", "publishername"), "publisher"),
    **dict.fromkeys(("link", "reviewurl", "claimreviewurl", "address"), "url"),
    **dict.fromkeys(("datepublished", "reviewdate", "published"), "date"),
    **dict.fromkeys(("speaker", "claimedby", "claimauthor", "saidby"), "claimant"),
}
_LONGEST_CELL = 8 * LONGEST


class NoTable(Exception):
    """The first row does not name a column of claims; says which names it has."""


def read_table(stream: TextIO, delimiter: str) -> Iterator[Entry]:
    """The rows, as values with our own field names; numbered from 1 after the first row.

    Raises NoTable if the first row names no column of claims.
    """
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(_lines(stream), delimiter=delimiter)
    try:
        header = next(rows, [])
    except csv.Error:
        header = []
    names = [_NAMES.get(cell.lower().replace(" ", "").replace("_", ""), "") for cell in header]
    if "claim" not in names:
        raise NoTable(", ".join(header[:12]))
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Entry(number, fault=f"is no row of a table: {error}")
            continue
        if row:
            yield _entry(number, row, names)


def _lines(stream: TextIO) -> Iterator[str]:
    """The lines; of one that never ends, pieces that are too long for a cell."""
    while line := stream.readline(2 * _LONGEST_CELL):
        yield line.replace("\0", " ")


def _entry(number: int, row: Sequence[str], names: Sequence[str]) -> Entry:
    if len(row) != len(names):
        cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
        why = "; is a quotation mark not closed?" if any("\n" in cell for cell in row) else ""
        return Entry(number, fault=f"has {cells}, and the first row {len(names)}{why}")
    value: dict[str, str] = {}
    for name, cell in zip(names, row, strict=True):
        if name and cell.strip():
            value.setdefault(name, cell)
    return Entry(number, {"claim": "", **value})
