"""Which files are meant: those named, and the documents in the folders that are named.

In folders, what `.gitignore` and `.ignore` leave out is left out, as is what is hidden
(its name begins with a dot); links to folders are not followed. A file that is named is
always read, unless `--exclude` leaves it out.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pathspec import GitIgnoreSpec

from icc_check.documents.formats import is_known
from icc_check.errors import why_unread
from icc_check.inputs import STDIN, Reject

IGNORE_FILES = (".gitignore", ".ignore")  # the later speaks louder


class _Level(NamedTuple):
    """The patterns that a folder has for what is in it."""

    folder: Path
    patterns: GitIgnoreSpec


class Finder:
    """Goes through names in their order and through folders in alphabetical order."""

    def __init__(self, exclude: Sequence[str] = (), *, heed_ignores: bool = True) -> None:
        self._heeds = heed_ignores
        here = Path.cwd()
        self._excluded = _Level(here, GitIgnoreSpec.from_lines(exclude))
        self._seen: set[str] = set()

    def find(self, names: Sequence[str]) -> Iterator[str | Reject]:
        """Each file once; what cannot be read or holds no documents is rejected."""
        for name in names:
            if name == STDIN or not Path(name).is_dir():
                if name == STDIN or self._is_new(name):
                    yield name
                continue
            found = False
            for item in self._walk(name, self._levels_above(Path(name))):
                found = True
                if isinstance(item, Reject) or self._is_new(item):
                    yield item
            if not found:
                aside = "; what ignore files leave out is not read" if self._heeds else ""
                yield Reject(name, None, f"there are no documents in this folder{aside}")

    def _is_new(self, name: str) -> bool:
        path = os.path.abspath(name)  # noqa: PTH100  # links are not resolved
        if path in self._seen or _is_left_out(Path(path), (self._excluded,)):
            return False
        self._seen.add(path)
        return True

    def _walk(self, folder: str, levels: tuple[_Level, ...]) -> Iterator[str | Reject]:
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            yield Reject(folder, None, _folder_fault(error))
            return
        absolute = Path(os.path.abspath(folder))  # noqa: PTH100
        levels = (*levels, *self._level(absolute))
        excluded = (self._excluded,)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = entry.name if folder == os.curdir else os.path.join(folder, entry.name)  # noqa: PTH118
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder and not is_known(entry.name):
                continue
            if not is_folder and entry.is_symlink() and Path(path).is_dir():
                continue
            here = absolute / entry.name
            if any(_is_left_out(here, said, folder=is_folder) for said in (excluded, levels)):
                continue
            if is_folder:
                yield from self._walk(path, levels)
            else:
                yield path

    def _level(self, folder: Path) -> list[_Level]:
        lines: list[str] = []
        for name in IGNORE_FILES if self._heeds else ():
            path = folder / name
            if path.is_file():
                lines += path.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
        return [_Level(folder, GitIgnoreSpec.from_lines(lines))] if lines else []

    def _levels_above(self, folder: Path) -> tuple[_Level, ...]:
        """The ignore files from the root of the repository down to here."""
        folder = Path(os.path.abspath(folder))  # noqa: PTH100
        if (folder / ".git").exists():
            return ()
        above = [parent for parent in reversed(folder.parents) if _in_repository(parent)]
        return tuple(level for parent in above for level in self._level(parent))


def _is_left_out(path: Path, levels: tuple[_Level, ...], *, folder: bool = False) -> bool:
    """What the deepest folder says that says anything."""
    said = False
    for level in levels:
        if path.is_relative_to(level.folder):
            inside = path.relative_to(level.folder).as_posix() + ("/" if folder else "")
            include = level.patterns.check_file(inside).include
            said = said if include is None else include
    return said


def _in_repository(folder: Path) -> bool:
    return any((parent / ".git").exists() for parent in (folder, *folder.parents))


def _folder_fault(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "this folder may not be read (permission denied)"
    return why_unread(error)
