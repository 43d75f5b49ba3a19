"""JSON Lines: an object a line, of which one key holds the claim; or just a text a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any, BinaryIO

from icc_check.inputs.columns import LONGEST_ROW, choose_column, claim_from, kind_of
from icc_check.inputs.lines import decode, numbered_lines, read_text
from icc_check.inputs.values import Claim, Reject, Unreadable, fault_in
from icc_check.model import Location


def read_objects(stream: BinaryIO, name: str, column: str | None) -> Iterator[Claim | Reject]:
    """The claims in JSON Lines. Which key holds them is settled by the first object.

    Empty lines are skipped; a line that cannot be read is rejected by itself.
    """
    return read_text(stream, name, lambda stream, name: _claims(stream, name, column))


def _claims(stream: BinaryIO, name: str, column: str | None) -> Iterator[Claim | Reject]:
    chosen = None
    for number, line in numbered_lines(stream, LONGEST_ROW):
        try:
            value = _value(line)
        except Unreadable as error:
            yield Reject(name, number, str(error))
            continue
        if value is None:
            continue
        if chosen is None and isinstance(value, dict):
            try:
                chosen = choose_column(list(value), column)
            except Unreadable as error:
                yield Reject(name, number, str(error))
                return
        try:
            yield _claim(value, chosen, name, number)
        except Unreadable as error:
            yield Reject(name, number, str(error))


def _value(line: bytes) -> dict[str, Any] | str | None:
    """What stands on a line; None where nothing does. Raises Unreadable."""
    if len(line) == LONGEST_ROW:
        raise Unreadable(f"the line is longer than {LONGEST_ROW:,} bytes")
    text = decode(line).strip()
    if not text:
        return None
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_finite)
    except json.JSONDecodeError as error:
        raise Unreadable(f"is not JSON: {error.msg} at column {error.colno}") from None
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable(f"is not JSON that can be read: {error}") from None
    except RecursionError:
        raise Unreadable("is JSON within JSON, too deep to be read") from None
    if isinstance(value, dict | str):
        return value
    raise Unreadable(f"is {kind_of(value)}; an object or a text is expected on each line")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise Unreadable(f"is not JSON that can be read: {digits} is too large")
    return number


def _refuse(constant: str) -> None:
    raise Unreadable(f"is not JSON: {constant} is no value")


def _claim(value: dict[str, Any] | str, column: str | None, name: str, number: int) -> Claim:
    if isinstance(value, dict):
        return claim_from(value, str(column), name, number)
    text = value.strip()
    if fault := fault_in(text):
        raise Unreadable(fault)
    return Claim(text, Location(name, number))
