"""Claims from arguments, files and standard input: what is read, and what is refused."""

from __future__ import annotations

import io
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_check.errors import InputError
from icc_check.inputs import (
    LONGEST_CLAIM,
    Claim,
    Reject,
    count_lines,
    read_arguments,
    read_files,
    read_lines,
)
from icc_check.model import Location


def read(data: bytes) -> list[str]:
    """The claims as `line:column text`, the rejects as `line! message`."""
    shown = []
    for item in read_lines(io.BytesIO(data), "f"):
        if isinstance(item, Reject):
            shown.append(f"{item.line}! {item.message}")
        else:
            assert item.location is not None
            shown.append(f"{item.location.line}:{item.location.column} {item.text}")
    return shown


LONG = "the claim is longer than 10,000 characters"
NUL = "the line holds a NUL byte, so it is no text"

READ = [
    pytest.param(b"a", ["1:1 a"], id="one line without an end"),
    pytest.param(b"a\nb\n", ["1:1 a", "2:1 b"], id="two lines"),
    pytest.param(b"a\r\nb\r\n", ["1:1 a", "2:1 b"], id="lines from Windows"),
    pytest.param(b"\n  \n\ta b \n\n", ["3:2 a b"], id="empty lines and white space around"),
    pytest.param(b"\xef\xbb\xbfa\n", ["1:1 a"], id="byte order mark"),
    pytest.param(b"\xef\xbb\xbf\n", ["None! holds no claims"], id="only a byte order mark"),
    pytest.param(b"", ["None! is empty"], id="empty file"),
    pytest.param(b"\n\n", ["None! holds no claims"], id="only empty lines"),
    pytest.param("é 中\n".encode(), ["1:1 é 中"], id="letters beyond ASCII"),
    pytest.param("a\u2028b\x0bc\x85d\n".encode(), ["1:1 a\u2028b\x0bc\x85d"], id="odd separators"),
    pytest.param(b"\x1b[31mred\n", ["1:1 \x1b[31mred"], id="escapes are kept"),
    pytest.param(
        b"a\n\xff\xfeb\nc\n",
        ["1:1 a", "2! byte 1 (0xff) is not valid UTF-8", "3:1 c"],
        id="a line that is no UTF-8",
    ),
    pytest.param(
        b"a\nb\xc3\nc\n",
        ["1:1 a", "2! byte 2 (0xc3) is not valid UTF-8", "3:1 c"],
        id="half a letter",
    ),
    pytest.param("\u200b\n".encode(), ["1! the claim is empty"], id="nothing to see"),
    pytest.param(b"a" * LONGEST_CLAIM, ["1:1 " + "a" * LONGEST_CLAIM], id="as long as may be"),
    pytest.param(b"a" * (LONGEST_CLAIM + 1) + b"\nb", [f"1! {LONG}", "2:1 b"], id="too long"),
    pytest.param(
        "中".encode() * LONGEST_CLAIM + b"\nb",
        ["1:1 " + "中" * LONGEST_CLAIM, "2:1 b"],
        id="characters count, not bytes",
    ),
    pytest.param(b"a\n" * 8000 + b"x\0y\n", None, id="a NUL byte far into the file"),
    pytest.param(b"\x7fELF\0\0", ["None! is a binary file, not lines of text"], id="binary"),
    pytest.param("a\n".encode("utf-16"), ["None! is UTF-16; save it as UTF-8"], id="UTF-16"),
]


@pytest.mark.parametrize(("data", "expected"), READ)
def test_read_lines(data: bytes, expected: list[str] | None) -> None:
    if expected is None:
        assert read(data)[-1] == f"8001! {NUL}"
    else:
        assert read(data) == expected


def test_a_line_of_ten_megabytes_takes_no_memory() -> None:
    data = io.BytesIO(b"a\n" + b"x" * 10_000_000 + b"\nb\n")
    tracemalloc.start()
    items = list(read_lines(data, "f"))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [str(item) if isinstance(item, Reject) else item.text for item in items] == [
        "a",
        f"f:2: {LONG}",
        "b",
    ]
    assert peak < 1_000_000


def test_reading_is_lazy() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            buffer[:2] = b"a\n"
            return 2

    items = read_lines(io.BufferedReader(Endless()), "f")
    assert next(items) == Claim("a", Location("f", 1, 1))
    assert next(items) == Claim("a", Location("f", 2, 1))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    items = list(read_lines(io.BytesIO(data), "f"))
    assert items
    for item in items:
        assert isinstance(item, Reject) or item.text.encode()


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)))
def test_every_good_line_becomes_a_claim(lines: list[str]) -> None:
    items = list(read_lines(io.BytesIO("\n".join(lines).encode()), "f"))
    if lines:
        assert [item.text for item in items if isinstance(item, Claim)] == lines


def test_files_in_order_and_what_is_wrong_with_each(tmp_path: Path) -> None:
    good, empty, missing = tmp_path / "good.txt", tmp_path / "empty.txt", tmp_path / "missing.txt"
    good.write_text("a\n")
    empty.touch()
    items = list(read_files([str(path) for path in (missing, good, tmp_path, empty)]))
    assert [str(item) if isinstance(item, Reject) else item.text for item in items] == [
        f"{missing}: there is no such file",
        "a",
        f"{tmp_path}: is a directory; name the files in it",
        f"{empty}: is empty",
    ]


def test_count_lines(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("a\nb\n")
    assert count_lines([str(file), str(file)]) == 4
    assert count_lines([str(file), "-"]) is None
    assert count_lines([str(file), str(tmp_path / "missing")]) is None


def test_arguments_are_taken_as_they_are() -> None:
    assert read_arguments([" a ", "\x1b[1m"]) == [Claim(" a "), Claim("\x1b[1m")]


@pytest.mark.parametrize(
    ("texts", "message"),
    [
        ([""], "the claim is empty"),
        ([" \t\n"], "the claim is empty"),
        (["a", ""], "the claim is empty (number 2 of 2)"),
        (["a" * 10_001], LONG),
        (["a\udcff"], "the claim is not valid UTF-8"),
    ],
)
def test_arguments_that_cannot_be_checked(texts: list[str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_arguments(texts)
    assert caught.value.message == message
