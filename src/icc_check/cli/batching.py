"""A long run: one process or several, from the beginning or where the last one stopped."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from icc_check.cli.answering import Answers
from icc_check.cli.options import FAIL_ON, Gate, parse_gate
from icc_check.cli.output import open_output
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question, Rejects, exit_code
from icc_check.cli.terminal import tell
from icc_check.errors import ExitCode
from icc_check.inputs import Claim, Reject
from icc_check.model import Finding, StoreId, Verdict
from icc_check.report import Out, Report
from icc_check.reporters import REPORTERS, load_reporter, piece_of
from icc_check.wording import tally

if TYPE_CHECKING:
    from icc_check.cli.workers import Answered


class Manner(NamedTuple):
    """How a batch is gone about."""

    jobs: int = 1
    resume: bool = False


def check_batch(
    items: Iterable[Claim | Reject],
    question: Question,
    delivery: Delivery,
    gate: Gate | None,
    manner: Manner,
    progress: Progress,
) -> ExitCode:
    """Check the claims, write what is found, sum it up, and say how the run ends."""
    from icc_check.checker import Checker

    start = time.monotonic()
    if manner.resume:
        from icc_check.cli.resume import FORMAT, require_resumable

        require_resumable(delivery.format, delivery.output)
        delivery = delivery._replace(format=FORMAT)
    rejects = Rejects(progress)
    checker = Checker.load(question.stores)
    batch = _Batch(checker.store, question, delivery, manner, progress)
    claims = rejects.sort_out(items)
    with progress:
        if manner.resume:
            batch.resume(claims, Answers(checker, batch.day))
        else:
            form = REPORTERS[delivery.chosen_format]
            with open_output(delivery.output, for_people=form.for_people) as out:
                batch.run(claims, Answers(checker, batch.day), out)
    if not delivery.quiet and not (delivery.on_terminal and delivery.chosen_format == "table"):
        _sum_up(batch.counts, rejects.count, time.monotonic() - start)
    return exit_code(batch.counts, parse_gate(FAIL_ON) if gate is None else gate, rejects.count)


class _Batch:
    """A run under way; `counts` is complete when it is over."""

    def __init__(
        self,
        store: StoreId,
        question: Question,
        delivery: Delivery,
        manner: Manner,
        progress: Progress,
    ) -> None:
        self.day = question.as_of or dt.date.today()
        self.counts: Counter[Verdict] = Counter()
        self._store = store
        self._question = question
        self._delivery = delivery
        self._jobs = manner.jobs
        self._progress = progress

    def resume(self, claims: Iterator[Claim], answers: Answers) -> None:
        """Go on with the output file where it ends."""
        from icc_check.cli.resume import appending, resuming, take_up

        with resuming(str(self._delivery.output)) as draft:
            self.counts = take_up(draft, claims, self._store, self.day)
            self._progress.begin_at(self.counts.total())
            self.run(claims, answers, appending(draft))

    def run(self, claims: Iterator[Claim], answers: Answers, out: Out) -> None:
        """Answer the claims and write the answers."""
        form = self._delivery.chosen_format
        if self._jobs > 1 and piece_of(form):
            self._write_pieces(claims, out)
            return
        findings = (
            self._asked(claims)
            if self._jobs > 1
            else map(answers.to, self._progress.follow(claims))
        )
        report = Report(self._store, findings, self._delivery.look)
        load_reporter(form).write(report, out)
        self.counts += report.counts

    def _write_pieces(self, claims: Iterator[Claim], out: Out) -> None:
        """Write what the processes have written out."""
        for answered in self._answered(claims):
            if answered.text:
                out.write(answered.text)
                self.counts += answered.counts
                self._progress.advance(answered.counts.total())
            answered.raise_what_went_wrong()

    def _asked(self, claims: Iterator[Claim]) -> Iterator[Finding]:
        for answered in self._answered(claims):
            yield from self._progress.follow(answered.findings)
            answered.raise_what_went_wrong()

    def _answered(self, claims: Iterator[Claim]) -> Iterator[Answered]:
        from icc_check.cli.workers import Work, answer_in_parallel

        form, look = self._delivery.chosen_format, self._delivery.look
        work = Work(self._question.stores, self._store, self.day, form, look)
        return answer_in_parallel(claims, work, self._jobs)


def _sum_up(counts: Counter[Verdict], rejected: int, seconds: float) -> None:
    total = counts.total()
    parts = [tally(counts) if total else "0 claims"]
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
