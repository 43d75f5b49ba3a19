"""Retrieval: the phrasings that a claim could be about, best first.

An inverted index leads from the claim's keys to phrasings. A phrasing is worth
aligning when the claim has nearly all of its core; among those the heavier
match comes first. Scores only rank: no verdict comes from them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import NamedTuple

from icc_check.keys import keys_outside
from icc_check.reading.values import Item, Kind, Reading
from icc_check.store.compiled import CompiledStore

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
    items = {item.index_key: item for item in claim.items if _finds(item, store)}
    hits = [
        (found, store.weights.get(key, 1.0))
        for key, item in items.items()
        if (found := _phrasings_with(item, items.keys(), store))
    ]
    hits.sort(key=lambda pair: len(pair[0]))
    counts: dict[int, int] = defaultdict(int)
    weights: dict[int, float] = defaultdict(float)
    for position, (found, weight) in enumerate(hits):
        rare = position == 0 or len(found) <= COMMON
        for number in found if rare else found & counts.keys():
            counts[number] += 1
            weights[number] += weight
    cores = store.cores
    near = [
        Candidate(number, weights[number], missing)
        for number, count in counts.items()
        if (missing := max(0, cores[number] - count)) <= MOST_MISSING
    ]
    near.sort(key=lambda c: (c.missing, -c.score, c.phrasing))
    return _few_per_fact(near, store)


def _finds(item: Item, store: CompiledStore) -> bool:
    """Whether an item can find anything: numbers, dates and the subject itself cannot."""
    if item.kind in (Kind.QUANTITY, Kind.DATE):
        return False
    return not (item.kind is Kind.ENTITY and item.key in store.lexicon.subject)


def _phrasings_with(item: Item, said: Collection[str], store: CompiledStore) -> set[int]:
    """The phrasings in whose core this item has a partner, exact, wider or narrower."""
    key = item.index_key
    found = set(store.index.get(key, ()))
    for outer in keys_outside(key, store.lexicon):
        if outer != key:
            found.update(store.own.get(outer, ()))
    if item.loose or item.kind is Kind.ENTITY:  # perhaps a name that is on no closed list
        found.update(store.own.get(f"{Kind.WORD}:", ()))
    if item.kind is Kind.ENTITY:
        for about in store.lexicon.entities[item.key].about:
            if about.startswith(Kind.CONCEPT.value) and about not in said:
                found.update(store.own.get(about, ()))
    return found


def _few_per_fact(near: list[Candidate], store: CompiledStore) -> list[Candidate]:
    taken: dict[int, int] = {}
    chosen: list[Candidate] = []
    for candidate in near:
        fact = store.phrasings[candidate.phrasing].fact
        if taken.get(fact, 0) < PER_FACT:
            taken[fact] = taken.get(fact, 0) + 1
            chosen.append(candidate)
            if len(chosen) == MOST_CANDIDATES:
                break
    return chosen
