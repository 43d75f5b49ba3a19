"""Claims from the command line, from standard input and from files.

Text with a claim a line, tables and JSON Lines, one module each. What cannot be read
becomes a `Reject` that names file and line, and reading goes on with the next line or
file: a bad line never costs the good ones. Memory does not grow with the input, not
even with a line that never ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from icc_check.errors import InputError, why_unread
from icc_check.inputs.lines import read_lines
from icc_check.inputs.values import LONGEST_CLAIM, Claim, Reject, fault_in

__all__ = [
    "FORMS",
    "LONGEST_CLAIM",
    "STDIN",
    "STDIN_NAME",
    "Claim",
    "Reject",
    "Shape",
    "count_lines",
    "read_arguments",
    "read_files",
    "read_lines",
    "read_stdin",
]

STDIN = "-"  # as given on the command line
STDIN_NAME = "<stdin>"  # as shown
# What an input may be, and the ends of names by which it is told; all else is lines.
FORMS: Mapping[str, tuple[str, ...]] = {
    "lines": (),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "jsonl": (".jsonl", ".ndjson"),
}


class Shape(NamedTuple):
    """How inputs are to be read: what they are (None: told by name), which column to take."""

    form: str | None = None
    column: str | None = None


def read_arguments(texts: Sequence[str]) -> list[Claim]:
    """The claims given as arguments; one that cannot be checked is an error at once."""
    claims = []
    for number, text in enumerate(texts, start=1):
        fault = fault_in(text)
        if fault:
            which = "" if len(texts) == 1 else f" (number {number} of {len(texts)})"
            raise InputError(f"{fault}{which}", hint='write it in quotes: icc-check "a claim"')
        claims.append(Claim(text))
    return claims


def read_files(names: Iterable[str], shape: Shape | None = None) -> Iterator[Claim | Reject]:
    """The claims in the named files, in order; `-` stands for standard input."""
    shape = shape or Shape()
    for name in names:
        if name == STDIN:
            yield from read_stdin(shape)
            continue
        try:
            with Path(name).open("rb") as stream:
                yield from _read(stream, name, shape)
        except OSError as error:
            yield Reject(name, None, why_unread(error))


def read_stdin(shape: Shape | None = None) -> Iterator[Claim | Reject]:
    """The claims on standard input, each as soon as it is complete."""
    if sys.stdin is None:
        yield Reject(STDIN_NAME, None, "standard input is closed")
        return
    try:
        yield from _read(sys.stdin.buffer, STDIN_NAME, shape or Shape())
    except OSError as error:
        yield Reject(STDIN_NAME, None, why_unread(error))


def count_lines(names: Iterable[str]) -> int | None:
    """How many lines the files hold; None where that takes waiting for a pipe."""
    total = 0
    for name in names:
        path = Path(name)
        if name == STDIN or not path.is_file():
            return None
        try:
            with path.open("rb") as stream:
                while block := stream.read(1 << 20):
                    total += block.count(b"\n")
        except OSError:  # reading it for its claims will tell
            return None
    return total


def _read(stream: BinaryIO, name: str, shape: Shape) -> Iterator[Claim | Reject]:
    form = shape.form or form_of(name)
    if form == "jsonl":
        from icc_check.inputs.objects import read_objects

        yield from read_objects(stream, name, shape.column)
    elif form in ("csv", "tsv"):
        from icc_check.inputs.tables import read_table

        yield from read_table(stream, name, shape.column, "\t" if form == "tsv" else None)
    elif form == "json":
        yield Reject(
            name, None, "is one JSON document; write JSON Lines (.jsonl), an object a line"
        )
    elif shape.column is not None:
        yield Reject(name, None, "is read as lines, which have no columns; see --input-format")
    else:
        yield from read_lines(stream, name)


def form_of(name: str) -> str:
    """What a file is by the end of its name."""
    end = Path(name).suffix.lower()
    if end == ".json":
        return "json"
    return next((form for form, ends in FORMS.items() if end in ends), "lines")
