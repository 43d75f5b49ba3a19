"""A long run: one process or several, from the beginning or where the last one stopped."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from icc_check.cli.answering import Answers
from icc_check.cli.deliver import (
    Destination,
    deliver,
    deliver_texts,
    destinations_of,
    purpose_of,
)
from icc_check.cli.policy import Policy
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question, Rejects, sum_of
from icc_check.cli.targets import Target
from icc_check.cli.terminal import tell
from icc_check.errors import ExitCode
from icc_check.inputs import Claim, Reject
from icc_check.model import Finding, Verdict
from icc_check.report import Look
from icc_check.reporters import piece_of

if TYPE_CHECKING:
    from icc_check.checker import Checker
    from icc_check.cli.workers import Answered, Wording


class Manner(NamedTuple):
    """How a batch is gone about."""

    jobs: int = 1
    resume: bool = False


def check_batch(
    items: Iterable[Claim | Reject],
    question: Question,
    delivery: Delivery,
    policy: Policy,
    manner: Manner,
    progress: Progress,
) -> ExitCode:
    """Check the claims, write what is found, sum it up, and say how the run ends."""
    from icc_check.checker import Checker

    start = time.monotonic()
    if manner.resume:
        from icc_check.cli.resume import resumable

        delivery = resumable(delivery, policy)
    looks = delivery.looks
    rejects = Rejects(progress)
    checker = Checker.load(question.stores)
    batch = _Batch(checker, question, manner.jobs, policy, progress)
    claims = rejects.sort_out(items)
    with progress:
        if manner.resume:
            batch.resume(claims, *looks)
        else:
            batch.run(claims, destinations_of(looks))
    all_told = delivery.sums_up and not policy.hides(batch.counts)
    if not (delivery.quiet or all_told):
        _sum_up(sum_of(batch.counts, policy), batch.counts.total(), rejects.count, start)
    return policy.exit_code(batch.counts, rejects.count)


class _Batch:
    """A run under way; `counts` is complete when it is over."""

    def __init__(
        self,
        checker: Checker,
        question: Question,
        jobs: int,
        policy: Policy,
        progress: Progress,
    ) -> None:
        self.counts: Counter[Verdict] = Counter()
        self._checker = checker
        self._store = checker.store
        self._stores = question.stores
        self._day = question.as_of or dt.date.today()
        self._jobs = jobs
        self._policy = policy
        self._progress = progress

    def resume(self, claims: Iterator[Claim], output: tuple[Target, Look]) -> None:
        """Go on with an output file where it ends."""
        from icc_check.cli.resume import appending, resuming, take_up

        target, look = output
        with resuming(target.file) as draft:
            self.counts += take_up(draft, claims, self._store, self._day)
            self._progress.begin_at(self.counts.total())
            self.run(claims, [Destination(target.format, look, nullcontext(appending(draft)))])

    def run(self, claims: Iterator[Claim], destinations: Sequence[Destination]) -> None:
        """Answer the claims and write the answers."""
        wording = [(form, look) for form, look, _ in destinations]
        if self._jobs > 1 and all(piece_of(form) for form, _ in wording):
            deliver_texts(self._texts(claims, wording), destinations)
            return
        findings = self._asked(claims) if self._jobs > 1 else self._answered(claims)
        purpose = purpose_of(self._policy.gate)
        shown = self._policy.shown
        self.counts += deliver(findings, self._store, destinations, purpose, shown)

    def _answered(self, claims: Iterator[Claim]) -> Iterator[Finding]:
        answers = Answers(self._checker, self._day)
        return map(answers.to, self._progress.follow(claims))

    def _asked(self, claims: Iterator[Claim]) -> Iterator[Finding]:
        """The findings of several processes."""
        for answered in self._in_parallel(claims, ()):
            yield from self._progress.follow(answered.findings)
            answered.raise_what_went_wrong()

    def _texts(self, claims: Iterator[Claim], wording: Wording) -> Iterator[Sequence[str]]:
        """What several processes have put into words."""
        for answered in self._in_parallel(claims, wording):
            yield answered.texts
            self.counts += answered.counts
            self._progress.advance(answered.counts.total())
            answered.raise_what_went_wrong()

    def _in_parallel(self, claims: Iterator[Claim], wording: Wording) -> Iterator[Answered]:
        from icc_check.cli.workers import Work, answer_in_parallel

        work = Work(self._stores, self._store, self._day, wording, self._policy.shown)
        return answer_in_parallel(claims, work, self._jobs)


def _sum_up(told: str, total: int, rejected: int, start: float) -> None:
    seconds = time.monotonic() - start
    parts = [told]
    if rejected:
        parts.append(f"{rejected:,} could not be read")
    speed = f", {total / seconds:,.0f}/s" if seconds >= 1 else ""
    tell(f"icc-check: {'; '.join(parts)}; {_duration(seconds)}{speed}")


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02} min"
