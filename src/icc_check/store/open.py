"""Opening a store: the shipped one or others, compiled when needed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from icc_check.errors import StoreError
from icc_check.store.compiled import CompiledStore

_PACKAGE = Path(__file__).resolve().parent.parent
_PLACES = (_PACKAGE / "_claims", _PACKAGE.parents[1] / "claims")


def shipped_store() -> Path:
    """The folder of the store that comes with the program. Raises StoreError."""
    for place in _PLACES:
        if (place / "store.toml").is_file():
            return place
    raise StoreError("the store that comes with icc-check is missing", hint="install it again")


def open_store(folders: Sequence[Path] | None = None) -> CompiledStore:
    """The stores in the folders, joined and compiled. Raises StoreError."""
    return _compiled(tuple(Path(folder) for folder in folders) if folders else (shipped_store(),))


@cache
def _compiled(folders: tuple[Path, ...]) -> CompiledStore:
    from icc_check.store.compiler import compile_store
    from icc_check.store.load import load_stores

    return compile_store(load_stores(folders))
