"""`icc-check batch`: files of claims, checked as they are read."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer

from icc_check.cli.batching import Manner, check_batch
from icc_check.cli.options import (
    AsOf,
    Color,
    ExitZero,
    Explain,
    FailOn,
    FormatName,
    Jobs,
    OutputNames,
    Quiet,
    Show,
    Stores,
    choose,
    offer,
)
from icc_check.cli.policy import Policy
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question
from icc_check.cli.terminal import ColorChoice, is_terminal
from icc_check.inputs import FORMS, Shape, count_lines, read_files

EPILOG = """\b
Examples:
  icc-check batch claims.txt
  icc-check batch claims.csv --column text --format jsonl --output answers.jsonl
  icc-check batch big.csv --output answers.jsonl --resume --jobs auto
  icc-check batch claims.txt --format github --output sarif:claims.sarif
  grep -h ICC drafts/*.txt | icc-check batch -

A line that cannot be read is told on standard error with file and number, the
rest goes on, and the exit code is 2.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("batch", epilog=EPILOG)
def batch(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE ... | -",
            help="Text with a claim a line, or .csv, .tsv or .jsonl; - is standard input.",
        ),
    ],
    column: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="The column, or key, that holds the claims.  [default: claim, text or "
            "statement, or the only one]",
        ),
    ] = None,
    input_form: Annotated[
        str | None,
        typer.Option(
            "--input-format",
            parser=lambda text: choose(text, FORMS),
            metavar="FORMAT",
            autocompletion=offer(FORMS),
            help=f"What the files are, whatever their names: {', '.join(FORMS)}.",
        ),
    ] = None,
    as_of: AsOf = None,
    stores: Stores = None,
    form: FormatName = None,
    show: Show = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    outputs: OutputNames = None,
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with the output file where an interrupted run has stopped; JSON Lines.",
        ),
    ] = False,
    jobs: Jobs = None,
    explain: Explain = False,
    quiet: Quiet = False,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Check files of claims: text, tables or JSON Lines."""
    delivery = Delivery(form, outputs, color, explain, quiet, compact=not explain)
    # At a terminal the rows themselves show how far it is.
    shown = not quiet and is_terminal(sys.stderr) and not delivery.on_terminal
    progress = Progress(count_lines(files) if shown else None, shown=shown)
    gc.enable()  # a batch lives long
    return check_batch(
        read_files(files, Shape(input_form, column)),
        Question(as_of, stores),
        delivery,
        Policy.of(fail_on, show, exit_zero),
        Manner(jobs or 1, resume),
        progress,
    )
