"""The schemas for editors: up to date, right about every file, and never stricter than the reader.

After a change to a field `make schemas` writes the copies anew.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from source import PACKAGE, ROOT

from icc_check.cli.app import main
from icc_check.store.documents import Document, Fault
from icc_check.store.json_schema import field_schema, json_schema
from icc_check.store.schema import FILES, Field, Fields, faults

CLAIMS = ROOT / "claims"
LIGHTS = Path(__file__).parent / "stores" / "lights"


def files_of(store: Path) -> list[tuple[str, Path]]:
    return [(kind, path) for kind in FILES for path in sorted(store.glob(FILES[kind].files))]


@cache
def validator(kind: str) -> Any:
    return jsonschema_rs.validator_for(json_schema(kind), validate_formats=True)


def as_editors_see(value: Any) -> Any:
    """What TOML says in JSON: editors see the text of a day."""
    if isinstance(value, dict):
        return {name: as_editors_see(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [as_editors_see(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date | dt.time) else value


def marked(kind: str, text: str) -> list[str]:
    """What an editor marks in a file."""
    value = as_editors_see(tomllib.loads(text))
    return [str(error.message) for error in validator(kind).iter_errors(value)]


def refused(kind: str, text: str, folder: Path) -> list[Fault]:
    """What the reader finds in the file, but for references to other files."""
    path = folder / FILES[kind].files.replace("*", "x")
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    faults: list[Fault] = []
    document = Document(path, folder, faults)
    if FILES[kind].fields:
        document.top(FILES[kind].fields)
        return faults
    document.expect(*FILES[kind].table, *FILES[kind].records)
    for name, fields in FILES[kind].table.items():
        document.table(name, fields)
    for name, fields in FILES[kind].records.items():
        list(document.records(name, fields))
    return faults


# The copies


@pytest.mark.parametrize("kind", FILES)
def test_the_copy_is_up_to_date(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "schema", kind]) == 0
    copy = CLAIMS / "schemas" / f"{kind}.json"
    assert copy.read_text(encoding="utf-8") == capsys.readouterr().out, "run `make schemas`"


def test_all_are_written_into_a_store_and_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["store", "schema", "--into", str(tmp_path)]) == 0
    assert {file.name: file.read_bytes() for file in (tmp_path / "schemas").iterdir()} == {
        file.name: file.read_bytes() for file in (CLAIMS / "schemas").iterdir()
    }
    told = capsys.readouterr().out
    assert f"{tmp_path / 'schemas' / 'facts.json'}: in facts/*.toml write #:schema ../" in told


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "name either a kind of file or a store"),
        (["facts", "--into", "."], "name either a kind of file or a store"),
        (["fact"], "did you mean facts?"),
        (["--into", "no/such/store"], "cannot write no/such/store"),
    ],
)
def test_mistakes_are_told(args: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["store", "schema", *args]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err


# Every file


def test_every_file_of_the_store_is_of_a_kind() -> None:
    assert {path for _, path in files_of(CLAIMS)} == {*CLAIMS.rglob("*.toml")}


@pytest.mark.parametrize("path", sorted(CLAIMS.rglob("*.toml")), ids=lambda path: path.name)
def test_every_file_refers_to_its_schema(path: Path) -> None:
    kind = next(kind for kind, other in files_of(CLAIMS) if other == path)
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    word, _, target = first.partition(" ")
    assert word == "#:schema"
    assert (path.parent / target).resolve() == CLAIMS / "schemas" / f"{kind}.json"


@pytest.mark.parametrize(
    ("kind", "path"),
    [*files_of(CLAIMS), *files_of(LIGHTS), ("lexicon", PACKAGE / "english" / "concepts.toml")],
    ids=lambda value: value.name if isinstance(value, Path) else value,
)
def test_nothing_is_marked_in_a_good_file(kind: str, path: Path) -> None:
    assert marked(kind, path.read_text(encoding="utf-8")) == []


# What is marked

GOOD = {
    "store": 'name = "x"\ntitle = "X"\nsubject = ["x"]\n',
    "sources": """
        [[source]]
        id = "a"
        title = "A"
        publisher = "P"
        url = "https://a.example/"
        date = "2012-07"
    """,
    "entities": '[[entity]]\nid = "a"\nname = "A"\nkind = "person"\naliases = ["B"]\n',
    "lexicon": '[[concept]]\nid = "a"\nwords = ["a"]\nstrict = true\n',
    "facts": """
        [[fact]]
        id = "a"
        statement = "There are {n} lights."
        basis = "reporting"
        checked = 2025-01-01
        on = "2012-07-10/2012-07-12"
        sources = ["a"]
        series = [
          { from = 2024-02-01, value = 124 },
          { from = 2025-01-01, value = 125.5, at_least = true, sources = ["a"] },
        ]
    """,
    "tables": """
        [table]
        rows = "x.csv"
        id = "x-{a}"
        entity = { id = "{a}", name = "{a}", kind = "light", aliases = "{b}" }
        [[template]]
        id = "lit"
        when = { a = "*", b = ["1", "2"] }
        statement = "{a} is lit."
        from = "{b}"
        until = 2020-01-01
    """,
}


@pytest.mark.parametrize("kind", FILES)
def test_the_examples_are_good_before_they_are_broken(kind: str, tmp_path: Path) -> None:
    assert marked(kind, GOOD[kind]) == []
    assert refused(kind, GOOD[kind], tmp_path) == []


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("store", 'name = "x"', 'nam = "x"'),
        ("store", '["x"]', '"x"'),
        ("sources", '"2012-07"', '"2012-13"'),
        ("sources", '"2012-07"', '"July 2012"'),
        ("sources", "[[source]]", "[[sources]]"),
        ("entities", 'kind = "person"', ""),
        ("entities", '["B"]', "[1]"),
        ("lexicon", '["a"]', "[]"),
        ("lexicon", "true", '"true"'),
        ("facts", '"reporting"', '"hearsay"'),
        ("facts", "2025-01-01\n", "2025\n"),
        ("facts", "2025-01-01\n", "2025-01-01T12:00:00\n"),
        ("facts", "sources = [", "source = ["),
        ("facts", '["a"]', "[]"),
        ("facts", '"2012-07-10/2012-07-12"', '"2012-07-10 to 12"'),
        ("facts", '"There are {n} lights."', '""'),
        ("facts", "value = 124", 'value = "124"'),
        ("facts", "value = 124", "valu = 124"),
        ("facts", "at_least = true", "at_least = 1"),
        ("facts", "from = 2024-02-01, ", ""),
        ("facts", "[[fact]]", "[fact]"),
        ("tables", "[table]", "[tables]"),
        ("tables", "[table]", "[[table]]"),
        ("tables", "aliases", "alias"),
        ("tables", 'kind = "light", ', ""),
        ("tables", '["1", "2"]', "[1, 2]"),
        ("tables", 'from = "{b}"', "from = 2020"),
        ("tables", 'statement = "{a} is lit."', ""),
    ],
)
def test_a_broken_file_is_marked_and_refused(kind: str, old: str, new: str, tmp_path: Path) -> None:
    assert old in GOOD[kind]
    broken = GOOD[kind].replace(old, new, 1)
    assert marked(kind, broken)
    assert refused(kind, broken, tmp_path)


def fields_of(fields: Fields) -> list[Field]:
    return [each for field in fields.values() for each in (field, *fields_of(field.fields))]


RECORDS = [r for kind in FILES.values() for r in (kind.fields, *kind.table.values())]
RECORDS += [r for kind in FILES.values() for r in kind.records.values()]
FIELDS = [
    (field, jsonschema_rs.validator_for(field_schema(field), validate_formats=True))
    for record in RECORDS
    for field in fields_of(record)
]
TEXTS = st.one_of(
    st.text(max_size=5),
    st.from_regex(r"[0-9]{4}(-[01][0-9](-[0-3][0-9])?)?/?([0-9]{4})?", fullmatch=True),
    st.sampled_from([choice for field, _ in FIELDS for choice in field.choices]),
)
VALUES = st.one_of(
    *(TEXTS, st.dates(dt.date(1000, 1, 1)), st.datetimes(), st.booleans(), st.integers()),
    *(st.lists(TEXTS, max_size=2), st.lists(st.integers(), max_size=1)),
    *(st.floats(allow_nan=False, allow_infinity=False), st.just({})),
)


@given(value=VALUES)
def test_no_value_is_marked_that_the_reader_takes(value: object) -> None:
    for field, schema in FIELDS:
        if not list(faults({"x": value}, {"x": field})):
            assert schema.is_valid(as_editors_see(value)), field
