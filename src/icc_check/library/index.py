"""Searching a library: the rarest words of a text find entries, which are then ranked.

The cost hardly grows with the library, since few entries have a rare word and only so
many postings are read; all that is known of the best of them then counts.
"""

from __future__ import annotations

import sqlite3
import sys
import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from heapq import nlargest
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self
from urllib.parse import quote

from icc_check.errors import StoreError, why_unread
from icc_check.library import layout
from icc_check.library.rank import Entry, Scored, Weights, nearest, rank, rarity
from icc_check.library.review import Rating, Review
from icc_check.library.seen import SURE, Evidence, evidence_for, how_sure, wording
from icc_check.library.words import (
    Query,
    function_words,
    grams,
    making,
    plain_words,
    read_query,
    term_of,
    terms,
)

MOST_TERMS = 24  # so many of the rarest find entries; all of them count in ranking
MOST_POSTINGS = 12_000  # read for one text; of the first term as many in any case
FOUND = 100  # entries that are looked at with all words
RANKED = 30  # of these, entries that are ranked
AUTHOR = 0.7  # what a word of the signature weighs
SHORTEST_RUN_TOGETHER = 7  # letters of an unknown word that may be two known ones
SHORTEST_PART = 3
_MAKE_ANEW = "import the feed again with this version of icc-check"


class About(NamedTuple):
    """What a library is: its file's name, its content's hash, how many reviews it has."""

    name: str
    hash: str
    entries: int


class Found(NamedTuple):
    """What a search found: at most `RANKED` matches, best first."""

    matches: tuple[Scored, ...]
    evidence: Evidence | None  # for the best; None where there is none

    @property
    def sure(self) -> float:
        """From 0 to 1: that the best match settles the text."""
        return how_sure(self.evidence)

    @property
    def likely(self) -> bool:
        """Whether the best match may be called the same claim."""
        return self.sure >= SURE


class Library:
    """A library that is open for reading. Raises StoreError where its file is damaged."""

    def __init__(self, path: Path, db: sqlite3.Connection) -> None:
        self._path = path
        self._db = db
        about = dict(db.execute("SELECT key, value FROM about"))
        if about.get("whole") != "yes":
            raise StoreError(f"{path}: is not whole", hint=_MAKE_ANEW)
        if about.get("order") != sys.byteorder:
            raise StoreError(f"{path}: was made on another kind of machine", hint=_MAKE_ANEW)
        if about.get("terms") != making():
            raise StoreError(
                f"{path}: was made with another edition of the stemmer", hint=_MAKE_ANEW
            )
        self.about = About(path.name, about["hash"], int(about["entries"]))
        sample = db.execute("SELECT frequency FROM gram WHERE name = ''").fetchone()
        self._sample: int = sample[0]

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a library's file; raises StoreError if it is none, or not one of this version."""
        _look_at(path)
        uri = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
        with _intact(path):
            db = sqlite3.connect(uri, uri=True)
            try:
                return cls(path, db)
            except BaseException:
                db.close()
                raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._db.close()

    def search(self, text: str, leave_out: Set[str] = frozenset()) -> Found:
        """The reviews that a text may be about, and how sure the best of them is.

        Claims whose `wording` is to be left out are not found: so one can measure what is
        answered where the library has no answer.
        """
        query = read_query(text)
        with _intact(self._path):
            weights = self._weigh(query)
            entries = self._fetch(self._find(weights))
            if leave_out:
                entries = [each for each in entries if wording(each.review) not in leave_out]
            matches = rank(nearest(entries, weights, RANKED), weights)
            return Found(tuple(matches), self._evidence(matches, weights))

    def reviews(self) -> Iterator[Review]:
        """All reviews, in the order in which they were imported."""
        rows = self._db.execute("SELECT * FROM entry ORDER BY id")
        while True:
            with _intact(self._path):  # not while the review is used: that is no fault of ours
                row = next(rows, None)
                review = row and _entry(row).review
            if not review:
                return
            yield review

    def _weigh(self, query: Query) -> Weights:
        total = self.about.entries
        wanted = dict.fromkeys(terms(query.text), 1.0)
        known = self._frequencies(wanted)
        for term in self._run_together(query.text, known):
            wanted.setdefault(term, 1.0)
        for term in terms(query.author):
            wanted.setdefault(term, AUTHOR)
        known |= self._frequencies(wanted.keys() - known.keys())
        rare = {term: rarity(frequency, total) for term, frequency in known.items()}
        most = rarity(1, total)
        sought = {term: weight * rare.get(term, most) for term, weight in wanted.items()}
        return Weights(query, sought, rare, self._gram_weights(query), most)

    def _evidence(self, matches: Sequence[Scored], weights: Weights) -> Evidence | None:
        counts = self._frequencies(matches[0].said if matches else ())
        total = self.about.entries
        rare = {term: rarity(count, total) for term, count in counts.items()}
        return evidence_for(matches, weights, rare)

    def _frequencies(self, names: Iterable[str]) -> dict[str, int]:
        return self._numbers("SELECT name, frequency FROM term WHERE name IN", names)

    def _numbers(self, select: str, names: Iterable[str]) -> dict[str, int]:
        wanted = list(names)
        found: dict[str, int] = {}
        for start in range(0, len(wanted), 500):
            block = wanted[start : start + 500]
            marks = ",".join("?" * len(block))
            found.update(self._db.execute(f"{select} ({marks})", block))
        return found

    def _gram_weights(self, query: Query) -> dict[str, float]:
        wanted = dict.fromkeys(grams(f"{query.text} {query.author}"))
        counts = self._numbers("SELECT name, frequency FROM gram WHERE name IN", wanted)
        return {gram: rarity(counts.get(gram, 1), self._sample) for gram in wanted}

    def _run_together(self, text: str, known: Mapping[str, int]) -> list[str]:
        """The two known words of which each unknown long one may be made."""
        return [
            term
            for word in plain_words(text)
            if len(word) >= SHORTEST_RUN_TOGETHER and word.isalpha() and term_of(word) not in known
            for term in self._parts(word)
        ]

    def _parts(self, word: str) -> list[str]:
        cuts = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
        pairs = [(word[:cut], word[cut:]) for cut in cuts]
        counts = self._frequencies({t for pair in pairs for part in pair if (t := term_of(part))})
        usual = {part: self.about.entries for part in function_words()}

        def common(pair: tuple[str, str]) -> int:
            return min(usual.get(part) or counts.get(term_of(part), 0) for part in pair)

        best = max(pairs, key=common, default=("", ""))
        if not best[0] or not common(best):
            return []
        return [term for part in best if (term := term_of(part))]

    def _find(self, weights: Weights) -> list[int]:
        """The entries in which the rarest words weigh most."""
        rarest = sorted(weights.rarity, key=lambda term: (-weights.rarity[term], term))
        scores: dict[int, float] = defaultdict(float)
        left = MOST_POSTINGS
        for term in rarest[:MOST_TERMS]:
            postings = self._postings(term)
            if len(postings) > left:
                if scores:
                    break
                postings = postings[:left]
            left -= len(postings)
            weight = weights.terms[term] / layout.IMPACT_UNIT
            for posting in postings:
                scores[posting >> layout.IMPACT_BITS] += weight * (posting & layout.IMPACT_MASK)
        return nlargest(FOUND, scores, key=scores.__getitem__)

    def _postings(self, term: str) -> array[int]:
        row = self._db.execute(
            "SELECT checksum, postings FROM term WHERE name = ?", (term,)
        ).fetchone()
        if zlib.crc32(row[1]) != row[0]:
            raise ValueError("postings")
        postings = array("I")
        postings.frombytes(row[1])
        return postings

    def _fetch(self, numbers: list[int]) -> list[Entry]:
        marks = ",".join("?" * len(numbers))
        rows = {
            row[0]: row
            for row in self._db.execute(f"SELECT * FROM entry WHERE id IN ({marks})", numbers)
        }
        if len(rows) < len(numbers):
            raise ValueError("entries")
        return [_entry(rows[number]) for number in numbers]


def _entry(row: tuple[int, str, str, str, str, str, str, str, str, str]) -> Entry:
    _, claim, title, rating, label, publisher, url, date, claimant, found = row
    review = Review(claim, Rating(rating), label, publisher, url, title, date, claimant)
    return Entry.of(review, found.split())


def _look_at(path: Path) -> None:
    """Whether the file's header is that of a whole library of this version."""
    try:
        with path.open("rb") as file:
            header = file.read(layout.HEADER)
            size = file.seek(0, 2)
    except OSError as error:
        raise StoreError(f"{path}: {why_unread(error)}") from error
    if not layout.is_database(header):
        raise StoreError(f"{path}: is no library", hint="`icc-check store import` makes one")
    if not layout.is_library(header):
        raise StoreError(f"{path}: is a database of something else, not a library")
    version = layout.number_in(header, 60)
    if version != layout.SCHEMA:
        raise StoreError(
            f"{path}: is a library of version {version}; this program reads {layout.SCHEMA}",
            hint=_MAKE_ANEW,
        )
    page = layout.number_in(header, 16, 2)
    if size != layout.number_in(header, 28) * (65536 if page == 1 else page):
        raise StoreError(f"{path}: is cut off or damaged", hint=_MAKE_ANEW)


@contextmanager
def _intact(path: Path) -> Iterator[None]:
    """While a library is read: whatever does not fit comes of damage to its file."""
    try:
        yield
    except (sqlite3.Error, LookupError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{path}: is damaged", hint=_MAKE_ANEW) from error
