"""Retrieval: the facts that a claim could be about, best first.

An inverted index from keys to phrasings; a phrasing scores the weight of its
keys that the claim has, less part of the weight of those it has not. Scores
only rank: no verdict comes from them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from icc_check.keys import key_of, keys_implied
from icc_check.reading.values import Kind, Reading
from icc_check.store.compiled import CompiledStore

MOST_FACTS = 40
PHRASINGS_PER_FACT = 24
MISSING = 0.4  # what a key that the claim lacks takes away, as a share of its weight
COMMON = 0.25  # keys of more than this share of the phrasings find nothing


class Candidate(NamedTuple):
    """A phrasing (its number in the store) that the claim may be about."""

    phrasing: int
    score: float


def retrieve(claim: Reading, store: CompiledStore) -> list[Candidate]:
    """The phrasings worth aligning, best first, of at most MOST_FACTS facts."""
    keys = {key for item in claim.items for key in keys_implied(item, store.lexicon)}
    gained: dict[int, float] = defaultdict(float)
    most = COMMON * len(store.phrasings)
    for key in keys:
        found = store.index.get(key, ())
        if len(found) > most and len(store.phrasings) > 200:
            continue
        weight = store.weights.get(key, 1.0)
        for number in found:
            gained[number] += weight
    best = sorted(gained.items(), key=lambda pair: (-pair[1], pair[0]))[:1500]
    ranked = sorted(
        (Candidate(number, weight - MISSING * _lacking(number, keys, store)) for number, weight in best),
        key=lambda candidate: (-candidate.score, candidate.phrasing),
    )
    return _few_per_fact(ranked, store)


def _lacking(number: int, keys: set[str], store: CompiledStore) -> float:
    return sum(
        store.weights.get(key, 1.0)
        for part in store.phrasings[number].parts
        if not part.optional
        and part.item.kind not in (Kind.QUANTITY, Kind.DATE)
        and (key := key_of(part.item)) not in keys
    )


def _few_per_fact(ranked: list[Candidate], store: CompiledStore) -> list[Candidate]:
    taken: dict[int, int] = {}
    chosen: list[Candidate] = []
    for candidate in ranked:
        fact = store.phrasings[candidate.phrasing].fact
        if fact not in taken and len(taken) == MOST_FACTS:
            continue
        if taken.get(fact, 0) < PHRASINGS_PER_FACT:
            taken[fact] = taken.get(fact, 0) + 1
            chosen.append(candidate)
    return chosen
