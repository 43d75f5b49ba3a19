"""Claims from the command line, from standard input and from files, a claim a line.

What cannot be read becomes a `Reject` that names file and line, and reading goes
on with the next line or file: a bad line never costs the good ones. Memory does
not grow with the input, not even with a line that never ends.
"""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple

from icc_check.errors import InputError
from icc_check.model import Location

STDIN = "-"  # as given on the command line
STDIN_NAME = "<stdin>"  # as shown
LONGEST_CLAIM = 10_000  # characters; a sentence has a few hundred
_LONGEST_LINE = 4 * LONGEST_CLAIM + 1024  # bytes: UTF-8 takes at most four a character
_SNIFFED = 8192  # bytes looked at to tell text from anything else
_TOO_LONG = f"the claim is longer than {LONGEST_CLAIM:,} characters"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Claim(NamedTuple):
    """A text to check, and where it stands (None for an argument)."""

    text: str
    location: Location | None = None


class Reject(NamedTuple):
    """A line that cannot be checked, or with line None a whole file."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


def read_arguments(texts: Sequence[str]) -> list[Claim]:
    """The claims given as arguments; one that cannot be checked is an error at once."""
    claims = []
    for number, text in enumerate(texts, start=1):
        fault = _fault(text)
        if fault:
            which = "" if len(texts) == 1 else f" (number {number} of {len(texts)})"
            raise InputError(f"{fault}{which}", hint='write it in quotes: icc-check "a claim"')
        claims.append(Claim(text))
    return claims


def read_files(names: Iterable[str]) -> Iterator[Claim | Reject]:
    """The claims in the named files, in order; `-` stands for standard input."""
    for name in names:
        if name == STDIN:
            yield from read_stdin()
            continue
        try:
            with Path(name).open("rb") as stream:
                yield from read_lines(stream, name)
        except OSError as error:
            yield Reject(name, None, why(error))


def read_stdin() -> Iterator[Claim | Reject]:
    """The claims on standard input, each as soon as its line is complete."""
    if sys.stdin is None:
        yield Reject(STDIN_NAME, None, "standard input is closed")
        return
    try:
        yield from read_lines(sys.stdin.buffer, STDIN_NAME)
    except OSError as error:
        yield Reject(STDIN_NAME, None, why(error))


def read_lines(stream: BinaryIO, name: str) -> Iterator[Claim | Reject]:
    """The claims in a stream of UTF-8 (with or without a mark at its start).

    Empty lines are skipped; a stream without a single claim is rejected.
    """
    start = _peek(stream)
    if start.startswith(_UTF16):
        yield Reject(name, None, "is UTF-16; save it as UTF-8")
        return
    if b"\0" in start:
        yield Reject(name, None, "is a binary file, not lines of text")
        return
    found = False
    for number, line in enumerate(_bounded_lines(stream), start=1):
        item = _read_line(line, name, number)
        if item is not None:
            found = True
            yield item
    if not found:
        yield Reject(name, None, "holds no claims" if start else "is empty")


def count_lines(names: Iterable[str]) -> int | None:
    """How many lines the files hold; None where that takes waiting for a pipe."""
    total = 0
    for name in names:
        path = Path(name)
        if name == STDIN or not path.is_file():
            return None
        with path.open("rb") as stream:
            while block := stream.read(1 << 20):
                total += block.count(b"\n")
    return total


def _peek(stream: BinaryIO) -> bytes:
    peek = getattr(stream, "peek", None)
    if peek is not None:
        return bytes(peek(_SNIFFED)[:_SNIFFED])
    start = stream.read(_SNIFFED)
    stream.seek(0)
    return start


def _bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long only so much that this shows."""
    while line := stream.readline(_LONGEST_LINE):
        yield line
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 16)


def _read_line(line: bytes, name: str, number: int) -> Claim | Reject | None:
    if number == 1:
        line = line.removeprefix(codecs.BOM_UTF8)
    if len(line) == _LONGEST_LINE:  # not all of it is here, so decoding it proves nothing
        return Reject(name, number, _TOO_LONG)
    if b"\0" in line:
        return Reject(name, number, "the line holds a NUL byte, so it is no text")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = f"0x{line[error.start]:02x}"
        return Reject(name, number, f"byte {error.start + 1} ({byte}) is not valid UTF-8")
    claim = text.strip()
    if not claim:
        return None
    fault = _fault(claim)
    if fault:
        return Reject(name, number, fault)
    column = len(text) - len(text.lstrip()) + 1
    return Claim(claim, Location(name, number, column))


def _fault(text: str) -> str | None:
    """Why a text cannot be checked at all."""
    if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
        return "the claim is not valid UTF-8"
    if not any(char.isprintable() and not char.isspace() for char in text):
        return "the claim is empty"
    if len(text) > LONGEST_CLAIM:
        return _TOO_LONG
    return None


def why(error: OSError) -> str:
    """Why a file cannot be read, in words."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "is a directory; name the files in it"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return f"cannot be read: {error.strerror or error}"
