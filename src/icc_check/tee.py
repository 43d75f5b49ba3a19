"""One run, several outputs: each finding is handed to every format before the next is made.

A format is a generator that goes through a report and yields text. It yields once for
each finding, were it the empty string, and that is what lets several of them take
turns: no threads, and nothing is kept for one that lags behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from icc_check.model import Finding
from icc_check.report import Out


class Outlet(NamedTuple):
    """A format at work: the findings that it will be handed, its text, and where that goes."""

    feed: Feed
    text: Iterator[str]
    out: Out


class Feed:
    """Findings for one format, one at a time as they are put in."""

    def __init__(self) -> None:
        self._waiting: deque[Finding] = deque(maxlen=1)
        self._over = False

    def put(self, finding: Finding) -> None:
        self._waiting.append(finding)

    def end(self) -> None:
        self._over = True

    @property
    def waits(self) -> bool:
        """Whether the finding that was put in has not been taken yet."""
        return bool(self._waiting)

    def __iter__(self) -> Iterator[Finding]:
        return self

    def __next__(self) -> Finding:
        if self._waiting:
            return self._waiting.popleft()
        if self._over:
            raise StopIteration
        raise RuntimeError("a format asked for a second finding before it yielded for the first")


def run(findings: Iterable[Finding], outlets: Sequence[Outlet]) -> None:
    """Write the findings to every outlet as they come, then what each has to say at the end."""
    for finding in findings:
        for outlet in outlets:
            outlet.feed.put(finding)
            while outlet.feed.waits:
                _write(next(outlet.text), outlet.out)
    for outlet in outlets:
        outlet.feed.end()
        for piece in outlet.text:
            _write(piece, outlet.out)


def _write(piece: str, out: Out) -> None:
    if piece:
        out.write(piece)
