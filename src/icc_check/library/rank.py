"""Which of the entries that share words with a text comes first.

Eight measures, each from 0 to 1 (the last three may be -1), weighed and added. The
weights were fitted on public pairs of posts and the reviews that settle them, and
rounded; docs/library.md says how, and what each of them is worth. They only rank:
no verdict comes from them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from heapq import nlargest
from math import log
from typing import NamedTuple, Self

from rapidfuzz import fuzz

from icc_check.library.layout import impact
from icc_check.library.review import Review
from icc_check.library.words import Query, fold_text, grams, term_of

GRAMS_PER_TERM = 7  # a word of usual length has so many
_MONTHS = {
    term_of(name): name  # without May, which is mostly a verb
    for name in "january february march april june july august september october november "
    "december".split()
}
_PICTURES = {term_of(word) for word in "photograph photo image picture video footage clip".split()}


class Features(NamedTuple):
    """How near an entry is to a text."""

    words: float  # BM25 of the stems, as a share of the best entry's
    letters: float  # BM25 of runs of four letters, likewise
    rarest: float  # rarity of the rarest word that both have
    passage: float  # likeness of the claim and the passage of the text nearest to it
    title: float  # likeness of the title and the text
    picture: float  # both speak of a picture
    month: float  # 1 if the claim names the month in which the text was signed, -1 another
    year: float  # likewise


WEIGHTS = Features(
    words=7.0,
    letters=4.0,
    rarest=4.0,
    passage=5.0,
    title=1.5,
    picture=1.5,
    month=1.3,
    year=1.0,
)


class Weights(NamedTuple):
    """What is sought: each term with its weight in the text, and how rare terms are."""

    query: Query
    terms: Mapping[str, float]  # term -> weight x rarity
    rarity: Mapping[str, float]  # term -> rarity, of the terms that the library has
    grams: Mapping[str, float]  # run of letters -> rarity
    most: float  # the rarity of a term that stands in one entry


class Entry(NamedTuple):
    """A review and its terms, counted."""

    review: Review
    counts: Mapping[str, int]
    length: int

    @classmethod
    def of(cls, review: Review, found: Sequence[str]) -> Self:
        return cls(review, Counter(found), len(found))

    def word_score(self, sought: Mapping[str, float]) -> float:
        """BM25 of the terms."""
        counts = self.counts
        common = counts.keys() & sought.keys()
        return sum(sought[term] * impact(counts[term], self.length) for term in common)


class Scored(NamedTuple):
    """An entry with its features, best first by `score`."""

    review: Review
    features: Features
    score: float
    letters: float  # rarity of all runs of letters that both have
    said: Set[str]  # the entry's terms

    @property
    def points(self) -> float:
        """The score as a share of the most that an entry can have."""
        return max(0.0, self.score) / sum(WEIGHTS)


def rarity(frequency: float, total: int) -> float:
    """The weight of a term that stands in so many of all entries (BM25's IDF)."""
    return log(1 + (total - frequency + 0.5) / (frequency + 0.5))


def nearest(entries: Sequence[Entry], weights: Weights, most: int) -> list[Entry]:
    """The entries that share the heaviest words with what is sought (BM25), in order."""
    scores = [entry.word_score(weights.terms) for entry in entries]
    best = nlargest(most, range(len(entries)), key=lambda place: (scores[place], -place))
    return [entries[place] for place in best]


def rank(entries: Sequence[Entry], weights: Weights) -> list[Scored]:
    """The entries in order of their nearness to what is sought."""
    by_words = [entry.word_score(weights.terms) for entry in entries]
    by_letters = [_Letters.shared_by(entry.review, weights.grams) for entry in entries]
    most_words = max(by_words, default=0.0) or 1.0
    most_letters = max((each.score for each in by_letters), default=0.0) or 1.0
    read = _Read(fold_text(weights.query.text), frozenset(weights.terms))
    scored = [
        _score(entry, words / most_words, letters, most_letters, weights, read)
        for entry, words, letters in zip(entries, by_words, by_letters, strict=True)
    ]
    scored.sort(key=lambda each: -each.score)
    return scored


class _Read(NamedTuple):
    """What is the same of the text for all entries."""

    folded: str
    terms: frozenset[str]


class _Letters(NamedTuple):
    """The runs of letters that an entry shares with what is sought."""

    shared: float  # their rarity
    score: float  # BM25, each run counted once

    @classmethod
    def shared_by(cls, review: Review, sought: Mapping[str, float]) -> Self:
        found = grams(f"{review.claim} {review.title}")
        shared = sum(sought[gram] for gram in sought.keys() & set(found))
        return cls(shared, shared * impact(1, len(found) // GRAMS_PER_TERM))


def _score(
    entry: Entry, words: float, letters: _Letters, most: float, weights: Weights, read: _Read
) -> Scored:
    review, said = entry.review, entry.counts.keys()
    query = weights.query
    common = said & read.terms
    features = Features(
        words=words,
        letters=letters.score / most,
        rarest=max((weights.rarity[term] for term in common), default=0.0) / weights.most,
        passage=fuzz.partial_ratio(fold_text(review.claim), read.folded) / 100,
        title=fuzz.WRatio(review.title, query.text) / 100,
        picture=float(_speak_of_pictures(said, read)),
        month=_agreement(query.month, {_MONTHS[term] for term in said & _MONTHS.keys()}),
        year=_agreement(query.year, {term for term in said if _is_year(term)}),
    )
    score = sum(w * x for w, x in zip(WEIGHTS, features, strict=True))
    return Scored(review, features, score, letters.shared, said)


def _speak_of_pictures(said: Set[str], read: _Read) -> bool:
    return not _PICTURES.isdisjoint(said) and not _PICTURES.isdisjoint(read.terms)


def _agreement(wanted: str, named: Set[str]) -> float:
    if not wanted or not named:
        return 0.0
    return 1.0 if wanted in named else -1.0


def _is_year(term: str) -> bool:
    return len(term) == 4 and term.isdecimal() and "1900" <= term < "2100"
