"""A progress bar on standard error, when a person watches and has to wait.

It comes up only after a moment, so that a short run shows none and does not load
what draws it.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

T = TypeVar("T")
_PATIENCE = 1.0  # seconds without a bar
_BETWEEN = 0.1  # seconds from one change of the bar to the next


class Progress:
    """Counts claims (or what else `unit` says) as they pass; with `shown` false nothing else."""

    def __init__(self, total: int | None, *, shown: bool, unit: str = "claims") -> None:
        self._total = total
        self._unit = unit
        self._shown = shown
        self._done = 0
        self._before = 0
        self._start = time.monotonic()
        self._due = self._start + _PATIENCE
        self._bar: tuple[Bar, TaskID] | None = None

    @classmethod
    def silent(cls) -> Self:
        """One that never shows anything."""
        return cls(None, shown=False)

    def follow(self, entries: Iterable[T]) -> Iterator[T]:
        """The entries, unchanged."""
        if not self._shown:
            yield from entries
            return
        for entry in entries:
            yield entry
            self.advance(1)

    def advance(self, count: int) -> None:
        """So many more are done."""
        self._done += count
        if self._shown and time.monotonic() >= self._due:
            self._update()

    def begin_at(self, done: int) -> None:
        """So many were done by an earlier run, and say nothing about how fast this one is."""
        self._done = self._before = done
        self._start = time.monotonic()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Take the bar away while something else is written."""
        if self._bar is None:
            yield
            return
        self._bar[0].stop()
        try:
            yield
        finally:
            self._bar[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._update()
            self._bar[0].stop()

    def _update(self) -> None:
        if self._bar is None:
            self._bar = _make_bar(self._total, self._before)
        bar, task = self._bar
        now = time.monotonic()
        speed = (self._done - self._before) / max(now - self._start, 0.001)
        bar.update(task, completed=self._done, rate=f"{self._done:,} {self._unit}, {speed:,.0f}/s")
        self._due = now + _BETWEEN


def _make_bar(total: int | None, done: int) -> tuple[Bar, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        BarColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    task = bar.add_task("", total=total, completed=done, rate="")
    bar.start()
    return bar, task
