"""`icc-check facts`: what is found, what is left out, and all that is shown of a fact."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment

from icc_check.cli.app import main
from icc_check.cli.search import find
from icc_check.store.load import load_stores

LIGHTS = Path(__file__).parent / "stores" / "lights"
FACTS = load_stores([LIGHTS]).facts


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder of these tests' own."""
    folder = tmp_path_factory.getbasetemp() / "facts-cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    code = main(["facts", *args, "--store", str(LIGHTS)])
    out, err = capsys.readouterr()
    return code, out, err


def ids(capsys: pytest.CaptureFixture[str], *args: str) -> list[str]:
    code, out, _ = run(capsys, *args, "--format", "jsonl")
    assert code == 0
    return [json.loads(line)["id"] for line in out.splitlines()]


# searching


@pytest.mark.parametrize(
    ("query", "first"),
    [
        (["chairwoman"], "brine-chair"),
        (["brine", "ada"], "brine-chair"),
        (["ADA BRINE"], "brine-chair"),
        (["Bríne"], "brine-chair"),
        (["chairwomen"], "brine-chair"),
        (["reprimnded"], "board-reprimanded-office"),
        (["buoy", "missing"], "board-reprimanded-office"),
        (["wrecks"], "wrecks"),
        (["auction", "lens"], "old-lens-auctioned"),
        (["light-sandlow-height"], "light-sandlow-height"),
        (["ghost"], "gull-point-haunted"),
    ],
)
def test_words_find_their_fact(query: list[str], first: str) -> None:
    assert find(query, FACTS)[0].id == first


@pytest.mark.parametrize(
    "query", [["zeppelin"], ["brine", "zeppelin"], ["bri ne"], ["adx"], ["?!"]]
)
def test_words_that_no_fact_has_find_nothing(query: list[str]) -> None:
    assert find(query, FACTS) == []


def test_without_words_all_are_listed_in_the_order_of_the_store() -> None:
    assert find([], FACTS) == list(FACTS)


def test_every_fact_is_found_by_its_id() -> None:
    assert [fact.id for fact in FACTS if find([fact.id], FACTS)[0].id != fact.id] == []


# filters


def test_facts_of_a_topic(capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(capsys, "--topic", "board") == [f.id for f in FACTS if f.topic == "board"]


def test_facts_on_a_ground(capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(capsys, "--basis", "court-document") == ["fathom-acquitted"]


@pytest.mark.parametrize("name", ["tom-shoal", "Tom Shoal", "shoal"])
def test_facts_about_a_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(capsys, "--entity", name) == ["shoal-chair"]


@pytest.mark.parametrize(
    ("day", "held", "not_held"),
    [
        ("2015-06-01", "shoal-chair", "brine-chair"),
        ("2020-02-29", "shoal-chair", "brine-chair"),
        ("2020-03-01", "brine-chair", "shoal-chair"),
        ("2019-05-31", "board-reprimanded-office", "fathom-acquitted"),
        ("2019-05-31", "reef-ownership", "gull-point-haunted"),
        ("2009-12-31", "keepers", "wrecks"),
        ("2019-05-30", "wrecks", "board-reprimanded-office"),
        ("1988-10-31", "light-sandlow-lit", "light-skerry-head-never-lit"),
        ("1988-11-01", "light-skerry-head-lit", "light-sandlow-lit"),
    ],
)
def test_facts_that_hold_on_a_day(
    day: str, held: str, not_held: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = ids(capsys, "--on", day)
    assert held in found
    assert not_held not in found


def test_figures_are_those_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    then = run(capsys, "run", "aground", "--on", "2019-01-01")[1]
    now = run(capsys, "run", "aground")[1]
    assert "19 ships" in then
    assert "23 ships" in now


def test_filters_and_words_are_joined(capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(capsys, "chairs", "--on", "2015-01-01", "--topic", "board") == ["shoal-chair"]


def test_no_more_than_the_limit(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "--limit", "2", "--format", "table")
    assert code == 0
    assert f"2 of {len(FACTS)} facts" in err
    assert out.count("official record") == 2


def test_nothing_found_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "zeppelin") == (0, "", "icc-check: no fact was found\n")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--topic", "bord"], "did you mean board?"),
        (["--entity", "Tom Shoel"], "did you mean Tom Shoal?"),
        (["--basis", "hearsay"], "is not one of"),
        (["--on", "yesterday"], "is not a date"),
        (["--limit", "0"], "0"),
        (["show", "brine-char"], "did you mean brine-chair"),
        (["show", "zzzzz"], "finds facts by their words"),
        (["show"], "ID"),
    ],
)
def test_mistakes_are_told(args: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *args)
    assert (code, out) == (2, "")
    assert told in err


# formats


@pytest.mark.parametrize("form", ["table", "text", "json", "jsonl"])
def test_every_format_has_every_fact(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--format", form)
    assert [fact.id for fact in FACTS if fact.id not in out] == []
    assert "Xyzzyname" not in out
    assert "{n}" not in out


def test_a_list_as_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(capsys, "wrecks", "--format", "json")[1])
    assert told["version"] == 1
    assert told["store"]["name"] == "lights"
    assert [fact["id"] for fact in told["facts"]] == ["wrecks"]
    assert [point["value"] for point in told["facts"][0]["series"]] == [12, 19, 23]


@pytest.mark.parametrize("form", ["table", "text"])
def test_all_of_a_fact_is_shown(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "show", "brine-chair", "--format", form)
    assert code == 0
    for part in (
        "Ada Brine chairs the Board.",
        "The Board is headed by Ada Brine",
        "since 1 March 2020",
        "Ada Brine has chaired the Board since 1 March 2020.",
        "official record",
        "1 June 2025",
        "Register of Lights",
        "https://lights.example/register",
        "Captain Brine",
        "Board of Lights",
        "lights/facts/board.toml:10",
    ):
        assert part in " ".join(out.split())


@pytest.mark.parametrize("form", ["table", "text"])
def test_figures_are_shown_as_a_table(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "show", "keepers", "--format", form)
    assert [line.split()[-1] for line in out.splitlines()[-2:]] == ["40", "9"]


def test_a_fact_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(capsys, "show", "shoal-chair", "--format", "json")[1])
    assert (told["from"], told["until"]) == ("2011-01-01", "2020-02-29")
    assert told["sources"][0]["url"] == "https://lights.example/register"
    names = {entity["id"]: entity["aliases"] for entity in told["entities"]}
    assert names["tom-shoal"] == ["Shoal"]


def test_facts_as_a_process(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "icc_check", "facts", "brine", "--store", str(LIGHTS)],
        capture_output=True,
        text=True,
        env=environment({"XDG_CACHE_HOME": str(tmp_path)}),
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("brine-chair: Ada Brine chairs the Board. | ")
