"""What is shown and what makes a run fail: the same for `check` and `batch`, in every format.

For `lint` see tests/test_lint_command.py.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from findings import DISPUTED, OUTDATED, REFUTED, SUPPORTED, UNVERIFIED
from program import PROGRAM, claims_file, environment, icc_check

from icc_check.reporters import REPORTERS

FIVE = [finding.claim for finding in (SUPPORTED, REFUTED, OUTDATED, DISPUTED, UNVERIFIED)]
WAYS = ("check", "batch", "jobs")


def run(
    way: str, folder: Path, claims: Sequence[str], *args: str
) -> subprocess.CompletedProcess[str]:
    """The same claims as arguments, as a file, and as a file for several processes."""
    if way == "check":
        return icc_check("check", *claims, *args)
    more = ("--jobs", "2") if way == "jobs" else ()
    return icc_check("batch", claims_file(folder, *claims), *more, *args)


@pytest.mark.parametrize("form", REPORTERS)
@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 1),
        (("--exit-zero",), 0),
        (("--show", "supported"), 1),
        (("--show", "supported", "--fail-on", "never"), 0),
        (("--show", "refuted", "--fail-on", "unverified"), 1),
    ],
)
def test_the_code_does_not_depend_on_the_format_or_on_what_is_shown(
    tmp_path: Path, args: tuple[str, ...], code: int, form: str
) -> None:
    assert run("check", tmp_path, FIVE, "--format", form, *args).returncode == code


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_only_what_is_asked_for_is_shown(tmp_path: Path, way: str, form: str) -> None:
    done = run(way, tmp_path, FIVE, "--show", "refuted,disputed", "--format", form)
    if form == "json":
        document = json.loads(done.stdout)
        answers = document["findings"]
        assert document["summary"]["claims"] == 2
    else:
        answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["claim"] for answer in answers] == [REFUTED.claim, DISPUTED.claim]
    assert done.returncode == 1
    told = "5 claims: 1 refuted, 1 outdated, 1 disputed, 1 unverified, 1 supported; 2 shown"
    assert told in done.stderr


@pytest.mark.parametrize("way", WAYS)
def test_what_is_shown_is_the_same_however_it_is_checked(tmp_path: Path, way: str) -> None:
    expected = run("batch", tmp_path, FIVE * 20, "--show", "outdated", "--format", "csv").stdout
    done = run(way, tmp_path, FIVE * 20, "--show", "outdated", "--format", "csv")
    assert done.stdout.count("\n") == 21
    if way == "jobs":
        assert done.stdout == expected


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_told_of_what_is_hidden_where_nothing_is_or_nobody_asks(
    tmp_path: Path, way: str
) -> None:
    everything = "supported,refuted,outdated,disputed,unverified"
    for args in (("--show", everything), ()):
        assert "shown" not in run(way, tmp_path, FIVE, *args).stderr
    assert run(way, tmp_path, FIVE, "--show", "refuted", "--quiet").stderr == ""


def test_exit_zero_leaves_failures_in_test_reports(tmp_path: Path) -> None:
    done = run("batch", tmp_path, FIVE, "--exit-zero", "--format", "junit")
    assert (done.returncode, 'failures="2"' in done.stdout) == (0, True)


# A run that could not do its work never passes


@pytest.mark.parametrize("way", WAYS)
def test_a_crash_is_never_a_pass(tmp_path: Path, way: str) -> None:
    done = run(
        way, tmp_path, ["a", "boom"], "--exit-zero", "--fail-on", "never", "--show", "refuted"
    )
    assert done.returncode == 2
    assert "fault in the program" in done.stderr


@pytest.mark.parametrize("args", [["--exit-zero"], ["--fail-on", "never"], ["--show", "refuted"]])
def test_what_could_not_be_read_is_never_a_pass(tmp_path: Path, args: list[str]) -> None:
    assert icc_check("batch", claims_file(tmp_path, "a", b"\xff"), *args).returncode == 2
    assert icc_check("batch", str(tmp_path / "no.txt"), *args).returncode == 2
    assert icc_check("a", "--store", str(tmp_path / "no"), *args).returncode == 2
    assert icc_check("a", "--output", str(tmp_path / "no" / "x"), *args).returncode == 2


def test_an_interrupt_is_never_a_pass(tmp_path: Path) -> None:
    claims = claims_file(tmp_path, *(f"slow {number}" for number in range(200)))
    process = subprocess.Popen(
        [*PROGRAM, "batch", claims, "--exit-zero", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.readline()
    os.kill(process.pid, signal.SIGINT)
    process.stdout.close()
    assert process.wait(timeout=30) == 130


@pytest.mark.parametrize("command", ["check", "batch"])
def test_a_setting_for_documents_does_not_hide_answers(tmp_path: Path, command: str) -> None:
    """Whoever asks about a claim is to get the answer, and no silence that looks like one."""
    (tmp_path / "icc-check.toml").write_text('show = "refuted"\n')
    what = SUPPORTED.claim if command == "check" else claims_file(tmp_path, SUPPORTED.claim)
    done = subprocess.run(
        [*PROGRAM, command, what], cwd=tmp_path, env=environment(), capture_output=True
    )
    assert done.stdout.startswith((b"supported: ", what.encode() + b":1:1: supported: "))
