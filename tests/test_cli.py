"""The command line as a process: verdicts, exit codes, batches, mistakes.

The engine is the one of tests/fake_program.py, so that these tests are about the
command line alone.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from findings import OUTDATED, REFUTED, SUPPORTED
from program import PROGRAM, claims_file, environment, icc_check

from icc_check.cli.options import FAIL_ON, parse_gate
from icc_check.cli.policy import Policy
from icc_check.errors import ExitCode
from icc_check.model import Verdict

# The verdict and the exit code


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ([SUPPORTED.claim], 0),
        ([REFUTED.claim], 1),
        ([OUTDATED.claim], 1),
        (["Something else"], 0),
        ([SUPPORTED.claim, REFUTED.claim], 1),
        ([REFUTED.claim, "--fail-on", "never"], 0),
        ([OUTDATED.claim, "--fail-on", "refuted"], 0),
        (["Something else", "--fail-on", "unverified"], 1),
        (["check", REFUTED.claim], 1),
        (["--fail-on", "disputed", REFUTED.claim], 0),
    ],
)
@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_exit_code_is_that_of_the_verdict_in_every_format(
    args: Sequence[str], code: int, form: str
) -> None:
    done = icc_check(*args, "--format", form)
    assert (done.returncode, done.stderr) == (code, "")


@pytest.mark.parametrize(
    ("counts", "gate", "rejected", "expected"),
    [
        ({}, FAIL_ON, 0, ExitCode.OK),
        ({Verdict.SUPPORTED: 3, Verdict.UNVERIFIED: 1}, FAIL_ON, 0, ExitCode.OK),
        ({Verdict.REFUTED: 1}, FAIL_ON, 0, ExitCode.FINDINGS),
        ({Verdict.OUTDATED: 1}, FAIL_ON, 0, ExitCode.FINDINGS),
        ({Verdict.DISPUTED: 1}, FAIL_ON, 0, ExitCode.OK),
        ({Verdict.DISPUTED: 1}, "disputed, unverified", 0, ExitCode.FINDINGS),
        ({Verdict.REFUTED: 1}, "never", 0, ExitCode.OK),
        ({Verdict.REFUTED: 256}, FAIL_ON, 0, ExitCode.FINDINGS),
        ({Verdict.REFUTED: 1}, FAIL_ON, 1, ExitCode.ERROR),
        ({}, "never", 1, ExitCode.ERROR),
    ],
)
def test_exit_code(
    counts: dict[Verdict, int], gate: str, rejected: int, expected: ExitCode
) -> None:
    every = {verdict: counts.get(verdict, 0) for verdict in Verdict}
    policy = Policy(parse_gate(gate))
    assert policy.exit_code(every, rejected) is expected
    kind = ExitCode.OK if expected is ExitCode.FINDINGS else expected
    assert policy._replace(exit_zero=True).exit_code(every, rejected) is kind


def test_a_claim_is_checked_for_today_or_for_the_day_that_is_named() -> None:
    today = json.loads(icc_check("a", "--format", "jsonl").stdout)["as_of"]
    assert dt.date.fromisoformat(today) >= dt.date.today() - dt.timedelta(days=1)
    named = icc_check("a", "--as-of", "2020-06-01", "--format", "jsonl").stdout
    assert json.loads(named)["as_of"] == "2020-06-01"


def test_standard_input_is_read_only_when_asked_for() -> None:
    done = icc_check("-", "--format", "jsonl", stdin=b"a\n\nb\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["claim"] for answer in answers] == ["a", "b"]
    assert answers[1]["location"] == {"file": "<stdin>", "line": 3, "column": 1}
    assert icc_check("a", stdin=b"b\n").stdout.count("\n") == 1


def test_arguments_and_standard_input_keep_their_order() -> None:
    done = icc_check("first", "-", "last", "--format", "jsonl", stdin=b"between\n")
    assert [json.loads(line)["claim"] for line in done.stdout.splitlines()] == [
        "first",
        "between",
        "last",
    ]


# Batches


def test_a_bad_line_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = claims_file(tmp_path, "a", b"\xff", "", "b" * 10_001, REFUTED.claim)
    done = icc_check("batch", file, "--format", "jsonl", "--quiet")
    assert done.returncode == 2
    assert [json.loads(line)["location"]["line"] for line in done.stdout.splitlines()] == [1, 5]
    assert done.stderr == (
        f"icc-check: {file}:2: byte 1 (0xff) is not valid UTF-8\n"
        f"icc-check: {file}:4: the claim is longer than 10,000 characters\n"
    )


def test_a_bad_file_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    file = claims_file(tmp_path, "a")
    files = [str(tmp_path / "missing"), str(tmp_path), file]
    done = icc_check("batch", *files, "--format", "jsonl", "--quiet")
    assert done.returncode == 2
    assert json.loads(done.stdout)["claim"] == "a"
    assert done.stderr == (
        f"icc-check: {tmp_path}/missing: there is no such file\n"
        f"icc-check: {tmp_path}: is a directory; name the files in it\n"
    )


def test_answers_come_while_the_input_is_still_open() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "batch", "-", "--format", "jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for claim in ("a", "b"):
        process.stdin.write(f"{claim}\n".encode())
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["claim"] == claim
    process.stdin.close()
    assert process.wait() == 0
    process.stdout.close()


# Mistakes


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([""], "the claim is empty"),
        (["a", " "], "the claim is empty (number 2 of 2)"),
        (["check"], "no claim was given"),
        (["a", "--as-of", "2026-02-30"], "there is no such day as 2026-02-30"),
        (["a", "--as-of", "yesterday"], "'yesterday' is not a date; write YYYY-MM-DD"),
        (["a", "--as-of", "20260230"], "'20260230' is not a date; write YYYY-MM-DD"),
        (["a", "--format", "jsnl"], "did you mean jsonl?"),
        (["a", "--fail-on", "false"], "'false' is not one of refuted, outdated,"),
        (["a", "--fail-on", "never,refuted"], "'never' is not one of"),
        (["a", "--color", "pink"], "'pink' is not one of auto, always, never"),
        (["a", "--store", "/no/such"], "/no/such: there is no such folder"),
        (["a", "--output", "/"], "cannot write /: it is a directory"),
        (["a", "--output", "/no/such/file"], "cannot write /no/such/file: No such file"),
        (["a", "--nonsense"], "No such option: --nonsense"),
        (["batch"], "Missing argument"),
        (["completion", "ksh"], "'ksh' is not one of bash,"),
        ([b"a\xff"], "the claim is not valid UTF-8"),
        (["-"], "<stdin>: is empty"),
    ],
)
def test_a_mistake_gets_one_clear_message(args: Sequence[str | bytes], message: str) -> None:
    done = icc_check(*args)
    first, *hints = done.stderr.splitlines()
    assert done.returncode == 2
    assert done.stdout == ""
    assert first.startswith("icc-check: ")
    assert message in first
    assert all(line.startswith("hint: ") for line in hints)


def test_what_was_typed_is_not_obeyed_in_messages() -> None:
    for args in (["a", "--format", "\x1b[31m"], ["--\x1b[31m"], ["batch", "\x1b[31m"]):
        done = icc_check(*args)
        assert done.returncode == 2
        assert "\x1b" not in done.stderr


def test_without_arguments_there_is_help_and_a_hint_about_pipes() -> None:
    done = icc_check(stdin=b"a\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Usage: icc-check" in done.stderr
    assert "write `icc-check -`" in done.stderr


def test_a_fault_of_the_program_shows_where_and_is_no_finding(tmp_path: Path) -> None:
    done = icc_check("batch", claims_file(tmp_path, "a", "boom", "b"), "--format", "jsonl")
    assert done.returncode == 2
    assert json.loads(done.stdout)["claim"] == "a"
    assert "RuntimeError: boom" in done.stderr
    assert "fault in the program" in done.stderr


@pytest.mark.parametrize(
    ("word", "command"),
    [("bach", "batch"), ("bacth", "batch"), ("batchh", "batch"), ("chekc", "check")],
)
def test_a_mistyped_command_is_a_claim_with_a_hint(word: str, command: str) -> None:
    done = icc_check(word, "claims.txt")
    assert done.returncode == 0
    assert (
        done.stderr
        == f"icc-check: checking '{word}' as a claim; for the command, write '{command}'\n"
    )
    assert icc_check(word).stderr == ""


@pytest.mark.parametrize("args", [["batch claims.txt"], ["patches", "a"], ["--", "-a"]])
def test_other_words_are_claims_without_a_hint(args: Sequence[str]) -> None:
    done = icc_check(*args)
    assert (done.returncode, done.stderr) == (0, "")
