"""`icc-check batch`: files of claims, one a line, checked as they are read."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from icc_check.cli.options import (
    AsOf,
    Color,
    Explain,
    FailOn,
    FormatName,
    OutputNames,
    Quiet,
    Stores,
)
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question, check_claims
from icc_check.cli.terminal import ColorChoice, is_terminal
from icc_check.inputs import count_lines, read_files

EPILOG = """\b
Examples:
  icc-check batch claims.txt
  icc-check batch claims.txt --format jsonl --output answers.jsonl
  icc-check batch claims.txt --format github --output sarif:claims.sarif
  grep -h ICC drafts/*.txt | icc-check batch -
  icc-check batch claims.txt --fail-on refuted,outdated,unverified

A line that cannot be read is told on standard error with file and number, the
rest goes on, and the exit code is 2.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("batch", epilog=EPILOG)
def batch(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE ... | -", help="Text files with a claim a line; - is standard input."
        ),
    ],
    as_of: AsOf = None,
    stores: Stores = None,
    form: FormatName = None,
    fail_on: FailOn = None,
    outputs: OutputNames = None,
    explain: Explain = False,
    quiet: Quiet = False,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Check files of claims, one claim a line."""
    delivery = Delivery(form, outputs, color, explain, quiet, compact=not explain)
    # At a terminal the rows themselves show how far it is.
    shown = not quiet and is_terminal(sys.stderr) and not delivery.on_terminal
    progress = Progress(count_lines(files) if shown else None, shown=shown)
    gc.enable()  # a batch lives long
    return check_claims(read_files(files), Question(as_of, stores), delivery, fail_on, progress)
