"""Whether a text has been fact-checked before, or the best match is only about the same people.

Four measures, weighed and added, give a number from 0 to 1 that was fitted on public
pairs of posts and reviews, with the right review present and taken away. It says how
sure the match is, and nothing of whether the text is true.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp, log1p
from statistics import pstdev

from icc_check.library.rank import Scored, Weights
from icc_check.library.review import Review
from icc_check.library.words import fold_text, terms

# From here on a match may be called the same claim: on the posts it was chosen by, 19 of
# 20 texts above it had a review that settles them.
SURE = 0.72
LOOKED_AT = 10  # matches
_BIAS = -7.06
_LEAD = 0.32  # of the best over the next that is worded otherwise, in points of ranking
_SPREAD = 1.22  # of the best ten's points: a match that is meant stands out
_LETTERS = 0.72  # logarithm of the rarity of all runs of letters that both have
_COVERED = 1.74  # share of the claim, or of the title, that the text has, by rarity
_NO_LETTER = re.compile(r"[\W_]+")


def how_sure(matches: Sequence[Scored], weights: Weights, rarity: Mapping[str, float]) -> float:
    """How likely the best match settles the text, from 0 to 1.

    `rarity` is that of the terms of the best match.
    """
    if not matches:
        return 0.0
    best = matches[0]
    points = [match.score for match in matches[:LOOKED_AT]]
    total = (
        _BIAS
        + _LEAD * (best.score - _next(matches))
        + _SPREAD * pstdev(points)
        + _LETTERS * log1p(best.letters)
        + _COVERED * _covered(best.review, weights, rarity)
    )
    return 1 / (1 + exp(-total))


def wording(review: Review) -> str:
    """The claim's letters only: reviews that have the same are of one wording."""
    return _NO_LETTER.sub(" ", fold_text(review.claim)).strip()


def _next(matches: Sequence[Scored]) -> float:
    """The points of the best match that is worded otherwise than the best of all."""
    same = wording(matches[0].review)
    return next((m.score for m in matches if wording(m.review) != same), 0.0)


def _covered(review: Review, weights: Weights, rarity: Mapping[str, float]) -> float:
    shares = [0.0]
    for text in (review.claim, review.title):
        said = set(terms(text))
        all_of_it = sum(rarity[term] for term in said)
        if all_of_it:
            shares.append(sum(rarity[term] for term in said & weights.terms.keys()) / all_of_it)
    return max(shares)
