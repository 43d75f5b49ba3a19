"""The summary of a step of a GitHub workflow: a file that the environment names.

Steps share the file, so the table is added at its end. A summary holds a mebibyte, and
one that is larger is not shown at all: what does not fit is left out, and that is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from icc_check.cli.output import WholeLines
from icc_check.errors import OutputError
from icc_check.report import Out

VARIABLE = "GITHUB_STEP_SUMMARY"
_LIMIT = 1024 * 1024  # bytes
_CUT = "\nThe rest did not fit into this summary.\n"


class Bounded:
    """Whole pieces, as long as they fit into so many bytes; then a last line that says so."""

    def __init__(self, out: Out, room: int) -> None:
        self._out = out
        self._room = room - len(_CUT)
        self._cut = False

    def write(self, text: str, /) -> int:
        size = len(text.encode())
        if self._cut:
            return len(text)
        if size > self._room:
            self._cut = True
            if self._room >= 0:
                self._out.write(_CUT)
            return len(text)
        self._room -= size
        return self._out.write(text)


def summary_file(environment: Mapping[str, str]) -> str | None:
    """The file for this step's summary, inside a workflow."""
    return environment.get(VARIABLE) or None


@contextmanager
def open_summary(name: str) -> Iterator[Bounded]:
    """The file, to be written at its end. OutputError if that cannot be."""
    path = Path(name)
    try:
        stream = path.open("a", encoding="utf-8", newline="\n")
    except OSError as error:
        why = error.strerror or error
        raise OutputError(f"cannot write {name} (${VARIABLE}): {why}") from error
    with stream:
        yield Bounded(WholeLines(stream, name), _LIMIT - path.stat().st_size)
