"""Answers to claims with their places, in one process; a repeated claim is checked once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from icc_check.inputs import Claim
from icc_check.model import Finding

if TYPE_CHECKING:
    from icc_check.checker import Checker

REMEMBERED = 4096  # texts whose answers are kept: some ten megabytes


class Answers:
    """Answers claims as of one day. The same text has the same answer, wherever it stands."""

    def __init__(self, checker: Checker, day: dt.date) -> None:
        self._to_text = lru_cache(REMEMBERED)(lambda text: checker.check(text, as_of=day))

    def to(self, claim: Claim) -> Finding:
        """The answer to a claim, with where it stands and what stands beside it."""
        finding = self._to_text(claim.text)
        if claim.location is None and not claim.extra:
            return finding
        return replace(finding, location=claim.location, extra=claim.extra)
