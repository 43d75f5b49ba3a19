"""Compiled stores in the cache: used while they are right, harmless when they are not."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from program import environment
from source import PACKAGE

from icc_check.checker import Checker
from icc_check.errors import StoreError
from icc_check.model import Finding
from icc_check.store import binary, cache, codec, fingerprint
from icc_check.store import open as opening
from icc_check.store.compiler import compile_store
from icc_check.store.load import load_stores

LIGHTS = Path(__file__).parent / "stores" / "lights"
TODAY = dt.date(2025, 7, 1)
CLAIMS = (
    "Gull Point is 31 metres high",
    "Gull Point is 13 metres high",
    "Tom Shoal chairs the Board",
    "The Harbour Office reprimanded the Lighthouse Board",
    "20 ships have run aground off the Isles",
    "Gull Piont and Cold Reef are lit",
    "Gull Point is haunted",
    "The moon is made of cheese \ud800",
)
STATEMENT = b"is on the island of"  # in the compiled form of every fact of the table


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "icc-check"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that the test may change; it was written a while ago."""
    folder = tmp_path / "lights"
    shutil.copytree(LIGHTS, folder)
    return folder


@pytest.fixture(scope="module")
def expected() -> list[Finding]:
    """What is right: checked against the store as compiled in memory."""
    return answers(Checker(compile_store(load_stores([LIGHTS]))))


def answers(checker: Checker) -> list[Finding]:
    return [checker.check(claim, as_of=TODAY) for claim in CLAIMS]


def opened(*stores: Path) -> tuple[list[Finding], int]:
    """The answers, and how often something was compiled for them."""
    told: list[int] = []
    found = answers(Checker(opening.open_store(stores or None, told.append)))
    return found, len(told)


def compiled_file(home: Path) -> Path:
    (file,) = home.glob("*.bin")
    return file


# The file is used


def test_a_store_is_compiled_once(store: Path, home: Path, expected: list[Finding]) -> None:
    assert opened(store) == (expected, 1)
    assert opened(store) == (expected, 0)
    assert compiled_file(home).stat().st_mode & 0o077 == 0


def test_who_asks_is_told_how_much_there_is_to_prepare(store: Path) -> None:
    told: list[int] = []
    opening.open_store([store], told.append)
    assert told == [len(load_stores([store]).facts)]


def test_the_path_may_be_written_in_any_way(
    store: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Finding]
) -> None:
    opened(store)
    monkeypatch.chdir(store.parent)
    assert opened(Path("lights")) == (expected, 0)


def test_unchanged_files_are_not_read_again(
    store: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Finding]
) -> None:
    monkeypatch.setattr(fingerprint, "RECENT", -(10**18))  # as if all were written long ago
    opened(store)
    monkeypatch.setattr(opening, "fingerprint", lambda stores: pytest.fail("files were read"))
    assert opened(store) == (expected, 0)


def test_files_written_just_now_are_read_again(store: Path, home: Path) -> None:
    opened(store)
    assert list(home.glob("*.look")) == []


def test_the_packaged_store_is_used_without_a_look_at_its_files(
    store: Path, home: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Finding]
) -> None:
    packaged = store.with_suffix(".bin")
    data = opening.compile_to_bytes([store], fingerprint.fingerprint([store]))
    packaged.write_bytes(data)
    monkeypatch.setattr(opening, "SHIPPED", store)
    monkeypatch.setattr(opening, "SHIPPED_COMPILED", packaged)
    with monkeypatch.context() as patch:
        patch.setattr(opening, "look", lambda stores: pytest.fail("files were looked at"))
        assert opened() == (expected, 0)
    assert not home.exists()

    packaged.write_bytes(data.replace(STATEMENT, STATEMENT.upper()))
    assert opened() == (expected, 1)
    assert opened() == (expected, 0)  # from the cache
    packaged.unlink()
    assert opened() == (expected, 0)


# The file is stale


def edit(store: Path, old: str, new: str) -> None:
    file = store / "tables" / "lights.csv"
    file.write_text(file.read_text().replace(old, new))


def test_an_edit_counts_at_once(store: Path) -> None:
    before, _ = opened(store)
    edit(store, "2 April 1881,,31", "2 April 1881,,13")
    after, compilations = opened(store)
    assert compilations == 1
    verdicts = [[finding.verdict.value for finding in found[:2]] for found in (before, after)]
    assert verdicts == [["supported", "refuted"], ["refuted", "supported"]]
    assert opened(store) == (after, 0)


def test_an_edit_that_hides_its_time_counts(
    store: Path, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    file = store / "tables" / "lights.csv"
    with monkeypatch.context() as patch:
        patch.setattr(fingerprint, "RECENT", -(10**18))
        opened(store)
    assert list(home.glob("*.look"))
    was = file.stat()
    time.sleep(0.02)  # longer than the clocks of file systems are coarse
    edit(store, "2 April 1881,,31", "2 April 1881,,13")
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (was.st_size, was.st_mtime_ns)
    assert opened(store)[1] == 1


@pytest.mark.parametrize("name", ["facts/more.toml", "lexicon_more.toml", "sources/more.toml"])
def test_a_new_file_counts(store: Path, name: str) -> None:
    opened(store)
    (store / name).write_text("")
    assert opened(store)[1] == 1
    (store / name).unlink()
    assert opened(store)[1] == 1


def test_other_files_beside_the_store_do_not_count(store: Path) -> None:
    opened(store)
    (store / "README.md").write_text("About lighthouses.")
    assert opened(store)[1] == 0


def test_a_change_of_the_program_counts(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "program"
    shutil.copytree(PACKAGE, copy)
    monkeypatch.setattr(fingerprint, "PACKAGE", copy)
    opened(store)
    for name, counts in (("reading/reader.py", 1), ("english/light.toml", 1), ("judge.py", 0)):
        with (copy / name).open("a") as stream:
            stream.write("\n")
        assert (name, opened(store)[1]) == (name, counts)


DEPENDENCIES = """
import json, sys
from pathlib import Path
read = set()
sys.addaudithook(lambda event, args: read.add(str(args[0])) if event == "open" else None)
from icc_check.store.compiler import compile_store
from icc_check.store.load import load_stores
compile_store(load_stores([Path(sys.argv[1])]))
modules = {str(m.__file__) for name, m in sys.modules.items() if name.startswith("icc_check")}
print(json.dumps(sorted(modules | {path for path in read if path.endswith((".toml", ".csv"))})))
"""


def test_all_that_a_compiled_store_depends_on_is_in_its_key() -> None:
    command = [sys.executable, "-c", DEPENDENCIES, str(LIGHTS)]
    done = subprocess.run(command, env=environment(), capture_output=True, check=True, text=True)
    needed = {Path(path) for path in json.loads(done.stdout)}
    looked_at = {Path(path) for path, *_ in fingerprint.look([LIGHTS])}
    words_only = {PACKAGE / name for name in ("__init__.py", "errors.py")}
    assert len(needed) > 20
    assert needed - looked_at - words_only == set()


def test_what_changes_while_it_is_compiled_is_not_kept(store: Path, home: Path) -> None:
    opening.open_store([store], lambda facts: edit(store, "North Merrow", "West Merrow"))
    assert not list(home.glob("*.bin"))


# The file is damaged


def flipped(data: bytes) -> bytes:
    return data.replace(STATEMENT, STATEMENT.upper())


def wrong_inside(data: bytes) -> bytes:
    """A whole file with the right key, whose facts are none."""
    image = binary.Image(data)
    sections = {
        name: [image.record(name, at) for at in range(image.count(name))]
        for name in ("key", *codec.sections_of(compile_store(load_stores([LIGHTS]))))
    }
    return binary.pack({**sections, "facts": [("nonsense",)] * image.count("facts")})


def other_format(data: bytes) -> bytes:
    return data[:16] + bytes([data[16] + 1]) + data[17:]


def newer_python(data: bytes) -> bytes:
    return data[:18] + b"\xff" + data[19:]


def other_byte_order(data: bytes) -> bytes:
    return data[:20] + (b"b" if data[20:21] == b"l" else b"l") + data[21:]


DAMAGES: list[Callable[[bytes], bytes]] = [
    flipped,
    wrong_inside,
    other_format,
    newer_python,
    other_byte_order,
    lambda data: b"",
    lambda data: data[:-1],
    lambda data: data[: len(data) // 2],
    lambda data: data + b"\0",
    lambda data: bytes(len(data)),
    lambda data: b"These are the words of somebody else.\n" * 100,
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_replaced(
    store: Path, home: Path, expected: list[Finding], damage: Callable[[bytes], bytes]
) -> None:
    opened(store)
    file = compiled_file(home)
    sound = file.read_bytes()
    damaged = damage(sound)
    assert damaged != sound
    file.write_bytes(damaged)
    assert opened(store) == (expected, 1)
    assert file.read_bytes() == sound
    assert opened(store) == (expected, 0)


def test_a_damaged_note_is_none(
    store: Path, home: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Finding]
) -> None:
    monkeypatch.setattr(fingerprint, "RECENT", -(10**18))
    opened(store)
    (note,) = home.glob("*.look")
    sound = note.read_bytes()
    for data in (b"", sound[:-3], binary.pack({"look": [("what?",)]}), binary.pack({"l": []})):
        note.write_bytes(data)
        assert opened(store) == (expected, 0)
        assert note.read_bytes() == sound


def test_a_folder_in_the_place_of_the_file_does_no_harm(
    store: Path, home: Path, expected: list[Finding]
) -> None:
    opened(store)
    file = compiled_file(home)
    file.unlink()
    file.mkdir()
    assert opened(store) == (expected, 1)
    assert list(file.iterdir()) == []


def test_damage_and_an_edit_at_once_are_told(store: Path, home: Path) -> None:
    opened(store)
    file = compiled_file(home)
    file.write_bytes(flipped(file.read_bytes()))
    checker = Checker(opening.open_store([store]))
    edit(store, "North Merrow", "West Merrow")
    with pytest.raises(StoreError, match="changed while it was in use"):
        answers(checker)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
def test_a_file_of_somebody_else_is_not_used(
    store: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Finding]
) -> None:
    opened(store)
    monkeypatch.setattr(os, "getuid", lambda: 12345)
    monkeypatch.setattr(cache, "ROOT", 54321)
    assert opened(store) == (expected, 1)


# The file cannot be kept


def refuse(error: int) -> Callable[..., Any]:
    def refusing(*_: Any, **__: Any) -> Any:
        raise OSError(error, os.strerror(error))

    return refusing


@pytest.mark.parametrize(
    ("owner", "method"),
    [
        ("tempfile", "mkstemp"),
        ("os", "fdopen"),
        ("pathlib.Path", "replace"),
        ("pathlib.Path", "mkdir"),
    ],
)
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_where_nothing_can_be_written_the_answers_are_the_same(
    store: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    expected: list[Finding],
    owner: str,
    method: str,
    error: int,
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(f"{owner}.{method}", refuse(error))
        assert opened(store) == (expected, 1)
    assert [file for file in home.rglob("*") if file.is_file()] == []


def test_where_there_is_no_home_the_answers_are_the_same(
    store: Path, monkeypatch: pytest.MonkeyPatch, expected: list[Finding]
) -> None:
    def homeless() -> Path:
        raise RuntimeError("no home")

    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/not/allowed")
    monkeypatch.setattr(Path, "home", homeless)
    assert opened(store) == (expected, 1)


@pytest.mark.parametrize("blocked", ["cache", "cache/icc-check"])
def test_where_a_file_is_in_the_way_the_answers_are_the_same(
    store: Path, tmp_path: Path, expected: list[Finding], blocked: str
) -> None:
    place = tmp_path / blocked
    place.parent.mkdir(exist_ok=True)
    place.write_text("in the way")
    assert opened(store) == (expected, 1)
    assert place.read_text() == "in the way"


def test_a_missing_store_is_told_and_nothing_kept(tmp_path: Path, home: Path) -> None:
    with pytest.raises(StoreError, match="is no folder"):
        opening.open_store([tmp_path / "nowhere"])
    assert not home.exists()


# Several processes, several stores


def test_processes_at_once_do_not_disturb_one_another(
    store: Path, home: Path, expected: list[Finding]
) -> None:
    claims = [claim for claim in CLAIMS if claim.isascii()]
    command = [sys.executable, "-m", "icc_check", *claims, "--store", str(store)]
    command += ["--as-of", TODAY.isoformat(), "--format", "jsonl"]
    processes = [
        subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    outputs = [process.communicate(timeout=120)[0] for process in processes]
    assert len(set(outputs)) == 1
    verdicts = [json.loads(line)["verdict"] for line in outputs[0].splitlines()]
    assert verdicts == [finding.verdict.value for finding in expected[: len(verdicts)]]
    assert [file.suffix for file in home.iterdir() if not file.name.endswith(".look")] == [".bin"]
    assert opened(store) == (expected, 0)


def test_stores_have_files_of_their_own(store: Path, tmp_path: Path, home: Path) -> None:
    other = tmp_path / "elsewhere" / "lights"
    shutil.copytree(store, other)
    assert [opened(store)[1], opened(other)[1], opened(store)[1], opened(other)[1]] == [1, 1, 0, 0]
    assert len(list(home.glob("*.bin"))) == 2
    with pytest.raises(StoreError, match="stands already"):
        opening.open_store([store, other])


def test_what_nobody_has_used_for_long_is_removed(store: Path, home: Path) -> None:
    opened(store)
    old, young = home / "old.bin", home / ".new.bin-draft"
    for file, age in ((old, cache.UNUSED_AFTER + 60), (young, 60)):
        file.write_bytes(b"")
        os.utime(file, (time.time() - age,) * 2)
    edit(store, "North Merrow", "West Merrow")
    opened(store)
    assert (old.exists(), young.exists()) == (False, True)
