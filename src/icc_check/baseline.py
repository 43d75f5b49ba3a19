"""A baseline: the findings that a project accepts for now, in a file kept beside its texts.

An entry holds for the file that it names and, once that file is gone, for whichever other
has the sentence now. So what is accepted in one place is not accepted in a second, a file
may be renamed, and a run that reads only some of the files comes to the same answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from icc_check.errors import ConfigError, why_unread
from icc_check.fingerprint import Fingerprints
from icc_check.model import Acceptance, Finding
from icc_check.wire import dumps

VERSION = 1  # of the file; what another one means is not guessed
_TABLE = "accepted"
_HEAD = f"""\
# What `icc-check lint --baseline` accepts for now. An entry may also have
#   reason = "why it is accepted"
#   expires = 2030-12-31  # the last day on which it holds
# `--write-baseline` keeps these, and nothing else that is added by hand.
version = {VERSION}
"""
_ENTRY_HEAD = re.compile(rf"^[ \t]*\[\[\s*[\"']?{_TABLE}[\"']?\s*\]\]", re.MULTILINE)
_NO_TEXT = re.compile("[\ud800-\udfff]")  # of names that are not UTF-8; TOML has no such thing


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding that is accepted; file, rule and claim are there to be read by people."""

    file: str  # from the root of the repository
    rule: str
    claim: str
    fingerprint: str  # that of the finding, counted within its file
    reason: str | None = None
    expires: dt.date | None = None

    def has_expired(self, day: dt.date) -> bool:
        return self.expires is not None and day > self.expires

    @property
    def acceptance(self) -> Acceptance:
        """What is told of it with the finding."""
        return Acceptance(self.fingerprint, self.reason, self.expires)


_KEYS = tuple(field.name for field in fields(Entry))
_REQUIRED = ("file", "rule", "claim", "fingerprint")


class Ledger:
    """The entries beside what a run finds. With `taking`, what is not there yet becomes one."""

    def __init__(
        self, entries: Sequence[Entry], exists: Callable[[str], bool], *, taking: bool = False
    ) -> None:
        self._entries = {(entry.file, entry.fingerprint): entry for entry in entries}
        there = {file: exists(file) for file in {entry.file for entry in entries}}
        self._gone = frozenset(file for file, is_there in there.items() if not is_there)
        self._moved: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.file in self._gone:
                self._moved[entry.fingerprint].append(entry)
        self._taking = taking
        self._met: dict[tuple[str, str], Entry] = {}  # as they were, by where they are met now
        self._now: dict[tuple[str, str], Entry] = {}  # as they are to be written
        self._read: set[str] = set()
        self._file = ""
        self._fingerprints = Fingerprints()

    def turn_to(self, file: str) -> None:
        """The findings of this file come next. It is named from the root."""
        self._file = _scalar(file)
        self._read.add(self._file)
        self._fingerprints = Fingerprints()

    def entry_of(self, finding: Finding) -> Entry | None:
        """The entry for the next finding; to be asked once for each."""
        mark = self._fingerprints.of(finding)
        key = self._file, mark
        entry = self._entries.get(key) or self._moved_here(mark)
        if entry is not None:
            self._met[key] = entry
        elif not self._taking:
            return None
        claim = _scalar(finding.claim)
        new = Entry(self._file, finding.rule, claim, mark)
        kept = new if entry is None else replace(entry, file=self._file, claim=claim)
        self._now[key] = kept
        return kept

    def unused(self) -> list[Entry]:
        """The entries that nothing needs: their file was read, or is gone."""
        met = {(entry.file, entry.fingerprint) for entry in self._met.values()}
        looked = self._read | self._gone
        unused = (e for key, e in self._entries.items() if key not in met and e.file in looked)
        return sorted(unused, key=_order)

    @property
    def added(self) -> int:
        """How many entries are new."""
        return len(self._now) - len(self._met)

    def entries(self) -> list[Entry]:
        """The entries as they are to be from now on; of files that were not read, as before."""
        looked = self._read | self._gone
        others = [entry for entry in self._entries.values() if entry.file not in looked]
        return sorted([*others, *self._now.values()], key=_order)

    def _moved_here(self, mark: str) -> Entry | None:
        waiting = self._moved.get(mark)
        return waiting.pop(0) if waiting else None


def read(path: Path) -> tuple[Entry, ...]:
    """The entries of a file. Raises ConfigError where it is missing or wrong."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: there is no such baseline", hint="make it with --write-baseline"
        ) from None
    except IsADirectoryError:
        raise ConfigError(f"{path}: is a directory, and no baseline") from None
    except OSError as error:
        raise ConfigError(f"{path}: {why_unread(error)}") from error
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8") from None
    return _parsed(text, str(path))


def text_of(entries: Iterable[Entry]) -> str:
    """The entries as a file, in the order that is given."""
    return _HEAD + "".join(f"\n[[{_TABLE}]]\n{''.join(_lines(entry))}" for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    for key in (*_REQUIRED, "reason"):
        value = getattr(entry, key)
        if value is not None:
            yield f"{key} = {dumps(value)}\n"  # JSON writes texts as TOML does
    if entry.expires is not None:
        yield f"expires = {entry.expires.isoformat()}\n"


def _order(entry: Entry) -> tuple[str, ...]:
    """By file, so that what changes in one place is near itself, and else by what stays."""
    return entry.file, entry.claim, entry.rule, entry.fingerprint


def _scalar(text: str) -> str:
    return _NO_TEXT.sub("\ufffd", text)


def _parsed(text: str, name: str) -> tuple[Entry, ...]:
    import tomllib

    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{name}: is not TOML: {error}", hint=_ANEW) from None
    version = document.get("version")
    if version != VERSION or isinstance(version, bool):
        what = "has no version" if version is None else f"has version {version}"
        raise ConfigError(
            f"{name}: {what}, and this icc-check knows version {VERSION}",
            hint="use the icc-check that wrote it, or write it anew under another name",
        )
    tables = document.get(_TABLE, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError(f"{name}: {_TABLE} is to be a list of tables, [[{_TABLE}]]", hint=_ANEW)
    if unknown := next((key for key in document if key not in ("version", _TABLE)), None):
        raise ConfigError(f"{name}: there is no {unknown!r} in a baseline")
    lines = [text.count("\n", 0, head.start()) + 1 for head in _ENTRY_HEAD.finditer(text)]
    seen: dict[tuple[str, str], Entry] = {}
    for number, table in enumerate(tables):
        where = f"{name}:{lines[number]}" if len(lines) == len(tables) else name
        entry = _entry(table, where)
        key = entry.file, entry.fingerprint
        if key in seen:
            raise ConfigError(f"{where}: this finding is there twice", hint="leave one of them")
        seen[key] = entry
    return tuple(seen.values())


_ANEW = "mend it, or write it anew under another name"


def _entry(table: Mapping[str, Any], where: str) -> Entry:
    for key in table:
        if key not in _KEYS:
            raise ConfigError(f"{where}: an entry has no {key!r}; there are {', '.join(_KEYS)}")
    for key in _REQUIRED:
        if not isinstance(table.get(key), str):
            raise ConfigError(f"{where}: this entry has no {key}, which is to be a text")
    reason, expires = table.get("reason", ""), table.get("expires")
    if not isinstance(reason, str):
        raise ConfigError(f"{where}: reason is to be a text")
    if expires is not None and type(expires) is not dt.date:  # a time of day is a date too
        raise ConfigError(f"{where}: expires is to be a day, such as 2030-12-31, without quotes")
    texts = {key: table[key] for key in _REQUIRED}
    return Entry(**texts, reason=reason or None, expires=expires)
