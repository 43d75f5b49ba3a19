"""The command line as a process: terminals, help, completion, and what a start loads."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from findings import REFUTED, UN
from program import PROGRAM, claims_file, environment, icc_check, in_terminal

from icc_check.cli.app import COMMANDS

# Terminals


def test_a_terminal_gets_a_table_in_colour_with_links() -> None:
    code, shown = in_terminal(REFUTED.claim, env={"COLUMNS": "80"})
    assert code == 1
    assert "\x1b[1;31m✘ refuted\x1b[0m" in shown
    assert f";{UN.url}\x1b\\" in shown


def test_a_pipe_gets_one_whole_line_without_colour() -> None:
    done = icc_check(REFUTED.claim, env={"COLUMNS": "40"})
    assert done.stdout.count("\n") == 1
    assert UN.url in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("option", "env", "colored"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"FORCE_COLOR": "0"}, False),
        ([], {"TERM": "dumb"}, False),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
    ],
)
def test_colour_at_a_terminal(option: list[str], env: dict[str, str], colored: bool) -> None:
    _, shown = in_terminal(REFUTED.claim, *option, env=env)
    assert ("\x1b[" in shown) is colored


@pytest.mark.parametrize(
    ("option", "env", "colored"),
    [
        ([], {"FORCE_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        (["--color", "always"], {}, True),
        (["--color", "always", "--format", "jsonl"], {}, False),
    ],
)
def test_colour_in_a_pipe(option: list[str], env: dict[str, str], colored: bool) -> None:
    shown = icc_check(REFUTED.claim, *option, env=env).stdout
    assert ("\x1b[" in shown) is colored
    assert "\x1b]8" not in shown  # links are for terminals


def test_columns_set_the_width() -> None:
    done = icc_check(REFUTED.claim, "--format", "table", env={"COLUMNS": "60"})
    assert len(done.stdout.splitlines()[0]) == 60


def test_an_encoding_without_symbols_gets_ascii() -> None:
    env = {"PYTHONIOENCODING": "ascii"}
    done = icc_check("Ärger", REFUTED.claim, "--format", "table", env=env)
    assert done.stdout.isascii()
    assert "x refuted" in done.stdout
    assert "\\xc4rger" in done.stdout
    answer = icc_check("Ärger 😀", "--format", "jsonl", env=env)
    assert json.loads(answer.stdout)["claim"] == "Ärger 😀"


def test_a_batch_at_a_terminal_is_one_row_a_claim(tmp_path: Path) -> None:
    file = claims_file(tmp_path, "a", REFUTED.claim)
    _, shown = in_terminal("batch", file, "--color", "never", env={"COLUMNS": "200"})
    assert re.search(r"^ +2  ✘ refuted +152 states", shown, re.MULTILINE)
    assert shown.endswith("2 claims: 1 refuted, 1 unverified\n")
    _, quiet = in_terminal("batch", file, "--color", "never", "--quiet")
    assert "2 claims" not in quiet


# Help, version, completion


def test_version() -> None:
    done = icc_check("--version")
    assert re.fullmatch(r"icc-check \d+\.\d+\S*\n", done.stdout)


@pytest.mark.parametrize("args", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_has_examples(args: Sequence[str]) -> None:
    done = icc_check(*args)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage: icc-check" in done.stdout
    assert "Examples:" in done.stdout
    assert done.stdout.isascii()


def test_help_lists_every_command() -> None:
    text = icc_check("--help").stdout
    for name in COMMANDS:
        assert f"\n  {name}" in text


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("icc-check ba", ["batch"]),
        ("icc-check --form", ["--format"]),
        ("icc-check claim --format j", ["json", "jsonl", "junit"]),
        ("icc-check batch --color a", ["auto", "always"]),
        ("icc-check completion z", ["zsh"]),
    ],
)
def test_completion(line: str, offered: list[str]) -> None:
    env = {
        "_ICC_CHECK_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }
    assert icc_check(env=env).stdout.split() == offered


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_scripts(shell: str) -> None:
    done = icc_check("completion", shell)
    assert (done.returncode, done.stderr) == (0, "")
    assert "_ICC_CHECK_COMPLETE" in done.stdout


# Start-up


def test_a_check_as_text_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *PROGRAM[1:], REFUTED.claim],
        capture_output=True,
        text=True,
        env=environment(),
    )
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    heavy = {"rich", "pydantic", "importlib.metadata", "importlib.resources", "asyncio"}
    network = {"socket", "ssl", "http.client", "urllib.request"}
    assert loaded & (heavy | network) == set()
    assert "typer" in loaded
