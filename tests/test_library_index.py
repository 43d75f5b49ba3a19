"""The index on disk: it finds what a scan of everything finds, and is never half there."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_check.errors import OutputError, StoreError
from icc_check.library import build, index, layout, words
from icc_check.library.index import Library
from icc_check.library.rank import WEIGHTS, Entry
from icc_check.library.review import Rating, Review
from icc_check.library.words import grams, read_query, terms
from icc_check.reading.tokens import stem

CLAIMS = (
    "The old lighthouse was sold to a bank for one dollar.",
    "The lighthouse keeper was paid in gold coins.",
    "A photograph shows a whale stranded beside the lighthouse.",
    "The harbour will be closed in March 2024.",
    "The harbour will be closed in June 2021.",
    "Sailors may not whistle on Sundays, says the harbour master.",
    "Ships must pay a fee of 300 crowns to enter the harbour.",
)


def review(claim: str, **fields: str) -> Review:
    return Review(claim, Rating.FALSE, "False", "The Paper", "https://paper.example", **fields)


def fill(path: Path, claims: Sequence[str], failure: Exception | None = None) -> Path:
    with build.building(path) as builder:
        for claim in claims:
            builder.add(review(claim))
        if failure:
            raise failure
    return path


def library(folder: Path, claims: Sequence[str]) -> Path:
    return fill(folder / "reviews.db", claims)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return library(tmp_path_factory.mktemp("small"), CLAIMS)


def first(path: Path, text: str) -> str:
    with Library.open(path) as opened:
        matches = opened.search(text).matches
        return matches[0].review.claim if matches else ""


# Words


def test_a_post_is_cleaned() -> None:
    query = read_query(
        "Look at #OldLighthouse, @HarbourMaster! pic.twitter.com/abc https://a.example/b "
        "— Ann Keeper (@KeeperAnn) May 4, 2019"
    )
    assert query.text.split() == "Look at Old Lighthouse , Harbour Master !".split()
    assert query.author.split() == ["Ann", "Keeper", "Keeper", "Ann"]
    assert (query.month, query.year) == ("may", "2019")


@pytest.mark.parametrize("text", ["", "—", "a - b (c)", "— (@x)", "#", "@", "# @ —", "\ud800"])
def test_any_text_can_be_cleaned(text: str) -> None:
    assert isinstance(terms(read_query(text).text), list)


@given(st.text())
def test_a_term_is_found_again_as_it_is_written(text: str) -> None:
    assert terms(text) == terms(text.replace("’", "'"))
    assert all(len(gram) <= 4 for gram in grams(text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("closing harbours", "Closed HARBOUR"),
        ("the keeper’s coins", "keepers' coin"),
        ("U.S. ships", "US ship"),
        ("1,000 ships", "1000 ships"),
        ("Größe", "GROSSE"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other)


# Searching


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("did they really pay the lighthouse keeper with gold?", CLAIMS[1]),
        ("#oldlighthouse sold for a dollar", CLAIMS[0]),
        ("Stranded whale!! pic of it", CLAIMS[2]),
        ("the harbour is closed — Bo (@Bo) March 3, 2024", CLAIMS[3]),
        ("the harbour is closed — Bo (@Bo) June 9, 2021", CLAIMS[4]),
        ("whisteling sailors on sunday", CLAIMS[5]),  # a slip in one of three words
        ("zzz", ""),
        ("the of and", ""),
        ("!!!", ""),
    ],
)
def test_the_nearest_review_comes_first(text: str, found: str, small: Path) -> None:
    assert first(small, text) == found


def test_scores_are_shares_and_fall(small: Path) -> None:
    with Library.open(small) as opened:
        found = opened.search("the harbour will be closed in March 2024, says the harbour master")
    points = [match.points for match in found.matches]
    assert points == sorted(points, reverse=True)
    assert all(0 <= each <= 1 for each in points)
    assert sum(WEIGHTS) > 0


def test_a_sure_match_and_none(small: Path) -> None:
    with Library.open(small) as opened:
        same = opened.search("The lighthouse keeper was paid in gold coins")
        other = opened.search("The sailors of the lighthouse dance")
        nothing = opened.search("zzz")
    assert same.likely
    assert same.sure > 0.9
    assert not other.likely
    assert nothing.sure == 0


def test_a_second_publisher_does_not_make_it_less_sure(tmp_path: Path) -> None:
    again = "Lighthouse keeper paid with coins of gold."
    another = "The keeper of the lighthouse hid the gold coins in a boat."
    nearest = {}
    for name, claim in (("again", again), ("another", another)):
        (tmp_path / name).mkdir()
        with Library.open(library(tmp_path / name, [*CLAIMS, claim])) as opened:
            found = opened.search("was the lighthouse keeper really paid in gold coins?")
        assert claim in [match.review.claim for match in found.matches]
        assert found.evidence is not None
        nearest[name] = found.evidence.next
    assert nearest["again"] < 0.6 * nearest["another"]


VOCABULARY = [f"{a}{b}{c}" for a in "bdfk" for b in "aeiou" for c in ("lmen", "rtok", "nd")]


def many(count: int) -> list[str]:
    chance = random.Random(7)
    weights = [1 / (n + 1) for n in range(len(VOCABULARY))]
    return [
        " ".join(chance.choices(VOCABULARY, weights, k=chance.randint(4, 12))) + f" id{n}"
        for n in range(count)
    ]


def test_the_index_finds_what_a_scan_finds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With several pieces joined, and all postings read, the words' scores are exact."""
    monkeypatch.setattr(build, "POSTINGS_AT_ONCE", 300)
    monkeypatch.setattr(build, "ENTRIES_AT_ONCE", 7)
    claims = many(200)
    path = library(tmp_path, claims)
    entries = [Entry.of(review(claim), terms(claim)) for claim in claims]
    with Library.open(path) as opened:
        for text in many(230)[200:]:
            weights = opened._weigh(read_query(text))
            scores = [entry.word_score(weights.terms) for entry in entries]
            found = opened._find(weights)
            worst = min(scores[number - 1] for number in found)
            # Impacts are rounded to a hundredth, so that near the cut a few may change places.
            missed = [s for n, s in enumerate(scores, 1) if n not in found and s > worst + 0.3]
            assert missed == []
            assert len(found) == min(index.FOUND, sum(score > 0 for score in scores))


def test_a_rare_word_finds_its_entry_however_common_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What bounds the cost must not lose the entry that is meant."""
    claims = many(400)
    path = library(tmp_path, claims)
    monkeypatch.setattr(index, "MOST_POSTINGS", 20)
    for number in (0, 199, 399):
        assert first(path, claims[number]) == claims[number]


def test_common_words_alone_still_find_something(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MOST_POSTINGS", 1)
    assert "harbour" in first(small, "harbour").lower()


# Building


def test_the_very_same_review_is_taken_once(tmp_path: Path) -> None:
    with build.building(tmp_path / "x.db") as builder:
        taken = [builder.add(review("One claim")) for _ in range(3)]
        other = builder.add(Review("One claim", Rating.FALSE, "False", "Another", ""))
    assert (taken, other, builder.count) == ([True, False, False], True, 2)


def test_reviews_come_out_as_they_went_in(tmp_path: Path) -> None:
    given_reviews = [review(claim, title="t", date="2024-01-02", claimant="c") for claim in CLAIMS]
    with build.building(tmp_path / "x.db") as builder:
        for each in given_reviews:
            builder.add(each)
    with Library.open(tmp_path / "x.db") as opened:
        assert list(opened.reviews()) == given_reviews


def test_the_same_reviews_give_the_same_hash(tmp_path: Path) -> None:
    hashes = []
    for claims in (CLAIMS, CLAIMS, CLAIMS[1:]):
        with Library.open(library(tmp_path, claims)) as opened:
            hashes.append(opened.about.hash)
    assert hashes[0] == hashes[1] != hashes[2]


def test_a_build_that_fails_leaves_the_older_library(tmp_path: Path) -> None:
    path = library(tmp_path, CLAIMS)
    before = path.read_bytes()
    with pytest.raises(RuntimeError, match="stop"):
        fill(path, ["Another claim"], RuntimeError("stop"))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_older_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library(tmp_path, CLAIMS)
    before = path.read_bytes()
    # SQLite itself then says that the disk is full.
    small_tables = "PRAGMA max_page_count = 12;" + layout.TABLES
    monkeypatch.setattr(layout, "TABLES", small_tables)
    with pytest.raises(OutputError, match="full") as caught:
        fill(path, many(2000))
    assert "make room" in (caught.value.hint or "")
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["", "none/x.db"])
def test_a_place_that_cannot_be_written_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write"), build.building(tmp_path / name):
        pass


def test_only_a_library_is_replaced(tmp_path: Path) -> None:
    """A slip of the name must not cost a feed, or the pipe or device that stands there."""
    feed = tmp_path / "feed.json"
    feed.write_text('[{"claim": "a feed, which is easily named twice"}]' * 5)
    before = feed.read_bytes()
    with pytest.raises(OutputError, match="is no library, and would be lost"):
        fill(feed, CLAIMS)
    assert feed.read_bytes() == before
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OutputError, match="it is no file"):
        fill(pipe, CLAIMS)
    assert pipe.is_fifo()
    assert sorted(tmp_path.iterdir()) == [feed, pipe]


def test_an_empty_file_and_an_older_version_are_replaced(small: Path, tmp_path: Path) -> None:
    (tmp_path / "x.db").touch(0o640)
    (tmp_path / "x.db").chmod(0o640)
    fill(tmp_path / "x.db", CLAIMS)
    use(tmp_path / "x.db")
    assert (tmp_path / "x.db").stat().st_mode & 0o777 == 0o640
    data = bytearray(small.read_bytes())
    data[60:64] = (layout.SCHEMA + 1).to_bytes(4, "big")
    (tmp_path / "x.db").write_bytes(data)
    fill(tmp_path / "x.db", CLAIMS)
    use(tmp_path / "x.db")


def test_a_library_has_room_for_only_so_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layout, "MOST_ENTRIES", 2)
    with pytest.raises(OutputError, match="at most 2 reviews"):
        library(tmp_path, CLAIMS)
    assert list(tmp_path.iterdir()) == []


# What is no library


def use(path: Path) -> None:
    with Library.open(path) as opened:
        opened.search("lighthouse keeper")
        list(opened.reviews())


def told(path: Path) -> str:
    with pytest.raises(StoreError) as caught:
        use(path)
    assert caught.value.message.startswith(str(path))
    return caught.value.message


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    assert "there is no such file" in told(tmp_path / "none.db")


@pytest.mark.parametrize("content", [b"", b"text", b"SQLite format 3\0", b"\0" * 4096])
def test_another_file_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(content)
    assert "is no library" in told(tmp_path / "x.db")


def test_a_foreign_database_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "x.db") as db:
        db.execute("CREATE TABLE entry (id)")
    db.close()
    assert "a database of something else" in told(tmp_path / "x.db")


def test_another_version_is_told(small: Path, tmp_path: Path) -> None:
    data = bytearray(small.read_bytes())
    data[60:64] = (layout.SCHEMA + 1).to_bytes(4, "big")
    (tmp_path / "x.db").write_bytes(data)
    assert f"of version {layout.SCHEMA + 1}" in told(tmp_path / "x.db")


@pytest.mark.parametrize("end", [100, 4096, -4096, -1])
def test_a_file_that_is_cut_off_is_told(end: int, small: Path, tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(small.read_bytes()[:end])
    assert "is cut off or damaged" in told(tmp_path / "x.db")


def test_a_file_of_another_machine_is_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", "big" if sys.byteorder == "little" else "little")
    assert "another kind of machine" in told(small)


def test_terms_of_another_stemmer_are_told(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stems of two editions cannot be compared: half of the words would silently not be found."""
    words.term_of.cache_clear()
    monkeypatch.setattr(words, "stem", lambda word: {"evening": "even"}.get(word, stem(word)))
    assert "another edition of the stemmer" in told(small)
    words.term_of.cache_clear()


def test_damaged_postings_are_told(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.write_bytes(small.read_bytes())
    with sqlite3.connect(path) as db:
        db.execute("UPDATE term SET postings = zeroblob(length(postings)) WHERE name = 'keeper'")
    db.close()
    assert "is damaged" in told(path)


def test_no_damage_gives_anything_but_an_answer_or_a_word(small: Path, tmp_path: Path) -> None:
    """Bytes changed anywhere: never a traceback."""
    whole = small.read_bytes()
    path = tmp_path / "x.db"
    chance = random.Random(3)
    for length in (1, 64):
        for _ in range(150):
            data = bytearray(whole)
            at = chance.randrange(100, len(data) - length)
            data[at : at + length] = chance.randbytes(length)
            path.write_bytes(data)
            with suppress(StoreError):
                use(path)
