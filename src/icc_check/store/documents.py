"""TOML files as records that know their line, and the faults found in them."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from icc_check.store import schema
from icc_check.store.values import Place

_HEADER = re.compile(r"^\s*\[\[\s*([\w-]+)\s*\]\]")
_TABLE = re.compile(r"^\s*\[\s*([\w-]+)\s*\]")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class Fault(NamedTuple):
    """Something wrong in the store, and where."""

    place: Place
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class Record(NamedTuple):
    """One `[[…]]` block, checked against its fields."""

    values: dict[str, Any]
    place: Place


class Document:
    """One TOML file of a store; faults are collected in the list given."""

    def __init__(self, path: Path, root: Path, faults: list[Fault]) -> None:
        self.name = path.relative_to(root.parent).as_posix()
        self.path = path
        self.topic = path.stem
        self._faults = faults
        self._data: dict[str, Any] = {}
        self._lines: dict[str, list[int]] = {}
        try:
            text = path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self._fault(1, f"is not UTF-8: byte {error.start} cannot be read")
            return
        except OSError as error:
            self._fault(1, f"cannot be read: {error.strerror}")
            return
        try:
            self._data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = _TOML_LINE.search(str(error))
            self._fault(int(line[1]) if line else 1, f"is not valid TOML: {error}")
            return
        self._lines = _header_lines(text)

    def _fault(self, line: int, message: str) -> None:
        self._faults.append(Fault(Place(self.name, line), message))

    def expect(self, *names: str) -> None:
        """Complain about every top-level key that is none of these."""
        for key in self._data:
            if key not in names:
                line = self._lines.get(key, [1])[0]
                self._fault(line, f"unknown entry {key!r}{schema.suggestion(key, names)}")

    def top(self, fields: schema.Fields) -> Record | None:
        """The file itself as one record."""
        if not self._data:
            return None
        return self._checked(self._data, fields, 1)

    def table(self, name: str, fields: schema.Fields) -> Record | None:
        value = self._data.get(name)
        line = self._lines.get(name, [1])[0]
        if not isinstance(value, dict):
            if self._data:
                self._fault(line, f"has no [{name}]")
            return None
        return self._checked(value, fields, line)

    def records(self, name: str, fields: schema.Fields) -> Iterator[Record]:
        entries = self._data.get(name, [])
        lines = self._lines.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
            self._fault(1, f"{name!r} must be written as [[{name}]]")
            return
        for number, entry in enumerate(entries):
            record = self._checked(entry, fields, lines[number] if number < len(lines) else 1)
            if record:
                yield record

    def _checked(self, values: dict[str, Any], fields: schema.Fields, line: int) -> Record | None:
        label = f"{values['id']!r}: " if isinstance(values.get("id"), str) else ""
        messages = list(schema.faults(values, fields))
        for message in messages:
            self._fault(line, f"{label}{message}")
        return None if messages else Record(values, Place(self.name, line))


def _header_lines(text: str) -> dict[str, list[int]]:
    """The lines of all headers by name; texts over several lines are passed over."""
    lines: dict[str, list[int]] = {}
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        for quotes in ('"""', "'''"):
            if not inside and line.count(quotes) % 2:
                inside = quotes
                break
            if inside == quotes and line.count(quotes) % 2:
                inside = ""
                break
        else:
            match = None if inside else _HEADER.match(line) or _TABLE.match(line)
            if match:
                lines.setdefault(match[1], []).append(number)
    return lines


def as_day(value: Any) -> dt.date:
    """A day from TOML or from a cell. Raises ValueError."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
