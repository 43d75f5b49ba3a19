"""How many claims a second one core checks, over the shipped store.

    python benchmarks/throughput.py [--runs 5]

Three cases apart: claims that are all new to the checker, the same claims when it
has just checked them, and sentences of our own documents for developers, which are
about nothing that the store knows, as most sentences of a document are. The claims are those of
tests/claims. What the store reads when it is first asked is read beforehand. The
best run counts, since others than us use the machine; CPU time says more than wall
time for the same reason.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from icc_check.checker import Checker
from icc_check.store.open import open_store

ROOT = Path(__file__).resolve().parents[1]
DAY = dt.date(2026, 1, 1)  # of the check, so that runs on other days do the same work
SHORTEST, LONGEST = 20, 200  # characters of a sentence


class Cost(NamedTuple):
    """Seconds that a list of claims took."""

    cpu: float
    wall: float


def distinct_claims() -> list[str]:
    claims = {
        json.loads(line)["claim"]: None
        for path in sorted((ROOT / "tests" / "claims").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    return list(claims)


def sentences() -> list[str]:
    paths = (ROOT / "CONTRIBUTING.md", ROOT / "docs" / "architecture.md")
    text = " ".join(" ".join(path.read_text(encoding="utf-8").split()) for path in paths)
    return [s for s in re.split(r"(?<=[.;:])\s", text) if SHORTEST <= len(s) <= LONGEST]


def cost_of(checker: Checker, claims: Sequence[str]) -> Cost:
    cpu, wall = time.process_time(), time.perf_counter()
    for claim in claims:
        checker.check(claim, as_of=DAY)
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def measure(claims: Sequence[str], runs: int, *, again: bool) -> list[Cost]:
    """What each run took; every run has a checker that has seen none or all of the claims."""
    store = open_store()
    checker = Checker(store)
    cost_of(checker, claims)
    return [cost_of(checker if again else Checker(store), claims) for _ in range(runs)]


def row(name: str, claims: Sequence[str], costs: Sequence[Cost]) -> str:
    cpu, wall = (min(getattr(cost, field) for cost in costs) for field in Cost._fields)
    count = len(claims)
    return (
        f"| {name} | {count} | {count / cpu:,.0f} | {count / wall:,.0f} "
        f"| {1000 * cpu / count:.3f} |"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    claims, others = distinct_claims(), sentences()
    print(f"Python {sys.version.split()[0]}, best of {runs} runs, one core\n")
    print("| claims | how many | a second of CPU | a second | ms of CPU each |")
    print("|---|---|---|---|---|")
    print(row("new", claims, measure(claims, runs, again=False)))
    print(row("checked before", claims, measure(claims, runs, again=True)))
    print(row("about nothing known", others, measure(others, runs, again=False)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
