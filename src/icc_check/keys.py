"""The keys by which items are indexed and compared, their kinds, and how much each counts."""

from __future__ import annotations

from collections.abc import Mapping

from icc_check.lexicon import Lexicon
from icc_check.reading.values import Item, Kind

# How much each kind of item counts beside a word of the same rarity.
EMPHASIS = {Kind.ENTITY: 1.4, Kind.QUANTITY: 1.0, Kind.DATE: 0.5, Kind.CONCEPT: 1.0, Kind.WORD: 1.0}
NUMBER_WEIGHT = 4.0
UNKNOWN = 6.0  # the rarity of what no phrasing has
SUBJECT = 0.5  # and of the store's subject, which is all over it


def weight(item: Item, rarities: Mapping[str, float], lexicon: Lexicon) -> float:
    """How much an item counts among the others of its text."""
    if item.kind is Kind.QUANTITY:
        return NUMBER_WEIGHT
    if item.kind is Kind.ENTITY and item.key in lexicon.subject:
        return EMPHASIS[item.kind] * SUBJECT
    return EMPHASIS[item.kind] * rarities.get(item.index_key, UNKNOWN)


def kind_of_name(item: Item, lexicon: Lexicon) -> str:
    """What kind of thing a name stands for; empty for all that is no name."""
    return lexicon.kind_of(item.kind, item.key) if item.kind is Kind.ENTITY else ""


def keys_implied(item: Item, lexicon: Lexicon) -> set[str]:
    """The item's own key and those of all that it implies or is part of."""
    return keys_outside(item.index_key, lexicon)


def keys_outside(key: str, lexicon: Lexicon) -> set[str]:
    """A key with all that it implies or is part of."""
    kind, _, name = key.partition(":")
    if kind == Kind.ENTITY.value and name in lexicon.entities:
        return {f"{kind}:{outer}" for outer in lexicon.entities[name].within}
    if kind == Kind.CONCEPT.value and name in lexicon.concepts:
        return {f"{kind}:{outer}" for outer in lexicon.concepts[name].implies}
    return {key}
