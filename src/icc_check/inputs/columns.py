"""Which column of a table, or key of an object, holds the claims; and a row as a claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from icc_check.inputs.values import Claim, Unreadable, fault_in
from icc_check.model import Location

USUAL = ("claim", "text", "statement")  # which is taken when none is named, best first
LONGEST_ROW = 1 << 20  # bytes of a line, and characters of a row: a row may carry an article
_MOST_NAMED = 12  # columns that a message lists


def choose_column(names: Sequence[str], wanted: str | None) -> str:
    """The wanted one of the columns; else the usual one, or the only one.

    Upper and lower case make no difference where the name is not there as written.
    Raises Unreadable, which names the columns there are.
    """
    for name in (wanted,) if wanted is not None else USUAL:
        if name in names:
            return str(name)
        alike = [known for known in names if known.casefold() == str(name).casefold()]
        if len(alike) == 1:
            return alike[0]
    if wanted is not None:
        raise Unreadable(
            f"there is no column {wanted!r}, only {_list(names)}{_near(wanted, names)}"
        )
    if len(names) == 1:
        return names[0]
    raise Unreadable(
        f"cannot tell which column holds the claims; choose with --column: {_list(names)}"
    )


def claim_from(row: Mapping[str, Any], column: str, name: str, line: int) -> Claim:
    """The claim in a row, with what stands beside it. Raises Unreadable."""
    text = row.get(column)
    if not isinstance(text, str):
        if column not in row:
            raise Unreadable(f"there is no {column!r} in this row")
        raise Unreadable(f"{column!r} is {kind_of(text)}, not text")
    text = text.strip()
    if fault := fault_in(text):
        raise Unreadable(fault)
    extra = tuple((key, value) for key, value in row.items() if key != column)
    return Claim(text, Location(name, line), extra)


def kind_of(value: object) -> str:
    """What a value of JSON is, in words."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    return "a list" if isinstance(value, list) else "an object"


def _list(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMED])
    more = len(names) - _MOST_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def _near(wanted: str, names: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(wanted, names, n=1)
    return f" (did you mean {close[0]}?)" if close else ""
