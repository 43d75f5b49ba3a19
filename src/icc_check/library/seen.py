"""Whether a text has been fact-checked before, or the best match is only about the same people.

Six measures, weighed and added, give a number from 0 to 1. The weights are those that
`benchmarks/sureness.py` fits on public pairs of posts and reviews, with the right review
present and taken away. The number says how sure the match is, and nothing of whether
the text is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp, log1p
from statistics import pstdev
from typing import NamedTuple

from icc_check.library.rank import Scored, Weights
from icc_check.library.review import Review
from icc_check.library.words import fold_text, terms

# From here on a match may be called the same claim: on the posts it was chosen by, 19 of
# 20 texts above it had a review that settles them.
SURE = 0.69
ALIKE = 0.75  # of the words of two claims together: from here on they are taken for one
LOOKED_AT = 10  # matches
_NO_LETTER = re.compile(r"[\W_]+")


class Evidence(NamedTuple):
    """What speaks for the best match being about the same claim, and what against it."""

    spread: float  # of the best ten's points: a match that is meant stands out
    next: float  # points of the next whose claim is another
    letters: float  # logarithm of the rarity of all runs of letters that both have
    covered: float  # share of the claim, or of the title, that the text has, by rarity
    as_well: float  # logarithm of how many other claims have all the words that the best shares
    picture: float  # both speak of a picture


BIAS = -1.96
WEIGHTS = Evidence(spread=1.54, next=-0.33, letters=0.74, covered=1.84, as_well=-0.32, picture=0.86)


def how_sure(evidence: Evidence | None) -> float:
    """How likely the best match settles the text, from 0 to 1; 0 without a match."""
    if evidence is None:
        return 0.0
    total = BIAS + sum(w * x for w, x in zip(WEIGHTS, evidence, strict=True))
    return 1 / (1 + exp(-total))


def evidence_for(
    matches: Sequence[Scored], weights: Weights, rarity: Mapping[str, float]
) -> Evidence | None:
    """What the matches, best first, say of the best; None without any.

    `rarity` is that of the terms of the best match.
    """
    if not matches:
        return None
    best = matches[0]
    shared = best.said & weights.terms.keys()
    others = _others(best.review, matches)
    return Evidence(
        spread=pstdev(match.score for match in matches[:LOOKED_AT]),
        next=max((match.score for match in others), default=0.0),
        letters=log1p(best.letters),
        covered=_covered(best.review, weights, rarity),
        as_well=log1p(sum(shared <= match.said for match in others)),
        picture=best.features.picture,
    )


def wording(review: Review) -> str:
    """The claim's letters only: reviews that have the same are of one wording."""
    return _NO_LETTER.sub(" ", fold_text(review.claim)).strip()


def _others(review: Review, matches: Sequence[Scored]) -> list[Scored]:
    """The best of each wording that makes another claim.

    Two publishers word one claim in two ways, which speaks for it and not against.
    """
    claim = frozenset(terms(review.claim))
    firsts = {wording(match.review): match for match in reversed(matches)}
    del firsts[wording(review)]
    return [m for m in firsts.values() if not _alike(claim, frozenset(terms(m.review.claim)))]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= ALIKE * len(one | other)


def _covered(review: Review, weights: Weights, rarity: Mapping[str, float]) -> float:
    shares = [0.0]
    for text in (review.claim, review.title):
        said = set(terms(text))
        all_of_it = sum(rarity[term] for term in said)
        if all_of_it:
            shares.append(sum(rarity[term] for term in said & weights.terms.keys()) / all_of_it)
    return max(shares)
