"""A run: claims in, findings out, and the one place that decides the exit code."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from icc_check.cli.options import FAIL_ON, Gate, parse_gate
from icc_check.cli.output import STDOUT, open_output
from icc_check.cli.progress import Progress
from icc_check.cli.terminal import ColorChoice, is_terminal, look_at, tell
from icc_check.errors import ExitCode
from icc_check.inputs import Claim, Reject
from icc_check.model import Verdict
from icc_check.report import Look, Report
from icc_check.reporters import REPORTERS, load_reporter

T = TypeVar("T")


class Question(NamedTuple):
    """What is asked of the store."""

    as_of: dt.date | None
    stores: Sequence[Path] | None


class Delivery(NamedTuple):
    """Where the result goes, and how it looks there."""

    format: str | None
    output: str | None
    color: ColorChoice
    explain: bool
    quiet: bool
    compact: bool = False

    @property
    def chosen_format(self) -> str:
        """The format asked for; else a table at a terminal and text elsewhere."""
        if self.format:
            return self.format
        return "table" if self.on_terminal else "text"

    @property
    def on_terminal(self) -> bool:
        """Whether a person watches the result come."""
        return self.output in (None, STDOUT) and is_terminal(sys.stdout)

    @property
    def look(self) -> Look:
        """How the result looks where it goes."""
        return look_at(
            sys.stdout if self.output in (None, STDOUT) else None,
            self.color,
            explain=self.explain,
            compact=self.compact,
            summary=not self.quiet,
        )


class Rejects:
    """Tells what cannot be checked as it comes, and lets the rest pass."""

    def __init__(self, progress: Progress) -> None:
        self.count = 0
        self._progress = progress

    def sort_out(self, items: Iterable[T | Reject]) -> Iterator[T]:
        for item in items:
            if isinstance(item, Reject):
                self.reject(item)
            else:
                yield item

    def reject(self, item: Reject) -> None:
        """Tell what cannot be checked, which makes the run end as a mistake does."""
        self.count += 1
        self.note(item)

    def note(self, message: object) -> None:
        """Say something beside the result."""
        with self._progress.paused():
            tell(f"icc-check: {message}")


def check_claims(
    items: Iterable[Claim | Reject],
    question: Question,
    delivery: Delivery,
    gate: Gate | None,
    progress: Progress | None = None,
) -> ExitCode:
    """Check the claims, write what is found, and say how the run ends."""
    from icc_check.checker import Checker  # only now: `--help` needs no engine

    progress = progress or Progress.silent()
    rejects = Rejects(progress)
    day = question.as_of or dt.date.today()
    form = delivery.chosen_format
    checker = Checker.load(question.stores)
    findings = (
        checker.check(claim.text, as_of=day, location=claim.location)
        for claim in progress.follow(rejects.sort_out(items))
    )
    report = Report(checker.store, findings, delivery.look)
    with open_output(delivery.output, for_people=REPORTERS[form].for_people) as out, progress:
        load_reporter(form).write(report, out)
    return exit_code(report.counts, parse_gate(FAIL_ON) if gate is None else gate, rejects.count)


def exit_code(counts: Mapping[Verdict, int], gate: Gate, rejected: int) -> ExitCode:
    """What could not be checked weighs more than what was found; the format never matters."""
    if rejected:
        return ExitCode.ERROR
    return ExitCode.FINDINGS if any(counts[verdict] for verdict in gate) else ExitCode.OK
