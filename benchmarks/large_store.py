"""How a library of a million reviews is built and searched, beside one of a hundred thousand.

    python benchmarks/large_store.py [--sizes 100000 1000000] [--queries 500] [--peers]

The claims are made up: 8 to 22 words from a vocabulary that grows with the collection
as in natural language, common ones as common as there (Zipf). A query is 60 % of the
words of one claim, shuffled, with two words of noise; it counts as found if that claim
is among the first five. Building and searching run in processes of their own, so that
each has its own peak of resident memory. The file is in the file system's cache, as
after any first use.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from icc_check.library.build import building  # noqa: E402
from icc_check.library.index import Library  # noqa: E402
from icc_check.library.review import Rating, Review  # noqa: E402

ONSETS = "b d f g k l m n p r s t v z br dr gr kl pr st tr sh".split()
VOWELS = "a e i o u ai ea ou".split()
SHOWN = 5
LEAST = 30.0  # words of vocabulary for the root of each entry: Heaps' law


def word(number: int) -> str:
    """A word for each number, longer for rarer ones."""
    number += len(ONSETS) * len(VOWELS)
    text = ""
    while number:
        number, onset = divmod(number, len(ONSETS))
        number, vowel = divmod(number, len(VOWELS))
        text += ONSETS[onset] + VOWELS[vowel]
    return text


def claims(size: int) -> Iterator[str]:
    """The same for the same size, in any process."""
    chance = random.Random(size)
    vocabulary = [word(number) for number in range(int(LEAST * math.sqrt(size) * 6))]
    weights = list(accumulate(1 / (number + 3) for number in range(len(vocabulary))))
    for _ in range(size):
        yield " ".join(chance.choices(vocabulary, cum_weights=weights, k=chance.randint(8, 22)))


def queries(size: int, count: int) -> list[tuple[str, str]]:
    """Each with the claim that it is made of."""
    chance = random.Random(1)
    wanted = set(chance.sample(range(size), count))
    made = []
    for number, claim in enumerate(claims(size)):
        if number in wanted:
            words = claim.split()
            kept = chance.sample(words, max(3, round(0.6 * len(words))))
            noise = [word(chance.randrange(5000)) for _ in range(2)]
            made.append((" ".join((*kept, *noise)), claim))
    return made


def build(path: Path, size: int, _count: int) -> dict[str, Any]:
    """Time and memory of an import; what making the claims up takes is measured and taken off."""
    start = time.perf_counter()
    for _ in claims(size):
        pass
    making = time.perf_counter() - start
    start = time.perf_counter()
    with building(path) as builder:
        for number, claim in enumerate(claims(size)):
            url = f"https://paper.example/{number}"
            builder.add(Review(claim, Rating.FALSE, "False", "The Paper", url))
    return {
        "build_s": time.perf_counter() - start - making,
        "build_rss_mb": peak(),
        "file_mb": path.stat().st_size / 1e6,
    }


def ask(path: Path, size: int, count: int) -> dict[str, Any]:
    asked = queries(size, count)
    with Library.open(path) as library:

        def search(text: str) -> list[str]:
            return [match.review.claim for match in library.search(text).matches[:SHOWN]]

        return timed(search, asked)


def ask_alone(path: Path, size: int, count: int) -> dict[str, Any]:
    """What a process needs that only searches: its first search, and memory after all."""
    made = [" ".join(claim.split()[:9]) for claim in islice(claims(size), count)]
    with Library.open(path) as library:
        start = time.perf_counter()
        library.search(made[0])
        first = 1000 * (time.perf_counter() - start)
        for text in made:
            library.search(text)
    return {"first_ms": first, "rss_mb": peak()}


def fts5(path: Path, size: int, count: int) -> dict[str, Any]:
    """SQLite's own full text index, asked for any of the words and ranked by its bm25."""
    db = sqlite3.connect(path.with_suffix(".fts5"))
    start = time.perf_counter()
    db.execute("CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='porter unicode61')")
    db.execute("CREATE TABLE c (id INTEGER PRIMARY KEY, claim TEXT)")
    with db:
        for number, claim in enumerate(claims(size)):
            db.execute("INSERT INTO t(rowid, x) VALUES (?, ?)", (number, claim))
            db.execute("INSERT INTO c VALUES (?, ?)", (number, claim))
    built = time.perf_counter() - start

    def search(text: str) -> list[str]:
        words = " OR ".join(f'"{each}"' for each in text.split())
        found = db.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT ?", (words, SHOWN)
        ).fetchall()
        select = "SELECT claim FROM c WHERE id = ?"
        return [db.execute(select, number).fetchone()[0] for number in found]

    return {"build_s": built, **timed(search, queries(size, count))}


def timed(search: Callable[[str], list[str]], asked: list[tuple[str, str]]) -> dict[str, Any]:
    search(asked[0][0])
    times, found = [], 0
    for text, claim in asked:
        start = time.perf_counter()
        got = search(text)
        times.append(1000 * (time.perf_counter() - start))
        found += claim in got
    times.sort()
    return {
        "p50_ms": times[len(times) // 2],
        "p95_ms": times[int(0.95 * len(times))],
        "max_ms": times[-1],
        "found": found / len(asked),
    }


def show(size: int, name: str, row: dict[str, Any]) -> None:
    rounded = {key: round(value, 3) for key, value in row.items()}
    print(json.dumps({"entries": size, "program": name, **rounded}), flush=True)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def apart(work: Callable[[Path, int, int], dict[str, Any]], *args: Any) -> dict[str, Any]:
    """The work in a fresh process."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(work, args)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            path = Path(folder) / f"{size}.db"
            row = {}
            for work in (build, ask, ask_alone):
                row |= apart(work, path, size, options.queries)
            results[size] = row
            show(size, "icc-check", row)
            if options.peers:
                other = apart(fts5, path, size, min(50, options.queries))
                show(size, "FTS5 alone", other)
            for file in Path(folder).iterdir():
                file.unlink()
    low, high = min(options.sizes), max(options.sizes)
    if high > low:
        for name in ("p50_ms", "p95_ms"):
            power = math.log(results[high][name] / results[low][name]) / math.log(high / low)
            print(f"{name} grows as the power {power:.2f} of the entries")
    print(f"load {os.getloadavg()[0]:.1f}, {os.cpu_count()} cores, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
