"""What stands in a compiled store's file: each field of CompiledStore as a section.

Every type is written as the tuple of its fields, in their order and without the
defaults at the end, so that a new field needs no change here unless its type is
not a plain one. Parts that phrasings have in common are written once.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TypeVar, cast

from icc_check.intervals import Days, Interval
from icc_check.lexicon import ConceptEntry, EntityEntry, Lexicon
from icc_check.model import Basis, Source, StoreId
from icc_check.reading.values import DateRelation, Item, Kind
from icc_check.store.binary import Reader, Records, Table, buckets
from icc_check.store.compiled import CompiledStore, Mask, Part, Phrasing, mask_of, numbers_in
from icc_check.store.values import Fact, Place, Point, Truth

E = TypeVar("E", bound=StrEnum)
_POSTINGS = "I"  # four bytes a number


class _Form(Protocol):
    """How a value is written in plain types, and made from them again."""

    @property
    def encode(self) -> Callable[[Any], Any]: ...
    @property
    def decode(self) -> Callable[[Any], Any]: ...


class _Pair(NamedTuple):
    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]


class _Shape:
    """A type as the tuple of its fields; those named here have a form of their own."""

    def __init__(self, make: Any, **forms: _Form) -> None:
        self._make = make
        self._names: tuple[str, ...] = make.__match_args__
        self._forms = [(self._names.index(name), form) for name, form in forms.items()]

    def encode(self, value: Any) -> tuple[Any, ...]:
        written = [getattr(value, name) for name in self._names]
        kept = len(written)
        defaults = _defaults(self._make)
        while kept and written[kept - 1] == defaults.get(self._names[kept - 1], written):
            kept -= 1
        for position, form in self._forms:
            if written[position] is not None:
                written[position] = form.encode(written[position])
        return tuple(written[:kept])

    def decode(self, written: Sequence[Any]) -> Any:
        fields = list(written)
        for position, form in self._forms:
            if position < len(fields) and fields[position] is not None:
                fields[position] = form.decode(fields[position])
        return self._make(*fields)


def _defaults(make: Any) -> Mapping[str, Any]:
    if hasattr(make, "_field_defaults"):  # a NamedTuple
        return make._field_defaults  # type: ignore[no-any-return]
    return {name: field.default for name, field in make.__dataclass_fields__.items()}


def _enum(make: type[E]) -> _Form:
    return _Pair(lambda value: value.value, make)


def _each(form: _Form) -> _Form:
    return _Pair(
        lambda values: tuple(map(form.encode, values)),
        lambda values: tuple(map(form.decode, values)),
    )


_AS_IT_IS = _Pair(lambda value: value, lambda value: value)
_SET = _Pair(lambda values: tuple(sorted(values)), frozenset)
_DAY = _Pair(dt.date.toordinal, dt.date.fromordinal)
_DAYS = _Shape(Days, start=_DAY, end=_DAY)
_ITEM = _Shape(
    Item,
    kind=_enum(Kind),
    number=_Shape(Interval),
    days=_DAYS,
    relation=_enum(DateRelation),
)
_PART = _Shape(Part, item=_ITEM)
_FACT = _Shape(
    Fact,
    basis=_enum(Basis),
    checked=_DAY,
    place=_Shape(Place),
    truth=_enum(Truth),
    on=_DAYS,
    start=_DAY,
    until=_DAY,
    series=_each(_Shape(Point, start=_DAY)),
)
_SOURCE = _Shape(Source)
_CONCEPT = _Shape(ConceptEntry, implies=_SET, opposite=_SET)
_ENTITY = _Shape(EntityEntry, within=_SET, about=_SET)


def sections_of(store: CompiledStore) -> dict[str, Any]:
    """The store as sections to be packed."""
    numbers: dict[Part, int] = {}
    phrasing = _phrasing(encode=lambda part: numbers.setdefault(part, len(numbers)))
    phrasings = [phrasing.encode(entry) for entry in store.phrasings]
    mask = _mask(len(phrasings))
    lexicon = store.lexicon
    words = (_SET.encode(lexicon.function_words), _SET.encode(lexicon.light))
    return {
        "about": [(store.id.name, store.id.hash, store.title, lexicon.subject, *words)],
        "facts": map(_FACT.encode, store.facts),
        "phrasings": phrasings,
        "parts": map(_PART.encode, numbers),
        "context": map(_SET.encode, store.context),
        "numbers": map(_SET.encode, store.numbers),
        "cores": map(mask.encode, store.cores),
        "index": _table(store.index, mask, 1),
        "own": _table(store.own, mask, 1),
        "weights": _table(store.weights),
        "sources": _table(store.sources, _SOURCE),
        "names": _table(lexicon.names),
        "phrases": _table(lexicon.phrases),
        "concepts": _table(lexicon.concepts, _CONCEPT),
        "entities": _table(lexicon.entities, _ENTITY),
        "vocabulary": buckets(dict.fromkeys(lexicon.vocabulary, True)),
        "words": [_SET.encode(lexicon.vocabulary)],
    }


def store_from(reader: Reader) -> CompiledStore:
    """The store in a file, of which hardly anything is read yet."""
    name, content, title, subject, function_words, light = reader.read("about", 0, tuple)
    parts: Records[Part] = Records(reader, "parts", _PART.decode)
    phrasings: Records[Phrasing] = Records(
        reader, "phrasings", _phrasing(decode=parts.__getitem__).decode
    )
    mask = _mask(len(phrasings))
    return CompiledStore(
        id=StoreId(name, content),
        title=title,
        lexicon=Lexicon(
            names=Table(reader, "names", tuple),
            phrases=Table(reader, "phrases", tuple),
            concepts=Table(reader, "concepts", _CONCEPT.decode),
            entities=Table(reader, "entities", _ENTITY.decode),
            function_words=frozenset(function_words),
            light=frozenset(light),
            subject=subject,
            vocabulary=cast("frozenset[str]", _Words(reader, "vocabulary", bool)),
        ),
        facts=Records(reader, "facts", _FACT.decode),
        phrasings=phrasings,
        index=Table(reader, "index", mask.decode),
        own=Table(reader, "own", mask.decode),
        cores=Records(reader, "cores", mask.decode),
        weights=Table(reader, "weights", float),
        context=Records(reader, "context", frozenset),
        numbers=Records(reader, "numbers", frozenset),
        sources=Table(reader, "sources", _SOURCE.decode),
    )


class _Words(Table[bool]):
    """The vocabulary, told from another by what it is and not by its words.

    Mostly it is asked for one word; whoever wants all of them gets them in one piece.
    """

    __slots__ = ()
    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    def __iter__(self) -> Iterator[str]:
        return iter(self._reader.read("words", 0, tuple))


def _phrasing(
    encode: Callable[[Any], Any] = _AS_IT_IS.encode, decode: Callable[[Any], Any] = _AS_IT_IS.decode
) -> _Shape:
    """How a phrasing is written, given how its parts are."""
    return _Shape(Phrasing, parts=_each(_Pair(encode, decode)))


def _mask(count: int) -> _Form:
    """Of so many phrasings those in a set, by number or bit by bit, whichever is shorter."""

    def encode(mask: Mask) -> tuple[bool, bytes]:
        by_number = mask.bit_count() * array(_POSTINGS).itemsize < mask.bit_length() / 8
        if by_number:
            return True, array(_POSTINGS, numbers_in(mask, count)).tobytes()
        return False, mask.to_bytes(mask.bit_length() // 8 + 1, "little")

    def decode(written: tuple[bool, bytes]) -> Mask:
        by_number, packed = written
        if by_number:
            return mask_of(array(_POSTINGS, packed), count)
        return int.from_bytes(packed, "little")

    return _Pair(encode, decode)


def _table(table: Mapping[str, Any], form: _Form = _AS_IT_IS, *size: int) -> list[dict[str, Any]]:
    return buckets({key: form.encode(value) for key, value in table.items()}, *size)
