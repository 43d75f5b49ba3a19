"""A store made ready: every phrasing read, and an index from keys to phrasings."""

from __future__ import annotations

from dataclasses import dataclass

from icc_check.lexicon import Lexicon
from icc_check.model import Source, StoreId
from icc_check.reading.values import Item
from icc_check.store.values import Fact


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a phrasing: must a claim say it, does the statement turn on it?"""

    item: Item
    optional: bool = False
    turning: bool = False
    slot: bool = False  # the figure of a series, or the unknown name of a closed list


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One way to say a fact, read."""

    fact: int
    text: str
    parts: tuple[Part, ...]
    negations: int
    by: int
    progressive: bool
    future: bool


@dataclass(frozen=True, slots=True)
class CompiledStore:
    """What the checker works with.

    `index` leads from a key to the phrasings whose core has it or something that
    implies it, `own` to those whose core has exactly it; `cores` counts, a
    phrasing, the details of its core that are indexed; `weights` are the keys' inverse document frequencies; `context`
    holds, a fact, the keys that its other phrasings and details answer.
    """

    id: StoreId
    title: str
    lexicon: Lexicon
    facts: tuple[Fact, ...]
    phrasings: tuple[Phrasing, ...]
    index: dict[str, tuple[int, ...]]
    own: dict[str, tuple[int, ...]]
    cores: tuple[int, ...]
    weights: dict[str, float]
    context: tuple[frozenset[str], ...]
    numbers: tuple[frozenset[tuple[str, float, float]], ...]
    sources: dict[str, Source]
