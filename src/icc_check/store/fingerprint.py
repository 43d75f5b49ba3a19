"""What a compiled store depends on: the store's files, English, and the code that reads.

The files' contents make the key that a compiled store must bear. Since reading
them all would cost every start several milliseconds, the compiled store also
notes how they looked when it was made: size, times, place on the disk.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent
# Of a store's folder, these parts are read: see `store.load`.
STORE_FOLDERS = ("entities", "facts", "sources", "tables")
# Of the program, these parts determine what a store is compiled to.
CODE_FOLDERS = ("english", "reading", "store")
CODE_FILES = ("__init__.py", "errors.py", "intervals.py", "keys.py", "lexicon.py", "model.py")
# A file that was changed within so short a time before it was looked at may have
# been changed again without showing it: clocks of file systems are coarse.
_RECENT = 2_000_000_000  # nanoseconds

# Path, size, times of change of content and of entry, place on the disk.
Stamp = tuple[str, int, int, int, int]


class Look(NamedTuple):
    """How the files looked at a moment; all of plain types, so that it can be stored."""

    taken: int
    stamps: tuple[Stamp, ...]

    def holds(self, now: Look) -> bool:
        """Whether the files are surely the same now."""
        return self.stamps == now.stamps and self.settled

    @property
    def settled(self) -> bool:
        """Whether every later change of a file would show."""
        return all(max(stamp[2:4]) < self.taken - _RECENT for stamp in self.stamps)


class Fingerprint(NamedTuple):
    """What the files contain: that of the stores alone, and of all that matters."""

    store: str
    key: str


def look(folders: Sequence[Path], clock: int) -> Look:
    """How everything looks that a store in these folders is compiled from."""
    files = [path for folder in folders for _, path in _store_files(folder)]
    files += [path for _, path in _code_files()]
    return Look(clock, tuple(map(_stamp, files)))


def fingerprint(folders: Sequence[Path]) -> Fingerprint:
    """Read all of it. The same wherever the folders stand."""
    import hashlib

    store = hashlib.sha256()
    for folder in folders:
        store.update(b"store\0")
        _add_all(store, _store_files(folder))
    code = hashlib.sha256(store.digest())
    code.update(f"{sys.implementation.cache_tag} {marshal.version}".encode())
    _add_all(code, _code_files())
    return Fingerprint(store.hexdigest()[:16], code.hexdigest())


def _add_all(digest: "hashlib._Hash", files: Iterable[tuple[str, str]]) -> None:
    for name, path in files:
        content = Path(path).read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)
    except OSError:
        return path, -1, 0, 0, 0
    return path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _store_files(folder: Path) -> Iterator[tuple[str, str]]:
    """Names within the folder, and paths, in a fixed order."""
    base = os.path.abspath(folder)
    for name in _entries(base):
        if name.endswith(".toml"):
            yield name, f"{base}/{name}"
    for part in STORE_FOLDERS:
        yield from _below(base, part)


def _code_files() -> Iterator[tuple[str, str]]:
    for name in CODE_FILES:
        yield name, f"{PACKAGE}/{name}"
    for part in CODE_FOLDERS:
        yield from _below(str(PACKAGE), part)


def _below(base: str, part: str) -> Iterator[tuple[str, str]]:
    for name in _entries(f"{base}/{part}"):
        path = f"{base}/{part}/{name}"
        if os.path.isdir(path):
            yield from _below(base, f"{part}/{name}")
        else:
            yield f"{part}/{name}", path


def _entries(folder: str) -> list[str]:
    """What stands in a folder, hidden and derived things aside; nothing if there is none."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith((".", "__pyc")))
    except OSError:
        return []
