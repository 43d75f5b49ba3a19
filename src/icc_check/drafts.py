"""Files that are written beside their place and put there as a whole, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from icc_check.errors import OutputError


@contextmanager
def draft_of(path: Path) -> Iterator[Path]:
    """An empty file to write to, which takes the place of `path` when the block ends well.

    Raises OutputError where that cannot be done; what was there before is then untouched.
    """
    target = path.resolve()  # a link stays a link
    with writing(path):
        if target.exists() and not target.is_file():  # renaming over a device would replace it
            kind = "a directory" if target.is_dir() else "no file"
            raise OutputError(f"cannot write {path}: it is {kind}")
        draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        draft.open("xb").close()
    try:
        yield draft
        take_place(target, draft, path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def take_place(target: Path, draft: Path, shown: Path) -> None:
    """Let a finished draft take the place of the target. Raises OutputError."""
    with writing(shown):
        if target.exists():
            draft.chmod(target.stat().st_mode)
        draft.replace(target)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """While a file is written: what the system says of it, in words for the user."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
