"""Fingerprints: what must not change them, what must, and that no two are the same."""

from __future__ import annotations

from dataclasses import replace

import findings as known
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_check.fingerprint import Fingerprints, fingerprint, plain_claim
from icc_check.model import Location


@pytest.mark.parametrize(
    "other",
    [
        replace(known.REFUTED, location=Location("a.txt", 7)),
        replace(known.REFUTED, reason="Said in other words.", correction=None, sources=()),
        replace(known.REFUTED, claim="“152  states have ratified the Rome statute.”"),
        replace(known.REFUTED, claim="152 states\u200b have ratified\nthe Rome Statute"),
    ],
)
def test_what_an_edit_elsewhere_or_of_looks_does_not_change(other: known.Finding) -> None:
    assert fingerprint(other) == fingerprint(known.REFUTED)


@pytest.mark.parametrize(
    "other",
    [
        replace(known.REFUTED, claim="153 states have ratified the Rome Statute"),
        replace(known.REFUTED, claim="15.2 states have ratified the Rome Statute"),
        replace(known.REFUTED, claim="15² states have ratified the Rome Statute"),
        replace(known.REFUTED, rule="denied"),
        replace(known.REFUTED, fact=known.WARRANT),
        replace(known.REFUTED, fact=None),
    ],
)
def test_what_makes_another_finding(other: known.Finding) -> None:
    assert fingerprint(other) != fingerprint(known.REFUTED)


def test_fields_do_not_run_into_each_other() -> None:
    one = replace(known.UNVERIFIED, rule="a", claim="b c")
    assert fingerprint(one) != fingerprint(replace(one, rule="a b", claim="c"))


def test_equal_findings_of_a_run_differ_and_come_again() -> None:
    findings = [known.REFUTED, known.SUPPORTED, known.REFUTED, known.REFUTED]
    first, second = Fingerprints(), Fingerprints()
    marks = [first.of(finding) for finding in findings]
    assert len(set(marks)) == 4
    assert marks == [second.of(finding) for finding in findings]
    assert marks[0] == fingerprint(known.REFUTED)
    assert marks[3] == fingerprint(known.REFUTED, 3)


def test_the_recipe_stays() -> None:
    """Baselines hold these: another recipe needs another `VERSION`."""
    assert fingerprint(known.REFUTED) == "ea97d8403983918bd2a2242ea6d7a9e1"


@given(st.text(st.characters(exclude_categories=()), max_size=40))
def test_any_claim_has_one_and_plain_is_plain(text: str) -> None:
    assert len(fingerprint(replace(known.UNVERIFIED, claim=text))) == 32
    assert plain_claim(plain_claim(text)) == plain_claim(text)
