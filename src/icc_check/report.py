"""What a reporter is given: the findings as they come, and how they should look.

Here and in the command line small values are `NamedTuple`s: as dataclasses they
would cost every start several milliseconds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from icc_check.model import Finding, StoreId, Verdict


class Out(Protocol):
    """Where a format's text goes: whole lines, and all of a finding at once."""

    def write(self, text: str, /) -> int: ...


class Look(NamedTuple):
    """How findings look to people; formats for programs pay no heed to it."""

    width: int = 80
    color: bool = False
    links: bool = False  # addresses as terminal hyperlinks
    symbols: bool = True  # False where the encoding has no ✔
    explain: bool = False  # also how the verdict came about
    compact: bool = False  # one row a claim
    summary: bool = True  # a closing line where there are several claims


class Purpose(NamedTuple):
    """What a run is for, as far as formats for CI ask."""

    failing: frozenset[Verdict] = frozenset({Verdict.REFUTED, Verdict.OUTDATED})
    here: str = ""  # the folder that the command was given in, and …
    root: str = ""  # … that of the repository, which files are named from; both absolute
    version: str = ""  # of the program
    compared: bool = False  # whether the findings were held against a baseline

    def fails_for(self, finding: Finding) -> bool:
        """Whether the run fails for a finding."""
        return finding.verdict in self.failing and finding.accepted is None


class Report:
    """One run's findings, to be gone through once, in the order of the claims.

    They are counted as they pass, so `counts`, and `accepted` for those that a baseline
    holds, are complete once they all have.
    """

    def __init__(
        self,
        store: StoreId,
        findings: Iterable[Finding],
        look: Look | None = None,
        purpose: Purpose | None = None,
    ) -> None:
        self.store = store
        self.look = look or Look()
        self.purpose = purpose or Purpose()
        self.counts: Counter[Verdict] = Counter()
        self.accepted = 0
        self._findings = findings

    def __iter__(self) -> Iterator[Finding]:
        for finding in self._findings:
            self.counts[finding.verdict] += 1
            self.accepted += finding.accepted is not None
            yield finding
