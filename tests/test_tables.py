"""Claims in tables and in JSON Lines: which column, what beside it, what is refused."""

from __future__ import annotations

import csv
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_check.inputs import Claim, Reject, Shape, read_files
from icc_check.inputs.objects import read_objects
from icc_check.inputs.tables import read_table


def shown(items: Iterator[Claim | Reject]) -> list[str]:
    """Claims as `line text {extra}`, rejects as `line! message`."""
    lines = []
    for item in items:
        if isinstance(item, Reject):
            lines.append(f"{item.line}! {item.message}")
        else:
            assert item.location is not None
            extra = f" {json.dumps(dict(item.extra))}" if item.extra else ""
            lines.append(f"{item.location.line} {item.text}{extra}")
    return lines


def table(data: bytes, column: str | None = None, delimiter: str | None = None) -> list[str]:
    return shown(read_table(io.BytesIO(data), "f", column, delimiter))


def objects(data: bytes, column: str | None = None) -> list[str]:
    return shown(read_objects(io.BytesIO(data), "f", column))


TABLES = [
    pytest.param(b"claim\na\nb\n", ["2 a", "3 b"], id="one column"),
    pytest.param(b"words\na\n", ["2 a"], id="an only column of any name"),
    pytest.param(b"id,claim\n1,a\n", ['2 a {"id": "1"}'], id="other columns"),
    pytest.param(b"text,claim\nx,a\n", ['2 a {"text": "x"}'], id="the best of the usual names"),
    pytest.param(b"Id,TEXT\n1,a\n", ['2 a {"Id": "1"}'], id="case makes no difference"),
    pytest.param(b"\xef\xbb\xbfclaim;id\r\na;1\r\n", ['2 a {"id": "1"}'], id="from a spreadsheet"),
    pytest.param(b"claim\tid\na,b\t1\n", ['2 a,b {"id": "1"}'], id="tabs"),
    pytest.param(b'claim,id\n"a, ""b""",1\n', ['2 a, "b" {"id": "1"}'], id="quotes"),
    pytest.param(b'claim,id\n"a\nb",1\nc,2\n', ['2 a\nb {"id": "1"}', '4 c {"id": "2"}'], id="\\n"),
    pytest.param(b"claim,id\n\n,\na,1\n\n", ['4 a {"id": "1"}'], id="empty rows"),
    pytest.param(b"\n\nclaim\na\n", ["4 a"], id="empty lines first"),
    pytest.param(b"claim,,\na,b,c\n", ['2 a {"column 2": "b", "column 3": "c"}'], id="nameless"),
    pytest.param(b"id,claim,x\n1,a\n", ['2 a {"id": "1"}'], id="a row that ends early"),
    pytest.param(
        b"claim,id\n,1\nb,2\n", ["2! the claim is empty", '3 b {"id": "2"}'], id="an empty claim"
    ),
    pytest.param(
        b"id,x,claim\n1,y\n", ["2! there is no 'claim' in this row"], id="ends before the claim"
    ),
    pytest.param(
        b"id,claim\n1,a, b\n2,c\n",
        [
            "2! the row has 3 cells, and there are 2 columns; quote cells that hold a delimiter",
            '3 c {"id": "2"}',
        ],
        id="too many cells",
    ),
    pytest.param(
        b'claim,id\n"a,1\nb,2\nc,3\n',
        [
            "2! a quote that opens here is never closed",
            '3 b {"id": "2"}',
            '4 c {"id": "3"}',
        ],
        id="a quote that is never closed costs one row",
    ),
    pytest.param(
        b'claim\n"a" b\nc\n',
        ['2! a quote within a quoted cell must be doubled ("")', "3 c"],
        id="a quote that is not doubled",
    ),
    pytest.param(
        b"claim\n\xff\nb\n", ["2! byte 1 (0xff) is not valid UTF-8", "3 b"], id="no UTF-8"
    ),
    pytest.param(
        b'claim\n"a\n\xff"\nb\n',
        [
            "2! a quote that opens here is not closed before line 3, where byte 1 (0xff) is not "
            "valid UTF-8",
            "3! byte 1 (0xff) is not valid UTF-8",
            "4 b",
        ],
        id="no UTF-8 within quotes",
    ),
    pytest.param(
        b"a,b\nx,y\n",
        ["1! cannot tell which column holds the claims; choose with --column: a, b"],
        id="no usual name",
    ),
    pytest.param(b"claim,a,a\n", ["1! two columns are named 'a'"], id="a name twice"),
    pytest.param(
        b"Austria is a member\nFrance is a member\n",
        [
            "1! the first line must name the column, and 'Austria is a member' looks like a "
            "claim; add a line with `claim`, or name the file .txt"
        ],
        id="no header",
    ),
    pytest.param(b"", ["None! is empty"], id="empty"),
    pytest.param(b"claim\n", ["None! holds no claims"], id="only a header"),
    pytest.param("claim\na\n".encode("utf-16"), ["None! is UTF-16; save it as UTF-8"], id="UTF-16"),
]


@pytest.mark.parametrize(("data", "expected"), TABLES)
def test_tables(data: bytes, expected: list[str]) -> None:
    assert table(data) == expected


OBJECTS = [
    pytest.param(b'{"claim": "a"}\n', ["1 a"], id="one key"),
    pytest.param(
        b'{"id": [1, {"x": null}], "text": " a "}\n\n{"text": "b"}',
        ['1 a {"id": [1, {"x": null}]}', "3 b"],
        id="other keys keep their values",
    ),
    pytest.param(b'"a"\n"b"\n', ["1 a", "2 b"], id="texts"),
    pytest.param(
        b'{"claim": 5}\n{"claim": null}\n{"x": "a"}\n{"claim": "b"}\n',
        [
            "1! 'claim' is a number, not text",
            "2! 'claim' is null, not text",
            "3! there is no 'claim' in this row",
            "4 b",
        ],
        id="no text",
    ),
    pytest.param(
        b'{"claim": "a"\n[1]\nNaN\n{"claim": "b"}\n',
        [
            "1! is not JSON: Expecting ',' delimiter at column 14",
            "2! is a list; an object or a text is expected on each line",
            "3! is not JSON: NaN is no value",
            "4 b",
        ],
        id="not what is expected",
    ),
    pytest.param(
        b'{"a": "x", "b": "y"}\n{"claim": "a"}\n',
        ["1! cannot tell which column holds the claims; choose with --column: a, b"],
        id="no usual name",
    ),
    pytest.param(b'{"claim": "\\ud800"}\n', ["1! the claim is not valid UTF-8"], id="surrogate"),
]


@pytest.mark.parametrize(("data", "expected"), OBJECTS)
def test_objects(data: bytes, expected: list[str]) -> None:
    assert objects(data) == expected


def test_json_too_deep_and_numbers_too_long_are_refused() -> None:
    data = b'{"claim": ' + b"[" * 100_000 + b"\n" + b'{"claim": "a", "n": ' + b"1" * 5000 + b"}\n"
    first, second = objects(data)
    assert first == "1! is JSON within JSON, too deep to be read"
    assert second.startswith("2! is not JSON that can be read: Exceeds the limit")


@pytest.mark.parametrize("read", [table, objects])
def test_a_wanted_column_that_is_not_there(read: object) -> None:
    data = b"title,body\nx,y\n" if read is table else b'{"title": "x", "body": "y"}\n'
    message = "1! there is no column 'boddy', only title, body (did you mean body?)"
    assert read(data, "boddy") == [message]  # type: ignore[operator]
    assert read(data, "Body")[-1].endswith('y {"title": "x"}')  # type: ignore[operator]


def test_many_columns_are_not_all_named() -> None:
    message = table(",".join(f"c{number}" for number in range(40)).encode() + b"\n")[0]
    assert message.endswith("c10, c11 and 28 more")


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)


@given(st.lists(st.tuples(CELLS, CELLS.filter(str.strip)), min_size=1, max_size=8))
def test_what_is_written_as_csv_is_read_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("id", "claim"), *rows])
    items = [*read_table(io.BytesIO(out.getvalue().encode()), "f", None, ",")]
    for item, (number, claim) in zip(items, rows, strict=True):
        if isinstance(item, Claim):
            assert (item.text, dict(item.extra)) == (claim.strip(), {"id": number})
        else:
            assert item.message == "the claim is empty"  # of signs that nobody can see


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for items in (
        read_table(io.BytesIO(data), "f", None, None),
        read_objects(io.BytesIO(data), "f", None),
    ):
        for item in items:
            assert isinstance(item, Reject) or item.text.encode()


def test_a_row_without_end_takes_no_memory() -> None:
    data = io.BytesIO(b'claim\n"' + b"x" * 20_000_000 + b"\nb\n")
    tracemalloc.start()
    items = [*read_table(data, "f", None, None)]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [str(item) if isinstance(item, Reject) else item.text for item in items] == [
        "f:2: the row is longer than 1,048,576 bytes",
        "b",
    ]
    assert peak < 5_000_000


def test_the_end_of_the_name_tells_what_a_file_is(tmp_path: Path) -> None:
    contents = {
        "a.csv": "claim,n\na,1\n",
        "b.TSV": "claim\tn\nb\t1\n",
        "c.jsonl": '{"claim": "c"}\n',
        "d.ndjson": '"d"\n',
        "e.txt": "claim,n\n",
        "f.json": "[]",
    }
    for name, text in contents.items():
        (tmp_path / name).write_text(text)
    items = [*read_files([str(tmp_path / name) for name in contents])]
    texts = [item.text if isinstance(item, Claim) else item.message for item in items]
    assert texts[:5] == ["a", "b", "c", "d", "claim,n"]
    assert texts[5].startswith("is one JSON document")


def test_what_an_input_is_can_be_said(tmp_path: Path) -> None:
    file = tmp_path / "list"
    file.write_text("id;claim\n1;a\n")
    assert shown(read_files([str(file)], Shape("csv", "claim"))) == ['2 a {"id": "1"}']
    assert shown(read_files([str(file)], Shape(None, "claim"))) == [
        "None! is read as lines, which have no columns; see --input-format"
    ]
