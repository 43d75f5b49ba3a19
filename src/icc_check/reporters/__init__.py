"""The output formats: one module each, which has `render(report)`.

To add one, write the module, put it into `REPORTERS`, describe it in
docs/output.md and make its golden files (see tests/test_reporters.py). `render` is a
generator of text. It goes through the report once and yields exactly once for each
finding, before it asks for the next, if only "": so several can take turns (see
`icc_check.tee`). It neither sorts nor decides; the exit code is none of its business.
Where what it yields for a finding depends on no other, that is a function `piece` of its
own, so that several processes can write at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from typing import NamedTuple, Protocol, cast

from icc_check.model import Finding, StoreId
from icc_check.report import Look, Report


class Format(NamedTuple):
    """What a format is for; where it is no terminal's, it is always UTF-8 and has no look."""

    purpose: str
    for_people: bool


# by the name of the format, which is the name of its module
REPORTERS: Mapping[str, Format] = {
    "table": Format("for people at a terminal", for_people=True),
    "text": Format("one line a claim, for pipes and logs", for_people=True),
    "json": Format("one document, for programs", for_people=False),
    "jsonl": Format("JSON Lines: one object a claim, written as they come", for_people=False),
    "csv": Format("a row a claim, for spreadsheets", for_people=False),
    "markdown": Format("a table for pages and comments", for_people=False),
    "html": Format("a page for editors", for_people=False),
    "sarif": Format("for code scanning", for_people=False),
    "junit": Format("for test reports", for_people=False),
    "github": Format("annotations for GitHub workflows", for_people=False),
    "gitlab": Format("code quality for GitLab", for_people=False),
}


Piece = Callable[[Finding, StoreId, Look], str]


class Reporter(Protocol):
    """What a module of this package offers."""

    def render(self, report: Report) -> Iterator[str]: ...


def load_reporter(name: str) -> Reporter:
    """The module that writes a format; loaded only now, since some are slow to load."""
    if name not in REPORTERS:
        raise KeyError(name)
    return cast(Reporter, import_module(f"{__name__}.{name}"))


def piece_of(name: str) -> Piece | None:
    """How the format writes one finding by itself, if it does."""
    return cast("Piece | None", getattr(load_reporter(name), "piece", None))
