"""The labelled claims: what the shipped store and the engine make of real wording.

Each file in `claims/` holds one claim a line, labelled by hand. What comes out
wrong stands in `known_failures.json` with the verdict that it gets; a claim that
gets better or worse fails here until that file says so. `UPDATE_KNOWN_FAILURES=1`
rewrites it; read the difference before you commit it.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from icc_check.checker import Checker
from icc_check.model import Verdict

CLAIMS = Path(__file__).parent / "claims"
KNOWN_FAILURES = CLAIMS / "known_failures.json"
DAY = dt.date(2026, 11, 23)
# The share of claims answered with exactly the labelled verdict may not fall below this.
LEAST_ACCURACY = json.loads(KNOWN_FAILURES.read_text(encoding="utf-8"))["least_accuracy"]


def _labelled() -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted(CLAIMS.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


@pytest.fixture(scope="module")
def answers() -> dict[str, tuple[dict[str, Any], str]]:
    checker = Checker.load()
    found = {}
    for entry in _labelled():
        day = dt.date.fromisoformat(entry["as_of"]) if entry.get("as_of") else DAY
        found[entry["id"]] = (entry, checker.check(entry["claim"], as_of=day).verdict.value)
    return found


def _wrong(answers: dict[str, tuple[dict[str, Any], str]]) -> dict[str, str]:
    return {name: got for name, (entry, got) in answers.items() if got != entry["verdict"]}


def test_labels_are_verdicts_and_ids_unique() -> None:
    entries = _labelled()
    assert len({entry["id"] for entry in entries}) == len(entries) >= 400
    assert {entry["verdict"] for entry in entries} <= {verdict.value for verdict in Verdict}


def test_wrong_answers_are_the_known_ones(answers: dict[str, tuple[dict[str, Any], str]]) -> None:
    wrong = _wrong(answers)
    if os.environ.get("UPDATE_KNOWN_FAILURES"):
        right = 1 - len(wrong) / len(answers)
        record = {"least_accuracy": int(right * 1000) / 1000, "failures": wrong}
        KNOWN_FAILURES.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    known = json.loads(KNOWN_FAILURES.read_text(encoding="utf-8"))["failures"]
    assert wrong == known


def test_no_falsehood_is_affirmed(answers: dict[str, tuple[dict[str, Any], str]]) -> None:
    affirmed = [
        entry["claim"]
        for entry, got in answers.values()
        if got == Verdict.SUPPORTED and entry["verdict"] != Verdict.SUPPORTED
    ]
    assert affirmed == []


def test_most_claims_are_answered_right(answers: dict[str, tuple[dict[str, Any], str]]) -> None:
    right = len(answers) - len(_wrong(answers))
    assert right / len(answers) >= LEAST_ACCURACY, Counter(_wrong(answers).values())
