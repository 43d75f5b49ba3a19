"""Reading JSON of any size, an entry at a time, and going on after one that is broken.

Understood are an array of entries, an object that lists them (a DataFeed, a graph), a
single entry, several of these one after the other, and JSON Lines. Memory holds one
entry, never the feed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TextIO

CHUNK = 1 << 16  # characters
LONGEST_ENTRY = 1 << 24  # characters; a review has a few thousand
_LISTS = ("dataFeedElement", "@graph", "itemListElement")
_SPACE = re.compile(r"[\s,]*")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|["{}\[\]]', re.DOTALL)
_MOST_DIGITS = 20


def _whole(digits: str) -> int | float:
    """Python refuses to read whole numbers of very many digits; they mean nothing here."""
    return int(digits) if len(digits) <= _MOST_DIGITS else float(digits)


# Control characters in texts are common.
_DECODER = json.JSONDecoder(strict=False, parse_int=_whole)
_CUT_OFF = "is not whole: the feed ends within it"
_UNFINISHED = "is missing: the feed is cut off before it"


class Entry(NamedTuple):
    """An entry of a feed by its number, from 1: its value, or why it has none."""

    number: int
    value: Any = None
    fault: str = ""


class _Broken(Exception):
    """What stands here is no JSON; `fatal` if nothing after it can be read either."""

    def __init__(self, reason: str, fatal: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.fatal = fatal


def read_lines(stream: TextIO) -> Iterator[Entry]:
    """The entries of JSON Lines; the number of each is that of its line."""
    number = 0
    while line := stream.readline(LONGEST_ENTRY):
        number += 1
        if not line.strip():
            continue
        if len(line) == LONGEST_ENTRY:
            yield Entry(number, fault=f"is longer than {LONGEST_ENTRY:,} characters")
            while line and not line.endswith("\n"):
                line = stream.readline(CHUNK)
            continue
        try:
            yield Entry(number, _DECODER.decode(line))
        except json.JSONDecodeError as error:
            whole = line.endswith("\n")
            yield Entry(number, fault=_why(error) if whole else f"{_CUT_OFF} ({_why(error)})")
        except RecursionError:
            yield Entry(number, fault="is nested too deeply")


def read_document(stream: TextIO) -> Iterator[Entry]:
    """The entries of a document, numbered in its order."""
    reader = _Reader(stream)
    while reader.skip_space():
        try:
            yield from reader.entries()
        except _Broken as broken:
            rest = (
                ""
                if broken.reason in (_CUT_OFF, _UNFINISHED)
                else "; nothing after it could be read"
            )
            yield Entry(reader.number + 1, fault=broken.reason + rest)
            return


class _Reader:
    """A window on the stream that moves on and grows where a value needs it."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._ended = False
        self.number = 0

    def skip_space(self) -> bool:
        """Go to what comes next; False at the end. Commas between entries count as space."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return True
            if not self._more():
                return False

    def entries(self) -> Iterator[Entry]:
        """The entries in the value that stands here."""
        first = self._text[self._at]
        if first == "[":
            self._at += 1
            yield from self._array()
        elif first == "{":
            self._at += 1
            yield from self._object()
        else:
            raise _Broken(f"is no JSON: {self._text[self._at : self._at + 20]!r}", fatal=True)

    def _array(self) -> Iterator[Entry]:
        while self.skip_space():
            if self._text[self._at] == "]":
                self._at += 1
                return
            yield self._entry()
        raise _Broken(_UNFINISHED, fatal=True)

    def _entry(self) -> Entry:
        """The next entry, or why it is none; the place after it is found either way."""
        try:
            value = self._value()
        except _Broken as broken:
            if broken.fatal or not self._skip_value():
                raise
            self.number += 1
            return Entry(self.number, fault=broken.reason)
        self.number += 1
        return Entry(self.number, value)

    def _object(self) -> Iterator[Entry]:
        """The lists in an object, entry by entry; if it has none, the object itself."""
        rest: dict[str, Any] = {}
        listed = False
        while self.skip_space():
            if self._text[self._at] == "}":
                self._at += 1
                if not listed:
                    self.number += 1
                    yield Entry(self.number, rest)
                return
            name = self._name()
            if name in _LISTS and self.skip_space() and self._text[self._at] == "[":
                self._at += 1
                listed = True
                yield from self._array()
            else:
                rest[name] = self._value()
        raise _Broken(_CUT_OFF)

    def _name(self) -> str:
        name = self._value()
        if not isinstance(name, str) or not self.skip_space() or self._text[self._at] != ":":
            raise _Broken("is no JSON: a name and a colon were expected", fatal=True)
        self._at += 1
        return name

    def _value(self) -> Any:
        """The value that stands here; reads on while it may only be incomplete."""
        self.skip_space()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                unfinished = error.msg.startswith("Unterminated") or error.pos + 12 > len(
                    self._text
                )
                if not unfinished:
                    raise _Broken(_why(error)) from None
                if not self._more():
                    raise _Broken(_CUT_OFF, fatal=True) from None
                continue
            except RecursionError:
                raise _Broken("is nested too deeply") from None
            if end == len(self._text) and self._more():  # a number may go on
                continue
            self._at = end
            return value

    def _skip_value(self) -> bool:
        """Go past a broken value by its brackets; False if its end is not found."""
        depth, at = 0, self._at
        while True:
            found = _TOKEN.search(self._text, at)
            if found is None or found[0] == '"':  # nothing, or a text that goes on
                at = (found.start() if found else len(self._text)) - self._at
                if not self._more():
                    return False
                continue
            at = found.end()
            depth += (found[0] in "{[") - (found[0] in "}]")
            if depth <= 0 and found[0] in "}]":
                self._at = at if depth == 0 else found.start()  # the end of what it stands in
                return True

    def _more(self) -> bool:
        """Let the window grow; what is behind is forgotten."""
        if self._ended:
            return False
        held = self._text[self._at :]
        if len(held) >= LONGEST_ENTRY:
            raise _Broken(f"is longer than {LONGEST_ENTRY:,} characters", fatal=True)
        block = self._stream.read(max(CHUNK, len(held)))  # doubling: each is decoded few times
        self._ended = not block
        self._text, self._at = held + block, 0
        return bool(block)


def _why(error: json.JSONDecodeError) -> str:
    return f"is no JSON: {error.msg[0].lower()}{error.msg[1:]}"
