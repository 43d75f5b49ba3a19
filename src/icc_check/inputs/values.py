"""What reading hands on: claims, and what could not be read, each with its place."""

from __future__ import annotations

from typing import Any, NamedTuple

from icc_check.model import Location

LONGEST_CLAIM = 10_000  # characters; a sentence has a few hundred
TOO_LONG = f"the claim is longer than {LONGEST_CLAIM:,} characters"

# The other columns of a table's row, or keys of an object, in their order.
Extra = tuple[tuple[str, Any], ...]


class Claim(NamedTuple):
    """A text to check, where it stands (None for an argument), and what stood beside it."""

    text: str
    location: Location | None = None
    extra: Extra = ()


class Reject(NamedTuple):
    """A line that cannot be checked, or with line None a whole file."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


class Unreadable(Exception):
    """Why a line, a row or a header cannot be read, in words for the user."""


def fault_in(text: str) -> str | None:
    """Why a text cannot be checked at all."""
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        return "the claim is not valid UTF-8"
    if not any(char.isprintable() and not char.isspace() for char in text):
        return "the claim is empty"
    if len(text) > LONGEST_CLAIM:
        return TOO_LONG
    return None
