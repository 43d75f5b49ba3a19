"""The keys by which items are indexed and compared."""

from __future__ import annotations

from icc_check.lexicon import Lexicon
from icc_check.reading.values import Item, Kind


def key_of(item: Item) -> str:
    """`name:icc`, `concept:warrant`, `word:hum`; quantities and dates share one key each."""
    if item.kind in (Kind.QUANTITY, Kind.DATE):
        return item.kind.value
    return f"{item.kind.value}:{item.key}"


def keys_implied(item: Item, lexicon: Lexicon) -> set[str]:
    """The item's own key and those of all that it implies or is part of."""
    if item.kind is Kind.ENTITY and item.key in lexicon.entities:
        return {f"{Kind.ENTITY.value}:{outer}" for outer in lexicon.entities[item.key].within}
    if item.kind is Kind.CONCEPT and item.key in lexicon.concepts:
        return {f"{Kind.CONCEPT.value}:{outer}" for outer in lexicon.concepts[item.key].implies}
    return {key_of(item)}
