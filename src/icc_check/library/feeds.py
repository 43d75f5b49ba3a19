"""Feeds of reviews in every form that is understood, told apart by their first characters."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, TextIO, cast

from icc_check.errors import InputError, why_unread
from icc_check.inputs import STDIN, STDIN_NAME
from icc_check.library.claimreview import Refusal, reviews_in
from icc_check.library.htmlfeed import read_page
from icc_check.library.jsonfeed import Entry, read_document, read_lines
from icc_check.library.review import Review
from icc_check.library.tablefeed import NoTable, read_table

_SNIFFED = 1 << 16  # bytes
_LINES = (".jsonl", ".ndjson")
_ZIPPED = b"\x1f\x8b"
_TELLING = 16  # bytes: no text has a NUL so early, a library has
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Reject(NamedTuple):
    """What of a feed is not taken, where it stands, and why."""

    feed: str
    place: str  # such as "entry 17"; empty for the feed as a whole
    reason: str

    def __str__(self) -> str:
        return ": ".join(part for part in self if part)


def read_feed(name: str, publisher: str = "") -> Iterator[Review | Reject]:
    """The reviews of a feed, in order; `-` is standard input.

    `publisher` is named where a review names nobody. Raises InputError if the feed cannot
    be read at all.
    """
    shown = STDIN_NAME if name == STDIN else name
    try:
        if name == STDIN:
            if sys.stdin is None:
                raise InputError(f"{shown}: standard input is closed")
            yield from _read(sys.stdin.buffer, shown, publisher)
        else:
            with Path(name).open("rb", _SNIFFED) as file:
                yield from _read(file, shown, publisher)
    except OSError as error:
        raise InputError(f"{shown}: {why_unread(error)}") from error


def _read(file: BinaryIO, name: str, publisher: str) -> Iterator[Review | Reject]:
    buffered = cast(io.BufferedReader, file)  # as every binary file is that is read by us
    start = buffered.peek(_SNIFFED)[:_SNIFFED]
    if not start:
        raise InputError(f"{name}: is empty")
    if start.startswith(_ZIPPED):
        raise InputError(f"{name}: is compressed", hint="gunzip it, or `zcat FEED | ... -`")
    if start.startswith(_UTF16):
        raise InputError(f"{name}: is UTF-16", hint="save it as UTF-8")
    if b"\0" in start[:_TELLING]:
        raise InputError(f"{name}: is a binary file, not a feed")
    # What is not UTF-8 is kept as lone surrogates, which a review must not have.
    stream = io.TextIOWrapper(buffered, "utf-8-sig", errors="surrogateescape", newline=None)
    head = start.decode("utf-8-sig", errors="replace").lstrip()
    found = False
    try:
        for item in _items(stream, name, head, publisher):
            found = True
            yield item
    finally:
        stream.detach()  # whoever opened the file closes it
    if not found:
        yield Reject(name, "", "holds no reviews")


def _items(stream: TextIO, name: str, head: str, publisher: str) -> Iterator[Review | Reject]:
    if head.startswith("<"):
        yield from _page(stream, name, publisher)
        return
    unit = "entry"
    if head.startswith(("{", "[")):
        lines = name.lower().endswith(_LINES) or _looks_like_lines(head)
        entries = read_lines(stream) if lines else read_document(stream)
        unit = "line" if lines else "entry"
    else:
        unit = "row"
        entries = read_table(stream, _delimiter(head, name))
    try:
        for entry in entries:
            yield from _of(entry, name, f"{unit} {entry.number}", publisher)
    except NoTable as error:
        raise InputError(
            f"{name}: is neither JSON nor HTML, and no table with a column of claims"
            + (f"; its first row says {error}" if str(error) else ""),
            hint="name the column `claim`; see docs/library.md for the others",
        ) from error


def _page(stream: TextIO, name: str, publisher: str) -> Iterator[Review | Reject]:
    for line, entry in read_page(stream):
        place = f"block in line {line}, entry {entry.number}"
        for item in _of(entry, name, place, publisher):
            # A page has blocks about itself, its menu and its maker as well.
            if isinstance(item, Review) or item.reason != _NONE:
                yield item


_NONE = "holds no review"


def _of(entry: Entry, name: str, place: str, publisher: str) -> Iterator[Review | Reject]:
    if entry.fault:
        yield Reject(name, place, entry.fault)
        return
    found = False
    for item in reviews_in(entry.value, publisher):
        found = True
        yield Reject(name, place, item.reason) if isinstance(item, Refusal) else item
    if not found:
        yield Reject(name, place, _NONE)


def _looks_like_lines(head: str) -> bool:
    """Whether the first line is a value by itself and something follows it."""
    first, _, rest = head.partition("\n")
    if not rest.strip().startswith(("{", "[")):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _delimiter(head: str, name: str) -> str:
    """What parts the cells of a table: a comma, unless the first row has more of another."""
    if name.lower().endswith(".tsv"):
        return "\t"
    return max(",\t;", key=head.partition("\n")[0].count)
