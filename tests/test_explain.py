"""`icc-check explain`: the steps agree with the verdict, and every rule has its sentence."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment

from icc_check.checker import Checker
from icc_check.cli.app import main
from icc_check.explain import describe_rule, explain, rule_names
from icc_check.judge import RULES
from icc_check.model import Verdict
from icc_check.store.compiled import CompiledStore
from icc_check.store.compiler import compile_store
from icc_check.store.load import load_stores

LIGHTS = Path(__file__).parent / "stores" / "lights"
STORE = ("--store", str(LIGHTS))
TODAY = dt.date(2025, 7, 1)
CLAIMS = (
    "Gull Point is 31 metres high",
    "Gull Point is 13 metres high",
    "Tom Shoal chairs the Board",
    "Gull Point is haunted",
    "Is Gull Point haunted?",
    "Gull Point and Cold Reef are lit",
    "The moon is made of cheese",
)


@pytest.fixture(scope="module")
def store() -> CompiledStore:
    return compile_store(load_stores([LIGHTS]))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder of these tests' own."""
    folder = tmp_path_factory.getbasetemp() / "explain-cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(["explain", *args])
    out, err = capsys.readouterr()
    return code, out, err


# the steps


@pytest.mark.parametrize("claim", CLAIMS)
def test_the_verdict_is_that_of_the_check(claim: str, store: CompiledStore) -> None:
    assert explain(store, claim, TODAY).finding == Checker(store).check(claim, as_of=TODAY)


@pytest.mark.parametrize("claim", CLAIMS[:4])
def test_the_fact_that_decides_comes_first(claim: str, store: CompiledStore) -> None:
    explanation = explain(store, claim, TODAY)
    first, finding = explanation.judged[0], explanation.finding
    assert finding.fact is not None
    assert (first.fact.id, first.rule) == (finding.fact.id, finding.rule)
    assert first.verdict is finding.verdict
    assert first.details == finding.details


@pytest.mark.parametrize("claim", CLAIMS)
def test_each_fact_is_shown_once(claim: str, store: CompiledStore) -> None:
    judged = explain(store, claim, TODAY).judged
    assert len({entry.fact.id for entry in judged}) == len(judged)


def test_a_claim_is_shown_step_by_step(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, CLAIMS[1], *STORE, "--as-of", "2025-07-01")
    assert (code, err) == (0, "")
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for line in (
        "name gull-point Gull Point",
        "statement; tense: present; negations: 0",
        "quantity 13 31 different",
        "✘ refuted number-differs, as of 2025-07-01",
        "The fact: light-gull-point-height",
    ):
        assert line in lines
    heads = [line.split()[0] for line in lines if line[:2] in ("1 ", "2 ", "3 ", "4 ")]
    assert heads == ["1", "2", "3", "4"]


@pytest.mark.parametrize("most", [1, 2])
def test_no_more_facts_than_wanted(most: int, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, CLAIMS[1], *STORE, "--most", str(most))
    assert out.count("how they compare") == most


def test_a_claim_that_nothing_is_near_to(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "Zebras fly", *STORE)
    assert code == 0
    assert "no fact is near" in out
    assert "no-fact" in out


def test_a_compound_claim_names_its_parts(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "Gull Point is lit, and Tom Shoal chairs the Board", *STORE)
    assert "Part 1: ✔ supported" in out
    assert "Part 2: ◷ outdated" in out


def test_control_characters_are_shown_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "Gull \x1b[31mPoint is lit", *STORE)
    assert "\x1b" not in out


# the rules


@pytest.mark.parametrize("name", rule_names())
def test_every_rule_is_explained(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, name)
    described = describe_rule(name)
    assert described is not None
    verdict, sentence = described
    assert (code, out, err) == (0, f"{name}: {verdict}\n{sentence}\n", "")


def test_the_rules_are_those_of_the_judge() -> None:
    assert rule_names() == (*(rule.id for rule in RULES), "no-fact")
    assert all(describe_rule(rule.id) == (rule.verdict, rule.summary) for rule in RULES)


def test_no_fact_is_what_the_checker_says(store: CompiledStore) -> None:
    finding = Checker(store).check("Zebras fly", as_of=TODAY)
    assert finding.rule == rule_names()[-1]
    assert finding.verdict is Verdict.UNVERIFIED


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["no-longr"], "did you mean no-longer?"),
        ([" "], "the claim is empty"),
        ([], "CLAIM"),
        (["a claim", "--most", "0"], "0"),
    ],
)
def test_mistakes_are_told(args: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert told in err


def test_explain_as_a_process(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "icc_check", "explain", CLAIMS[0], *STORE],
        capture_output=True,
        text=True,
        env=environment({"XDG_CACHE_HOME": str(tmp_path)}),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "4  What decides" in done.stdout
    assert "supported" in done.stdout
