"""The output formats: one module each, which has `write(report, out)`.

To add one, write the module, put it into `REPORTERS`, describe it in
docs/output.md and make its golden files (see tests/test_reporters.py). A writer
goes through the report once, writes each finding as it comes, and neither
filters, sorts nor decides; the exit code is none of its business. Where what it
writes of a finding depends on no other, that is a function `piece` of its own, so
that several processes can write at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from icc_check.model import Finding, StoreId
from icc_check.report import Look, Out, Report


class Format(NamedTuple):
    """What a format is for; one for programs is always UTF-8 and has no look."""

    purpose: str
    for_people: bool


# by the name of the format, which is the name of its module
REPORTERS: Mapping[str, Format] = {
    "table": Format("for people at a terminal", for_people=True),
    "text": Format("one line a claim, for pipes and logs", for_people=True),
    "json": Format("one document, for programs", for_people=False),
    "jsonl": Format("JSON Lines: one object a claim, written as they come", for_people=False),
}


Piece = Callable[[Finding, StoreId, Look], str]


class Reporter(Protocol):
    """What a module of this package offers."""

    def write(self, report: Report, out: Out) -> None: ...


def load_reporter(name: str) -> Reporter:
    """The module that writes a format; loaded only now, since some are slow to load."""
    if name not in REPORTERS:
        raise KeyError(name)
    return cast(Reporter, import_module(f"{__name__}.{name}"))


def piece_of(name: str) -> Piece | None:
    """How the format writes one finding by itself, if it does."""
    return cast("Piece | None", getattr(load_reporter(name), "piece", None))
