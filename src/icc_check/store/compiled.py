"""A store made ready: every phrasing read, and an index from keys to phrasings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from icc_check.lexicon import Lexicon
from icc_check.model import Source, StoreId
from icc_check.reading.values import Item
from icc_check.store.values import Fact

# A set of phrasings as one number, so that whole sets are counted, joined and cut in a
# step each. Bit 0 stands for the last of all phrasings and the highest for the first:
# the highest bit of a number is the one that is quickly found.
Mask = int


class Part(NamedTuple):
    """One item of a phrasing: must a claim say it, does the statement turn on it?"""

    item: Item
    optional: bool = False
    turning: bool = False
    slot: bool = False  # the figure of a series, or the unknown name of a closed list
    weight: float = 0.0  # how much it counts among the parts of the phrasing


class Phrasing(NamedTuple):
    """One way to say a fact, read."""

    fact: int
    text: str
    parts: tuple[Part, ...]
    negations: int
    doer: str  # the key of who does it in the fact's statement, empty where nobody is said to
    sides: str  # a deed, who or what does it and to whom, by their keys; empty where unsaid
    within_only: bool | None  # it denies what "only" is about; None without "only"
    contrasted: str  # the key of what it denies in favour of something else, or empty
    progressive: bool
    perfect: bool
    ended: bool  # it says "no longer"
    conditional: bool
    hedged: bool  # "might", "reportedly"
    possible: bool  # "may": it need not have been done
    future: bool
    past: bool  # "was": it need not be so still
    mixed: bool  # some clauses are denied and others not
    announced: bool  # it says "would": what was announced is not done


class CompiledStore(NamedTuple):
    """What the checker works with.

    `index` leads from a key to the phrasings whose core has it or something that
    implies it, `own` to those whose core has exactly it; `cores` has, for each number
    of indexed details, the phrasings whose core has so many; `weights` are the keys'
    inverse document frequencies; `context` holds, a fact, the keys that its other
    phrasings and details answer. Opened from a file, all of it is read entry by entry,
    when asked for: so look up rather than go through.
    """

    id: StoreId
    title: str
    lexicon: Lexicon
    facts: Sequence[Fact]
    phrasings: Sequence[Phrasing]
    index: Mapping[str, Mask]  # type: ignore[assignment]  # hides tuple.index
    own: Mapping[str, Mask]
    cores: Sequence[Mask]
    weights: Mapping[str, float]
    context: Sequence[frozenset[str]]
    numbers: Sequence[frozenset[tuple[str, float, float]]]
    sources: Mapping[str, Source]


def mask_of(numbers: Iterable[int], count: int) -> Mask:
    """Some of so many phrasings as a mask."""
    bits = bytearray(count // 8 + 1)
    for number in numbers:
        bit = count - 1 - number
        bits[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(bits, "little")


def numbers_in(mask: Mask, count: int) -> Iterator[int]:
    """The phrasings in a mask of so many, in their order."""
    while mask:
        bit = mask.bit_length() - 1
        yield count - 1 - bit
        mask ^= 1 << bit
