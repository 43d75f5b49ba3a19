"""What the judge says of a store's own facts: by one process or several, fact by fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from icc_check.checker import Checker
from icc_check.cli.processes import hire, survive_closed_pipes
from icc_check.errors import WorkerError
from icc_check.store.lint import Check, Problem, lint_verdicts
from icc_check.store.values import Fact

CHUNK = 32  # facts that are judged together

Folders = tuple[Path, ...]


def judge(facts: Sequence[Fact], folders: Folders, jobs: int) -> Iterator[list[Problem]]:
    """The problems of each fact, in the order of the facts."""
    check = _check_of(folders)  # also where others judge: they find the store compiled
    if jobs == 1:
        yield from _problems(facts, check)
        return
    survive_closed_pipes()
    crew = hire(jobs, _begin, folders)
    chunks = (facts[start : start + CHUNK] for start in range(0, len(facts), CHUNK))
    try:
        for problems in crew.map(_judge, chunks):
            yield from problems
    except BrokenProcessPool:
        hint = "if memory ran out, use fewer --jobs"
        raise WorkerError("a process that judged facts ended before it was done", hint) from None
    finally:
        crew.shutdown(cancel_futures=True)


def _check_of(folders: Folders) -> Check:
    checker = Checker.load(folders)
    return lambda text, day: checker.check(text, as_of=day)


def _problems(facts: Sequence[Fact], check: Check) -> Iterator[list[Problem]]:
    return ([*lint_verdicts((fact,), check)] for fact in facts)


# In the processes

_check: Check


def _begin(folders: Folders) -> None:
    global _check
    _check = _check_of(folders)


def _judge(facts: Sequence[Fact]) -> list[list[Problem]]:
    return [*_problems(facts, _check)]
