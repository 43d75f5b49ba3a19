"""Compiled stores in the user's cache folder.

Nothing here is needed for correctness: a file that is missing, damaged, not the
user's own or impossible to write is as good as none. Files are replaced as a
whole, so that nobody ever sees half of one.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Sequence
from contextlib import suppress
from mmap import ACCESS_READ, mmap
from pathlib import Path

from icc_check.store.binary import Damaged, Image

ROOT = 0
UNUSED_AFTER = 90 * 86_400  # seconds: older files are of stores that are gone


def folder() -> Path | None:
    """Where this user's caches are, by the custom of the system; None where nowhere is."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    if sys.platform == "win32":
        chosen = chosen or os.environ.get("LOCALAPPDATA", "")
    if chosen and Path(chosen).is_absolute():
        return Path(chosen) / "icc-check"
    try:
        home = Path.home()
    except RuntimeError:
        return None
    usual = "Library/Caches" if sys.platform == "darwin" else ".cache"
    return home / usual / "icc-check"


def path_for(stores: Sequence[Path], suffix: str) -> Path | None:
    """The file for these stores and this Python; the same when their content changes."""
    base = folder()
    if base is None:
        return None
    what = "\n".join(
        (str(sys.implementation.cache_tag), *(str(store.absolute()) for store in stores))
    )
    name = stores[0].absolute().name
    return base / f"{name}-{zlib.crc32(os.fsencode(what)):08x}{suffix}"


def read(path: Path | None, *, own: bool = True) -> Image | None:
    """The file, mapped and not yet read; None unless it is whole and the user's own."""
    if path is None:
        return None
    try:
        with path.open("rb", buffering=0) as stream:
            if own and not _trusted(os.fstat(stream.fileno())):
                return None
            return Image(mmap(stream.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError, Damaged):  # ValueError: an empty file cannot be mapped
        return None


def _trusted(status: os.stat_result) -> bool:
    """Whether nobody else can have written it."""
    return not hasattr(os, "getuid") or status.st_uid in (os.getuid(), ROOT)


def write(path: Path | None, data: bytes) -> None:
    """Put the file in its place, if that can be done."""
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _replace(path, data)
        _clear_out(path.parent)


def _replace(path: Path, data: bytes) -> None:
    """Write beside it, then put it in the other's place, so that there is always a whole one."""
    import tempfile

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def _clear_out(base: Path) -> None:
    """Remove what has not been used for long, and drafts that a crash left behind."""
    oldest = time.time() - UNUSED_AFTER
    for file in base.iterdir():
        with suppress(OSError):
            found = file.stat()
            if max(found.st_atime, found.st_mtime) < oldest:
                file.unlink()
