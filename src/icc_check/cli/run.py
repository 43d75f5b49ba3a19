"""A run: claims in, findings out."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from icc_check.cli.deliver import deliver, destinations_of, purpose_of
from icc_check.cli.policy import Policy
from icc_check.cli.progress import Progress
from icc_check.cli.targets import Target, Wanted, resolve
from icc_check.cli.terminal import ColorChoice, is_terminal, look_at, tell
from icc_check.errors import ExitCode
from icc_check.inputs import Claim, Reject
from icc_check.model import Verdict
from icc_check.report import Look
from icc_check.wording import tally

T = TypeVar("T")


class Question(NamedTuple):
    """What is asked of the store."""

    as_of: dt.date | None
    stores: Sequence[Path] | None


class Delivery(NamedTuple):
    """Where the result goes, and how it looks there."""

    format: str | None
    outputs: Sequence[Wanted] | None
    color: ColorChoice
    explain: bool
    quiet: bool
    compact: bool = False

    @property
    def targets(self) -> list[Target]:
        """Every output, with its format."""
        usual = "table" if is_terminal(sys.stdout) else "text"
        return resolve(self.format, self.outputs or (), usual)

    @property
    def on_terminal(self) -> bool:
        """Whether a person watches the result come."""
        return is_terminal(sys.stdout) and any(target.is_stdout for target in self.targets)

    @property
    def sums_up(self) -> bool:
        """Whether a table at a terminal ends with the sum of it all."""
        return is_terminal(sys.stdout) and any(
            target.is_stdout and target.format == "table" for target in self.targets
        )

    @property
    def looks(self) -> list[tuple[Target, Look]]:
        """Every output, and how the result looks there."""
        return [(target, self._look(target)) for target in self.targets]

    def _look(self, target: Target) -> Look:
        return look_at(
            sys.stdout if target.is_stdout else None,
            self.color,
            explain=self.explain,
            compact=self.compact,
            summary=not self.quiet,
        )


class Rejects:
    """Tells what cannot be checked as it comes, and lets the rest pass."""

    def __init__(self, progress: Progress, *, quiet: bool = False) -> None:
        self.count = 0
        self._quiet = quiet
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
        self._say(item)

    def note(self, message: object) -> None:
        """Say something beside the result, if that is wanted."""
        if not self._quiet:
            self._say(message)

    def _say(self, message: object) -> None:
        with self._progress.paused():
            tell(f"icc-check: {message}")


def check_claims(
    items: Iterable[Claim | Reject],
    question: Question,
    delivery: Delivery,
    policy: Policy,
) -> ExitCode:
    """Check the claims, write what is found, and say how the run ends."""
    from icc_check.checker import Checker  # only now: `--help` needs no engine

    rejects = Rejects(Progress.silent())
    day = question.as_of or dt.date.today()
    targets = delivery.looks
    checker = Checker.load(question.stores)
    findings = (
        checker.check(claim.text, as_of=day, location=claim.location)
        for claim in rejects.sort_out(items)
    )
    destinations, purpose = destinations_of(targets), purpose_of(policy.gate)
    counts = deliver(findings, checker.store, destinations, purpose, policy.shown)
    if policy.hides(counts) and not delivery.quiet:
        tell(f"icc-check: {sum_of(counts, policy)}")
    return policy.exit_code(counts, rejects.count)


def sum_of(counts: Mapping[Verdict, int], policy: Policy) -> str:
    """The verdicts in numbers, and how many of them can be seen, if not all."""
    total = sum(counts.values())
    told = tally(counts) if total else "0 claims"
    hidden = policy.hides(counts)
    return f"{told}; {total - hidden:,} shown" if hidden else told
