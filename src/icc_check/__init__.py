"""A fact-checker that works offline from a curated, sourced store of facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Checker", "__version__"]

if TYPE_CHECKING:
    from icc_check.checker import Checker


def __getattr__(name: str) -> Any:
    """Load the engine only when it is asked for: `--version` needs none."""
    if name == "Checker":
        from icc_check.checker import Checker

        return Checker
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
