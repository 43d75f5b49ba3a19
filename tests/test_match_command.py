"""`store import`, `store export` and `match` as processes."""

from __future__ import annotations

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest
from program import PROGRAM, environment, icc_check

FEED = """{"@type": "DataFeed", "dataFeedElement": [
{"@type": "ClaimReview", "claimReviewed": "The tower leans to the north.",
 "url": "https://paper.example/tower", "datePublished": "2024-03-01",
 "author": {"name": "The Paper"}, "itemReviewed": {"author": {"name": "A Keeper"}},
 "reviewRating": {"alternateName": "Nonsense", "ratingValue": 1, "bestRating": 5,
 "worstRating": 1}},
{"item": null},
{"@type": "ClaimReview", "claimReviewed": "The harbour is closed.", "author": "The \\u001b[31mDesk",
 "reviewRating": {"alternateName": "True"}}
]}"""


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "feed.json"
    path.write_text(FEED, encoding="utf-8")
    return path


@pytest.fixture
def library(feed: Path) -> Path:
    path = feed.with_name("reviews.db")
    assert icc_check("store", "import", str(feed), "--output", str(path)).returncode == 0
    return path


def test_a_feed_becomes_a_library(feed: Path) -> None:
    path = feed.with_name("reviews.db")
    done = icc_check("store", "import", str(feed), "-o", str(path))
    assert done.returncode == 0
    assert done.stdout == f"{path}: 2 reviews\n"
    assert f"{feed}: entry 2: holds no review" in done.stderr
    assert "1 not taken, 0 entries given twice" in done.stderr


def test_strict_writes_nothing(feed: Path) -> None:
    path = feed.with_name("reviews.db")
    done = icc_check("store", "import", str(feed), "-o", str(path), "--strict")
    assert (done.returncode, done.stdout) == (2, "")
    assert "entry 2: holds no review" in done.stderr
    assert "nothing was written" in done.stderr
    assert list(path.parent.iterdir()) == [feed]


def test_a_feed_that_is_cut_off_is_told_and_kept_as_far_as_it_goes(feed: Path) -> None:
    feed.write_text(FEED[: FEED.index("The harbour") + 5])
    path = feed.with_name("reviews.db")
    done = icc_check("store", "import", str(feed), "-o", str(path))
    assert done.returncode == 0
    assert done.stdout == f"{path}: 1 review\n"
    assert "entry 3: is not whole: the feed ends within it" in done.stderr


def test_nothing_is_no_library(feed: Path) -> None:
    feed.write_text("[]")
    done = icc_check("store", "import", str(feed), "-o", str(feed.with_name("reviews.db")))
    assert (done.returncode, done.stdout) == (2, "")
    assert "no review in what was given" in done.stderr
    assert list(feed.parent.iterdir()) == [feed]


def test_standard_input_is_a_feed(tmp_path: Path) -> None:
    path = tmp_path / "reviews.db"
    table = b"claim,label\nThe tower leans.,False\n"
    args = ("store", "import", "-", "-o", str(path), "--publisher", "The Paper")
    done = icc_check(*args, stdin=table)
    assert done.returncode == 0
    done = icc_check("match", "leaning tower", "-l", str(path))
    assert (
        done.stdout == "0.75: The tower leans. | The Paper: False\n" or "The Paper" in done.stdout
    )


def test_an_import_never_replaces_its_feed(feed: Path) -> None:
    done = icc_check("store", "import", str(feed), "-o", str(feed))
    assert (done.returncode, done.stdout) == (2, "")
    assert "is no library, and would be lost" in done.stderr
    assert feed.read_text(encoding="utf-8") == FEED


def test_an_export_never_replaces_its_library(library: Path) -> None:
    before = library.read_bytes()
    done = icc_check("store", "export", str(library), "-o", str(library))
    assert (done.returncode, done.stdout) == (2, "")
    assert "would replace the library" in done.stderr
    assert library.read_bytes() == before


def test_a_closed_standard_input_is_told(tmp_path: Path) -> None:
    command = [*PROGRAM, "store", "import", "-", "-o", str(tmp_path / "x.db")]
    closed = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", *command], capture_output=True, env=environment()
    )
    assert closed.returncode == 2
    assert b"<stdin>: standard input is closed" in closed.stderr


def test_a_killed_import_leaves_nothing_that_is_opened(library: Path) -> None:
    before = library.read_bytes()
    process = subprocess.Popen(
        [*PROGRAM, "store", "import", "-", "-o", str(library)],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    assert process.stdin
    process.stdin.write(b'{"claim": "A tower", "publisher": "x"}\n' * 20_000)
    process.stdin.flush()
    while len(list(library.parent.glob(".*.tmp"))) == 0 and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    assert library.read_bytes() == before
    assert icc_check("match", "tower", "-l", str(library)).returncode == 0


def test_a_match_names_who_says_so(library: Path) -> None:
    done = icc_check("match", "does the tower lean north?", "--library", str(library))
    assert done.returncode == 0
    score, _, rest = done.stdout.strip().partition(": ")
    assert 0 < float(score) <= 1
    assert rest == (
        "A Keeper: The tower leans to the north. | The Paper: Nonsense (2024-03-01)"
        " | https://paper.example/tower"
    )
    assert "2 reviews in reviews.db" in done.stderr


def test_a_match_as_json(library: Path) -> None:
    done = icc_check("match", "the harbour is closed", "-l", str(library), "--format", "json")
    told = json.loads(done.stdout)
    assert set(told) == {"version", "text", "sure", "likely", "matches", "library"}
    assert told["library"]["entries"] == 2
    assert told["matches"][0]["review"] == {
        "claim": "The harbour is closed.",
        "claimant": None,
        "rating": "true",
        "label": "True",
        "publisher": "The \x1b[31mDesk",
        "url": None,
        "title": None,
        "date": None,
    }
    assert "\x1b" not in done.stdout
    assert done.stderr == ""


def test_a_review_never_becomes_a_verdict(library: Path) -> None:
    done = icc_check("match", "the harbour is closed", "-l", str(library), "--format", "json")
    assert "verdict" not in done.stdout
    assert "fact" not in json.loads(done.stdout)


def test_control_characters_are_shown_not_obeyed(library: Path) -> None:
    done = icc_check("match", "the harbour is closed", "-l", str(library))
    assert "\x1b" not in done.stdout
    assert "[31mDesk" in done.stdout


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("match", "x", "-l", "none.db"), "none.db: there is no such file"),
        (("match", "x"), "--library"),
        (("match", "", "-l", "none.db"), "the claim is empty"),
        (("match", "x", "-l", "none.db", "-f", "xml"), "not one of text, json"),
        (("match", "x", "-l", "none.db", "-k", "0"), "-k"),
        (("store", "export", "none.db"), "none.db: there is no such file"),
        (("store", "import", "none.json", "-o", "x/y.db"), "cannot write x/y.db"),
        (("store", "import", "none.json"), "--output"),
    ],
)
def test_what_cannot_be_done_is_told(args: tuple[str, ...], told: str) -> None:
    done = icc_check(*args)
    assert (done.returncode, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["claimreview", "jsonl", "csv"])
def test_what_is_exported_can_be_imported(form: str, library: Path) -> None:
    suffix = {"claimreview": "json"}.get(form, form)
    written = library.with_name(f"out.{suffix}")
    other = library.with_name("other.db")
    done = icc_check("store", "export", str(library), "-f", form, "-o", str(written))
    assert (done.returncode, done.stderr) == (0, "")
    done = icc_check("store", "import", str(written), "-o", str(other), "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = (
        icc_check("store", "export", str(path), "-f", "jsonl").stdout for path in (library, other)
    )
    assert first == second != ""
