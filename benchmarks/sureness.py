"""Where the weights of `icc_check.library.seen` come from: a logistic model, fitted anew.

    python benchmarks/sureness.py FOLDER

FOLDER is that of `retrieval.py`. Each post of the training part is looked up twice, with
the claims that settle it in the library and without; the model tells the two apart by
the measures of the first match. Printed are the weights, the threshold, and recall at
95 % precision: over the training posts, each judged by a model that was fitted without
it (ten parts), with the range that resampling the posts gives. Weights and threshold are
from the training part alone. The development part is only looked at, with the weights
that are shipped.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from math import exp
from pathlib import Path
from statistics import fmean, pstdev
from typing import NamedTuple

from retrieval import PRECISION, read_claims, read_queries, recall_at

from icc_check.library.build import building
from icc_check.library.index import Library
from icc_check.library.seen import BIAS, SURE, WEIGHTS, Evidence, how_sure

PARTS = 10
STEPS = 25  # of Newton's method; it settles after some ten
DAMPING = 1.0  # a weak pull of the standardised weights to zero
RESAMPLED = 300
Row = tuple[float, ...]


class Example(NamedTuple):
    """One look-up of a post: what was measured, and whether its answer was there."""

    post: int
    evidence: Evidence | None
    known: bool


class Model(NamedTuple):
    """Weights on the measures as they are."""

    bias: float
    weights: Row

    def total(self, evidence: Evidence | None) -> float:
        if evidence is None:
            return float("-inf")
        return self.bias + sum(w * x for w, x in zip(self.weights, evidence, strict=True))


def look_up(library: Library, folder: Path, part: str) -> list[Example]:
    claims = read_claims(folder)
    return [
        Example(number, library.search(query.text, leave_out=left).evidence, not left)
        for number, query in enumerate(read_queries(folder, part, claims))
        for left in (frozenset[str](), query.answers)
    ]


def fit(examples: Sequence[Example]) -> Model:
    """Logistic regression by Newton's method, on measures made comparable."""
    used = [each for each in examples if each.evidence is not None]
    columns = list(zip(*(each.evidence or () for each in used), strict=True))
    means, spreads = [fmean(c) for c in columns], [pstdev(c) or 1.0 for c in columns]
    scale = list(zip(means, spreads, strict=True))
    rows = [
        (1.0, *((x - m) / s for x, (m, s) in zip(each.evidence or (), scale, strict=True)))
        for each in used
    ]
    weights = [0.0] * len(rows[0])
    for _ in range(STEPS):
        step = newton_step(rows, [each.known for each in used], weights)
        weights = [w + d for w, d in zip(weights, step, strict=True)]
    plain = [w / s for w, s in zip(weights[1:], spreads, strict=True)]
    return Model(weights[0] - sum(w * m for w, m in zip(plain, means, strict=True)), tuple(plain))


def newton_step(
    rows: Sequence[Row], known: Sequence[bool], weights: Sequence[float]
) -> list[float]:
    size = range(len(weights))
    slope = [-DAMPING * w if place else 0.0 for place, w in enumerate(weights)]
    curve = [[DAMPING if i == j and i else 0.0 for j in size] for i in size]
    for row, right in zip(rows, known, strict=True):
        chance = 1 / (1 + exp(-sum(w * x for w, x in zip(weights, row, strict=True))))
        for i in size:
            slope[i] += (right - chance) * row[i]
            for j in size:
                curve[i][j] += chance * (1 - chance) * row[i] * row[j]
    return solved(curve, slope)


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """The solution of a system of equations (Gauss); these are well conditioned."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        rows[at] = [x / rows[at][at] for x in rows[at]]
        for other in range(len(rows)):
            if other != at:
                factor = rows[other][at]
                pairs = zip(rows[other], rows[at], strict=True)
                rows[other] = [x - factor * y for x, y in pairs]
    return [row[-1] for row in rows]


def unseen(examples: Sequence[Example]) -> list[tuple[float, bool]]:
    """Each example judged by a model that was fitted without its post."""
    posts = sorted({each.post for each in examples})
    random.Random(0).shuffle(posts)
    part = {post: number % PARTS for number, post in enumerate(posts)}
    judged: dict[int, tuple[float, bool]] = {}
    for number in range(PARTS):
        model = fit([each for each in examples if part[each.post] != number])
        for place, each in enumerate(examples):
            if part[each.post] == number:
                judged[place] = model.total(each.evidence), each.known
    return [judged[place] for place in range(len(examples))]


def resampled(scored: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Between what recall lies in nine of ten samples of posts, drawn with repetition."""
    chance = random.Random(0)
    pairs = [scored[place : place + 2] for place in range(0, len(scored), 2)]
    found = sorted(
        recall_at([each for pair in chance.choices(pairs, k=len(pairs)) for each in pair])
        for _ in range(RESAMPLED)
    )
    return found[round(0.05 * RESAMPLED)], found[round(0.95 * RESAMPLED)]


def threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """The lowest score from which on 95 of 100 are right."""
    lowest, right = float("inf"), 0
    for number, (score, known) in enumerate(sorted(scored, reverse=True), start=1):
        right += known
        if right >= PRECISION * number:
            lowest = score
    return 1 / (1 + exp(-lowest))


def show(name: str, scored: Sequence[tuple[float, bool]]) -> None:
    low, high = resampled(scored)
    print(f"| {name} | {recall_at(scored):.3f} | {low:.3f} to {high:.3f} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        with building(path) as builder:
            for review in read_claims(options.folder).values():
                builder.add(review)
        with Library.open(path) as library:
            train = look_up(library, options.folder, "train")
            dev = look_up(library, options.folder, "dev")
    model, apart = fit(train), unseen(train)
    print("| measure | fitted | shipped |\n|---|---|---|")
    for name, fitted, shipped in zip(Evidence._fields, model.weights, WEIGHTS, strict=True):
        print(f"| `{name}` | {fitted:.2f} | {shipped:.2f} |")
    print(f"| (none) | {model.bias:.2f} | {BIAS:.2f} |")
    print(f"| threshold | {threshold(apart):.2f} | {SURE:.2f} |")
    print(f"\n| recall at {PRECISION:.0%} precision | | nine of ten samples |\n|---|---|---|")
    show("train, judged unseen", apart)
    show("dev, as shipped", [(how_sure(each.evidence), each.known) for each in dev])


if __name__ == "__main__":
    sys.exit(main())
