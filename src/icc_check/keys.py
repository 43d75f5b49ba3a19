"""The keys by which items are indexed and compared."""

from __future__ import annotations

from icc_check.lexicon import Lexicon
from icc_check.reading.values import Item, Kind


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
