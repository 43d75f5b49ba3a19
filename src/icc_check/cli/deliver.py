"""Writes a run's findings to every output at once, as they come."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

from icc_check import __version__, tee
from icc_check.cli.options import Gate
from icc_check.cli.output import open_output
from icc_check.cli.summary import open_summary, summary_file
from icc_check.cli.targets import Target
from icc_check.model import Finding, StoreId, Verdict
from icc_check.report import Look, Out, Purpose, Report
from icc_check.reporters import REPORTERS, load_reporter

_SUMMARY = "markdown"  # the format of the summary that goes with annotations


def deliver(
    findings: Iterable[Finding],
    store: StoreId,
    targets: Sequence[tuple[Target, Look]],
    purpose: Purpose,
    progress: AbstractContextManager[object],
) -> Counter[Verdict]:
    """Write the findings everywhere, and count the verdicts."""
    counts: Counter[Verdict] = Counter()
    with ExitStack() as stack:
        outlets = []
        for form, look, opening in _openings(targets):
            feed = tee.Feed()
            report = Report(store, feed, look, purpose)
            text = load_reporter(form).render(report)
            outlets.append(tee.Outlet(feed, text, stack.enter_context(opening)))
        stack.enter_context(progress)
        tee.run(_counted(findings, counts), outlets)
    return counts


def purpose_of(gate: Gate) -> Purpose:
    """What formats for CI are told of the run and of where it takes place."""
    here = Path.cwd()
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return Purpose(frozenset(gate), str(here), str(root), __version__)


def _openings(
    targets: Sequence[tuple[Target, Look]],
) -> Iterator[tuple[str, Look, AbstractContextManager[Out]]]:
    for target, look in targets:
        people = REPORTERS[target.format].for_people
        yield target.format, look, open_output(target.file, for_people=people)
    summary = summary_file(os.environ)
    if summary and any(target.format == "github" for target, _ in targets):
        yield _SUMMARY, Look(), open_summary(summary)


def _counted(findings: Iterable[Finding], counts: Counter[Verdict]) -> Iterator[Finding]:
    for finding in findings:
        counts[finding.verdict] += 1
        yield finding
