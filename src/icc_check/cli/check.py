"""`icc-check check`: claims given as arguments, or one a line on standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from icc_check.cli.options import (
    AsOf,
    Color,
    ExitZero,
    Explain,
    FailOn,
    FormatName,
    OutputNames,
    Quiet,
    Show,
    Stores,
)
from icc_check.cli.policy import Policy
from icc_check.cli.run import Delivery, Question, check_claims
from icc_check.cli.terminal import ColorChoice, is_terminal, tell
from icc_check.errors import InputError
from icc_check.inputs import STDIN, Claim, Reject, read_arguments, read_stdin

EPILOG = """\b
Examples:
  icc-check "125 states have ratified the Rome Statute"
  icc-check --explain "The US ratified the Rome Statute"
  icc-check "123 countries are members" --as-of 2020-06-01
  pbpaste | icc-check - --format json

A claim that is one word and the name of a command needs `check` before it; one
that begins with a dash needs `--`.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("check", epilog=EPILOG)
def check(
    claims: Annotated[
        list[str] | None,
        typer.Argument(
            metavar='"CLAIM" ... | -',
            help="Statements to check; - reads them from standard input, one a line.",
        ),
    ] = None,
    as_of: AsOf = None,
    stores: Stores = None,
    form: FormatName = None,
    show: Show = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    outputs: OutputNames = None,
    explain: Explain = False,
    quiet: Quiet = False,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Check claims and show verdicts and sources."""
    return check_claims(
        _read(claims or []),
        Question(as_of, stores),
        Delivery(form, outputs, color, explain, quiet),
        Policy.of(fail_on, show, exit_zero),
    )


def _read(texts: Sequence[str]) -> Iterator[Claim | Reject]:
    if not texts:
        raise InputError("no claim was given", hint='write it in quotes: icc-check "a claim"')
    arguments = iter(read_arguments([text for text in texts if text != STDIN]))
    return _in_order(texts, arguments)


def _in_order(texts: Sequence[str], arguments: Iterator[Claim]) -> Iterator[Claim | Reject]:
    for text in texts:
        if text != STDIN:
            yield next(arguments)
            continue
        if is_terminal(sys.stdin):
            tell("icc-check: type claims, one a line; end with Ctrl-D")
        yield from read_stdin()
