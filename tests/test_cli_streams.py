"""The command line as a process: pipes, interrupts, and files for the result."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from findings import REFUTED
from program import PROGRAM, ROOT, claims_file, environment, icc_check

# Pipes and interrupts


def test_a_closed_pipe_is_quiet() -> None:
    process = subprocess.Popen(
        [*PROGRAM, "batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdin.write(b"a\n")
    process.stdin.flush()
    assert process.stdout.readline()
    process.stdout.close()
    process.stdin.write(b"b\n")
    process.stdin.close()
    assert process.wait() == -signal.SIGPIPE
    assert process.stderr.read() == b""
    process.stderr.close()


def test_a_closed_pipe_is_quiet_without_its_signal_too() -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT / 'tests')!r}); import fake_program; "
        "from icc_check.cli.app import main; sys.exit(main(['batch', '-']))"
    )
    pipeline = 'yes claim | { "$@"; echo "code $?" >&2; } | head -1'
    done = subprocess.run(
        ["sh", "-c", pipeline, "sh", sys.executable, "-c", script],
        capture_output=True,
        env=environment(),
    )
    assert done.stdout.count(b"\n") == 1
    assert done.stderr == b"code 141\n"


def test_a_full_standard_error_changes_nothing() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    done = subprocess.run(
        ["sh", "-c", '"$@" 2>/dev/full', "sh", *PROGRAM, "a", "-"],
        input=b"\xff\n",
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert done.returncode == 2
    assert done.stdout.startswith(b"unverified: a")


@pytest.mark.parametrize("to_file", [False, True])
def test_an_interrupt_leaves_whole_lines(tmp_path: Path, to_file: bool) -> None:
    file = claims_file(tmp_path, *(f"slow {number}" for number in range(400)))
    result = tmp_path / "answers.jsonl"
    result.write_text("old\n")
    output = ["--output", str(result)] if to_file else []
    process = subprocess.Popen(
        [*PROGRAM, "batch", file, "--format", "jsonl", *output],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdout is not None
    first = b"" if to_file else process.stdout.readline()
    while to_file and not any(path.stat().st_size for path in tmp_path.glob(".*.tmp")):
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=30)
    partial = tmp_path / "answers.jsonl.partial"
    lines = (partial.read_text() if to_file else (first + stdout).decode()).splitlines()
    assert process.returncode == 130
    assert lines
    assert [json.loads(line)["claim"] for line in lines] == [
        f"slow {number}" for number in range(len(lines))
    ]
    assert result.read_text() == "old\n"
    assert b"Traceback" not in stderr
    assert {path.name for path in tmp_path.iterdir()} <= {"claims.txt", result.name, partial.name}


def test_a_full_disk_is_told() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("there is no /dev/full here")
    with full.open("wb") as stdout:
        done = subprocess.run(
            [*PROGRAM, "a"], stdout=stdout, stderr=subprocess.PIPE, env=environment()
        )
    assert done.returncode == 2
    assert done.stderr == b"icc-check: cannot write standard output: No space left on device\n"


@pytest.mark.parametrize(("closed", "told"), [("<&-", "input"), (">&-", "output")])
def test_a_closed_stream_is_told(closed: str, told: str) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$@" {closed}', "sh", *PROGRAM, "-"],
        capture_output=True,
        env=environment(),
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 2
    assert re.search(rb"standard %s.* is closed" % told.encode(), done.stderr)
    assert b"Traceback" not in done.stderr


# Files


def test_output_goes_to_the_file_and_nowhere_else(tmp_path: Path) -> None:
    result = tmp_path / "result.json"
    done = icc_check(REFUTED.claim, "--format", "json", "--output", str(result))
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert json.loads(result.read_text())["summary"]["refuted"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]


def test_a_failed_run_leaves_the_old_file(tmp_path: Path) -> None:
    result = tmp_path / "result.txt"
    result.write_text("old")
    done = icc_check("a", "boom", "--output", str(result))
    assert done.returncode == 2
    assert result.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["result.txt"]


def test_a_bad_line_does_not_cost_the_file(tmp_path: Path) -> None:
    result = tmp_path / "result.txt"
    done = icc_check("batch", claims_file(tmp_path, b"\xff", "a"), "--output", str(result))
    assert done.returncode == 2
    assert "unverified: a" in result.read_text()


def test_a_link_stays_a_link_and_rights_stay(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    assert icc_check("a", "--output", str(link)).returncode == 0
    assert link.is_symlink()
    assert target.read_text().startswith("unverified: a")
    assert target.stat().st_mode & 0o777 == 0o640


def test_devices_are_written_to_and_not_replaced() -> None:
    assert icc_check("a", "--output", "/dev/null").returncode == 0
    assert Path("/dev/null").is_char_device()
    assert icc_check("a", "--output", "-").stdout.startswith("unverified: a")
