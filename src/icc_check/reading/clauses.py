"""Clauses: where a text may fall apart, and whether its parts differ in polarity."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from icc_check.reading import polarity
from icc_check.reading.tokens import tokenise
from icc_check.reading.values import Token

# Where a claim may fall apart; "without" stays with what follows, for it denies it.
_JOINTS = re.compile(
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
    "covers rests sits lies heads leads runs chairs signs quits admits denies rejects accepts "
    "confirms gives takes makes goes gets".split()
)
_MORE_VERBS = _VERBS | frozenset("belong stay remain sit lie stand".split())


def joints(text: str) -> Iterator[tuple[int, int]]:
    """Where a text may fall apart: the end of what comes before, the start of what follows."""
    for joint in _JOINTS.finditer(text):
        yield joint.start(), joint.start("kept") if joint["kept"] else joint.end()


def has_verb(part: str) -> bool:
    """Whether a stretch asserts something: a noun phrase by itself does not."""
    return _has_one_of(tokenise(part), _VERBS)


def is_mixed(text: str) -> bool:
    """Whether some clauses of a text are denied and others are not.

    One count of negations for the whole says nothing then: in "it is no member of
    one club but belongs to the other" each clause has a polarity of its own.
    """
    parts = _stretches(text)
    if len(parts) == 1:
        return False
    denied = {
        _is_denied(part, tokens)
        for part in parts
        if _has_one_of(tokens := tokenise(part), _MORE_VERBS)
    }
    return len(denied) > 1


def is_denied(clause: str) -> bool:
    """Whether a clause denies what its words would say without their negations."""
    return _is_denied(clause, tokenise(clause))


def _is_denied(clause: str, tokens: tuple[Token, ...]) -> bool:
    return polarity.find(tokens, clause).negations % 2 == 1


def _has_one_of(tokens: Sequence[Token], verbs: frozenset[str]) -> bool:
    words = [token.norm for token in tokens]
    return any(word in verbs or (len(word) > 4 and word.endswith("ed")) for word in words)


def _stretches(text: str) -> list[str]:
    between = list(joints(text))
    starts = [0, *(start for _, start in between)]
    ends = [*(end for end, _ in between), len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=True)]
