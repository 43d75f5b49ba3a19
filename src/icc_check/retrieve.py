"""Retrieval: the phrasings that a claim could be about, best first.

An inverted index leads from the claim's keys to phrasings. A phrasing is worth
aligning when the claim has nearly all of its core; among those the heavier
match comes first. Scores only rank: no verdict comes from them. Phrasings are
counted as masks, all of them at once: one by one took most of the time of a check.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from icc_check.keys import keys_outside
from icc_check.reading.values import Item, Kind, Reading
from icc_check.store.compiled import CompiledStore, Mask, numbers_in

MOST_CANDIDATES = 60
PER_FACT = 6
MOST_MISSING = 2  # details of the core that the claim may lack and still be worth a look
COMMON = 3000  # postings longer than this only count for what something rarer has found


class Candidate(NamedTuple):
    """A phrasing (its number in the store) that the claim may be about."""

    phrasing: int
    score: float
    missing: int


def retrieve(claim: Reading, store: CompiledStore) -> list[Candidate]:
    """The phrasings worth aligning: fewest details missing first, then the heaviest."""
    hits = _hits(claim, store)
    at_least = _at_least(hits)
    taken: dict[int, int] = {}
    chosen: list[Candidate] = []
    fewer = 0
    for missing in range(MOST_MISSING + 1):
        near = _missing_at_most(missing, at_least, store)
        for score, cell in _by_score(near ^ fewer, hits):
            for number in numbers_in(cell, len(store.phrasings)):
                fact = store.phrasings[number].fact
                if taken.get(fact, 0) < PER_FACT:
                    taken[fact] = taken.get(fact, 0) + 1
                    chosen.append(Candidate(number, score, missing))
                    if len(chosen) == MOST_CANDIDATES:
                        return chosen
        fewer = near
    return chosen


def _hits(claim: Reading, store: CompiledStore) -> list[tuple[Mask, float]]:
    """The phrasings that each thing said finds, and its weight, rarest first."""
    items = {item.index_key: item for item in claim.items if _finds(item, store)}
    found = [
        (mask, store.weights.get(key, 1.0))
        for key, item in items.items()
        if (mask := _phrasings_with(item, items.keys(), store))
    ]
    found.sort(key=lambda hit: hit[0].bit_count())
    hits: list[tuple[Mask, float]] = []
    seen = 0
    for mask, weight in found:
        if hits and mask.bit_count() > COMMON:
            mask &= seen
        hits.append((mask, weight))
        seen |= mask
    return hits


def _at_least(hits: list[tuple[Mask, float]]) -> list[Mask]:
    """By number of hits, the phrasings that so many or more have found; of none, nothing."""
    found = [0] * (len(hits) + 1)
    for mask, _ in hits:
        for count in range(len(hits), 1, -1):
            found[count] |= found[count - 1] & mask
        found[1] |= mask
    return found


def _missing_at_most(missing: int, at_least: list[Mask], store: CompiledStore) -> Mask:
    """The phrasings found of whose core no more details are missing than so many."""
    near = 0
    for size, having in enumerate(store.cores):
        needed = max(1, size - missing)
        if needed < len(at_least):
            near |= having & at_least[needed]
    return near


def _by_score(near: Mask, hits: list[tuple[Mask, float]]) -> Iterator[tuple[float, Mask]]:
    """The phrasings in sets of the same score, which is the weight of what finds them."""
    cells = [(near, 0.0)] if near else []
    for mask, weight in hits:
        parted: list[tuple[Mask, float]] = []
        for cell, score in cells:
            inside = cell & mask
            if inside:
                parted.append((inside, score + weight))
            if inside != cell:
                parted.append((cell ^ inside, score))
        cells = parted
    scores: dict[float, Mask] = {}
    for cell, score in cells:
        scores[score] = scores.get(score, 0) | cell
    for score in sorted(scores, reverse=True):
        yield score, scores[score]


def _finds(item: Item, store: CompiledStore) -> bool:
    """Whether an item can find anything: numbers, dates and the subject itself cannot."""
    if item.kind in (Kind.QUANTITY, Kind.DATE):
        return False
    return not (item.kind is Kind.ENTITY and item.key in store.lexicon.subject)


def _phrasings_with(item: Item, said: Collection[str], store: CompiledStore) -> Mask:
    """The phrasings in whose core this item has a partner, exact, wider or narrower."""
    key = item.index_key
    found = store.index.get(key, 0)
    for outer in keys_outside(key, store.lexicon):
        if outer != key:
            found |= store.own.get(outer, 0)
    if item.loose or item.kind is Kind.ENTITY:  # perhaps a name that is on no closed list
        found |= store.own.get(f"{Kind.WORD}:", 0)
    if item.kind is Kind.ENTITY:
        for about in store.lexicon.entities[item.key].about:
            if about.startswith(Kind.CONCEPT.value) and about not in said:
                found |= store.own.get(about, 0)
    return found
