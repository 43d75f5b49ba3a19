"""Runs the command line as a process, for the tests."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
PROGRAM = [sys.executable, str(ROOT / "tests" / "fake_program.py")]
WISHES = (
    *("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING"),
    "GITHUB_STEP_SUMMARY",
)


def environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """This one without wishes about the output, and with the program to be found."""
    kept = {name: value for name, value in os.environ.items() if name not in WISHES}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "TERM": "xterm", **(changes or {})}


def icc_check(
    *args: str | bytes, stdin: bytes = b"", env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*PROGRAM, *args], input=stdin, capture_output=True, env=environment(env), timeout=60
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def in_terminal(*args: str, env: Mapping[str, str] | None = None) -> tuple[int, str]:
    """Exit code and what a terminal shows."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *args], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(env)
    )
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 65536):
            shown += block
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    return process.wait(), shown.decode().replace("\r\n", "\n")


def claims_file(folder: Path, *lines: str | bytes) -> str:
    file = folder / "claims.txt"
    file.write_bytes(
        b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    )
    return str(file)
