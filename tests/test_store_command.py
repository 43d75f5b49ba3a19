"""`icc-check store`: every fault with its line, the numbers, and where the compiled form lies."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from program import environment

from icc_check.cli.app import main
from icc_check.store import cache
from icc_check.store.documents import Fault
from icc_check.store.lint import Problem
from icc_check.store.load import load_stores
from icc_check.store.open import open_store
from icc_check.store.values import Place

LIGHTS = Path(__file__).parent / "stores" / "lights"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that the test may break."""
    folder = tmp_path / "lights"
    shutil.copytree(LIGHTS, folder)
    return folder


def change(file: Path, old: str, new: str) -> int:
    """Replace a text in the file; the line of its record's header is the answer."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def record(file: Path, name: str) -> int:
    """The line on which the record of this id begins."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines) if line == f'id = "{name}"')


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str], str]:
    code = main(["store", *args])
    out, err = capsys.readouterr()
    return code, out.splitlines(), err


def errors(lines: list[str]) -> list[str]:
    return [line for line in lines if ": warning: " not in line]


# lint


def unknown_key(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, 'basis = "official-record"', 'bassis = "official-record"')
    line = record(file, "board-founded")
    return f"lights/facts/board.toml:{line}", "unknown field 'bassis'; did you mean 'basis'?"


def unknown_key_of_a_point(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, "value = 12", "value = 12, at_most = true")
    line = record(file, "wrecks")
    why = "'wrecks': series, entry 1: unknown field 'at_most'; did you mean 'at_least'?"
    return f"lights/facts/board.toml:{line}", why


def value_of_a_point(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, "value = 9", 'value = "nine"')
    line = record(file, "keepers")
    return f"lights/facts/board.toml:{line}", "series, entry 2: value must be a number, not str"


def unknown_key_of_the_entity_of_a_table(store: Path) -> tuple[str, str]:
    file = store / "tables" / "lights.toml"
    change(file, "about = ", "abuot = ")
    return "lights/tables/lights.toml:1", "entity: unknown field 'abuot'; did you mean 'about'?"


def number_in_when(store: Path) -> tuple[str, str]:
    """No cell is a number, so that the template would never apply."""
    file = store / "tables" / "lights.toml"
    change(file, 'height = "*"', "height = 31")
    line = record(file, "height")
    told = "when: height must be a text or a list of texts, not int"
    return f"lights/tables/lights.toml:{line}", told


def day_that_is_none(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, 'on = "1868"', 'on = "in 1868"')
    return f"lights/facts/board.toml:{record(file, 'board-founded')}", "on must be a day"


def missing_name_in_a_row(store: Path) -> tuple[str, str]:
    line = change(store / "tables" / "lights.csv", "sandlow,Sandlow,", "sandlow,,")
    return f"lights/tables/lights.csv:{line}", "entity: name is missing"


def missing_source(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, 'sources = ["register"]', 'sources = ["registry"]')
    line = record(file, "board-founded")
    return f"lights/facts/board.toml:{line}", "there is no source 'registry'"


def missing_source_of_a_point(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, "value = 19", 'value = 19, sources = ["registry"]')
    return f"lights/facts/board.toml:{record(file, 'wrecks')}", "there is no source 'registry'"


def duplicate_id(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    first, second = record(file, "brine-chair"), record(file, "shoal-chair")
    change(file, 'id = "shoal-chair"', 'id = "brine-chair"')
    place = "lights/facts/board.toml"
    return f"{place}:{second}", f"'brine-chair' stands already at {place}:{first}"


def date_order(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, "until = 2020-02-29", "until = 2001-02-28")
    line = record(file, "shoal-chair")
    return (
        f"lights/facts/board.toml:{line}",
        "ends on 2001-02-28, before it begins on 2011-01-01",
    )


def unbalanced_marks(store: Path) -> tuple[str, str]:
    file = store / "facts" / "board.toml"
    change(file, "[on North Merrow]", "[on North Merrow")
    line = record(file, "board-founded")
    return f"lights/facts/board.toml:{line}", "'[' or '*' is not closed"


def shared_alias(store: Path) -> tuple[str, str]:
    file = store / "entities" / "names.toml"
    change(file, 'aliases = ["Fathom"]', 'aliases = ["Fathom", "Shoal"]')
    line = record(file, "una-fathom")
    return (
        f"lights/entities/names.toml:{line}",
        "'shoal' is a name of 'tom-shoal', 'una-fathom'",
    )


def malformed_toml(store: Path) -> tuple[str, str]:
    file = store / "sources" / "registers.toml"
    line = change(file, 'id = "gazette"', 'id = "gazette')
    return f"lights/sources/registers.toml:{line}", "is not valid TOML"


def wrong_cells(store: Path) -> tuple[str, str]:
    line = change(store / "tables" / "lights.csv", "1910-05-01,1 May 1910", "1910-05-01")
    return f"lights/tables/lights.csv:{line}", "has more or fewer cells than the header"


def unknown_concept(store: Path) -> tuple[str, str]:
    file = store / "lexicon.toml"
    change(file, 'opposite = ["dark"]', 'opposite = ["darkk"]')
    return f"lights/lexicon.toml:{record(file, 'lit')}", "there is no concept 'darkk'"


BREAKS = (
    unknown_key,
    unknown_key_of_a_point,
    value_of_a_point,
    unknown_key_of_the_entity_of_a_table,
    number_in_when,
    day_that_is_none,
    missing_name_in_a_row,
    missing_source,
    missing_source_of_a_point,
    duplicate_id,
    date_order,
    unbalanced_marks,
    shared_alias,
    malformed_toml,
    wrong_cells,
    unknown_concept,
)


@pytest.mark.parametrize("break_it", BREAKS, ids=lambda function: function.__name__)
def test_a_fault_is_told_with_its_line(
    break_it: Callable[[Path], tuple[str, str]], store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place, message = break_it(store)
    code, lines, err = run(capsys, "lint", "--store", str(store))
    assert code == 1
    assert [line for line in errors(lines) if line.startswith(f"{place}: ") and message in line]
    assert "error" in err.splitlines()[-1]


def test_every_fault_is_told_at_once_and_in_order(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = [b(store) for b in (shared_alias, unknown_key, date_order, wrong_cells)]
    code, lines, _ = run(capsys, "lint", "--store", str(store))
    assert code == 1
    assert all(any(place in line and why in line for line in lines) for place, why in broken)
    files = [line.split(":")[0] for line in lines]
    assert files == sorted(files)


def test_warnings_fail_nothing(capsys: pytest.CaptureFixture[str], store: Path) -> None:
    file = store / "sources" / "registers.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + text.split("\n\n")[0].replace('"register"', '"unused"') + "\n")
    code, lines, err = run(capsys, "lint", "--store", str(store))
    assert code == 0
    assert errors(lines) == []
    assert [line for line in lines if "warning: no fact uses the source 'unused'" in line]
    assert err.startswith("lights: 0 errors, ")


def test_what_is_no_store_cannot_be_linted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, lines, err = run(capsys, "lint", "--store", str(tmp_path))
    assert (code, lines) == (2, [])
    assert "holds no store.toml" in err


def test_the_judge_is_asked_about_the_topic(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question can never find itself; without --judge nobody notices."""
    file = store / "facts" / "board.toml"
    change(file, "The Board employs {n} keepers.", "Does the Board employ {n} keepers?")
    args = ("lint", "--store", str(store))
    told = "'keepers' does not find itself: 'Does the Board employ 9 keepers?'"
    _, before, _ = run(capsys, *args)
    _, board, _ = run(capsys, *args, "--judge", "--topic", "board")
    _, other, _ = run(capsys, *args, "--judge", "--topic", "lights")
    assert [sum(told in line for line in lines) for lines in (before, board, other)] == [0, 1, 0]
    assert f"lights/facts/board.toml:{record(file, 'keepers')}: warning: " in "\n".join(board)


def test_an_error_of_the_judge_fails_the_run(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = Problem(Fault(Place("lights/facts/board.toml", 1), "is contradicted"))
    monkeypatch.setattr("icc_check.cli.judging.lint_verdicts", lambda facts, check: [wrong])
    code, lines, err = run(capsys, "lint", "--store", str(store), "--judge", "--topic", "board")
    assert code == 1
    assert set(errors(lines)) == {str(wrong)}
    assert err.startswith(f"lights: {len(errors(lines))} errors, ")


def test_several_processes_judge_as_one_does(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Chunks so small that several come from each process, and problems in both topics."""
    monkeypatch.setattr("icc_check.cli.judging.CHUNK", 2)
    change(store / "tables/lights.toml", "{name} is {height} metres high.", "Is {name} so high?")
    change(store / "facts/board.toml", "The Board employs {n} keepers.", "Are there {n} keepers?")
    args = ("lint", "--store", str(store), "--judge")
    alone = run(capsys, *args)
    assert len([line for line in alone[1] if "does not find itself" in line]) > 2
    assert run(capsys, *args, "--jobs", "3") == alone


def _end(facts: object) -> None:
    os._exit(1)


def test_a_process_that_ends_is_told(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("icc_check.cli.judging._judge", _end)
    code, _, err = run(capsys, "lint", "--store", str(store), "--judge", "--jobs", "2")
    assert code == 2
    assert "a process that judged facts ended before it was done" in err
    assert "use fewer --jobs" in err


def test_nothing_is_judged_in_a_store_with_errors(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    unknown_key(store)
    code, _, err = run(capsys, "lint", "--store", str(store), "--judge")
    assert code == 1
    assert "nothing was judged" in err


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--topic", "board"], "add --judge"),
        (["--jobs", "2"], "add --judge"),
        (["--judge", "--jobs", "0"], "is not a number from 1 to"),
        (["--judge", "--topic", "boards"], "did you mean board?"),
        (["--judge", "--topic", "zzz"], "there are board, lights"),
    ],
)
def test_a_wrong_topic_is_told(
    args: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "lint", "--store", str(LIGHTS), *args)
    assert code == 2
    assert told in err


def test_control_characters_of_a_store_are_shown_not_obeyed(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(store / "facts" / "board.toml", '"board-founded"', '"board\\u001b[31m"')
    change(store / "facts" / "board.toml", 'sources = ["register"]', "sources = []")
    _, lines, _ = run(capsys, "lint", "--store", str(store))
    assert errors(lines)
    assert not any("\x1b" in line for line in lines)


# stats


def test_statistics_count_the_store(capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, _ = run(capsys, "stats", "--store", str(LIGHTS), "--format", "json")
    told = json.loads("\n".join(lines))
    written = load_stores([LIGHTS])
    compiled = open_store([LIGHTS])
    assert code == 0
    assert told["version"] == 1
    assert told["store"] == {
        "name": "lights",
        "hash": compiled.id.hash,
        "title": written.title,
    }
    assert told["facts"]["total"] == len(written.facts)
    for by in ("by_topic", "by_truth", "by_basis"):
        assert sum(told["facts"][by].values()) == len(written.facts)
    assert told["facts"]["by_truth"]["disputed"] == 1
    assert told["entities"]["total"] == len(written.entities)
    assert told["entities"]["by_kind"]["island"] == 2
    assert told["phrasings"] == len(compiled.phrasings)
    assert told["oldest_checked"] == "2025-06-01"
    assert told["compiled"]["bytes"] == Path(told["compiled"]["path"]).stat().st_size


@pytest.mark.parametrize("form", ["text", "table"])
def test_statistics_for_people(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, lines, _ = run(capsys, "stats", "--store", str(LIGHTS), "--format", form)
    assert code == 0
    assert [line for line in lines if "oldest check" in line and "2025-06-01" in line]
    assert [line for line in lines if "island" in line and line.rstrip().endswith("2")]


# build


def test_building_says_where_the_compiled_form_lies(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = run(capsys, "build", "--store", str(LIGHTS))
    again = run(capsys, "build", "--store", str(LIGHTS))
    path, _, rest = first[1][0].partition(": ")
    assert Path(path).is_file()
    assert Path(path).is_relative_to(home)
    assert rest.endswith("MB, compiled")
    assert again[1][0].endswith("was up to date")
    assert (first[0], again[0]) == (0, 0)


def test_a_cache_that_cannot_be_written_fails_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way of the folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert cache.path_for([LIGHTS], ".bin") is not None
    code, lines, err = run(capsys, "build", "--store", str(LIGHTS))
    assert (code, lines) == (0, ["compiled, but not kept"])
    assert "cannot be written" in err


def test_a_malformed_store_is_not_built(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place, message = unknown_key(store)
    code, lines, err = run(capsys, "build", "--store", str(store))
    assert (code, lines) == (2, [])
    assert place in err
    assert message in err


def test_lint_as_a_process(store: Path, home: Path) -> None:
    place, _ = missing_source(store)
    done = subprocess.run(
        [sys.executable, "-m", "icc_check", "store", "lint", "--store", str(store)],
        capture_output=True,
        text=True,
        env=environment({"XDG_CACHE_HOME": str(home)}),
        timeout=60,
    )
    assert done.returncode == 1
    assert place in done.stdout
    assert done.stderr.startswith("lights: 1 error, ")
