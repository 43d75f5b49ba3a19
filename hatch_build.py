"""Compiles the store into the wheel, so that an installed program starts at once.

An editable install has no copy of the store and needs none: there the store is
compiled at first use, as is any other. A wheel that is built where the reader's
libraries are missing is a good wheel too, and only slower at its first check.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledStoreHook(BuildHookInterface[Any]):
    """Adds the compiled form of `claims/` to the files of the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        try:
            from icc_check.store.fingerprint import fingerprint
            from icc_check.store.open import SHIPPED_COMPILED, compile_to_bytes

            stores = (root / "claims",)
            data = compile_to_bytes(stores, fingerprint(stores))
        except ModuleNotFoundError as error:
            self.app.display_warning(f"the store is not compiled: {error}")
            return
        finally:
            sys.path.remove(str(root / "src"))
        self._folder = tempfile.TemporaryDirectory()
        compiled = Path(self._folder.name, SHIPPED_COMPILED.name)
        compiled.write_bytes(data)
        build_data["force_include"][str(compiled)] = f"icc_check/{SHIPPED_COMPILED.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if hasattr(self, "_folder"):
            self._folder.cleanup()
