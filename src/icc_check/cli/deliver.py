"""Writes a run's findings to every output at once, as they come."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from typing import NamedTuple

from icc_check import __version__, tee
from icc_check.cli.folder import working_folder
from icc_check.cli.options import Gate
from icc_check.cli.output import open_output
from icc_check.cli.summary import open_summary, summary_file
from icc_check.cli.targets import Target
from icc_check.model import Finding, StoreId, Verdict
from icc_check.report import Look, Out, Purpose, Report
from icc_check.reporters import REPORTERS, load_reporter

_SUMMARY = "markdown"  # the format of the summary that goes with annotations


class Destination(NamedTuple):
    """A format, how it looks, and where it goes; opened when the run begins."""

    format: str
    look: Look
    opening: AbstractContextManager[Out]


def destinations_of(targets: Sequence[tuple[Target, Look]]) -> list[Destination]:
    """What is to be opened for the targets, and with annotations the summary of the step."""
    found = [
        Destination(
            target.format,
            look,
            open_output(target.file, for_people=REPORTERS[target.format].for_people),
        )
        for target, look in targets
    ]
    summary = summary_file(os.environ)
    if summary and any(destination.format == "github" for destination in found):
        found.append(Destination(_SUMMARY, Look(), open_summary(summary)))
    return found


def deliver(
    findings: Iterable[Finding],
    store: StoreId,
    destinations: Sequence[Destination],
    purpose: Purpose,
    shown: Container[Verdict] = frozenset(Verdict),
) -> Counter[Verdict]:
    """Write the findings that are shown everywhere, and count the verdicts of all."""
    counts: Counter[Verdict] = Counter()
    with ExitStack() as stack:
        outlets = []
        for form, look, opening in destinations:
            feed = tee.Feed()
            text = load_reporter(form).render(Report(store, feed, look, purpose))
            outlets.append(tee.Outlet(feed, text, stack.enter_context(opening)))
        tee.run(_counted(findings, counts, shown), outlets)
    return counts


def deliver_texts(texts: Iterable[Sequence[str]], destinations: Sequence[Destination]) -> None:
    """Write what others have put into words, of each set of texts one to each destination."""
    with ExitStack() as stack:
        outs = [stack.enter_context(destination.opening) for destination in destinations]
        for each in texts:
            for text, out in zip(each, outs, strict=True):
                out.write(text)


def purpose_of(gate: Gate) -> Purpose:
    """What formats for CI are told of the run and of where it takes place."""
    here = working_folder()
    if here is None:  # then files are named as they were given
        return Purpose(frozenset(gate), version=__version__)
    root = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return Purpose(frozenset(gate), str(here), str(root), __version__)


def _counted(
    findings: Iterable[Finding], counts: Counter[Verdict], shown: Container[Verdict]
) -> Iterator[Finding]:
    for finding in findings:
        counts[finding.verdict] += 1
        if finding.verdict in shown:
            yield finding
