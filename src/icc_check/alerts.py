"""What the formats for CI share: which findings are alerts, how bad, where, and in what words.

What is refuted, outdated or disputed is an alert, and so is what the run fails for. Every
alert has a place, since the programs that read these formats refuse one without: a claim
that stands in no file is placed in `arguments`, at the line that is its number in the run.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from icc_check.fingerprint import Fingerprints
from icc_check.model import Finding, Verdict
from icc_check.report import Purpose, Report
from icc_check.wording import cited, record, visible

ARGUMENTS = "arguments"


class Severity(StrEnum):
    """How bad an alert is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES: Mapping[Verdict, Severity] = {
    Verdict.REFUTED: Severity.ERROR,
    Verdict.OUTDATED: Severity.WARNING,
    Verdict.DISPUTED: Severity.NOTE,
}


def severity(verdict: Verdict, purpose: Purpose) -> Severity | None:
    """How bad a verdict is; None for what is no alert in this run."""
    known = SEVERITIES.get(verdict)
    return Severity.NOTE if known is None and verdict in purpose.failing else known


class Place(NamedTuple):
    """Where an alert is shown. Lines and columns count from 1; the end column is outside."""

    path: str  # from the root, with slashes; nothing in it is escaped
    line: int
    column: int
    end_line: int
    end_column: int


class Alert(NamedTuple):
    """What a finding is to a program that lists alerts."""

    severity: Severity
    place: Place
    fingerprint: str


def with_alerts(report: Report) -> Iterator[tuple[Finding, Alert | None]]:
    """Each finding with the alert that it is, or None."""
    fingerprints = Fingerprints()
    for number, finding in enumerate(report, start=1):
        level = severity(finding.verdict, report.purpose)
        if level is None:
            yield finding, None
        else:
            where = place(finding, number, report.purpose)
            yield finding, Alert(level, where, fingerprints.of(finding))


def place(finding: Finding, number: int, purpose: Purpose) -> Place:
    """The place of a finding that is the run's `number`th, counted from 1."""
    length = max(1, len(finding.claim))
    where = finding.location
    if where is None:
        return Place(ARGUMENTS, number, 1, number, 1 + length)
    path, line, column = relative(where.file, purpose), where.line, where.column
    if where.end_line is None or where.end_column is None:
        return Place(path, line, column, line, column + length)
    return Place(path, line, column, where.end_line, where.end_column)


def relative(file: str, purpose: Purpose) -> str:
    """The file as it is named from the root; one that is not below it stays as it is.

    >>> relative("./texts/../a.txt", Purpose(here="/me/work/notes", root="/me/work"))
    'notes/a.txt'
    """
    if file.startswith("<") and file.endswith(">"):  # not a file: standard input
        return file.strip("<>")
    path, here, root = (_slashed(text, purpose) for text in (file, purpose.here, purpose.root))
    full = posixpath.normpath(posixpath.join(here, path))
    inside = root.rstrip("/") + "/"
    if root and full.startswith(inside):
        return full.removeprefix(inside)
    return posixpath.normpath(path)


def _slashed(path: str, purpose: Purpose) -> str:
    """With slashes, where the root tells that this is Windows and backslashes mean the same."""
    return path.replace("\\", "/") if purpose.root[1:2] == ":" else path


def message(finding: Finding) -> str:
    """One line: the verdict, the claim, why, what is right, and the first source."""
    claim = visible(finding.claim).rstrip(".")
    parts = [f"{finding.verdict.capitalize()}: “{claim}”.", visible(finding.reason)]
    if known := record(finding):
        parts.append("{}: {}".format(*known))
    parts += [visible(note) for note in finding.notes]
    if finding.sources:
        parts.append(f"Source: {cited(finding.sources[0])}")
    return " ".join(parts)
