"""How well `icc-check match` finds the review that settles a post, beside other ways to find it.

    python benchmarks/retrieval.py FOLDER [--part dev] [--peers] [--least 0.85]

FOLDER holds the data of CLEF CheckThat! 2020, task 2 (English), which is free for
research and not part of this project: `verified_claims.docs.tsv`, and in a folder for
each part `tweets.queries.tsv` and `tweet-vclaim-pairs.qrels`.

MAP@5 is the mean over the posts of the average precision of the first five claims;
claims that are worded alike but for punctuation count as one. For "fact-checked
before", each post is looked up twice, with its answer in the library and without, and
recall is that at the highest share of answers for which 95 % are right to be given.
"""

from __future__ import annotations

import argparse
import csv
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from icc_check.library.build import building  # noqa: E402
from icc_check.library.index import Library  # noqa: E402
from icc_check.library.review import Rating, Review  # noqa: E402
from icc_check.library.seen import SURE, wording  # noqa: E402
from icc_check.library.words import function_words, plain_words, read_query, terms  # noqa: E402

DEPTH = 5
PRECISION = 0.95
Search = Callable[[str], Sequence[Review]]


class Query(NamedTuple):
    """A post, and the wordings of the claims that settle it."""

    text: str
    answers: frozenset[str]


class Peer(NamedTuple):
    """Another way to find claims."""

    name: str
    search: Search


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t"))[1:]


def read_claims(folder: Path) -> dict[str, Review]:
    return {
        number: Review(claim, Rating.UNRATED, "", "CheckThat! 2020", number, title)
        for number, claim, title in table(folder / "verified_claims.docs.tsv")
    }


def read_queries(folder: Path, part: str, claims: dict[str, Review]) -> list[Query]:
    answers: dict[str, set[str]] = defaultdict(set)
    for line in (folder / part / "tweet-vclaim-pairs.qrels").read_text().splitlines():
        post, _, claim, _ = line.split()
        answers[post].add(wording(claims[claim]))
    posts = table(folder / part / "tweets.queries.tsv")
    return [Query(text, frozenset(answers[number])) for number, text in posts]


def average_precision(found: Iterator[str], answers: frozenset[str]) -> float:
    """Of the first five different wordings."""
    total, hits = 0.0, 0
    for place, each in enumerate(list(dict.fromkeys(found))[:DEPTH], start=1):
        if each in answers:
            hits += 1
            total += hits / place
    return total / min(len(answers), DEPTH)


def mean_precision(search: Search, queries: Sequence[Query]) -> tuple[float, float]:
    """MAP@5, and milliseconds of a search in the middle."""
    total, times = 0.0, []
    for query in queries:
        start = time.perf_counter()
        found = search(query.text)
        times.append(1000 * (time.perf_counter() - start))
        total += average_precision((wording(review) for review in found), query.answers)
    return total / len(queries), sorted(times)[len(times) // 2]


def recall_at(scored: Sequence[tuple[float, bool]]) -> float:
    """The most of those with an answer that are answered with 95 of 100 right to be."""
    best = right = 0
    for number, (_, known) in enumerate(sorted(scored, reverse=True), start=1):
        right += known
        if right >= PRECISION * number:
            best = right
    return best / sum(known for _, known in scored)


def show_sureness(library: Library, queries: Sequence[Query]) -> None:
    scored = [
        (library.search(query.text, leave_out=left).sure, not left)
        for query in queries
        for left in (frozenset[str](), query.answers)
    ]
    said = [known for sure, known in scored if sure >= SURE]
    print(
        f"| fact-checked before: recall at {PRECISION:.0%} precision | {recall_at(scored):.3f} | |"
    )
    print(f"| ... at the shipped threshold: recall | {sum(said) / len(queries):.3f} | |")
    print(f"| ... at the shipped threshold: precision | {sum(said) / len(said):.3f} | |")


def peers(claims: Sequence[Review]) -> Iterator[Peer]:
    """Those that can be had here; each gets the cleaned text, and claim and title as one."""
    texts = [f"{review.claim} {review.title}" for review in claims]
    yield Peer("SQLite FTS5 alone (porter, bm25)", fts5(claims, texts))
    yield Peer("RapidFuzz token_set_ratio over all", brute_force(claims, texts))
    try:
        yield Peer("bm25s (same stems)", bm25s_search(claims, texts))
    except ImportError:
        print("bm25s is not installed", file=sys.stderr)


def fts5(claims: Sequence[Review], texts: Sequence[str]) -> Search:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE t USING fts5(x, content='', tokenize='porter unicode61')")
    db.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(texts))

    def search(text: str) -> list[Review]:
        said = plain_words(read_query(text).text)
        words = {word for word in said if word.isalnum()} - function_words()
        asked = " OR ".join(f'"{word}"' for word in words)
        select = "SELECT rowid FROM t WHERE t MATCH ? ORDER BY rank LIMIT 20"
        return [claims[row[0]] for row in db.execute(select, (asked,))] if words else []

    return search


def brute_force(claims: Sequence[Review], texts: Sequence[str]) -> Search:
    from rapidfuzz import fuzz, process, utils

    prepared = [utils.default_process(text) for text in texts]

    def search(text: str) -> list[Review]:
        asked = utils.default_process(read_query(text).text)
        found = process.extract(asked, prepared, scorer=fuzz.token_set_ratio, limit=20)
        return [claims[place] for _, _, place in found]

    return search


def bm25s_search(claims: Sequence[Review], texts: Sequence[str]) -> Search:
    import bm25s

    index = bm25s.BM25()
    index.index([terms(text) for text in texts], show_progress=False)

    def search(text: str) -> list[Review]:
        asked = [sorted(set(terms(read_query(text).text)))]
        found, _ = index.retrieve(asked, k=20, show_progress=False)
        return [claims[int(place)] for place in found[0]]

    return search


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--part", action="append")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--least", type=float, help="exit code 1 if MAP@5 is below it")
    options = parser.parse_args()
    claims = read_claims(options.folder)
    worst = 1.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.db"
        start = time.perf_counter()
        with building(path) as builder:
            for review in claims.values():
                builder.add(review)
        print(f"{len(claims):,} claims, indexed in {time.perf_counter() - start:.1f} s")
        others = list(peers(list(claims.values()))) if options.peers else []
        with Library.open(path) as library:
            for part in options.part or ("train", "dev"):
                queries = read_queries(options.folder, part, claims)
                print(f"\n| {part}, {len(queries)} posts | figure | ms a post |\n|---|---|---|")
                ours = Peer(
                    "icc-check match", lambda t: [m.review for m in library.search(t).matches]
                )
                for each in (ours, *others):
                    figure, middle = mean_precision(each.search, queries)
                    print(f"| MAP@5, {each.name} | {figure:.3f} | {middle:.1f} |")
                    worst = min(worst, figure) if each is ours else worst
                show_sureness(library, queries)
    return int(options.least is not None and worst < options.least)


if __name__ == "__main__":
    sys.exit(main())
