"""Which lines of a working tree are new since a revision. Git is asked, and never the network.

Compared are the files as they are, committed or not, with the newest commit that HEAD and
the revision have in common: what others have done to the revision since is not counted.
"""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from icc_check.errors import InputError

_OFFLINE = {
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_MEDDLING = ("GIT_DIFF_OPTS", "GIT_EXTERNAL_DIFF")  # would give the comparison another form
_DIFF = (
    *("diff", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--find-renames"),
    *("--unified=1", "--inter-hunk-context=0", "--ignore-submodules", "--no-relative"),
    *("--src-prefix=a/", "--dst-prefix=b/"),
)
_HUNK = re.compile(rb"@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPES = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t"}
_ESCAPES[b"v"] = b"\v"

# The first and the last of places that have changed. Line 7 is place 14, and what is
# between lines 7 and 8 is place 15: there something may have been taken away.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a file that are new; None where all of it is."""

    spans: tuple[Span, ...] | None = None

    def __bool__(self) -> bool:
        return self.spans is None or bool(self.spans)

    def touch(self, first: int, last: int) -> bool:
        """Whether a text has changed that stands on these lines."""
        if self.spans is None:
            return True
        return any(start <= 2 * last and 2 * first <= end for start, end in self.spans)


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in a working tree."""

    revision: str  # as it was given
    root: Path
    tracked: frozenset[str]
    spans: Mapping[str, tuple[Span, ...]]

    def lines_of(self, file: Path) -> Lines:
        """The new lines of a file; what git does not keep is all new."""
        try:
            name = file.resolve().relative_to(self.root).as_posix()
        except (OSError, RuntimeError, ValueError):  # a loop of links; elsewhere
            return Lines()
        return Lines(self.spans.get(name, ())) if name in self.tracked else Lines()


def changes_since(revision: str, folder: Path) -> Changes:
    """What is new in the working tree that holds the folder. Raises InputError."""
    top = _asked(folder, "rev-parse", "--show-toplevel")
    if top.said_no:
        raise InputError(f"--changed asks git, which says of {folder}: {top.why}")
    root = Path(os.fsdecode(top.said.removesuffix(b"\n"))).resolve()
    base = _base(revision, root)
    tracked = _asked(root, "ls-files", "-z")
    if tracked.said_no:
        raise InputError(f"git cannot list its files: {tracked.why}")
    names = frozenset(os.fsdecode(name) for name in tracked.said.split(b"\0") if name)
    return Changes(revision, root, names, _compared(root, base))


def _base(revision: str, root: Path) -> str:
    commit = _asked(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if commit.said_no or revision.startswith("-"):
        raise InputError(
            f"--changed {revision}: git knows no such revision",
            hint="for what is not committed yet: --changed HEAD; a shallow clone lacks some",
        )
    base = _asked(root, "merge-base", commit.said.decode().strip(), "HEAD")
    if base.said_no:
        raise InputError(
            f"--changed {revision}: it has no commit in common with HEAD",
            hint="in a shallow clone, fetch more of the history",
        )
    return base.said.decode().strip()


class _Answer(NamedTuple):
    """What git says, or that it says no, and why."""

    said: bytes
    said_no: bool
    why: str


def _asked(folder: Path, *question: str) -> _Answer:
    """What git answers. InputError where there is no git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *question],
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        raise _without_git(error) from error
    return _Answer(done.stdout, done.returncode != 0, done.stderr.decode(errors="replace").strip())


def _compared(root: Path, base: str) -> Mapping[str, tuple[Span, ...]]:
    command = ["git", "-C", str(root), "-c", "core.quotePath=false", *_DIFF, base, "--"]
    with (
        tempfile.TemporaryFile() as told,  # warnings may be many, and must not fill a pipe
        subprocess.Popen(
            command,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=told,
        ) as process,
    ):
        assert process.stdout is not None
        spans = _spans_by_file(process.stdout)
        if process.wait() != 0:
            told.seek(0)
            why = told.read().decode(errors="replace").strip()
            raise InputError(f"git cannot compare with {base[:12]}: {why}")
    return spans


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _MEDDLING}
    return {**kept, **_OFFLINE}


def _without_git(error: OSError) -> InputError:
    why = "cannot be found" if isinstance(error, FileNotFoundError) else f"cannot run: {error}"
    return InputError(f"--changed asks git, which {why}")


def _spans_by_file(lines: Iterable[bytes]) -> Mapping[str, tuple[Span, ...]]:
    """What a comparison says, by the names that files have now."""
    spans: defaultdict[str, list[Span]] = defaultdict(list)
    stream = iter(lines)
    name = ""
    for line in stream:
        if line.startswith(b"+++ "):
            name = _name(line[4:])
        elif hunk := _HUNK.match(line):
            old, start, new = (int(number or 1) for number in hunk.groups())
            spans[name] += _spans(_body(stream, old, new), start if new else start + 1)
    return {name: tuple(found) for name, found in spans.items()}


def _body(stream: Iterator[bytes], old: int, new: int) -> Iterator[bytes]:
    """The lines of a hunk, of which its head tells the number."""
    while old or new:
        line = next(stream)
        if line.startswith(b"\\"):  # that a line has no end
            continue
        old -= not line.startswith(b"+")
        new -= not line.startswith(b"-")
        yield line


def _spans(hunk: Iterable[bytes], number: int) -> Iterator[Span]:
    """The places that a hunk changes; the number is that of the first line that is there now."""
    before = b""
    removed: list[bytes] = []
    added: list[bytes] = []
    for line in chain(hunk, (b" ",)):
        kind, words = line[:1], line[1:].strip()
        if kind == b"-":
            removed.append(words)
        elif kind == b"+":
            added.append(words)
        else:
            yield from _run_spans(before, removed, added, words, number)
            number += len(added) + 1
            before, removed, added = words, [], []


def _run_spans(
    before: bytes, removed: list[bytes], added: list[bytes], after: bytes, number: int
) -> Iterator[Span]:
    """The places that lines change which took the place of others, between two that stayed.

    Where no words come for those that go, a sentence may have lost its beginning or its
    end, or two have been joined: so the lines beside count, if they stood in one paragraph.
    """
    if added:
        yield 2 * number, 2 * (number + len(added) - 1)
    if any(added) or not (added or removed):
        return
    above, below = number - 1, number + len(added)
    if not added:
        yield 2 * above + 1, 2 * above + 1
    if removed[0] if removed else after:
        yield 2 * above, 2 * above
    if removed[-1] if removed else before:
        yield 2 * below, 2 * below


def _name(written: bytes) -> str:
    """The name of a file as git writes it after `+++ `; nothing for one that is gone."""
    written = written.rstrip(b"\n")
    if written.startswith(b'"'):
        written = _ESCAPE.sub(_unescaped, written.removesuffix(b"\t")[1:-1])
    else:
        written = written.removesuffix(b"\t")  # git adds it to names with spaces
    return os.fsdecode(written.removeprefix(b"b/")) if written != b"/dev/null" else ""


def _unescaped(match: re.Match[bytes]) -> bytes:
    code = match[1]
    return bytes([int(code, 8)]) if len(code) == 3 else _ESCAPES.get(code, code)
