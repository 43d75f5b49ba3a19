"""`icc-check facts`: what is found, what is left out, and all that is shown of a fact."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment

from icc_check.cli.app import main
from icc_check.cli.cards import MOST_HISTORY
from icc_check.cli.search import find
from icc_check.store.load import load_stores

LIGHTS = Path(__file__).parent / "stores" / "lights"
FACTS = load_stores([LIGHTS]).facts


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cache folder of these tests' own."""
    folder = tmp_path_factory.getbasetemp() / "facts-cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that the test may change."""
    folder = tmp_path / "lights"
    shutil.copytree(LIGHTS, folder)
    return folder


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


def test_what_is_stated_comes_before_what_is_mentioned() -> None:
    """That the buoy was wrecked or missing is only mentioned with the other facts."""
    assert [fact.id for fact in find(["buoy"], FACTS)][:2] == [
        "fathom-acquitted",
        "una-admitted-wrecking",
    ]


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


def test_known_falsehoods(capsys: pytest.CaptureFixture[str]) -> None:
    found = ids(capsys, "--truth", "false")
    assert found == [fact.id for fact in FACTS if fact.truth == "false"]
    assert ids(capsys, "--truth", "disputed") == ["reef-ownership"]


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("2019-05", ["board-reprimanded-office"]),
        ("2020", ["shoal-chair", "brine-chair"]),  # one ended and the other began
        ("2020-03-01", ["brine-chair"]),
        ("2015-06-01", ["old-lens-auctioned"]),  # in 2015: it may have been that day
        ("2018", ["wrecks", "channel-silted-up"]),  # one counted anew, the other ended
        ("/1870", ["board-founded", "light-old-mole-lit", "light-old-mole-first-lit"]),
        ("2021/2023", ["fathom-acquitted", "storm-sank-boats"]),
        ("2016/2017", []),
    ],
)
def test_what_happened_in_a_time(
    time: str, found: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert ids(capsys, "--during", time) == found


def test_what_is_about_a_name_comes_before_what_only_mentions_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first fact of the topic names North Merrow in brackets, so it is not about it."""
    found = ids(capsys, "--entity", "North Merrow")
    assert found.index("board-founded") > found.index("storm-losses")
    assert {*found} > {"board-founded", "storm-losses", "light-gull-point-island"}


@pytest.mark.parametrize("name", ["tom-shoal", "Tom Shoal", "shoal"])
def test_facts_about_a_name(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ids(capsys, "--entity", name) == ["shoal-chair", "shoal-office"]


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
        (["--truth", "maybe"], "is not one of true, false, disputed"),
        (["--during", "in 2020"], "is no time; write 2020, 2020-06"),
        (["--during", "2020-13"], "is no time"),
        (["--during", "2020-02-30"], "is no time"),
        (["--during", "2021/2020"], "is no time"),
        (["show", "wrecks", "--format", "csv"], "is not one of table"),
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


@pytest.mark.parametrize("form", ["table", "text", "json", "jsonl", "csv"])
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


def test_a_list_as_a_spreadsheet(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "--format", "csv")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert code == 0
    assert list(rows) == [fact.id for fact in FACTS]
    shoal, office = rows["shoal-chair"], rows["board-reprimanded-office"]
    assert (shoal["from"], shoal["until"], shoal["on"]) == ("2011-01-01", "2020-02-29", "")
    assert office["on"] == "2019-05-01/2019-05-31"
    assert office["sources"] == "https://gazette.example/shipping"
    assert rows["board-founded"]["file"] == "lights/facts/board.toml"
    assert {row["truth"] for row in rows.values()} == {"true", "false", "disputed"}


def test_a_list_as_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--topic", "board", "--format", "markdown")
    head, line, *rows = out.splitlines()
    assert (head, line) == ("| Fact | When | Basis | Sources |", "|---|---|---|---|")
    assert len(rows) == len([fact for fact in FACTS if fact.topic == "board"])
    assert (
        "| Gull Point is haunted. (**false**)<br>**Correction:** No ghost has ever been recorded "
        "at Gull Point. |  | official record | [Lighthouse Board of the Merrow "
        "Isles](<https://lights.example/register>) |"
    ) in rows


@pytest.mark.parametrize("form", ["csv", "markdown"])
def test_lists_obey_nothing_that_stands_in_a_store(
    form: str, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = store / "facts" / "board.toml"
    text = file.read_text(encoding="utf-8")
    bad = "=A1|[x](javascript:1)"
    file.write_text(text.replace("No ghost has ever", f"{bad} No ghost has ever"))
    code = main(["facts", "haunted", "--store", str(store), "--format", form])
    out = capsys.readouterr().out
    assert code == 0
    assert "javascript" in out
    assert f",{bad}" not in out
    assert f" {bad}" not in out


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


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        ("table", ["1 January 1990 40", "1 January 2005 9"]),
        ("text", ["figure: 1990-01-01: 40", "figure: 2005-01-01: 9"]),
        ("markdown", ["| 1 January 1990 | 40 |", "| 1 January 2005 | 9 |"]),
    ],
)
def test_figures_are_shown_in_order(
    form: str, rows: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "show", "keepers", "--format", form)
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert [line for line in lines if line in rows] == rows


@pytest.mark.parametrize("form", ["table", "text", "markdown"])
def test_the_history_of_a_name_is_shown_in_order(
    form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "show", "light-gull-point-first-lit", "--format", form)
    told = " ".join(out.split()).partition("lights/tables/lights.csv")[2]
    places = [
        told.index(part)
        for part in (
            "Gull Point is lit since 2 April 1881. (light-gull-point-lit)",
            "Gull Point was first lit on 2 April 1881. (this)",
            "The Board auctioned the old lens of Gull Point in 2015. (old-lens-auctioned)",
        )
    ]
    assert places == sorted(places)


def test_the_history_leaves_out_falsehoods_and_what_has_no_day(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = json.loads(run(capsys, "show", "gull-point-haunted", "--format", "json")[1])
    assert [(fact["id"], fact["from"]) for fact in told["history"]] == [
        ("light-gull-point-lit", "1881-04-02"),
        ("light-gull-point-first-lit", None),
        ("old-lens-auctioned", None),
    ]


def test_a_long_history_is_cut_around_the_fact_for_people_only(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = store / "facts" / "years.toml"
    facts = (
        f'[[fact]]\nid = "y{year}"\nstatement = "Una Fathom counted {{n}} ships [in {year}]."\n'
        f'series = [{{ from = {year}-01-01, value = {year} }}]\nbasis = "reporting"\n'
        'checked = 2025-06-01\nsources = ["gazette"]\n'
        for year in range(1950, 1990)
    )
    file.write_text("\n".join(facts))

    def show(form: str) -> str:
        assert main(["facts", "show", "y1970", "--store", str(store), "--format", form]) == 0
        return capsys.readouterr().out

    cut = [line for line in show("text").splitlines() if line.startswith("history: ")]
    assert len(cut) == MOST_HISTORY + 1
    assert cut[MOST_HISTORY // 2].endswith("(this)")
    rest = len(json.loads(show("json"))["history"]) - MOST_HISTORY
    assert cut[-1] == f"history: and {rest} more: icc-check facts --entity una-fathom"


def test_names_come_in_the_order_of_their_naming(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(run(capsys, "show", "board-outbid-office", "--format", "json")[1])
    assert [entity["id"] for entity in told["entities"]] == ["lighthouse-board", "harbour-office"]
    told = json.loads(run(capsys, "show", "una-would-sell", "--format", "json")[1])
    assert [entity["id"] for entity in told["entities"]] == ["una-fathom", "sandlow"]


def test_sources_of_single_figures_are_shown(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = store / "facts" / "board.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("value = 19", 'value = 19, sources = ["gazette"]'))
    assert main(["facts", "show", "wrecks", "--store", str(store), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [source["id"] for source in told["sources"]] == ["register", "gazette"]
    assert [point["sources"] for point in told["series"]] == [[], ["gazette"], []]


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
