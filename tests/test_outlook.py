"""What is left out for speed never changes an answer."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_verdicts import TABLE

from icc_check.align import align
from icc_check.case import Case
from icc_check.checker import Checker
from icc_check.judge import RULES, judge, may_decide
from icc_check.model import Verdict
from icc_check.outlook import ClaimSide, Outlook
from icc_check.reading.reader import read
from icc_check.retrieve import COMMON, retrieve
from icc_check.store.compiled import CompiledStore, mask_of, numbers_in
from icc_check.store.compiler import compile_store, core_keys
from icc_check.store.load import load_stores

HERE = Path(__file__).parent
DAY = dt.date(2025, 7, 1)
CLAIMS = [
    json.loads(line)["claim"]
    for line in (HERE / "claims" / "development.jsonl").read_text(encoding="utf-8").splitlines()
]
# What is tested elsewhere, and words of the small store in whatever order.
LIGHTS = st.sampled_from([row[0] for row in TABLE]) | st.lists(
    st.sampled_from(
        "Gull Point Sandlow is was not lit since 1950 2010 in by keeper lighthouse visible "
        "sea miles 14 two Ada Brine sued left closed never and the of has no longer".split()
    ),
    min_size=2,
    max_size=9,
).map(" ".join)


@pytest.fixture(scope="module")
def lights() -> CompiledStore:
    return compile_store(load_stores([HERE / "stores" / "lights"]))


def compared(store: CompiledStore, text: str) -> Iterator[tuple[ClaimSide, int]]:
    """A claim and each phrasing of a store."""
    side = ClaimSide(read(text, store.lexicon, DAY), store, DAY)
    for number in range(len(store.phrasings)):
        yield side, number


@given(LIGHTS)
def test_no_alignment_is_better_than_its_outlook(lights: CompiledStore, text: str) -> None:
    for side, number in compared(lights, text):
        outlook, found = side.outlook(number), align(side, number)
        assert found.said <= outlook.said
        assert found.covered <= outlook.covered


@given(LIGHTS)
def test_what_decides_could_be_foreseen(lights: CompiledStore, text: str) -> None:
    for side, number in compared(lights, text):
        case = Case(side.claim, align(side, number), DAY)
        if judge(case).verdict is not Verdict.UNVERIFIED:
            a = case.alignment
            assert may_decide(side.outlook(number), a.fact, a.phrasing)


def test_no_rule_decides_before_it_is_asked_what_the_claim_is_about() -> None:
    """Which is what an outlook tells beforehand."""
    names = [rule.id for rule in RULES]
    before = RULES[: names.index("incomplete")]
    assert {rule.verdict for rule in before} == {Verdict.UNVERIFIED}


@pytest.mark.parametrize("text", CLAIMS[::15])
def test_leaving_candidates_out_changes_nothing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    checker = Checker.load()
    few = checker.check(text, as_of=DAY)
    monkeypatch.setattr(ClaimSide, "outlook", lambda side, number: Outlook(0, 1.0, 1.0, 0))
    assert checker.check(text, as_of=DAY) == few


@given(
    st.integers(1, 300).flatmap(
        lambda count: st.tuples(st.just(count), st.sets(st.integers(0, count - 1)))
    )
)
def test_a_mask_holds_its_numbers_in_order(drawn: tuple[int, set[int]]) -> None:
    count, numbers = drawn
    assert list(numbers_in(mask_of(numbers, count), count)) == sorted(numbers)


@given(LIGHTS)
def test_masks_count_as_one_would_by_hand(lights: CompiledStore, text: str) -> None:
    """Of exactly the same words; what implies one another is counted in the store's index."""
    assert len(lights.phrasings) < COMMON
    claim = read(text, lights.lexicon, DAY)
    said = {item.index_key for item in claim.items}
    shared = Counter(
        {n: len(core_keys(p, lights.lexicon) & said) for n, p in enumerate(lights.phrasings)}
    )
    for candidate in retrieve(claim, lights):
        core = len(core_keys(lights.phrasings[candidate.phrasing], lights.lexicon))
        assert candidate.missing <= max(0, core - shared[candidate.phrasing])
