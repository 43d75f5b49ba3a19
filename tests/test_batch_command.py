"""`icc-check batch` as a process: tables, several processes, going on after a stop."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from findings import OUTDATED, REFUTED, SUPPORTED
from program import PROGRAM, claims_file, environment, icc_check, in_terminal

from icc_check.reporters import REPORTERS

DAY = ("--as-of", "2026-11-24")
MIXED = (SUPPORTED.claim, "one", REFUTED.claim, "two", OUTDATED.claim, "one", REFUTED.claim)


@pytest.fixture
def long(tmp_path: Path) -> str:
    """A list that takes several chunks, with claims that come again and a bad line."""
    lines: list[str | bytes] = [MIXED[number % 7] + " " * (number % 3) for number in range(500)]
    return claims_file(tmp_path, *lines[:300], b"\xff", *lines[300:])


def answers(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


# Tables


def test_other_columns_are_carried_through(tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    file.write_text(f'id,Claim,where\n7,"{REFUTED.claim}",p. 3\n8,a,\n')
    done = icc_check("batch", str(file), "--format", "jsonl", "--quiet")
    first, second = answers(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert (first["claim"], first["verdict"]) == (REFUTED.claim, "refuted")
    assert first["extra"] == {"id": "7", "where": "p. 3"}
    assert second["extra"] == {"id": "8", "where": ""}
    assert second["location"] == {"file": str(file), "line": 3, "column": 1}
    document = json.loads(icc_check("batch", str(file), "--format", "json").stdout)
    assert document["findings"] == [first, second]


def test_values_keep_their_types_in_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    extra = {"n": 1.5, "tags": ["x", None], "ok": True, "who": {"é": "\u2028\x9b"}}
    file.write_text(json.dumps({"text": "a", **extra}) + "\n")
    done = icc_check("batch", str(file), "--format", "jsonl", "--quiet")
    assert answers(done.stdout)[0]["extra"] == extra
    assert "\u2028" not in done.stdout
    assert "\x9b" not in done.stdout


def test_without_other_columns_there_is_no_extra(tmp_path: Path) -> None:
    done = icc_check("batch", claims_file(tmp_path, "a"), "--format", "jsonl", "--quiet")
    assert "extra" not in answers(done.stdout)[0]


def test_a_column_that_is_not_clear_is_told_once_and_other_files_go_on(tmp_path: Path) -> None:
    table, list_ = tmp_path / "a.csv", tmp_path / "b.csv"
    table.write_text("id,body\n" + "1,x\n" * 50)
    list_.write_text("body\ny\n")
    done = icc_check("batch", str(table), str(list_), "--format", "jsonl", "--quiet")
    assert done.returncode == 2
    assert done.stderr == (
        f"icc-check: {table}:1: cannot tell which column holds the claims; "
        "choose with --column: id, body\n"
    )
    assert [answer["claim"] for answer in answers(done.stdout)] == ["y"]
    chosen = icc_check("batch", str(table), "--column", "body", "--format", "jsonl", "-q")
    assert len(answers(chosen.stdout)) == 50


def test_a_table_on_standard_input() -> None:
    args = ("batch", "-", "--input-format", "csv", "--column", "b", "--format", "jsonl", "-q")
    done = icc_check(*args, stdin=b"a,b\n1,x\n")
    assert answers(done.stdout)[0]["extra"] == {"a": "1"}


# Several processes


@pytest.mark.parametrize("form", REPORTERS)
def test_several_processes_write_the_same_bytes(long: str, form: str) -> None:
    one, two = (
        icc_check("batch", long, "--format", form, "--quiet", "--jobs", jobs, *DAY)
        for jobs in ("1", "2")
    )
    assert one.stdout == two.stdout
    assert one.stdout.count(REFUTED.claim[:7]) >= 142
    assert (one.returncode, two.returncode) == (2, 2)
    assert one.stderr == two.stderr == f"icc-check: {long}:301: byte 1 (0xff) is not valid UTF-8\n"


@pytest.mark.parametrize("forms", [("jsonl", "text"), ("jsonl", "csv", "html")])
def test_several_processes_write_several_outputs(
    long: str, tmp_path: Path, forms: tuple[str, ...]
) -> None:
    def written(jobs: str) -> list[bytes]:
        files = [tmp_path / f"{jobs}.{form}" for form in forms]
        outputs = [f"--output={file.suffix[1:]}:{file}" for file in files]
        done = icc_check("batch", long, *outputs, "--quiet", "--jobs", jobs, *DAY)
        assert (done.returncode, done.stdout) == (2, "")
        return [file.read_bytes() for file in files]

    one = written("1")
    assert one == written("2")
    assert all(text.count(REFUTED.claim[:7].encode()) >= 142 for text in one)


def test_the_work_is_shared(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *(f"slow {number}\nwho {number}" for number in range(60)))
    done = icc_check("batch", file, "--format", "jsonl", "--quiet", "--jobs", "2")
    told = [answer["reason"].split() for answer in answers(done.stdout)]
    assert len({process for process, *rest in told if process.isdecimal()}) == 2


def test_a_repeated_claim_is_checked_once(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *["who"] * 5, "who else", "who")
    found = answers(icc_check("batch", file, "--format", "jsonl", "--quiet").stdout)
    assert [answer["reason"].split()[1] for answer in found] == ["1"] * 5 + ["2", "1"]
    assert [answer["location"]["line"] for answer in found] == [*range(1, 8)]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_fault_comes_after_what_was_done(tmp_path: Path, jobs: str) -> None:
    file = claims_file(tmp_path, *map(str, range(100)), "boom", "after")
    done = icc_check("batch", file, "--format", "jsonl", "--jobs", jobs)
    assert done.returncode == 2
    assert [answer["claim"] for answer in answers(done.stdout)] == [*map(str, range(100))]
    assert "RuntimeError: boom" in done.stderr
    assert "fault in the program" in done.stderr


@pytest.mark.parametrize("form", ["jsonl", "json"])
def test_a_process_that_dies_is_replaced(tmp_path: Path, form: str) -> None:
    killer = f"die once {tmp_path}/died"
    file = claims_file(tmp_path, *map(str, range(300)), killer, *map(str, range(300)))
    done = icc_check("batch", file, "--format", form, "--jobs", "2", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "died").exists()
    found = answers(done.stdout) if form == "jsonl" else json.loads(done.stdout)["findings"]
    assert [answer["location"]["line"] for answer in found] == [*range(1, 602)]


def test_a_claim_that_kills_is_told_and_what_was_done_is_kept(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *map(str, range(300)), "die", *map(str, range(300)))
    result = tmp_path / "answers.jsonl"
    done = icc_check("batch", file, "--format", "jsonl", "--jobs", "2", "--output", str(result))
    assert done.returncode == 2
    first, *hints = done.stderr.splitlines()[-2:]
    assert re.fullmatch(r"icc-check: .*claims.txt:\d+: a process .* ended twice", first)
    assert hints[0].startswith("hint: ")
    kept = answers((tmp_path / "answers.jsonl.partial").read_text())
    assert 0 < len(kept) <= 300
    assert [answer["claim"] for answer in kept] == [*map(str, range(len(kept)))]


def test_an_interrupt_ends_all_processes(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *(f"slow {number}" for number in range(400)))
    process = subprocess.Popen(
        [*PROGRAM, "batch", file, "--format", "jsonl", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        start_new_session=True,
        bufsize=0,  # so that nothing is left behind when reading goes on in another way
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does
    stdout, stderr = process.communicate(timeout=30)  # ends only when no process has them open
    assert process.returncode == 130
    assert b"Traceback" not in stderr
    done = answers((first + stdout).decode())
    assert [answer["claim"] for answer in done] == [f"slow {n}" for n in range(len(done))]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_its_parent(tmp_path: Path, number: signal.Signals) -> None:
    file = claims_file(tmp_path, *(f"slow {number}" for number in range(2000)))
    process = subprocess.Popen(
        [*PROGRAM, "batch", file, "--format", "jsonl", "--jobs", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.send_signal(number)
    process.communicate(timeout=20)
    assert process.returncode == -number


def test_a_closed_pipe_ends_all_processes(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *map(str, range(5000)))
    pipeline = 'set -o pipefail; "$@" | head -n 1'
    done = subprocess.run(
        ["bash", "-c", pipeline, "sh", *PROGRAM, "batch", file, "-f", "jsonl", "-j", "2"],
        capture_output=True,
        env=environment(),
        timeout=30,
    )
    assert (done.returncode, done.stderr) == (141, b"")
    assert done.stdout.count(b"\n") == 1


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1000", "²"])
def test_a_wrong_number_of_processes(jobs: str) -> None:
    done = icc_check("batch", "-", f"--jobs={jobs}", stdin=b"a\n")
    assert done.returncode == 2
    assert f"'{jobs}' is not a number from 1 to 256, nor auto" in done.stderr


def test_one_process_a_core() -> None:
    assert icc_check("batch", "-", "--jobs", "auto", stdin=b"a\n").returncode == 0


# Summary and progress


def test_a_summary_on_standard_error(tmp_path: Path) -> None:
    file = claims_file(tmp_path, REFUTED.claim, "a", b"\xff", "b")
    done = icc_check("batch", file)
    last = done.stderr.splitlines()[-1]
    expected = r"icc-check: 3 claims: 1 refuted, 2 unverified; 1 could not be read; \d+\.\d s"
    assert re.fullmatch(expected, last)
    assert icc_check("batch", claims_file(tmp_path, "a"), "--quiet").stderr == ""


def test_a_bar_with_speed_and_time_left(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *(f"slow {number}" for number in range(60)))
    output = str(tmp_path / "answers.jsonl")
    _, shown = in_terminal("batch", file, "--format", "jsonl", "--output", output)
    assert re.search(r"\d+ claims, \d+/s", shown)
    assert re.search(r"0:00:0\d", shown)
    assert "60 claims: 60 unverified" in shown


# Going on


def resume(file: str, result: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return icc_check("batch", file, "--output", f"jsonl:{result}", "--resume", *DAY, *more)


@pytest.fixture
def whole(long: str) -> str:
    return icc_check("batch", long, "--format", "jsonl", *DAY).stdout


def cuts(whole: str) -> Iterator[str]:
    """The beginning of a file of answers, as an interruption may leave it."""
    lines = whole.splitlines(keepends=True)
    yield ""
    yield lines[0][:50]  # half of the first line
    yield "".join(lines[:100])
    yield "".join(lines[:350]) + lines[350][:-1]  # all but the end of the line
    yield "".join(lines[:-1]) + "\0\0\0\n"  # what a power failure may leave
    yield whole


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nothing_is_lost_and_nothing_comes_twice(
    long: str, whole: str, tmp_path: Path, jobs: str
) -> None:
    for number, left in enumerate(cuts(whole)):
        for name in (f"{number}.jsonl", f"{number}.jsonl.partial"):
            (tmp_path / name).write_text(left)
            result = tmp_path / f"{number}.jsonl"
            done = resume(long, result, "--jobs", jobs)
            assert result.read_text() == whole
            assert done.returncode == 2
            assert "500 claims: 143 refuted, 71 outdated, 214 unverified, 72" in done.stderr
            assert f"{long}:301: byte 1" in done.stderr
            assert not (tmp_path / f"{number}.jsonl.partial").exists()


def test_a_run_can_be_killed_again_and_again(tmp_path: Path) -> None:
    file = claims_file(tmp_path, *(f"slow {number}" for number in range(40)))
    result, partial = tmp_path / "answers.jsonl", tmp_path / "answers.jsonl.partial"
    sizes = []
    for number in (signal.SIGKILL, signal.SIGINT):
        process = subprocess.Popen(
            [*PROGRAM, "batch", file, "--output", str(result), "--resume", *DAY],
            stderr=subprocess.PIPE,
            env=environment(),
        )
        before = partial.stat().st_size if partial.exists() else 0
        while not partial.exists() or partial.stat().st_size <= before:
            time.sleep(0.02)
        process.send_signal(number)
        _, stderr = process.communicate(timeout=20)
        sizes.append(partial.stat().st_size)
    assert process.returncode == 130
    assert f"what was done is in {partial}, and --resume goes on".encode() in stderr
    assert 0 < sizes[0] < sizes[1]
    assert not result.exists()
    assert resume(file, result).returncode == 0
    assert [answer["claim"] for answer in answers(result.read_text())] == [
        f"slow {number}" for number in range(40)
    ]


def test_the_columns_beside_the_claims_must_be_the_same(tmp_path: Path) -> None:
    table, result = tmp_path / "a.csv", tmp_path / "answers.jsonl"
    table.write_text("id,claim\n1,a\n2,b\n")
    assert resume(str(table), result).returncode == 0
    assert resume(str(table), result).returncode == 0
    table.write_text("id,claim\n1,a\n3,b\n")
    done = resume(str(table), result)
    assert done.returncode == 2
    assert f"{result}:2: it does not answer {table}:3, which comes next" in done.stderr


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"as_of": "2026-11-23"}, "this was answered as of 2026-11-23, and not of 2026-11-24"),
        ({"store": {"name": "icc", "hash": "0"}}, "it was answered by another state of icc, so"),
        ({"store": {"name": "x", "hash": "0"}}, "it was answered by another store (x), so"),
        ({"store": None}, "it was answered by another store (None), so"),
        ({"version": 2}, "it was written by another version of icc-check, so"),
        ({"claim": "other"}, "it does not answer {file}:2, which comes next, so"),
        ({"location": None}, "it does not answer {file}:2, which comes next, so"),
        ({"extra": {"id": 1}}, "it does not answer {file}:2, which comes next, so"),
        ({"verdict": "maybe"}, "this line is no answer of icc-check, so"),
    ],
)
def test_a_file_that_does_not_belong_is_refused(
    tmp_path: Path, changes: dict[str, Any], message: str
) -> None:
    file, result = claims_file(tmp_path, "a", "b", "c"), tmp_path / "answers.jsonl"
    assert resume(file, result).returncode == 0
    lines = answers(result.read_text())
    lines[1] |= changes
    altered = "".join(json.dumps(line) + "\n" for line in lines) + "half"
    result.write_text(altered)
    done = resume(file, result)
    assert done.returncode == 2
    first, hint = done.stderr.splitlines()
    assert first.startswith(f"icc-check: {result}:2: {message.format(file=file)}")
    assert hint.startswith("hint: ")
    assert result.read_text() == altered


def test_more_answers_than_claims_are_refused(tmp_path: Path) -> None:
    result = tmp_path / "answers.jsonl"
    resume(claims_file(tmp_path, "a", "b"), result)
    done = resume(claims_file(tmp_path, "a"), result)
    assert done.returncode == 2
    assert f"{result}:2: there is no claim left that this could answer" in done.stderr


def test_two_runs_do_not_share_a_file(tmp_path: Path) -> None:
    pytest.importorskip("fcntl")
    file = claims_file(tmp_path, *(f"slow {number}" for number in range(200)))
    result, partial = tmp_path / "answers.jsonl", tmp_path / "answers.jsonl.partial"
    process = subprocess.Popen(
        [*PROGRAM, "batch", file, "--output", str(result), "--resume", *DAY, "--quiet"],
        env=environment(),
    )
    while not partial.exists() or not partial.stat().st_size:
        time.sleep(0.02)
    done = resume(file, result)
    process.kill()
    process.wait()
    assert done.returncode == 2
    assert "another run is writing it" in done.stderr


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "--resume goes on with a file"),
        (["--output", "-"], "--resume goes on with a file"),
        (["--output", "x", "--format", "json"], "--resume cannot go on with json, only with jsonl"),
        (["--output", "json:x"], "--resume cannot go on with json, only with jsonl"),
        (["--output", "jsonl:x", "--output", "sarif:y"], "--resume goes on with one file, and"),
        (["--output", "jsonl:x", "--format", "github"], "--resume goes on with one file, and"),
        (["--output", "jsonl:x", "--show", "refuted"], "--resume goes on with a file that has"),
        (["--output", "/"], "cannot write /: it is not a file"),
        (["--output", "/no/such/file"], "cannot write /no/such/file: No such file"),
    ],
)
def test_what_cannot_be_gone_on_with(args: list[str], message: str, tmp_path: Path) -> None:
    done = icc_check("batch", claims_file(tmp_path, "a"), "--resume", *args)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
