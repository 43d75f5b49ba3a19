"""Text with a claim a line; and lines of bytes, which the other forms are made of too."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterator
from typing import BinaryIO

from icc_check.inputs.values import LONGEST_CLAIM, TOO_LONG, Claim, Reject, Unreadable, fault_in
from icc_check.model import Location

Reader = Callable[[BinaryIO, str], Iterator[Claim | Reject]]

_LONGEST_LINE = 4 * LONGEST_CLAIM + 1024  # bytes: UTF-8 takes at most four a character
_SNIFFED = 8192  # bytes looked at to tell text from anything else
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(stream: BinaryIO, name: str) -> Iterator[Claim | Reject]:
    """The claims in a stream of UTF-8 (with or without a mark at its start).

    Empty lines are skipped; a stream without a single claim is rejected.
    """
    return read_text(stream, name, _claims)


def read_text(stream: BinaryIO, name: str, read: Reader) -> Iterator[Claim | Reject]:
    """What `read` finds in the stream, if it is text; it is rejected where nothing is found."""
    start = _peek(stream)
    if start.startswith(_UTF16):
        yield Reject(name, None, "is UTF-16; save it as UTF-8")
        return
    if b"\0" in start:
        yield Reject(name, None, "is a binary file, not lines of text")
        return
    found = False
    for item in read(stream, name):
        found = True
        yield item
    if not found:
        yield Reject(name, None, "holds no claims" if start else "is empty")


def numbered_lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes]]:
    """The lines, from 1, without a byte order mark.

    Of a line that is longer, only so many bytes are handed on that this shows.
    """
    number = 0
    while line := stream.readline(longest):
        number += 1
        yield number, line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 16)


def decode(line: bytes) -> str:
    """The text of a line. Raises Unreadable."""
    if b"\0" in line:
        raise Unreadable("the line holds a NUL byte, so it is no text")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{line[error.start]:02x}"
        raise Unreadable(f"byte {error.start + 1} ({byte}) is not valid UTF-8") from None


def _peek(stream: BinaryIO) -> bytes:
    peek = getattr(stream, "peek", None)
    if peek is not None:
        return bytes(peek(_SNIFFED)[:_SNIFFED])
    start = stream.read(_SNIFFED)
    stream.seek(0)
    return start


def _claims(stream: BinaryIO, name: str) -> Iterator[Claim | Reject]:
    for number, line in numbered_lines(stream, _LONGEST_LINE):
        try:
            claim = _claim(line, name, number)
        except Unreadable as error:
            yield Reject(name, number, str(error))
        else:
            if claim is not None:
                yield claim


def _claim(line: bytes, name: str, number: int) -> Claim | None:
    if len(line) == _LONGEST_LINE:  # not all of it is here, so decoding it proves nothing
        raise Unreadable(TOO_LONG)
    text = decode(line)
    claim = text.strip()
    if not claim:
        return None
    if fault := fault_in(claim):
        raise Unreadable(fault)
    column = len(text) - len(text.lstrip()) + 1
    return Claim(claim, Location(name, number, column))
