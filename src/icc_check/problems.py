"""What makes a finding a problem, and how one is known again when the text around it moves."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from icc_check.model import Finding, Location, Verdict


class Severity(StrEnum):
    """How much a problem weighs, worst first."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# Verdicts that are missing here are no problems: nothing is known against such a claim.
SEVERITIES: Mapping[Verdict, Severity] = {
    Verdict.REFUTED: Severity.ERROR,
    Verdict.OUTDATED: Severity.WARNING,
    Verdict.DISPUTED: Severity.NOTE,
}

# Where a claim stands in no file; formats that must name one name this.
NO_FILE = "claims"


def problems_in(findings: Iterable[Finding]) -> Iterator[tuple[Finding, Severity]]:
    """The findings that are problems, each with its weight; the others pass unseen."""
    for finding in findings:
        severity = SEVERITIES.get(finding.verdict)
        if severity is not None:
            yield finding, severity


class Fingerprints:
    """Names findings by what they say and not by where they stand.

    A fingerprint is made of the rule, the fact and the claim in small letters, and of
    how often the same has come before in the run; it survives edits elsewhere.
    """

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, finding: Finding) -> str:
        """32 hexadecimal digits, other ones each time that the same finding comes."""
        fact = finding.fact.id if finding.fact else ""
        said = " ".join(finding.claim.casefold().split())
        known = "\0".join((finding.rule, fact, said))
        self._seen[known] += 1
        content = f"{known}\0{self._seen[known]}"
        return hashlib.sha256(content.encode(errors="backslashreplace")).hexdigest()[:32]


def message(finding: Finding) -> str:
    """The verdict, the reason and where there is one the correction."""
    correction = f" On record: {finding.correction}" if finding.correction else ""
    return f"{finding.verdict.value.capitalize()}: {finding.reason}{correction}"


def quoted(finding: Finding) -> str:
    """The message behind the claim, for where the claim itself is not to be seen."""
    return f"“{finding.claim}” {message(finding)}"


def end_column(finding: Finding, where: Location) -> int:
    """The column behind the claim, from 1 and in Unicode characters."""
    return where.column + max(1, len(finding.claim))
