"""What of a run is shown and what it fails for: the one place that decides the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from icc_check.cli.options import USUAL_GATE, Gate, Shown
from icc_check.errors import ExitCode
from icc_check.model import Verdict

EVERYTHING = Shown(Verdict)


class Policy(NamedTuple):
    """The same for every format; what is not shown still counts."""

    gate: Gate = USUAL_GATE
    shown: Shown = EVERYTHING
    exit_zero: bool = False

    @classmethod
    def of(
        cls,
        fail_on: Gate | None,
        show: Shown | None,
        exit_zero: bool,
        usually_shown: Shown = EVERYTHING,
    ) -> Policy:
        """What the options say, where they were given."""
        return cls(
            USUAL_GATE if fail_on is None else fail_on,
            usually_shown if show is None else show,
            exit_zero,
        )

    def heeds(self, verdict: Verdict) -> bool:
        """Whether a verdict makes any difference to the run."""
        return verdict in self.shown or verdict in self.gate

    def hides(self, counts: Mapping[Verdict, int]) -> int:
        """How many of these are not shown."""
        return sum(count for verdict, count in counts.items() if verdict not in self.shown)

    def exit_code(self, counts: Mapping[Verdict, int], rejected: int) -> ExitCode:
        """How a run ends. What could not be checked weighs more than what was found."""
        if rejected:
            return ExitCode.ERROR
        fails = any(counts[verdict] for verdict in self.gate) and not self.exit_zero
        return ExitCode.FINDINGS if fails else ExitCode.OK
