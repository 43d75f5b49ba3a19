"""`--baseline` and `--write-baseline`: the file of what is accepted, read, told of, written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from icc_check.drafts import draft_of, writing
from icc_check.errors import ConfigError
from icc_check.report import Purpose
from icc_check.wording import number_of

if TYPE_CHECKING:
    from icc_check.baseline import Entry, Ledger

MOST_UNUSED = 10  # entries that are told one by one


class Keeping(NamedTuple):
    """Which baseline there is, and whether it is to be written."""

    file: Path | None = None
    writes: bool = False

    def checked(self) -> Keeping:
        """Itself. Raises ConfigError where it cannot be meant."""
        if self.writes and self.file is None:
            raise ConfigError(
                "--write-baseline needs to know which file",
                hint="name it: --baseline FILE --write-baseline",
            )
        return self


@contextmanager
def ledger_of(
    keeping: Keeping, purpose: Purpose, note: Callable[[str], object]
) -> Iterator[Ledger | None]:
    """The baseline for the run; when that ends well it is written, or what it lacks is noted."""
    if keeping.file is None:
        yield None
        return
    from icc_check.baseline import Ledger, read, text_of

    path = keeping.file
    root = Path(purpose.root)
    entries = read(path) if path.exists() or not keeping.writes else ()
    ledger = Ledger(entries, lambda file: (root / file).exists(), taking=keeping.writes)
    if not keeping.writes:
        yield ledger
        for line in _unused(path, ledger.unused()):
            note(line)
        return
    with draft_of(path) as draft:
        yield ledger
        now = ledger.entries()
        with writing(path):
            draft.write_text(text_of(now), encoding="utf-8", newline="\n")
    removed = len(ledger.unused())
    number = number_of(len(now), "entry", "entries")
    note(f"{path}: {number}: {ledger.added:,} added, {removed:,} removed")


def _unused(path: Path, entries: Sequence[Entry]) -> Iterator[str]:
    for entry in entries[:MOST_UNUSED]:
        yield f"{path}: nothing needs this entry any more: {entry.file}: {entry.claim}"
    if len(entries) > MOST_UNUSED:
        yield f"{path}: nor {len(entries) - MOST_UNUSED:,} more; --write-baseline removes them"
