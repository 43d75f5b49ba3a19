"""What is in a store, in numbers: counted, and written for people and for programs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from icc_check.report import Look
from icc_check.store import cache
from icc_check.store.fingerprint import fingerprint
from icc_check.store.load import load_stores
from icc_check.store.open import COMPILED, SHIPPED, SHIPPED_COMPILED, Preparing, open_store
from icc_check.wire import VERSION, dumps
from icc_check.wording import visible


class Statistics(NamedTuple):
    name: str
    title: str
    hash: str
    topics: Mapping[str, int]
    truths: Mapping[str, int]
    bases: Mapping[str, int]
    kinds: Mapping[str, int]  # of entities
    concepts: int
    sources: int
    phrasings: int
    oldest_checked: dt.date | None
    file: Path | None  # the compiled form, where it is kept
    size: int

    @property
    def facts(self) -> int:
        return sum(self.topics.values())

    @property
    def entities(self) -> int:
        return sum(self.kinds.values())


def count(folders: Sequence[Path], preparing: Preparing | None = None) -> Statistics:
    """Count the stores in these folders, joined. Raises StoreError."""
    written = load_stores(folders)
    compiled = open_store(folders, preparing)
    file = kept_file(folders)
    return Statistics(
        name=written.name,
        title=written.title,
        hash=compiled.id.hash,
        topics=_counts(fact.topic for fact in written.facts),
        truths=_counts(fact.truth.value for fact in written.facts),
        bases=_counts(fact.basis.value for fact in written.facts),
        kinds=_counts(entity.kind for entity in written.entities),
        concepts=len(written.concepts),
        sources=len(written.sources),
        phrasings=len(compiled.phrasings),
        oldest_checked=min((fact.checked for fact in written.facts), default=None),
        file=file,
        size=file.stat().st_size if file else 0,
    )


def kept_file(folders: Sequence[Path]) -> Path | None:
    """The file with the compiled form of these stores as they are now, if there is one."""
    stores = tuple(folders)
    if stores == (SHIPPED,) and cache.read(SHIPPED_COMPILED, own=False):
        return SHIPPED_COMPILED
    path = cache.path_for(stores, COMPILED)
    image = cache.read(path)
    try:
        right = image is not None and image.record("key", 0) == fingerprint(stores).key
    except Exception:  # however it fails, the file is none that is used
        return None
    return path if right else None


def _counts(names: Iterable[str]) -> Mapping[str, int]:
    """How often each name comes, the most frequent first."""
    return dict(sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0])))


def _groups(s: Statistics) -> Iterator[tuple[str, int, Mapping[str, int]]]:
    yield "facts by topic", s.facts, s.topics
    yield "facts by truth", s.facts, s.truths
    yield "facts by basis", s.facts, s.bases
    yield "names by kind", s.entities, s.kinds


def _rest(s: Statistics) -> Iterator[tuple[str, str]]:
    yield "store", f"{s.name}: {s.title}" if s.title else s.name
    yield "content", s.hash
    yield "facts", f"{s.facts:,}"
    yield "phrasings", f"{s.phrasings:,}"
    yield "names", f"{s.entities:,}"
    yield "concepts", f"{s.concepts:,}"
    yield "sources", f"{s.sources:,}"
    yield "oldest check", s.oldest_checked.isoformat() if s.oldest_checked else "-"
    yield "compiled", f"{s.file}, {s.size / 1e6:,.1f} MB" if s.file else "not kept"


def write_text(s: Statistics, look: Look) -> str:
    lines = [f"{label}: {visible(value)}" for label, value in _rest(s)]
    for title, _, counts in _groups(s):
        lines += [f"{title}: {visible(name)}: {number}" for name, number in counts.items()]
    return "".join(f"{line}\n" for line in lines)


def write_table(s: Statistics, look: Look) -> str:
    from rich.table import Table
    from rich.text import Text

    from icc_check.reporters.table.canvas import LABEL, Canvas

    canvas = Canvas(look)
    head = Table.grid(padding=(0, 2, 0, 0))
    for label, value in _rest(s):
        head.add_row(Text(label, LABEL), Text(visible(value), overflow="fold"))
    drawn = [canvas.draw(head)]
    for title, total, counts in _groups(s):
        table = Table(box=None, padding=(0, 2, 0, 0), header_style=LABEL)
        table.add_column(title, min_width=24)
        table.add_column(f"{total:,}", justify="right")
        for name, number in counts.items():
            table.add_row(Text(visible(name)), Text(f"{number:,}"))
        drawn.append(canvas.draw(table))
    return "\n".join(drawn)


def write_json(s: Statistics, look: Look) -> str:
    value = {
        "version": VERSION,
        "store": {"name": s.name, "hash": s.hash, "title": s.title or None},
        "facts": {
            "total": s.facts,
            "by_topic": s.topics,
            "by_truth": s.truths,
            "by_basis": s.bases,
        },
        "entities": {"total": s.entities, "by_kind": s.kinds},
        "concepts": s.concepts,
        "sources": s.sources,
        "phrasings": s.phrasings,
        "oldest_checked": s.oldest_checked.isoformat() if s.oldest_checked else None,
        "compiled": {"path": str(s.file), "bytes": s.size} if s.file else None,
    }
    return dumps(value, indent=2) + "\n"


WRITERS: Mapping[str, Callable[[Statistics, Look], str]] = {
    "table": write_table,
    "text": write_text,
    "json": write_json,
}
