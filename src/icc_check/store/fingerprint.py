"""What a compiled store depends on: the store's files, English, and the code that reads.

The contents of all these files make the key that a compiled store must bear.
Reading them would cost every start some milliseconds; so how they look (size,
times, place on the disk) is noted beside the key, and while they look the same
they are not read.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).resolve().parent.parent
# The parts of a store's folder that are read, see `store.load`, and the parts of the
# program that determine what comes of them. A change elsewhere compiles nothing anew.
STORE_PARTS = ("*.toml", "entities", "facts", "sources", "tables")
CODE_PARTS = ("intervals.py", "keys.py", "lexicon.py", "model.py", "english", "reading", "store")
NOT_READ = frozenset(("__pycache__", "json_schema.py", "lint.py"))  # there, but of no weight
# A file that was changed so shortly before it was looked at may be changed again
# without showing it: the clocks of file systems are coarse.
RECENT = 2_000_000_000  # nanoseconds

# Path, size, times of change of its content and of its entry, place on the disk.
Stamp = tuple[str, int, int, int, int]


class Fingerprint(NamedTuple):
    """Of the stores' content alone, and of all that the compiled form depends on."""

    store: str
    key: str


def fingerprint(folders: Sequence[Path]) -> Fingerprint:
    """Read all of it. The same wherever the folders stand."""
    import hashlib  # loads a cryptographic library, so only when there is need

    digest = hashlib.sha256()
    for folder in folders:
        digest.update(b"store\n")
        for name, path in _store_files(folder):
            digest.update(_content(name, path))
    store = digest.hexdigest()[:16]
    digest.update(f"{sys.implementation.cache_tag} {marshal.version}\n".encode())
    for name, path in _code_files():
        digest.update(_content(name, path))
    return Fingerprint(store, digest.hexdigest())


def look(folders: Sequence[Path]) -> tuple[Stamp, ...]:
    """How all of it looks."""
    stores = [path for folder in folders for _, path in _store_files(folder)]
    return tuple(_stamp(path) for path in (*stores, *(path for _, path in _code_files())))


def settled(stamps: Sequence[Stamp], at: int) -> bool:
    """Whether every change after the time of the look, in nanoseconds, is sure to show."""
    return all(max(content, entry) < at - RECENT for _, _, content, entry, _ in stamps)


def _content(name: str, path: str) -> bytes:
    """A file that cannot be read is the loader's to complain about."""
    try:
        content = Path(path).read_bytes()
    except OSError:
        return f"{name} -\n".encode()
    return f"{name} {len(content)}\n".encode() + content


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 a path object more a file would cost as much again
    except OSError:
        return path, -1, 0, 0, 0
    return path, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino


def _store_files(folder: Path) -> Iterator[tuple[str, str]]:
    return _files(str(folder.absolute()), "", STORE_PARTS)


def _code_files() -> Iterator[tuple[str, str]]:
    return _files(str(PACKAGE), "", CODE_PARTS)


def _files(base: str, below: str, parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files of these parts and all that is below them: names and paths, in a fixed order."""
    try:
        with os.scandir(f"{base}/{below}") as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in ordered:
        suffix = f"*{entry.name[entry.name.rfind('.') :]}"
        if entry.name in NOT_READ or (parts and entry.name not in parts and suffix not in parts):
            continue
        if entry.is_dir():
            yield from _files(base, f"{below}{entry.name}/", ())
        else:
            yield below + entry.name, entry.path
