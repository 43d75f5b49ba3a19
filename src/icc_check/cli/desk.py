"""Where the documents of a run come in and what is to be reported of them goes out."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from icc_check.alerts import relative, severity
from icc_check.changes import Changes, Lines
from icc_check.cli.policy import Policy
from icc_check.cli.run import Rejects
from icc_check.documents.document import Document
from icc_check.documents.ignoring import Ignores
from icc_check.model import Finding, Verdict
from icc_check.report import Purpose
from icc_check.wording import BASELINE, day, number_of

if TYPE_CHECKING:
    from icc_check.baseline import Ledger
    from icc_check.proofread import Proofreader

MOST_LINES = 10  # that a note names


class Desk:
    """Asks of each finding whether a comment ignores it, a baseline holds it, and who shows it.

    `verdicts` counts what was found, shown or not, as far as the run could fail for it.
    """

    def __init__(
        self,
        proofreader: Proofreader,
        policy: Policy,
        purpose: Purpose,
        ledger: Ledger | None,
        changes: Changes | None,
        rejects: Rejects,
    ) -> None:
        self.verdicts: Counter[Verdict] = Counter()
        self._proofreader = proofreader
        self._policy = policy
        self._purpose = purpose
        self._ledger = ledger
        self._changes = changes
        self._rejects = rejects
        self._documents = self._checked = self._ignored = self._reported = self._accepted = 0

    def go_through(self, documents: Iterable[Document]) -> Iterator[Finding]:
        """What is to be reported of the documents, as it is found."""
        for document in documents:
            self._documents += 1
            if self._ledger is not None:
                self._ledger.turn_to(relative(document.name, self._purpose))
            ignores = Ignores(document, _rules())
            for fault in ignores.faults:
                self._rejects.reject(fault)
            yield from self._reported_of(document, ignores)
            for unused in ignores.unused():
                self._rejects.note(unused)

    @property
    def summary(self) -> str:
        """The run in numbers."""
        documents = number_of(self._documents, "document")
        told = f"{documents}, {self._checked:,} statements checked"
        ignored = f", {self._ignored:,} ignored by comments" if self._ignored else ""
        accepted = f", {self._accepted:,} of them in the {BASELINE}" if self._accepted else ""
        since = f", in lines changed since {self._changes.revision}" if self._changes else ""
        return f"{told}, {self._reported:,} reported{accepted}{ignored}{since}"

    def _reported_of(self, document: Document, ignores: Ignores) -> Iterator[Finding]:
        lines = self._changes.lines_of(Path(document.name)) if self._changes else Lines()
        unread: list[int] = []
        for remark in self._proofreader.read(document):
            start, found = remark.sentence.start, remark.finding
            is_new = lines.touch(*document.rows(start, remark.sentence.end))
            if found is None:
                if not ignores.cover(start) and is_new:
                    unread.append(document.position(start)[0])
                continue
            if self._policy.heeds(found.verdict) and ignores.cover(start, found.rule):
                self._ignored += is_new
                continue
            finding = self._compared(found)  # also what is not new, so that equals are counted
            if is_new:
                yield from self._shown(finding)
        if unread:
            self._rejects.note(f"{document.name}: {_unread_at(unread)}")

    def _shown(self, finding: Finding) -> Iterator[Finding]:
        """The finding, counted, if it is shown."""
        self._checked += 1
        if finding.accepted is None:
            self.verdicts[finding.verdict] += 1
        if finding.verdict in self._policy.shown:
            self._reported += 1
            self._accepted += finding.accepted is not None
            yield finding

    def _compared(self, finding: Finding) -> Finding:
        """The finding, marked if the baseline holds it."""
        if self._ledger is None or severity(finding.verdict, self._purpose) is None:
            return finding
        entry = self._ledger.entry_of(finding)
        if entry is None:
            return finding
        if entry.has_expired(finding.as_of):
            self._rejects.note(_expired(finding, entry.expires, entry.reason))
            return finding
        return replace(finding, accepted=entry.acceptance)


def _expired(finding: Finding, expires: dt.date | None, reason: str | None) -> str:
    where = finding.location
    place = f"{where.file}:{where.line}: " if where else ""
    until = day(expires) if expires else ""
    why = f" ({reason})" if reason else ""
    return f"{place}the {BASELINE} accepted this until {until}{why}; it counts again"


def _unread_at(lines: Sequence[int]) -> str:
    """That sentences were not judged, and on which lines they begin."""
    from icc_check.proofread import LONGEST_SENTENCE

    shown = ", ".join(str(line) for line in lines[:MOST_LINES])
    rest = f" and {len(lines) - MOST_LINES:,} more" if len(lines) > MOST_LINES else ""
    what = "a sentence" if len(lines) == 1 else f"{len(lines):,} sentences"
    where = "line" if len(lines) == 1 else "lines"
    return f"{what} of over {LONGEST_SENTENCE:,} characters not judged, on {where} {shown}{rest}"


def _rules() -> frozenset[str]:
    """The names that an ignore comment may give."""
    from icc_check.judge import RULES

    return frozenset(rule.id for rule in RULES)
