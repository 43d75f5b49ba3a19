"""A whole article, as an editor would hand it in: what `lint` reports of it, and what not.

`UPDATE_GOLDEN=1 pytest tests/test_articles.py` rewrites what is reported; look at what
changed before it is committed.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys

import pytest
from program import environment
from source import ROOT

from icc_check.checker import Checker

FOLDER = ROOT / "tests" / "articles"
ARTICLE = "a-court-without-police.md"
DAY = "2026-11-24"
# The falsehoods that the author states; all others are quoted, told of, or put right.
FALSEHOODS = [
    "The ICC is an organ of the United Nations.",
    "Japan is not a member of the ICC, although it pays more than anybody else.",
    "Ukraine joined the ICC in 2023.",
    "The ICC can sentence people to death.",
    "The United States ratified the Rome Statute in 2002.",
]


def test_an_article_is_reported_as_it_was() -> None:
    golden = FOLDER / "a-court-without-police.txt"
    done = subprocess.run(
        [sys.executable, "-m", "icc_check", "lint", f"--as-of={DAY}", "--format=text", ARTICLE],
        capture_output=True,
        text=True,
        cwd=FOLDER,
        env=environment(),
        timeout=120,
    )
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(done.stdout, encoding="utf-8", newline="\n")
    assert done.stdout == golden.read_text(encoding="utf-8")
    reported = [line.split(": ", 2)[2].split(" | ")[0] for line in done.stdout.splitlines()]
    assert reported == FALSEHOODS
    assert "1 ignored by comments" in done.stderr
    assert done.returncode == 1


@pytest.mark.parametrize(
    "claim",
    [
        "The ICC has 18 judges, who are elected for three years",
        "The ICC has 18 judges elected for three years",
        "ICC judges are elected by secret ballot for three years",
        "ICC judges serve three years",
        "The ICC convicted Dominic Ongwen, who was sentenced to 40 years",
    ],
)
def test_what_a_relative_clause_says_is_not_affirmed_unseen(claim: str) -> None:
    verdict = Checker.load().check(claim, as_of=dt.date.fromisoformat(DAY)).verdict
    assert verdict in ("refuted", "unverified")


def test_what_a_relative_clause_says_is_not_held_against_another() -> None:
    claim = "The ICC has 18 judges, who are elected for nine years and cannot be elected again."
    found = Checker.load().check(claim, as_of=dt.date.fromisoformat(DAY))
    assert not found.verdict.is_objection
