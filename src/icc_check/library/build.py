"""Writing a library: reviews in, one whole file out, or none.

Memory does not grow with the number of reviews: the index is written in pieces, which
are joined at the end. Nothing stands under the library's name until all is done; what
a killed run leaves behind is a hidden draft that nobody opens.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from icc_check.drafts import draft_of, writing
from icc_check.errors import OutputError
from icc_check.library import layout
from icc_check.library.review import Review
from icc_check.library.words import grams, making, terms

POSTINGS_AT_ONCE = 2_000_000  # four bytes each
TERMS_AT_ONCE = 300_000  # some 200 bytes each
ENTRIES_AT_ONCE = 2_000
GRAM_SAMPLE = 20_000  # entries whose runs of letters are counted
_UNIT = "\x1f"  # between the fields of what is hashed


class Builder:
    """Takes reviews one by one. Use `building`, which opens and closes it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._rows: list[tuple[int | str, ...]] = []
        self._postings: dict[str, array[int]] = {}
        self._held = 0
        self._pieces = 0
        self._hash = hashlib.sha256()
        self.count = 0

    def add(self, review: Review) -> bool:
        """Take a review; False if the very same one is in already."""
        fields = review.row().values()
        record = _UNIT.join(fields).encode()
        digest = hashlib.blake2b(record, digest_size=12).digest()
        if self.count == layout.MOST_ENTRIES:
            raise OutputError(
                f"a library holds at most {layout.MOST_ENTRIES:,} reviews", hint="make several"
            )
        new = self._db.execute("INSERT OR IGNORE INTO seen VALUES (?)", (digest,)).rowcount
        if not new:
            return False
        self._hash.update(digest)
        self.count += 1
        found = terms(f"{review.claim} {review.title}")
        self._rows.append((self.count, *fields, " ".join(found)))
        self._index(self.count, found)
        if len(self._rows) >= ENTRIES_AT_ONCE:
            self._write_rows()
        if self._held >= POSTINGS_AT_ONCE or len(self._postings) >= TERMS_AT_ONCE:
            self._write_piece()
        return True

    def finish(self) -> str:
        """Join the pieces, count what has to be counted, and return the content's hash."""
        self._write_rows()
        self._write_piece()
        self._db.executemany("INSERT INTO term VALUES (?, ?, ?, ?)", _joined(self._db))
        self._db.executemany("INSERT INTO gram VALUES (?, ?)", _count_grams(self._db, self.count))
        content = self._hash.hexdigest()
        about = {
            "entries": str(self.count),
            "hash": content,
            "order": sys.byteorder,
            "terms": making(),
            "whole": "yes",
        }
        self._db.executemany("INSERT INTO about VALUES (?, ?)", about.items())
        return content

    def _index(self, number: int, found: list[str]) -> None:
        base = number << layout.IMPACT_BITS
        postings = self._postings
        counts = dict.fromkeys(found, 1)
        if len(counts) < len(found):
            counts = Counter(found)
        once = base | _impact_byte(1, len(found))
        for name, count in counts.items():
            posting = once if count == 1 else base | _impact_byte(count, len(found))
            try:
                postings[name].append(posting)
            except KeyError:
                postings[name] = array("I", (posting,))
        self._held += len(counts)

    def _write_rows(self) -> None:
        self._db.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._rows)
        self._rows.clear()

    def _write_piece(self) -> None:
        rows = (
            (name, self._pieces, self._postings[name].tobytes()) for name in sorted(self._postings)
        )
        self._db.executemany("INSERT INTO piece VALUES (?, ?, ?)", rows)
        self._postings.clear()
        self._held = 0
        self._pieces += 1


@lru_cache(maxsize=1 << 12)
def _impact_byte(count: int, length: int) -> int:
    return round(layout.IMPACT_UNIT * layout.impact(count, length))


def _joined(db: sqlite3.Connection) -> Iterator[tuple[str, int, int, bytes]]:
    """The terms in order, each with all its pieces in one."""
    pieces = db.execute("SELECT name, postings FROM piece ORDER BY name, number")
    for name, same in groupby(pieces, key=itemgetter(0)):
        postings = b"".join(piece for _, piece in same)
        yield name, len(postings) // layout.POSTING_BYTES, zlib.crc32(postings), postings


def _count_grams(db: sqlite3.Connection, total: int) -> Iterator[tuple[str, int]]:
    """In how many entries of a spread sample each run of letters stands, if in several."""
    step = max(1, total // GRAM_SAMPLE)
    counts: Counter[str] = Counter()
    for number in range(1, total + 1, step):
        row = db.execute("SELECT claim, title FROM entry WHERE id = ?", (number,)).fetchone()
        counts.update(set(grams(f"{row[0]} {row[1]}")))
    yield "", len(range(1, total + 1, step))  # under no name: how large the sample is
    yield from ((name, count) for name, count in sorted(counts.items()) if count > 1)


@contextmanager
def building(path: Path) -> Iterator[Builder]:
    """A builder whose library takes its place when the block ends well.

    Raises OutputError when the file cannot be written, or when what is there is no library;
    it is then untouched.
    """
    _expect_no_other(path)
    with draft_of(path) as draft:
        try:
            db = sqlite3.connect(draft, isolation_level=None)
            try:
                _prepare(db)
                builder = Builder(db)
                yield builder
                builder.finish()
                db.execute("COMMIT")
            finally:
                db.close()
        except sqlite3.Error as error:
            raise OutputError(f"cannot write {path}: {error}", hint=_hint(error)) from error
        with writing(path):
            _sync(draft)


def _expect_no_other(path: Path) -> None:
    """Only an older library, or an empty file, may be replaced: the rest could be a feed."""
    with writing(path):
        if not path.is_file():
            return
        with path.open("rb") as file:
            header = file.read(layout.HEADER)
    if header and not layout.is_library(header):
        raise OutputError(
            f"cannot write {path}: what is there is no library, and would be lost",
            hint="give it another name, or remove it first",
        )


def _prepare(db: sqlite3.Connection) -> None:
    # A draft that is not whole is thrown away, so it needs no journal and no syncing.
    db.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
        "PRAGMA cache_size = -32768;"
        f"PRAGMA application_id = {layout.APPLICATION}; PRAGMA user_version = {layout.SCHEMA};"
    )
    db.executescript(layout.TABLES + layout.DRAFT_TABLES)
    db.execute("BEGIN")


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _hint(error: sqlite3.Error) -> str | None:
    if "full" in str(error) or "I/O" in str(error):
        return "make room on the disk, and where temporary files go, and try again"
    return None
