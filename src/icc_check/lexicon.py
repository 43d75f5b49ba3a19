"""The words a store knows: entities by their names, concepts by their words.

A lexicon is built once from English and the store (see `store.lexicon_builder`)
and is then only looked things up in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

# What a phrase stands for: ("e", entity id, False), ("c", concept id, negated), ("f", "", False).
Target = tuple[str, str, bool]
ENTITY, CONCEPT, FILLER = "e", "c", "f"
GAP = "*"  # one to three words of any kind inside a phrase


class ConceptEntry(NamedTuple):
    """A set of words that mean the same; `implies` is closed under itself."""

    id: str
    implies: frozenset[str] = frozenset()
    opposite: frozenset[str] = frozenset()
    kind: str = ""
    directed: bool = False
    strict: bool = False


class EntityEntry(NamedTuple):
    """A name with its kind; `within` is closed; `about` are item keys said of it."""

    id: str
    name: str
    kind: str
    within: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()


# Phrases that begin with a word: the words, and what they stand for; longest first.
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], Target], ...]]


class Lexicon(NamedTuple):
    names: Phrases  # by folded words
    phrases: Phrases  # by stems
    concepts: Mapping[str, ConceptEntry]
    entities: Mapping[str, EntityEntry]
    function_words: frozenset[str]
    light: frozenset[str]  # stems, and adverbs in -ly, that carry no meaning of their own
    subject: tuple[str, ...] = ()  # the entities that are meant when none of their kind is named
    vocabulary: frozenset[str] = frozenset()  # words that are spelled right

    def is_light(self, norm: str, stem: str) -> bool:
        """Whether a word carries no meaning of its own."""
        return stem in self.light or norm in self.light

    def kind_of(self, kind: str, key: str) -> str:
        """What sort of thing a name or concept is; things of one sort exclude one another."""
        if kind == "name":
            entry = self.entities.get(key)
            return entry.kind if entry else ""
        concept = self.concepts.get(key)
        return concept.kind if concept else ""
