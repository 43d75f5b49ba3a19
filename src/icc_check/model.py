"""The frozen values that travel between the steps.

Nothing here does anything: reading, retrieval, alignment and judging live in
modules of their own and hand these values on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What the store has to say of a claim, worst first (see docs/verdicts.md)."""

    REFUTED = "refuted"
    OUTDATED = "outdated"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"
    SUPPORTED = "supported"

    @property
    def is_objection(self) -> bool:
        """Whether something on record stands against the claim."""
        return self in (Verdict.REFUTED, Verdict.OUTDATED, Verdict.DISPUTED)


class Basis(StrEnum):
    """How strong the ground is that a fact stands on, strongest first."""

    OFFICIAL_RECORD = "official-record"
    COURT_DOCUMENT = "court-document"
    NAMED_OFFICIAL = "named-official"
    ANONYMOUS_OFFICIAL = "anonymous-official"
    REPORTING = "reporting"


class Level(StrEnum):
    """How a detail of the claim stands to the fact, best first."""

    SAME = "same"
    WITHIN = "within"  # the fact's value lies inside what the claim says
    NARROWER = "narrower"  # the claim says something more special than the fact
    ANSWERED = "answered"  # borne out by the fact's context
    UNANSWERED = "unanswered"  # nothing in the fact answers it
    UNCLEAR = "unclear"  # the values overlap: cannot tell
    DIFFERENT = "different"
    OPPOSITE = "opposite"


@dataclass(frozen=True, slots=True)
class Location:
    """Where a claim stands in its file; line and column count from 1.

    The end is up to but without; None where a claim is all that is in its line.
    """

    file: str
    line: int
    column: int = 1
    end_line: int | None = None
    end_column: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A document or page that bears a fact out."""

    id: str
    title: str
    publisher: str
    url: str
    date: str = ""
    archived: str = ""


@dataclass(frozen=True, slots=True)
class FactView:
    """What is shown of a fact: its statement without marks, and what it rests on."""

    id: str
    statement: str
    basis: Basis
    checked: dt.date
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Detail:
    """One aligned detail: what the claim says, what the fact says, and how they compare."""

    kind: str
    claim: str
    fact: str
    level: Level
    start: int = -1  # character span in the claim, -1 where the claim is silent
    end: int = -1


@dataclass(frozen=True, slots=True)
class Related:
    """A fact that is near the claim; being listed asserts nothing about the claim."""

    fact: FactView
    score: float


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a baseline holds a finding: it is reported as before, and fails nothing."""

    fingerprint: str
    reason: str | None = None
    expires: dt.date | None = None  # the last day on which it holds


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer to one claim (or to one part of a compound claim).

    `claim` is the text as given; `rule` the id of the rule that decided (see
    `icc_check.judge.RULES`); `reason` one plain sentence; `correction` what an
    editor could print instead, or None; `fact` is None where nothing was near
    enough to speak; `parts` are the findings of a compound claim's parts;
    `extra` is what stood beside the claim in its row, by column, in JSON's types;
    `accepted` is None unless a baseline holds the finding.
    """

    claim: str
    verdict: Verdict
    as_of: dt.date
    rule: str
    reason: str
    fact: FactView | None = None
    correction: str | None = None
    details: tuple[Detail, ...] = ()
    parts: tuple[Finding, ...] = ()
    sources: tuple[Source, ...] = ()
    related: tuple[Related, ...] = ()
    notes: tuple[str, ...] = ()  # e.g. that the fact was last checked long ago
    location: Location | None = None
    extra: tuple[tuple[str, Any], ...] = ()
    accepted: Acceptance | None = None


@dataclass(frozen=True, slots=True)
class StoreId:
    """Which knowledge answered: the store's name and the hash of its content."""

    name: str
    hash: str
