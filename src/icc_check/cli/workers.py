"""Claims checked by several processes, answered in the order in which they came.

Claims travel in chunks, and only so many chunks are under way that memory does not
grow with the input. Each process opens the store once. Where a format allows it (see
`reporters.piece_of`), a process also writes its answers out, since handing on text
costs less than handing on findings.
"""

from __future__ import annotations

import datetime as dt
import traceback
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from icc_check.cli.answering import Answers
from icc_check.cli.processes import hire, survive_closed_pipes
from icc_check.errors import IccCheckError, StoreError, WorkerError
from icc_check.inputs import Claim
from icc_check.model import Finding, StoreId, Verdict
from icc_check.report import Look
from icc_check.reporters import piece_of

CHUNK = 64  # claims that travel together
_FIRST_CHUNK = 8  # the first ones are smaller, so that something comes soon
_AHEAD = 4  # chunks under way for each process


# Formats, each with how it looks, into which the answers are to be put.
Wording = Sequence[tuple[str, Look]]


class Work(NamedTuple):
    """What is asked of every process: answers as findings, or as text in each wording."""

    stores: Sequence[Path] | None
    store: StoreId
    day: dt.date
    wording: Wording
    shown: frozenset[Verdict] = frozenset(Verdict)  # that are put into words


class Answered(NamedTuple):
    """A chunk's answers: a text in each wording that was asked for, else the findings.

    What went wrong comes after them: an error for the user, or a fault of ours as the
    traceback that it left.
    """

    counts: Counter[Verdict]
    texts: Sequence[str]
    findings: Sequence[Finding]
    error: IccCheckError | None = None
    fault: str | None = None

    def raise_what_went_wrong(self) -> None:
        """To be called when the answers before it have been written."""
        if self.error:
            raise self.error
        if self.fault:
            raise RuntimeError(f"in a process that checked claims:\n{self.fault}")


Chunk = list[Claim]


def answer_in_parallel(claims: Iterable[Claim], work: Work, jobs: int) -> Iterator[Answered]:
    """The answers to the claims, chunk by chunk, in order.

    A process that dies is replaced, and what it had not answered is asked again.
    Raises WorkerError when the same claims cost another one.
    """
    crew = _Crew(work, jobs)
    try:
        for chunk in _chunks(claims):
            crew.ask(chunk)
            while crew.is_full or crew.has_answer:
                yield crew.next_answer()
        while crew.is_busy:
            yield crew.next_answer()
    finally:
        crew.dismiss()


class _Crew:
    """The processes, and the chunks that they are at work on, oldest first."""

    def __init__(self, work: Work, jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        survive_closed_pipes()
        self._pool = self._hire()
        self._under_way: deque[tuple[Chunk, Future[Answered]]] = deque()
        self._asked_again = False

    @property
    def is_busy(self) -> bool:
        return bool(self._under_way)

    @property
    def is_full(self) -> bool:
        return len(self._under_way) >= _AHEAD * self._jobs

    @property
    def has_answer(self) -> bool:
        return bool(self._under_way) and self._under_way[0][1].done()

    def ask(self, chunk: Chunk) -> None:
        try:
            future = self._pool.submit(_answer, chunk)
        except BrokenProcessPool as error:  # told when this chunk's turn comes
            future = Future()
            future.set_exception(error)
        self._under_way.append((chunk, future))

    def next_answer(self) -> Answered:
        chunk, future = self._under_way[0]
        try:
            answered = future.result()
        except BrokenProcessPool:
            if self._asked_again:
                raise _lost(chunk) from None
            self._ask_again()
            return self.next_answer()
        self._under_way.popleft()
        self._asked_again = False
        return answered

    def dismiss(self) -> None:
        self._pool.shutdown(wait=not self._under_way, cancel_futures=True)

    def _ask_again(self) -> None:
        self._asked_again = True
        chunks = [chunk for chunk, _ in self._under_way]
        self._under_way.clear()
        self._pool.shutdown(wait=True)
        self._pool = self._hire()
        for chunk in chunks:
            self.ask(chunk)

    def _hire(self) -> ProcessPoolExecutor:
        return hire(self._jobs, _begin, self._work)


def _chunks(claims: Iterable[Claim]) -> Iterator[Chunk]:
    source = iter(claims)
    size = _FIRST_CHUNK
    while chunk := list(islice(source, size)):
        yield chunk
        size = min(2 * size, CHUNK)


def _lost(chunk: Chunk) -> WorkerError:
    place = chunk[0].location
    where = f"{place.file}:{place.line}: " if place else ""
    return WorkerError(
        f"{where}a process that was to check this and what follows ended twice",
        hint="if memory ran out, use fewer --jobs; --resume goes on with a JSON Lines file",
    )


# In the processes


class _Desk:
    """What a process needs to answer; made at its first chunk."""

    def __init__(self, work: Work) -> None:
        from icc_check.checker import Checker

        checker = Checker.load(work.stores)
        if checker.store != work.store:
            raise StoreError("the store was changed while it was in use", hint="try again")
        self.answers = Answers(checker, work.day)
        self._store = work.store
        self._shown = work.shown
        self._pieces = [(look, piece) for form, look in work.wording if (piece := piece_of(form))]

    def put(self, findings: Sequence[Finding]) -> list[str]:
        """The findings that are shown in each wording."""
        shown = [finding for finding in findings if finding.verdict in self._shown]
        return [
            "".join(piece(finding, self._store, look) for finding in shown)
            for look, piece in self._pieces
        ]


_work: Work
_desk: _Desk | None = None


def _begin(work: Work) -> None:
    global _work
    _work = work


def _answer(chunk: Chunk) -> Answered:
    global _desk
    findings: list[Finding] = []
    error, fault = None, None
    try:
        _desk = _desk or _Desk(_work)
        for claim in chunk:
            findings.append(_desk.answers.to(claim))
    except IccCheckError as raised:
        error = raised
    except Exception:
        fault = traceback.format_exc()
    counts = Counter(finding.verdict for finding in findings)
    if not _work.wording:
        return Answered(counts, (), findings, error, fault)
    texts = _desk.put(findings) if _desk else ["" for _ in _work.wording]
    return Answered(counts, texts, (), error, fault)
