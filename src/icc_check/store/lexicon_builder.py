"""From English and a store's own words to a lexicon."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from icc_check.lexicon import (
    CONCEPT,
    ENTITY,
    FILLER,
    GAP,
    ConceptEntry,
    EntityEntry,
    Lexicon,
    Phrases,
    Target,
)
from icc_check.reading.tokens import fold, stem, tokenise
from icc_check.store.facts import concept_from
from icc_check.store.values import Concept, Place, SourceStore

ENGLISH = Path(__file__).resolve().parent.parent / "english"


@cache
def _english(name: str) -> dict[str, Any]:
    path = ENGLISH / name
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def english_concepts() -> list[Concept]:
    entries = _english("concepts.toml").get("concept", [])
    return [concept_from(entry, Place("english/concepts.toml", 1)) for entry in entries]


def build_lexicon(store: SourceStore) -> Lexicon:
    """The lexicon of a store; `about` of the entities is filled in by the compiler."""
    function_words = frozenset(_english("function_words.toml")["words"].split())
    light = _english("light.toml")
    concepts = _joined([*store.concepts, *english_concepts()])
    names = _name_phrases(store)
    phrases = _stem_phrases(concepts, light.get("filler_phrases", []))
    light_words = [*store.light, *light.get("fillers", []), *light.get("weak_words", [])]
    vocabulary = _all_words(store, concepts.values())
    return Lexicon(
        names=names,
        phrases=phrases,
        concepts=_concept_entries(concepts),
        entities=_entity_entries(store),
        function_words=function_words,
        light=frozenset(_light(fold(word)) for word in light_words),
        subject=store.subject,
        vocabulary=frozenset(vocabulary | {fold(word) for word in light_words} | function_words),
    )


def _joined(concepts: Iterable[Concept]) -> dict[str, Concept]:
    """Entries of one id are one concept."""
    joined: dict[str, Concept] = {}
    for concept in concepts:
        if concept.id in joined:
            first = joined[concept.id]
            concept = Concept(
                first.id,
                tuple(dict.fromkeys((*first.words, *concept.words))),
                first.place,
                tuple(dict.fromkeys((*first.implies, *concept.implies))),
                tuple(dict.fromkeys((*first.opposite, *concept.opposite))),
                tuple(dict.fromkeys((*first.negated, *concept.negated))),
                first.kind or concept.kind,
                first.directed or concept.directed,
                first.strict or concept.strict,
            )
        joined[concept.id] = concept
    return joined


def _closure(start: Iterable[str], outer: dict[str, tuple[str, ...]]) -> frozenset[str]:
    closed: set[str] = set()
    waiting = list(start)
    while waiting:
        one = waiting.pop()
        if one not in closed:
            closed.add(one)
            waiting.extend(outer.get(one, ()))
    return frozenset(closed)


def _concept_entries(concepts: dict[str, Concept]) -> dict[str, ConceptEntry]:
    outer = {concept.id: concept.implies for concept in concepts.values()}
    opposite: dict[str, set[str]] = defaultdict(set)
    for concept in concepts.values():
        for other in concept.opposite:
            opposite[concept.id].add(other)
            opposite[other].add(concept.id)
    return {
        concept.id: ConceptEntry(
            concept.id,
            _closure((concept.id,), outer),
            frozenset(opposite[concept.id]),
            concept.kind,
            concept.directed,
            concept.strict,
        )
        for concept in concepts.values()
    }


def _entity_entries(store: SourceStore) -> dict[str, EntityEntry]:
    outer = {entity.id: entity.within for entity in store.entities}
    return {
        entity.id: EntityEntry(entity.id, entity.name, entity.kind, _closure((entity.id,), outer))
        for entity in store.entities
    }


def _sorted(table: dict[str, dict[tuple[str, ...], Target]]) -> Phrases:
    return {
        first: tuple(sorted(entries.items(), key=lambda entry: -len(entry[0])))
        for first, entries in table.items()
    }


def _name_phrases(store: SourceStore) -> Phrases:
    table: dict[str, dict[tuple[str, ...], Target]] = defaultdict(dict)
    for entity in store.entities:
        for name in (entity.name, *entity.aliases, *entity.demonyms):
            words = tuple(token.norm for token in tokenise(name))
            while len(words) > 1 and words[0] in ("the", "a"):
                words = words[1:]
            if words:
                table[words[0]].setdefault(words, (ENTITY, entity.id, False))
    return _sorted(table)


def _stem_phrases(concepts: dict[str, Concept], fillers: Iterable[str]) -> Phrases:
    table: dict[str, dict[tuple[str, ...], Target]] = defaultdict(dict)
    for concept in concepts.values():
        for word in concept.words:
            stems = stems_of(word)
            if stems:
                table[stems[0]].setdefault(stems, (CONCEPT, concept.id, False))
        for word in concept.negated:
            stems = stems_of(word)
            if stems:
                table[stems[0]].setdefault(stems, (CONCEPT, concept.id, True))
    for phrase in fillers:
        stems = stems_of(phrase)
        if stems:
            table[stems[0]].setdefault(stems, (FILLER, "", False))
    return _by_two(_sorted(table))


def _by_two(phrases: Phrases) -> Phrases:
    """Split what begins with a word by the second word.

    Under "take part" stands all that may begin with these two, under "take" what is
    that word alone or goes on with a gap: most texts need few of the many.
    """
    table: dict[str, tuple[tuple[tuple[str, ...], Target], ...]] = {}
    for first, entries in phrases.items():
        always = [entry for entry in entries if entry[0][1:2] in ((), (GAP,))]
        table[first] = tuple(always)
        for second in {stems[1] for stems, _ in entries if stems[1:2] not in ((), (GAP,))}:
            table[f"{first} {second}"] = tuple(
                entry for entry in entries if entry in always or entry[0][1] == second
            )
    return table


def stems_of(phrase: str) -> tuple[str, ...]:
    """A phrase as stems; a `*` by itself stays the gap that it is."""
    return tuple(
        piece
        for part in phrase.split()
        for piece in (("*",) if part == "*" else (token.stem for token in tokenise(part)))
    )


def _all_words(store: SourceStore, concepts: Iterable[Concept]) -> frozenset[str]:
    """Every word that stands in the store, folded.

    No word spans a blank, so what stands between blanks can be read once for all.
    """
    pieces: set[str] = set()
    for entity in store.entities:
        for name in (entity.name, *entity.aliases, *entity.demonyms, *entity.about):
            pieces.update(name.split())
    for concept in concepts:
        for word in (*concept.words, *concept.negated):
            pieces.update(word.split())
    for fact in store.facts:
        for text in (fact.statement, *fact.phrasings, *fact.also):
            pieces.update(text.split())
    return frozenset(token.norm for piece in pieces for token in tokenise(piece))


def _light(word: str) -> str:
    """A light word as it is looked up: by its stem, but "clearly" must not take in "cleared"."""
    return word if word.endswith("ly") else stem(word)
