"""Clauses: where a text may fall apart, and whether its parts differ in polarity."""

from __future__ import annotations

import re
from functools import lru_cache

from icc_check.reading import polarity
from icc_check.reading.tokens import tokenise

# Where a claim may fall apart; "without" stays with what follows, for it denies it.
JOINTS = re.compile(
    r"\s*(?:;|:\s|—|–|\.\s+|!+\s+|,?\s+(?:but|while|whereas|although|though|and yet)\s+"
    r"|,?\s+(?P<kept>without)\s+|,?\s+and\s+|,\s+)",
    re.IGNORECASE,
)
# Finite verbs that a part may have besides those in -ed.
_VERBS = frozenset(
    "is are was were be been being has have had do does did will can cannot may must belongs "
    "remains stays stands left got went said took made gave won lost came became began ran "
    "sat stood told put let cut hit held met paid sent set shut sold spoke fell fled found "
    "fought kept knew led rose saw sought struck withdrew wrote says wants joins applies "
    "covers rests sits lies heads leads runs chairs signs quits".split()
)
_MORE_VERBS = _VERBS | frozenset("belong stay remain sit lie stand".split())


def has_verb(part: str) -> bool:
    """Whether a stretch asserts something: a noun phrase by itself does not."""
    return _has_one_of(part, _VERBS)


@lru_cache(maxsize=4096)
def is_mixed(text: str) -> bool:
    """Whether some clauses of a text are denied and others are not.

    One count of negations for the whole says nothing then: in "it is no member of
    one club but belongs to the other" each clause has a polarity of its own.
    """
    parts = (text[start:end] for start, end in _stretches(text))
    denied = {
        polarity.find(tokenise(part), part).negations % 2
        for part in parts
        if _has_one_of(part, _MORE_VERBS)
    }
    return len(denied) > 1


def _has_one_of(part: str, verbs: frozenset[str]) -> bool:
    words = [token.norm for token in tokenise(part)]
    return any(word in verbs or (len(word) > 4 and word.endswith("ed")) for word in words)


def _stretches(text: str) -> list[tuple[int, int]]:
    joints = list(JOINTS.finditer(text))
    starts = [0, *(joint.start() if joint["kept"] else joint.end() for joint in joints)]
    return list(zip(starts, [*(joint.start() for joint in joints), len(text)], strict=True))
