"""How a library lies on disk: one SQLite file, written once and then only read.

`entry` holds the reviews, `term` an inverted index of stems, `gram` how common runs
of four letters are, `about` what the whole is. The file is made beside its place and
put there when it is whole; it says of itself which layout it has, so that another
version is refused and never misread.
"""

from __future__ import annotations

SCHEMA = 1  # raise it when the tables or the impacts change
APPLICATION = 0x49434C42  # "ICLB" in the file's header, which `file` shows

# A text of so many terms is of usual length. It is fixed, and not the average of the
# collection, so that what an entry weighs does not change when others are added.
USUAL_LENGTH = 20
K1 = 1.2
B = 0.3
# A posting is four bytes: the number of an entry, and what the term weighs there.
IMPACT_BITS = 8
IMPACT_MASK = (1 << IMPACT_BITS) - 1
IMPACT_UNIT = 100  # so many to one
POSTING_BYTES = 4
MOST_ENTRIES = (1 << (8 * POSTING_BYTES - IMPACT_BITS)) - 1

HEADER = 100  # bytes, as of any SQLite file
_MAGIC = b"SQLite format 3\0"

TABLES = """
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE entry (
  id INTEGER PRIMARY KEY,
  claim TEXT NOT NULL, title TEXT NOT NULL, rating TEXT NOT NULL, label TEXT NOT NULL,
  publisher TEXT NOT NULL, url TEXT NOT NULL, date TEXT NOT NULL, claimant TEXT NOT NULL,
  terms TEXT NOT NULL -- of claim and title, in order: stemming again would take most of a search
);
CREATE TABLE term (
  name TEXT PRIMARY KEY, frequency INTEGER NOT NULL, checksum INTEGER NOT NULL,
  postings BLOB NOT NULL
);
CREATE TABLE gram (name TEXT PRIMARY KEY, frequency INTEGER NOT NULL) WITHOUT ROWID;
"""
# While it is written: pieces of the index, and what was seen already.
DRAFT_TABLES = """
CREATE TEMP TABLE piece (
  name TEXT NOT NULL, number INTEGER NOT NULL, postings BLOB NOT NULL,
  PRIMARY KEY (name, number)
) WITHOUT ROWID;
CREATE TEMP TABLE seen (digest BLOB PRIMARY KEY) WITHOUT ROWID;
"""


def impact(count: int, length: int) -> float:
    """What a term that stands `count` times in an entry of `length` terms weighs there (BM25)."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / USUAL_LENGTH))


def is_database(header: bytes) -> bool:
    """Whether a file that begins so is one of SQLite."""
    return len(header) == HEADER and header.startswith(_MAGIC)


def is_library(header: bytes) -> bool:
    """Whether a file that begins so is a library, of whichever version."""
    return is_database(header) and number_in(header, 68) == APPLICATION


def number_in(header: bytes, start: int, length: int = 4) -> int:
    """A number of the header of an SQLite file."""
    return int.from_bytes(header[start : start + length], "big")
