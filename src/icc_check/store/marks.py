"""The marks in a statement: `[may be left out]`, `(a|b)`, `*what it turns on*`.

`[a|b]` is short for `[(a|b)]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, product

MOST_EXPANSIONS = 96
SERIES_NUMBER = 987_654_321  # stands for {n} while a statement is read
SERIES_SLOT = "{n}"
NAME_SLOT = "Xyzzyname"  # stands for the unknown name of a closed list
_OPTIONAL_CHOICE = re.compile(r"\[([^\[\]()]*\|[^\[\]()]*)\]")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_ALTERNATIVES = re.compile(r"\(([^()]*\|[^()]*)\)")


class MarkError(ValueError):
    """A statement whose marks do not balance."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A statement without marks, and the character spans that they covered."""

    text: str
    optional: tuple[tuple[int, int], ...]
    turning: tuple[tuple[int, int], ...]


def expand(statement: str, distinct: Callable[[list[str]], list[str]] | None = None) -> list[str]:
    """Every way to choose among the alternatives, MOST_EXPANSIONS at most.

    `distinct` may take out the options of a choice that come to the same.
    """
    choices = _choices(statement)
    if distinct is not None:
        choices = [distinct(choice) if len(choice) > 1 else choice for choice in choices]
    return ["".join(chosen) for chosen in islice(product(*choices), MOST_EXPANSIONS)]


def samples(statement: str) -> list[str]:
    """As many ways to read it as show every option once, for checking the marks."""
    choices = _choices(statement)
    most = max(len(choice) for choice in choices)
    return ["".join(choice[turn % len(choice)] for choice in choices) for turn in range(most)]


def _choices(statement: str) -> list[list[str]]:
    pieces = _ALTERNATIVES.split(_OPTIONAL_CHOICE.sub(r"[(\1)]", statement))
    return [piece.split("|") if index % 2 else [piece] for index, piece in enumerate(pieces)]


def without_or_with(statement: str, negative: Callable[[str], bool]) -> list[str]:
    """Two statements for each optional part that denies something: without it and with it.

    A denial that may be left out would otherwise turn round what leaves it out.
    """
    for match in _OPTIONAL.finditer(statement):
        if negative(match[1]):
            before, after = statement[: match.start()], statement[match.end() :]
            return [
                *without_or_with(before + after, negative),
                *without_or_with(f"{before}{match[1]}{after}", negative),
            ]
    return [statement]


def strip(statement: str) -> Marked:
    """Take the marks out of one expanded statement.

    Raises MarkError for marks that are not closed or closed twice.
    """
    out: list[str] = []
    length = 0
    optional: list[tuple[int, int]] = []
    turning: list[tuple[int, int]] = []
    opened = starred = -1
    for char in statement:
        if char == "[":
            if opened >= 0:
                raise MarkError("'[' inside '['")
            opened = length
        elif char == "]":
            if opened < 0:
                raise MarkError("']' without '['")
            optional.append((opened, length))
            opened = -1
        elif char == "*":
            if starred < 0:
                starred = length
            else:
                turning.append((starred, length))
                starred = -1
        else:
            out.append(char)
            length += 1
    if opened >= 0 or starred >= 0:
        raise MarkError("'[' or '*' is not closed")
    if "|" in statement:
        raise MarkError("'(', '|' and ')' are for alternatives, (a|b), which do not nest")
    return Marked("".join(out), tuple(optional), tuple(turning))


def plain(statement: str) -> str:
    """The statement as people read it: first alternatives, no marks."""
    choices = _OPTIONAL_CHOICE.sub(r"[(\1)]", statement)
    first = _ALTERNATIVES.sub(lambda match: match[1].split("|")[0], choices)
    bare = re.sub(r"[\[\]*]", "", first)
    return re.sub(r"\s+([.,;:])", r"\1", re.sub(r"\s{2,}", " ", bare)).strip()
