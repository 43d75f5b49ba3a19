"""The compiled store: the same as what was compiled, and never anything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_check.lexicon import Lexicon
from icc_check.store.binary import Damaged, Image, Reader, Records, Table, buckets, pack
from icc_check.store.codec import sections_of, store_from
from icc_check.store.compiled import CompiledStore
from icc_check.store.compiler import compile_store
from icc_check.store.load import load_stores

LIGHTS = Path(__file__).parent / "stores" / "lights"
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def compiled() -> CompiledStore:
    return compile_store(load_stores([LIGHTS]), "the hash of its content")


@pytest.fixture(scope="module")
def data(compiled: CompiledStore) -> bytes:
    return pack(sections_of(compiled))


@pytest.fixture
def opened(data: bytes) -> CompiledStore:
    return store_from(Reader(Image(data)))


def plain(value: Any) -> Any:
    """A field as it is compared, whether it comes from a file or from the compiler."""
    if isinstance(value, Lexicon):
        return {name: plain(getattr(value, name)) for name in value._fields}
    if isinstance(value, Table) and value._section == "vocabulary":
        return set(value)
    if hasattr(value, "items"):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, str | frozenset | set) or hasattr(value, "_fields"):
        return value
    return [plain(entry) for entry in value] if hasattr(value, "__iter__") else value


# The whole store, there and back


@pytest.mark.parametrize("field", CompiledStore._fields)
def test_a_field_comes_back_as_it_was(
    compiled: CompiledStore, opened: CompiledStore, field: str
) -> None:
    assert plain(getattr(opened, field)) == plain(getattr(compiled, field))


def test_the_store_has_something_of_everything(compiled: CompiledStore) -> None:
    """So that nothing above is equal for being empty."""
    fields = {**compiled._asdict(), **compiled.lexicon._asdict()}
    assert [name for name, value in fields.items() if not value] == []
    assert any(fact.series for fact in compiled.facts)
    assert any(fact.members for fact in compiled.facts)
    items = [part.item for phrasing in compiled.phrasings for part in phrasing.parts]
    assert any(item.days for item in items)
    assert any(item.number for item in items)


def test_values_are_of_the_same_types(compiled: CompiledStore, opened: CompiledStore) -> None:
    """A text that equals an enumeration's member would pass for it until it is asked `is`."""
    assert repr(list(opened.facts)) == repr(list(compiled.facts))
    assert repr(list(opened.phrasings)) == repr(list(compiled.phrasings))


def test_the_same_store_gives_the_same_bytes(data: bytes) -> None:
    again = compile_store(load_stores([LIGHTS]), "the hash of its content")
    assert pack(sections_of(again)) == data


# Looking things up


def test_what_is_not_there_is_not_found(compiled: CompiledStore, opened: CompiledStore) -> None:
    for name in ("names", "phrases", "concepts", "entities", "vocabulary"):
        table, original = getattr(opened.lexicon, name), getattr(compiled.lexicon, name)
        some = sorted(original)[0]
        for key in (some, some + "x", "", "zzz", "é", "\ud800", "\0", "x" * 10_000):
            assert (key in table) is (key in original)
    assert 3 not in opened.weights
    assert opened.index.get("word:zzz", "nothing") == "nothing"
    with pytest.raises(KeyError):
        opened.sources["no such source"]


def test_every_word_is_known_singly_and_all_in_one(
    compiled: CompiledStore, opened: CompiledStore
) -> None:
    words = opened.lexicon.vocabulary
    assert list(words) == sorted(compiled.lexicon.vocabulary)
    assert [word for word in words if word not in words] == []
    assert len({words, opened.lexicon.vocabulary}) == 1


def test_a_sequence_is_one(compiled: CompiledStore, opened: CompiledStore) -> None:
    facts, original = opened.facts, compiled.facts
    assert len(facts) == len(original)
    assert facts[-1] == original[-1]
    assert facts[0] is facts[0]
    assert list(facts[1:7:2]) == list(original[1:7:2])
    for beyond in (len(original), -len(original) - 1):
        with pytest.raises(IndexError):
            facts[beyond]


def test_little_is_read_before_it_is_asked_for(data: bytes) -> None:
    class Counting(Image):
        __slots__ = ("read",)

        def record(self, section: str, number: int) -> Any:
            self.read = [*getattr(self, "read", []), section]
            return super().record(section, number)

    image = Counting(data)
    store = store_from(Reader(image))
    assert image.read == ["about"]
    assert len(store.facts) > 20
    assert store.lexicon.vocabulary
    assert store.lexicon.kind_of("name", "gull-point") == "light"
    assert image.read == ["about", "entities"]


# The file itself


@given(st.lists(PLAIN), st.dictionaries(st.text(), PLAIN.filter(lambda value: value is not None)))
def test_records_and_tables_come_back(records: list[Any], table: dict[str, Any]) -> None:
    reader = Reader(Image(pack({"records": records, "table": buckets(table)})))
    assert list(Records(reader, "records", lambda value: (value,))) == [(r,) for r in records]
    read = Table(reader, "table", lambda value: value)
    assert dict(read) == table
    assert bool(read) is bool(table)
    assert {key: read.get(key) for key in table} == table


SMALL: dict[str, list[Any]] = {"numbers": [1, 2.5, ("three", None)], "texts": ["one", "two", "one"]}


def everything(data: bytes) -> dict[str, list[Any]]:
    image = Image(data)
    return {name: [image.record(name, at) for at in range(image.count(name))] for name in SMALL}


def test_no_changed_byte_changes_what_is_read() -> None:
    data = pack(SMALL)
    assert everything(data) == SMALL
    unnoticed = []
    for at in range(len(data)):
        for change in (1, 0x80):
            altered = bytearray(data)
            altered[at] ^= change
            try:
                read = everything(bytes(altered))
            except Exception:  # whatever it is, the reader takes it as damage
                continue
            unnoticed.append(at)
            assert repr(read) == repr(SMALL), f"byte {at}"
    assert unnoticed == [18]  # that a marshal version still older would do


def test_every_cut_is_noticed_at_once() -> None:
    data = pack(SMALL)
    for length in range(len(data)):
        with pytest.raises(Damaged):
            Image(data[:length])
    with pytest.raises(Damaged):
        Image(data + b"\0")


def test_a_record_in_the_place_of_another_is_noticed() -> None:
    data = pack({"texts": ["one", "two"]})
    one, two = (data.index(word) for word in (b"one", b"two"))
    start = one - 9  # checksum, kind and length stand before it
    end = two - 9
    swapped = data[:start] + data[end : two + 3] + data[start:end] + data[two + 3 :]
    assert len(swapped) == len(data)
    with pytest.raises(Damaged):
        Image(swapped).record("texts", 0)
