"""The folder that the program was started in."""

from __future__ import annotations

from pathlib import Path


def working_folder() -> Path | None:
    """The working directory; None where it was deleted meanwhile."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        return None
