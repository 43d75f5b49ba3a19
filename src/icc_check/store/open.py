"""Opening a store: the shipped one or others, compiled when needed.

The shipped store's compiled form lies in the installed package; any other's, and
that of a checkout, in the user's cache folder, where it is made at first use.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from icc_check.errors import StoreError
from icc_check.store import cache
from icc_check.store.binary import Image, Reader, pack
from icc_check.store.codec import sections_of, store_from
from icc_check.store.compiled import CompiledStore
from icc_check.store.fingerprint import PACKAGE, Fingerprint, Stamp, fingerprint, look, settled

SHIPPED = PACKAGE / "_claims"
SHIPPED_COMPILED = PACKAGE / "_claims.bin"  # put there when the wheel is built
CHECKOUT = PACKAGE.parents[1] / "claims"
COMPILED, NOTE = ".bin", ".look"  # in the cache: a compiled store, how its files looked

# Told the number of facts before a store is compiled, which may take seconds.
Preparing = Callable[[int], None]


def shipped_store() -> Path:
    """The folder of the store that comes with the program. Raises StoreError."""
    for place in (SHIPPED, CHECKOUT):
        if (place / "store.toml").is_file():
            return place
    raise StoreError("the store that comes with icc-check is missing", hint="install it again")


def open_store(
    folders: Sequence[Path] | None = None, preparing: Preparing | None = None
) -> CompiledStore:
    """The stores in the folders, joined and compiled. Raises StoreError."""
    stores = tuple(Path(folder) for folder in folders) if folders else (shipped_store(),)
    reader = _from_package(stores, preparing) or _from_cache(stores, preparing)
    return store_from(reader)


def compile_to_bytes(
    stores: Sequence[Path], found: Fingerprint, preparing: Preparing | None = None
) -> bytes:
    """The compiled form of the stores, as it is kept in a file. Raises StoreError."""
    from icc_check.store.compiler import compile_store
    from icc_check.store.load import load_stores

    source = load_stores(stores)
    if preparing:
        preparing(len(source.facts))
    with _collecting_no_garbage():
        return pack({"key": [found.key], **sections_of(compile_store(source, found.store))})


@contextmanager
def _collecting_no_garbage() -> Iterator[None]:
    """While all that is made is kept, looking for garbage only takes time: a sixth of it."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _from_package(stores: tuple[Path, ...], preparing: Preparing | None) -> Reader | None:
    if stores != (SHIPPED,):
        return None
    image = cache.read(SHIPPED_COMPILED, own=False)  # whoever wrote it wrote the program too
    return Reader(image, lambda: _from_cache(stores, preparing)) if image else None


def _from_cache(stores: tuple[Path, ...], preparing: Preparing | None) -> Reader:
    now = time.time_ns()
    stamps = look(stores)
    noted = _noted(stores, stamps)
    found = noted or fingerprint(stores)
    image = cache.read(cache.path_for(stores, COMPILED))
    if image is not None and _key(image) == found.key:
        reader = Reader(image, lambda: _compiled(stores, fingerprint(stores), preparing, found))
    else:
        reader = _compiled(stores, found, preparing)
    if not noted and settled(stamps, now):
        cache.write(cache.path_for(stores, NOTE), pack({"look": [(stamps, *found)]}))
    return reader


def _noted(stores: tuple[Path, ...], stamps: tuple[Stamp, ...]) -> Fingerprint | None:
    """What the files contain if they still look as they did when that was noted."""
    note = cache.read(cache.path_for(stores, NOTE))
    with suppress(Exception):  # a note that cannot be read is none
        noted, *found = note.record("look", 0) if note else ((),)
        if noted == stamps:
            return Fingerprint(*found)
    return None


def _key(image: Image) -> str:
    try:
        return str(image.record("key", 0))
    except Exception:  # however it fails, the file is none to be used
        return ""


def _compiled(
    stores: tuple[Path, ...],
    found: Fingerprint,
    preparing: Preparing | None,
    wanted: Fingerprint | None = None,
) -> Reader:
    """Compile, and keep what was compiled unless the files changed meanwhile."""
    if wanted not in (None, found):
        raise StoreError(f"{stores[0]}: was changed while it was in use", hint="try again")
    data = compile_to_bytes(stores, found, preparing)
    if fingerprint(stores) == found:
        cache.write(cache.path_for(stores, COMPILED), data)
    return Reader(Image(data))
