"""Where the result goes: standard output, or a file that is replaced when all is done.

Both take whole lines only: while a piece is being written, Ctrl-C waits for it.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO, cast

from icc_check.cli.terminal import tell
from icc_check.drafts import draft_of, writing
from icc_check.errors import ExitCode, OutputError, WorkerError

STDOUT = "-"


class WholeLines:
    """A stream that is flushed after each piece and not interrupted within one."""

    def __init__(self, stream: TextIO, name: str) -> None:
        self._stream = stream
        self._name = name

    def write(self, text: str, /) -> int:
        try:
            with _interrupts_held():
                written = self._stream.write(text)
                self._stream.flush()
        except BrokenPipeError:  # where SIGPIPE has not ended the program: see __main__
            os.dup2(os.open(os.devnull, os.O_WRONLY), self._stream.fileno())
            raise SystemExit(ExitCode.CLOSED_PIPE) from None
        except OSError as error:
            raise OutputError(f"cannot write {self._name}: {error.strerror or error}") from error
        return written


@contextmanager
def open_output(name: str | None, *, for_people: bool) -> Iterator[WholeLines]:
    """The named file, or standard output for None and `-`.

    Files and what programs read are UTF-8; people get what their terminal knows.
    """
    if name is None or name == STDOUT:
        yield _standard_output("utf-8" if not for_people else None)
        return
    path = Path(name)
    if path.exists() and not path.is_file() and not path.is_dir():  # a pipe or a device
        with _create(path, path) as stream:
            yield WholeLines(stream, name)
        return
    with _replacing(path) as stream:
        yield WholeLines(stream, name)


def _standard_output(encoding: str | None) -> WholeLines:
    if sys.stdout is None:
        raise OutputError("cannot write standard output: it is closed")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace", newline="\n")
    return WholeLines(sys.stdout, "standard output")


@contextmanager
def _replacing(path: Path) -> Iterator[TextIO]:
    """A new file beside the old one, which takes its place only when all is well.

    What an interrupted run had written stays beside it as `NAME.partial`.
    """
    with draft_of(path) as draft:
        try:
            with _create(draft, path) as stream:
                yield stream
        except (KeyboardInterrupt, WorkerError):
            _keep(draft, partial_of(path.resolve()))
            raise


def partial_of(target: Path) -> Path:
    """Where what an interrupted run had written is kept."""
    return target.with_name(f"{target.name}.partial")


def _create(path: Path, shown: Path) -> TextIO:
    with writing(shown):
        return cast(TextIO, path.open("w", encoding="utf-8", newline="\n"))


def _keep(draft: Path, partial: Path) -> None:
    if draft.exists() and draft.stat().st_size:
        draft.replace(partial)
        tell(f"icc-check: interrupted; what was done so far is in {partial}")


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let Ctrl-C wait until the block is done; a second one does not wait."""
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield  # ignored, as in a background job, or another's business
        return
    pending = False

    def remember(_number: int, _frame: FrameType | None) -> None:
        nonlocal pending
        if pending:
            raise KeyboardInterrupt
        pending = True

    signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if pending:
        raise KeyboardInterrupt
