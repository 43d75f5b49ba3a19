"""What is left of a document when its markup is gone, and where it stood.

A block is a stretch of prose that belongs together: a paragraph, a heading, a table
cell. It is made of pieces, each with its place in the source, so that any place in
the prose leads back to the source however much markup stood between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, TypeAlias

# Stands for what is no prose and yet part of a sentence: code, a formula.
OPAQUE = "\ufffc"
_NO_PROSE = f" \t\r\n\f\v\xa0{OPAQUE}"


class Role(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    PROSE = "prose"
    ITEM = "item"  # in a list or table, so that what stands above speaks for it


class Piece(NamedTuple):
    """Some prose and the span of the source it stands for, in characters from 0.

    Of a verbatim piece every character stands where the source has it; any other (an
    entity, a line break) stands for its span as a whole.
    """

    text: str
    start: int
    end: int

    @property
    def verbatim(self) -> bool:
        return self.end - self.start == len(self.text)


class Comment(NamedTuple):
    """A comment of the markup: what it says, and the span of the source."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces in their order, and the comments among them."""

    pieces: tuple[Piece, ...]
    role: Role = Role.PROSE
    comments: tuple[Comment, ...] = ()

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def locate(self) -> Callable[[int, int], tuple[int, int]]:
        """A function from a span of `text` to the span of the source."""
        starts = []
        at = 0
        for piece in self.pieces:
            starts.append(at)
            at += len(piece.text)

        def span(first: int, behind: int) -> tuple[int, int]:
            return self._at(starts, first)[0], self._at(starts, behind - 1)[1]

        return span

    def _at(self, starts: Sequence[int], place: int) -> tuple[int, int]:
        number = bisect_right(starts, place) - 1
        piece = self.pieces[number]
        if not piece.verbatim:
            return piece.start, piece.end
        start = piece.start + place - starts[number]
        return start, start + 1


Part: TypeAlias = Block | Comment
Extractor: TypeAlias = Callable[[str], Iterator[Part]]


class Builder:
    """Gathers pieces and comments into blocks, in the order in which they come."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._comments: list[Comment] = []
        self._parts: list[Part] = []
        self.has_prose = False

    def add(self, text: str, start: int, end: int) -> None:
        if text:
            self._pieces.append(Piece(text, start, end))
            self.has_prose = self.has_prose or bool(text.strip(_NO_PROSE))

    def comment(self, text: str, start: int, end: int) -> None:
        """A comment; amid prose it belongs to the block, else it stands by itself."""
        comment = Comment(text, start, end)
        (self._comments if self.has_prose else self._parts).append(comment)

    @property
    def last(self) -> str:
        """The last character of the block so far, or nothing."""
        return self._pieces[-1].text[-1] if self._pieces else ""

    def end(self, role: Role = Role.PROSE) -> None:
        """End the block; one without any prose is none."""
        if self.has_prose:
            self._parts.append(Block(tuple(self._pieces), role, tuple(self._comments)))
        self._pieces = []
        self._comments = []
        self.has_prose = False

    def drain(self) -> list[Part]:
        """What is complete, which is then no longer here."""
        parts, self._parts = self._parts, []
        return parts
