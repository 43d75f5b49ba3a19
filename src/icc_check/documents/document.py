"""A document as it is read: its text, and the sentences in it with their places."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from icc_check.documents.blocks import OPAQUE, Block, Comment, Role
from icc_check.documents.formats import SUFFIXES, extractor
from icc_check.documents.sentences import split
from icc_check.errors import why_unread
from icc_check.inputs import Reject
from icc_check.model import Location

LARGEST = 64 * 1024 * 1024  # bytes; a long book has one or two million
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document, in one line, and the span of the source it stands for."""

    text: str
    start: int
    end: int
    whole: bool = True  # False where something in it is no prose


@dataclass(frozen=True, slots=True)
class Passage:
    """The sentences of a block, and the comments that stand among them."""

    sentences: tuple[Sentence, ...]
    role: Role
    comments: tuple[Comment, ...] = ()


class Document:
    """A named text; `name` is shown, and its end says what markup it has."""

    def __init__(self, name: str, source: str) -> None:
        self.name = name
        self.source = source
        self._lines = [0, *(match.end() for match in _LINE_END.finditer(source))]

    @cached_property
    def parts(self) -> tuple[Passage | Comment, ...]:
        """Passages and the comments between them, in their order."""
        return tuple(self._parts())

    def _parts(self) -> Iterator[Passage | Comment]:
        for part in extractor(self.name)(self.source):
            if isinstance(part, Comment):
                yield part
            else:
                yield Passage(tuple(_sentences(part)), part.role, part.comments)

    def location(self, start: int, end: int) -> Location:
        """Where a span of the source stands."""
        line, column = self.position(start)
        last, behind = self.position(max(start, end - 1))
        return Location(self.name, line, column, last, behind + 1)

    def rows(self, start: int, end: int) -> tuple[int, int]:
        """The first and last line of a span for those to whom only `\\n` ends one, as to git."""
        last = max(start, end - 1)
        return bisect_right(self._feeds, start - 1) + 1, bisect_right(self._feeds, last - 1) + 1

    @cached_property
    def _feeds(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.source)]

    def position(self, place: int) -> tuple[int, int]:
        """Line and column of a place in the source, both from 1."""
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1


def _sentences(block: Block) -> Iterator[Sentence]:
    text = block.text
    locate = block.locate()
    for first, behind in split(text):
        said = text[first:behind]
        start, end = locate(first, behind)
        yield Sentence(" ".join(said.split()), start, end, whole=OPAQUE not in said)


def open_document(path: Path, name: str) -> Document | Reject:
    """Read a file; what is no document or no text is rejected."""
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        return Reject(name, None, why_unread(error))
    return decode(content, name)


def decode(content: bytes, name: str) -> Document | Reject:
    """A document from the content of a file, which is UTF-8 with or without a mark."""
    fault = _fault(content, name)
    if fault:
        return Reject(name, None, fault)
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Document(name, content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        byte = f"0x{content[error.start]:02x}"
        return Reject(name, line, f"{byte} is not valid UTF-8; save the file as UTF-8")


def _fault(content: bytes, name: str) -> str | None:
    try:
        extractor(name)
    except KeyError:
        return f"is no kind of document that is known; these are: {', '.join(SUFFIXES)}"
    if len(content) > LARGEST:
        return f"is larger than {LARGEST // 1024**2} MB; split it"
    if content.startswith(_UTF16):
        return "is UTF-16; save it as UTF-8"
    if b"\0" in content:
        return "is a binary file, not text"
    return None
