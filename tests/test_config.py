"""Settings: which file counts, what goes before what, and what is refused."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from findings import OUTDATED, REFUTED
from program import PROGRAM, ROOT, environment

from icc_check.cli.settings import SETTINGS

DOCS = ROOT / "docs" / "configuration.md"


def run(
    folder: Path, *args: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The program, started in a folder."""
    return subprocess.run(
        [*PROGRAM, *args],
        cwd=folder,
        capture_output=True,
        text=True,
        env=environment(env),
        stdin=subprocess.DEVNULL,
        timeout=60,
    )


def shown(folder: Path, *args: str, env: Mapping[str, str] | None = None) -> dict[str, Any]:
    done = run(folder, "config", "show", "--format", "json", *args, env=env)
    assert (done.returncode, done.stderr) == (0, "")
    return dict(json.loads(done.stdout))


def answer(folder: Path, *args: str, env: Mapping[str, str] | None = None) -> dict[str, Any]:
    return dict(json.loads(run(folder, *args, "--format", "jsonl", env=env).stdout))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a setting, and a folder deep within it."""
    (tmp_path / "pyproject.toml").write_text("[tool.icc-check]\nas-of = 2020-06-01\n")
    (tmp_path / "docs" / "drafts").mkdir(parents=True)
    return tmp_path


# Which file counts


def test_the_nearest_file_upward_counts(project: Path) -> None:
    inner = project / "docs" / "drafts"
    assert answer(inner, "a")["as_of"] == "2020-06-01"
    (project / "docs" / "icc-check.toml").write_text('as-of = "2021-01-01"\n')
    assert answer(inner, "a")["as_of"] == "2021-01-01"
    assert answer(project, "a")["as_of"] == "2020-06-01"
    assert shown(inner)["file"] == str(project / "docs" / "icc-check.toml")


def test_nothing_is_merged(project: Path) -> None:
    (project / "docs" / "icc-check.toml").write_text('color = "never"\n')
    settings = shown(project / "docs")["settings"]
    assert settings["as-of"] == {"value": None, "origin": "default"}


def test_a_file_of_its_own_goes_before_pyproject(project: Path) -> None:
    (project / "icc-check.toml").write_text("as-of = 2021-01-01\n")
    assert answer(project, "a")["as_of"] == "2021-01-01"


@pytest.mark.parametrize(
    "text",
    [
        "[project]\nname = 'x'\n",
        "[tool.other]\nicc-check = 1\n",
        "[tool]\nother = 1\n",
        "this is not TOML, but it is not about us\n",
        "name = '\udcff'\n",
    ],
)
def test_a_pyproject_of_others_is_passed_over(project: Path, text: str) -> None:
    (project / "docs" / "pyproject.toml").write_text(text, errors="surrogateescape")
    assert answer(project / "docs", "a")["as_of"] == "2020-06-01"


@pytest.mark.parametrize(
    "text",
    [
        '[tool.icc-check]\nas-of = "2020-06-01"\n',
        "[tool . 'icc-check']\nas-of = 2020-06-01\n",
        "[tool]\nicc-check = { as-of = 2020-06-01 }\n",
        "tool.icc-check.as-of = 2020-06-01\n",
        "\ufeff[tool.icc-check]\r\nas-of = 2020-06-01\r\n",
    ],
)
def test_however_the_table_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    assert answer(tmp_path, "a")["as_of"] == "2020-06-01"


def test_a_file_can_be_named_or_refused(project: Path) -> None:
    other = project / "other.toml"
    other.write_text("as-of = 2021-01-01\n")
    assert answer(project, "a", "--config", str(other))["as_of"] == "2021-01-01"
    assert answer(project, "--config=other.toml", "a")["as_of"] == "2021-01-01"
    named = {"ICC_CHECK_CONFIG": str(other)}
    assert answer(project, "a", env=named)["as_of"] == "2021-01-01"
    for env in ({}, named):
        assert answer(project, "a", "--no-config", env=env)["as_of"] > "2026"
    assert shown(project, "--no-config")["file"] is None


def test_a_working_directory_that_is_gone_has_no_file(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1"; rmdir "$1"; shift; "$@"'
    done = subprocess.run(
        ["sh", "-c", script, "sh", str(gone), *PROGRAM, "a"],
        capture_output=True,
        env=environment(),
    )
    assert (done.returncode, done.stderr) == (0, b"")


# What goes before what


def test_command_line_then_environment_then_file_then_default(project: Path) -> None:
    env = {"ICC_CHECK_AS_OF": "2021-01-01"}
    assert answer(project, "a")["as_of"] == "2020-06-01"
    assert answer(project, "a", env=env)["as_of"] == "2021-01-01"
    assert answer(project, "a", "--as-of", "2022-01-01", env=env)["as_of"] == "2022-01-01"
    assert answer(project, "a", env={"ICC_CHECK_AS_OF": ""})["as_of"] == "2020-06-01"
    origins = {name: value["origin"] for name, value in shown(project, env=env)["settings"].items()}
    assert origins["as-of"] == "ICC_CHECK_AS_OF"
    assert shown(project)["settings"]["as-of"] == {
        "value": "2020-06-01",
        "origin": f"{project / 'pyproject.toml'}:2",
    }


@pytest.mark.parametrize("value", ['"outdated"', '["outdated"]', '["outdated", "disputed"]'])
def test_the_gate(tmp_path: Path, value: str) -> None:
    (tmp_path / "icc-check.toml").write_text(f"fail-on = {value}\n")
    assert run(tmp_path, REFUTED.claim).returncode == 0
    assert run(tmp_path, OUTDATED.claim).returncode == 1
    assert run(tmp_path, OUTDATED.claim, "--fail-on", "never").returncode == 0


def test_format_color_and_jobs(tmp_path: Path) -> None:
    (tmp_path / "icc-check.toml").write_text('format = "jsonl"\njobs = 2\ncolor = "always"\n')
    (tmp_path / "claims.txt").write_text("a\nb\n")
    done = run(tmp_path, "batch", "claims.txt", "--quiet")
    assert [json.loads(line)["claim"] for line in done.stdout.splitlines()] == ["a", "b"]
    assert "\x1b[" in run(tmp_path, "a", "--format", "text").stdout
    assert run(tmp_path, "config", "show").stdout.startswith("file: ")  # has other formats


def test_stores_are_found_from_the_file(tmp_path: Path) -> None:
    for folder in ("one", "two", "deep/down"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "icc-check.toml").write_text('store = ["one", "two"]\n')
    found = shown(tmp_path / "deep" / "down")["settings"]["store"]
    assert found["value"] == [str(tmp_path / "one"), str(tmp_path / "two")]
    both = {"ICC_CHECK_STORE": f"one{os.pathsep}two"}
    assert shown(tmp_path, env=both)["settings"]["store"]["value"] == ["one", "two"]


def test_every_command_with_a_store_takes_it(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "icc-check.toml").write_text('store = "empty"\n')
    for args in (["facts"], ["facts", "show", "x"], ["store", "lint"]):
        done = run(tmp_path, *args)
        assert done.returncode in (1, 2)
        assert f"{tmp_path / 'empty'}: holds no store.toml" in done.stderr + done.stdout


# Mistakes


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('failon = "never"\n', "{file}:1: there is no setting 'failon' (did you mean fail-on?)"),
        ('\nas_of = "2020-06-01"\n', "{file}:2: there is no setting 'as_of' (did you mean as-of?)"),
        ("xyz = 1\n", "{file}:1: there is no setting 'xyz'; there are as-of, store,"),
        ("[lint]\n", "{file}:1: there is no setting 'lint'"),
        ('\n\nas-of = "today"\n', "{file}:3: 'today' is not a date; write YYYY-MM-DD"),
        ("as-of = 2020-06-01T10:00:00\n", "{file}:1: '2020-06-01 10:00:00' is not a date"),
        ('fail-on = ["refuted", "wrong"]\n', "{file}:1: 'wrong' is not one of"),
        ("fail-on = []\n", "{file}:1: fail-on takes a text, or a list of them"),
        ("color = true\n", "{file}:1: color takes a text"),
        ('color = ["auto"]\n', "{file}:1: color takes a text"),
        ("jobs = 0\n", "{file}:1: '0' is not a number from 1 to 256, nor auto"),
        ("jobs = 1.5\n", "{file}:1: jobs takes a text"),
        ('store = "nowhere"\n', "{file}:1: there is no folder {folder}/nowhere"),
        ('format = "jsnl"\n', "{file}:1: 'jsnl' is not one of"),
        ("as-of = \n", "{file}: is not TOML: Invalid value (at line 1, column 9)"),
        ('color = "\x1b[31m"\n', "{file}: is not TOML"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "icc-check.toml"
    file.write_text(text)
    for args in (["a"], ["config", "show"], ["facts"]):
        done = run(tmp_path, *args)
        assert (done.returncode, done.stdout) == (2, "")
        assert message.format(file=file, folder=tmp_path) in done.stderr
        assert done.stderr.startswith("icc-check: ")
    assert run(tmp_path, "a", "--no-config").returncode == 0
    assert run(tmp_path, "--help").returncode == 0


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--config", "no.toml"], "no.toml: there is no such file\nhint: "),
        (["--config", "."], ".: cannot be read: Is a directory"),
        (["--config", "no.toml", "--no-config"], "--config and --no-config exclude each other"),
        (["--no-config", "--config", "no.toml"], "--config and --no-config exclude each other"),
        (["--config", "pyproject.toml"], "pyproject.toml: there is no [tool.icc-check] in it"),
        (["--config", "latin.toml"], "latin.toml: is not UTF-8"),
        (["--config", "odd/pyproject.toml"], "pyproject.toml: tool.icc-check is not a table"),
    ],
)
def test_a_file_that_cannot_be_used(tmp_path: Path, args: Sequence[str], message: str) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "latin.toml").write_bytes(b'color = "\xff"\n')
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "pyproject.toml").write_text("[tool]\nicc-check = 1\n")
    done = run(tmp_path, "a", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "message"),
    [
        ("ICC_CHECK_AS_OF", "now", "ICC_CHECK_AS_OF: 'now' is not a date"),
        ("ICC_CHECK_STORE", "/no/such", "ICC_CHECK_STORE: there is no folder /no/such"),
        ("ICC_CHECK_CONFIG", "/no/such", "/no/such: there is no such file"),
    ],
)
def test_a_wrong_variable_is_told(tmp_path: Path, variable: str, value: str, message: str) -> None:
    done = run(tmp_path, "a", env={variable: value})
    assert done.returncode == 2
    assert message in done.stderr


def test_completion_pays_no_heed_to_a_wrong_file(tmp_path: Path) -> None:
    (tmp_path / "icc-check.toml").write_text("wrong\n")
    env = {
        "_ICC_CHECK_COMPLETE": "complete_bash",
        "COMP_WORDS": "icc-check batch --jo",
        "COMP_CWORD": "2",
    }
    done = run(tmp_path, env=env)
    assert done.stdout.split() == ["--jobs"]


# What it costs, and what is written about it


def test_without_a_file_nothing_is_loaded_for_it(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *PROGRAM[1:], "a"],
        capture_output=True,
        text=True,
        env=environment(),
        cwd=tmp_path,
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert "icc_check.cli.settings" in loaded
    assert (
        loaded
        & {"icc_check.cli.configfile", "tomllib", "multiprocessing", "concurrent.futures", "csv"}
        == set()
    )


def test_show_as_text(project: Path) -> None:
    lines = run(project, "config", "show").stdout.splitlines()
    assert lines[0] == f"file: {project / 'pyproject.toml'}"
    assert lines[2] == f"as-of    2020-06-01  ({project / 'pyproject.toml'}:2)"
    assert "jobs     1  (default)" in lines


def test_every_setting_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    missing = [s.key for s in SETTINGS if f"`{s.key}`" not in text or s.variable not in text]
    assert missing == []
