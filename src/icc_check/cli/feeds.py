"""`icc-check store import` and `store export`: feeds of reviews into a library, and out."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icc_check.cli.options import format_option
from icc_check.cli.output import open_output
from icc_check.cli.progress import Progress
from icc_check.cli.terminal import is_terminal, tell
from icc_check.errors import ConfigError, ExitCode, InputError
from icc_check.wording import number_of, visible

if TYPE_CHECKING:
    from icc_check.library.review import Review

FORMATS = ("claimreview", "jsonl", "csv")
IMPORT_EPILOG = """\b
Examples:
  icc-check store import reviews.json --output reviews.db
  icc-check store import page.html table.csv --output reviews.db --publisher "The Paper"
  zcat feed.json.gz | icc-check store import - --output reviews.db --strict

\b
Exit codes:
  0  the library was written; entries that were not taken are told on standard error
  2  nothing was written; an older library is as it was
"""
EXPORT_EPILOG = """\b
Examples:
  icc-check store export reviews.db --format csv --output reviews.csv
  icc-check store export reviews.db | gzip > reviews.json.gz
"""


def import_feeds(
    feeds: Annotated[
        list[str],
        typer.Argument(
            metavar="FEED ...",
            help="ClaimReview as JSON, JSON Lines or in HTML; or CSV, TSV; - is standard input.",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help="The library to write; an older one is replaced only when all is done.",
        ),
    ],
    publisher: Annotated[
        str, typer.Option(metavar="NAME", help="Whom to credit where a review names nobody.")
    ] = "",
    strict: Annotated[
        bool, typer.Option("--strict", help="Write nothing if anything cannot be taken.")
    ] = False,
) -> int:
    """Make a library of other people's fact-checks, for `icc-check match`."""
    from icc_check.library.build import building

    gc.enable()  # a long feed lives long
    progress = Progress(None, shown=is_terminal(sys.stderr), unit="reviews")
    intake = _Intake(feeds, publisher, progress)
    same = 0
    with building(output) as builder, progress:
        for review in progress.follow(intake.reviews()):
            same += not builder.add(review)
        if strict and intake.rejected:
            raise InputError(
                f"{number_of(intake.rejected, 'entry', 'entries')} could not be taken, so nothing "
                "was written",
                hint="mend the feed, or leave out --strict",
            )
        if not builder.count:
            raise InputError("there is no review in what was given, so nothing was written")
    with open_output(None, for_people=True) as out:
        out.write(f"{visible(str(output))}: {number_of(builder.count, 'review')}\n")
    if same or intake.rejected:
        twice = f"{number_of(same, 'entry', 'entries')} given twice"
        tell(f"icc-check: {intake.rejected:,} not taken, {twice}")
    return ExitCode.OK


class _Intake:
    """Tells what cannot be taken as it comes, and lets the reviews pass."""

    def __init__(self, feeds: Sequence[str], publisher: str, progress: Progress) -> None:
        self.rejected = 0
        self._feeds = feeds
        self._publisher = publisher
        self._progress = progress

    def reviews(self) -> Iterator[Review]:
        from icc_check.library.feeds import Reject, read_feed

        for feed in self._feeds:
            for item in read_feed(feed, self._publisher):
                if isinstance(item, Reject):
                    self.rejected += 1
                    with self._progress.paused():
                        tell(f"icc-check: {item}")
                else:
                    yield item


def export_reviews(
    library: Annotated[Path, typer.Argument(metavar="FILE", help="A library to write out.")],
    form: Annotated[
        str,
        format_option(FORMATS),
    ] = "claimreview",
    output: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write the result here.")
    ] = None,
) -> int:
    """Write the reviews of a library for other programs."""
    from icc_check.library.export import WRITERS
    from icc_check.library.index import Library

    if output and library.exists() and Path(output).exists() and library.samefile(output):
        raise ConfigError(
            f"{library}: what is written would replace the library", hint="give it another name"
        )
    with Library.open(library) as opened, open_output(output, for_people=False) as out:
        WRITERS[form](opened.reviews(), out)
    return ExitCode.OK
