"""A store made ready: every phrasing read, and an index from keys to phrasings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from icc_check.lexicon import Lexicon
from icc_check.model import Source, StoreId
from icc_check.reading.values import Item
from icc_check.store.values import Fact


class Part(NamedTuple):
    """One item of a phrasing: must a claim say it, does the statement turn on it?"""

    item: Item
    optional: bool = False
    turning: bool = False
    slot: bool = False  # the figure of a series, or the unknown name of a closed list


class Phrasing(NamedTuple):
    """One way to say a fact, read."""

    fact: int
    text: str
    parts: tuple[Part, ...]
    negations: int
    doer: str  # the key of who does it in the fact's statement, empty where nobody is said to
    sides: str  # a deed, who or what does it and to whom, by their keys; empty where unsaid
    contrasted: str  # the key of what it denies in favour of something else, or empty
    progressive: bool
    perfect: bool
    ended: bool  # it says "no longer"
    conditional: bool
    hedged: bool  # "might", "reportedly"
    future: bool
    mixed: bool  # some clauses are denied and others not
    announced: bool  # it says "would": what was announced is not done


class CompiledStore(NamedTuple):
    """What the checker works with.

    `index` leads from a key to the phrasings whose core has it or something that
    implies it, `own` to those whose core has exactly it; `cores` counts, a phrasing,
    the details of its core that are indexed; `weights` are the keys' inverse document
    frequencies; `context` holds, a fact, the keys that its other phrasings and
    details answer. Opened from a file, all of it is read entry by entry, when asked
    for: so look up rather than go through.
    """

    id: StoreId
    title: str
    lexicon: Lexicon
    facts: Sequence[Fact]
    phrasings: Sequence[Phrasing]
    index: Mapping[str, Sequence[int]]  # type: ignore[assignment]  # hides tuple.index
    own: Mapping[str, Sequence[int]]
    cores: Sequence[int]
    weights: Mapping[str, float]
    context: Sequence[frozenset[str]]
    numbers: Sequence[frozenset[tuple[str, float, float]]]
    sources: Mapping[str, Source]
