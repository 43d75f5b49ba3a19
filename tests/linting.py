"""`icc-check lint` as a process with the store that is shipped, for the tests."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from program import environment

DAY = "--as-of=2026-11-24"
WRONG = "The ICC is part of the United Nations."
OUTDATED = "The ICC has 124 member states."
RIGHT = "The ICC is not part of the United Nations."


def lint(
    folder: Path, *args: str, stdin: bytes = b"", paths: tuple[str, ...] = (".",)
) -> subprocess.CompletedProcess[str]:
    """Run it in a folder, with `.` as the path unless others are given."""
    done = subprocess.run(
        [sys.executable, "-m", "icc_check", "lint", DAY, *args, "--", *paths],
        input=stdin,
        capture_output=True,
        cwd=folder,
        env=environment(),
        timeout=120,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def write(folder: Path, **files: str) -> None:
    """Files by their names; `__` stands for a slash and `_` before the end for a dot."""
    for name, text in files.items():
        stem, _, suffix = name.replace("__", "/").rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def places(done: subprocess.CompletedProcess[str]) -> list[str]:
    """`file:line:column` of each line of text output."""
    return [":".join(line.split(":")[:3]) for line in done.stdout.splitlines()]
