"""Spelling: a word that nobody knows is read as its only near neighbour."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from icc_check.lexicon import Lexicon
from icc_check.reading import dates
from icc_check.reading.tokens import stem
from icc_check.reading.values import Token

SHORTEST = 5  # shorter words have too many neighbours
LONG = 9  # from here on two edits are allowed


def correct(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Token, ...]:
    """Replace misspelt words; a word with two equally near neighbours stays as it is."""
    if not lexicon.vocabulary:
        return tokens
    return tuple(
        token
        if len(token.norm) < SHORTEST or not token.norm.isalpha() or _known(token, lexicon)
        else _corrected(token, lexicon)
        for token in tokens
    )


def _known(token: Token, lexicon: Lexicon) -> bool:
    return (
        token.norm in lexicon.vocabulary
        or token.norm in dates.WORDS
        or token.stem in lexicon.phrases
        or lexicon.is_light(token.norm, token.stem)
        or token.norm in lexicon.function_words
    )


def _corrected(token: Token, lexicon: Lexicon) -> Token:
    nearest = _nearest(token.norm, lexicon.vocabulary)
    return replace(token, norm=nearest, stem=stem(nearest)) if nearest else token


@lru_cache(maxsize=4096)
def _nearest(word: str, vocabulary: frozenset[str]) -> str:
    edits = 2 if len(word) >= LONG else 1
    close = process.extract(
        word,
        [w for w in _by_first(vocabulary).get(word[0], ()) if abs(len(w) - len(word)) <= edits],
        scorer=OSA.distance,
        score_cutoff=edits,
        limit=2,
    )
    if not close or (len(close) == 2 and close[0][1] == close[1][1]):
        return ""
    return str(close[0][0])


@lru_cache(maxsize=4)
def _by_first(vocabulary: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """The long words of a vocabulary by first letter: few misspell that one."""
    table: dict[str, list[str]] = {}
    for word in sorted(vocabulary):
        if len(word) >= SHORTEST:
            table.setdefault(word[0], []).append(word)
    return {letter: tuple(words) for letter, words in table.items()}
