"""One binary file of many small records, each read only when it is asked for.

    header | records and their offsets, section by section | directory

A record is a checksum and a marshalled value of plain Python types; the
directory says for each section how many records it has and where their offsets
stand. The file knows nothing of facts: `store.codec` says what the records mean.
Whatever is not as it was written raises `Damaged`, at opening or later.
"""

from __future__ import annotations

import marshal
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from mmap import mmap
from typing import Any, TypeVar, overload

FORMAT = 1
# Version 2 is the last that writes no references: the same value always gives the
# same bytes, so that wheels can be reproduced, and every later Python reads it.
MARSHAL = 2
_MAGIC = b"icc-check store\n"
# Magic, format, marshal version, byte order, length of the file, directory: where, size, checksum.
_HEADER = struct.Struct("<16sHHcQQII")
_ORDER = sys.byteorder[:1].encode()
_CHECKSUM = 4  # bytes before each record
_PER_BUCKET = 4  # entries of a table that are read together

T = TypeVar("T")
V = TypeVar("V")
# The records of the sections by name, in the order in which they are to be written.
Sections = Mapping[str, Iterable[Any]]


class Damaged(Exception):
    """The file is not what it should be: cut off, altered, of another version."""


def pack(sections: Sections) -> bytes:
    """The file that holds these sections. Records must be of plain types (see `marshal`)."""
    pieces = [bytes(_HEADER.size)]
    length = _HEADER.size
    directory: dict[str, tuple[int, int]] = {}
    for name, records in sections.items():
        offsets = [length]
        for number, record in enumerate(records):
            value = marshal.dumps(record, MARSHAL)
            pieces += (_checksum(name, number, value), value)
            length += _CHECKSUM + len(value)
            offsets.append(length)
        directory[name] = (len(offsets) - 1, length)
        table = struct.pack(f"={len(offsets)}Q", *offsets)
        pieces.append(table)
        length += len(table)
    end = marshal.dumps(directory, MARSHAL)
    pieces.append(end)
    pieces[0] = _HEADER.pack(
        _MAGIC, FORMAT, MARSHAL, _ORDER, length + len(end), length, len(end), zlib.crc32(end)
    )
    return b"".join(pieces)


def _checksum(section: str, number: int, value: bytes) -> bytes:
    """Of a record in its place: one that stands where another should does not pass."""
    seed = zlib.crc32(section.encode(), number & 0xFFFFFFFF)
    return zlib.crc32(value, seed).to_bytes(_CHECKSUM, "little")


class Image:
    """The bytes of such a file, in memory or mapped. Raises Damaged where they are wrong."""

    __slots__ = ("_data", "_directory", "_offsets")

    def __init__(self, data: bytes | mmap) -> None:
        self._data = data
        self._directory = _directory(data)
        self._offsets = {
            name: memoryview(data)[start : start + 8 * (count + 1)].cast("Q")
            for name, (count, start) in self._directory.items()
        }

    def count(self, section: str) -> int:
        """How many records a section has."""
        return self._directory[section][0]

    def record(self, section: str, number: int) -> Any:
        offsets = self._offsets[section]
        block = self._data[offsets[number] : offsets[number + 1]]
        value = block[_CHECKSUM:]
        if block[:_CHECKSUM] != _checksum(section, number, value):
            raise Damaged(f"record {number} of {section}")
        return marshal.loads(value)


def _directory(data: bytes | mmap) -> dict[str, tuple[int, int]]:
    try:
        magic, form, marshalled, order, length, start, size, checksum = _HEADER.unpack_from(data)
        if (magic, form, order) != (_MAGIC, FORMAT, _ORDER):
            raise Damaged("another kind of file")
        if not length == len(data) == start + size:
            raise Damaged("cut off")
        end = data[start : start + size]
        if marshalled > marshal.version or zlib.crc32(end) != checksum:
            raise Damaged("the directory cannot be read")
        directory: dict[str, tuple[int, int]] = marshal.loads(end)
    except (struct.error, ValueError, EOFError, TypeError) as error:
        raise Damaged(str(error)) from error
    return directory


class Reader:
    """An image that is replaced by a new one when it turns out to be damaged."""

    def __init__(self, image: Image, mend: Callable[[], Reader] | None = None) -> None:
        self.image = image
        self._mend = mend

    def read(self, section: str, number: int, make: Callable[[Any], T]) -> T:
        """What a record means. Whatever goes wrong, the file is at fault and is mended."""
        while True:
            try:
                return make(self.image.record(section, number))
            except Exception:
                if self._mend is None:
                    raise
                other = self._mend()
                self.image, self._mend = other.image, other._mend


class Records(Sequence[V]):
    """A section as a sequence; each record is read at most once."""

    __slots__ = ("_known", "_length", "_make", "_reader", "_section")

    def __init__(self, reader: Reader, section: str, make: Callable[[Any], V]) -> None:
        self._reader = reader
        self._section = section
        self._make = make
        self._length = reader.image.count(section)
        self._known: dict[int, V] = {}

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, at: int) -> V: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[V]: ...
    def __getitem__(self, at: int | slice) -> V | Sequence[V]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(self._length))]
        known = self._known.get(at)
        return self._read(at) if known is None else known

    def _read(self, at: int) -> V:
        number = at + self._length if at < 0 else at
        if not 0 <= number < self._length:
            raise IndexError(at)
        value = self._reader.read(self._section, number, self._make)
        self._known[number] = value
        return value


def buckets(table: Mapping[str, Any], size: int = _PER_BUCKET) -> list[dict[str, Any]]:
    """A table as records: each holds the entries whose keys have the same remainder."""
    records: list[dict[str, Any]] = [{} for _ in range(max(1, len(table) // size))]
    for key in sorted(table):
        records[_bucket(key, len(records))][key] = table[key]
    return records


def _bucket(key: str, count: int) -> int:
    return zlib.crc32(key.encode("utf-8", "surrogatepass")) % count


class Table(Mapping[str, V]):
    """A section as a mapping; a look-up reads the few entries that share a bucket.

    What is asked for in vain is not remembered: memory is bounded by the file.
    """

    __slots__ = ("_known", "_make", "_raw", "_reader", "_section", "_unread")

    def __init__(self, reader: Reader, section: str, make: Callable[[Any], V]) -> None:
        self._reader = reader
        self._section = section
        self._make = make
        self._unread = bytearray(b"\1" * reader.image.count(section))
        self._raw: dict[str, Any] = {}
        self._known: dict[str, V] = {}

    @overload
    def get(self, key: str, default: None = None, /) -> V | None: ...
    @overload
    def get(self, key: str, default: V | T, /) -> V | T: ...
    def get(self, key: str, default: V | T | None = None, /) -> V | T | None:
        known = self._known.get(key)
        if known is not None:
            return known
        if key not in self:
            return default
        return self[key]

    def __getitem__(self, key: str) -> V:
        known = self._known.get(key)
        if known is None:
            if key not in self:
                raise KeyError(key)
            known = self._known[key] = self._make(self._raw[key])
        return known

    def __contains__(self, key: object) -> bool:
        if key in self._raw:
            return True
        if not isinstance(key, str):
            return False
        number = _bucket(key, len(self._unread))
        if self._unread[number]:
            self._read(number)
        return key in self._raw

    def __iter__(self) -> Iterator[str]:
        for number, unread in enumerate(self._unread):
            if unread:
                self._read(number)
        return iter(self._raw)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:  # without reading all of it
        return len(self._unread) > 1 or len(self) > 0

    def _read(self, number: int) -> None:
        self._raw.update(self._reader.read(self._section, number, dict))
        self._unread[number] = 0
