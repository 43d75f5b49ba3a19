"""Finding facts by words: in any order, without case and accents, a typo forgiven.

Words are compared once for the whole store: each word asked for becomes the set of
the store's words that it may mean, and a fact is found when it has one of each set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from icc_check.reading.tokens import fold
from icc_check.store import marks
from icc_check.store.values import Fact

# Words shorter than this must begin as written; for longer ones so much likeness is enough.
_FORGIVEN_FROM = 5
_ALIKE = 80
_ELSEWHERE = 0.95  # what a word counts that is not in the statement itself
_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return _WORD.findall(fold(text))


def find(query: Sequence[str], facts: Iterable[Fact]) -> list[Fact]:
    """The facts that have every word asked for, best first; in the store's order if none is."""
    facts = list(facts)
    wanted = [word for text in query for word in words_of(text)]
    if not wanted:
        return facts if not any(query) else []
    texts = [frozenset(_searched(fact)) for fact in facts]
    stated = [frozenset((*_plain(fact.id), *_plain(fact.statement))) for fact in facts]
    vocabulary = sorted(frozenset().union(*texts))
    meant = [_meant(word, vocabulary) for word in wanted]
    scored = [
        (sum(scores) + _by_id(fact, query), number)
        for number, (fact, words, first) in enumerate(zip(facts, texts, stated, strict=True))
        if all(scores := [_score(words, first, options) for options in meant])
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1]))
    return [facts[number] for _, number in scored]


def _searched(fact: Fact) -> list[str]:
    said = (fact.statement, *fact.phrasings)
    # Every alternative counts, so marks only separate words here.
    return [w for text in (fact.id, *said, fact.correction, *fact.also) for w in _plain(text)]


def _plain(text: str) -> list[str]:
    bare = text.replace(marks.SERIES_SLOT, " ").replace(marks.NAME_SLOT, " ")
    return words_of(bare)


def _meant(word: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """The store's words that a word may mean, each with how surely: 1 as written."""
    found = {other: 0.9 for other in vocabulary if other.startswith(word)}
    if len(word) >= _FORGIVEN_FROM:
        alike = process.extract(
            word, vocabulary, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None
        )
        for other, score, _ in alike:
            found.setdefault(other, 0.8 * score / 100)
    if word in found:
        found[word] = 1.0
    return found


def _score(words: frozenset[str], stated: frozenset[str], options: dict[str, float]) -> float:
    """How surely a fact has one of the words that are meant: in its statement, or elsewhere."""
    found = words & options.keys()
    return max((options[w] * (1 if w in stated else _ELSEWHERE) for w in found), default=0.0)


def _by_id(fact: Fact, query: Sequence[str]) -> bool:
    """Whether the query is the fact's id; it is then meant before all others."""
    return fact.id in query
