"""`icc-check explain`: how a verdict on a claim comes about, and what a rule means."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from icc_check.cli.options import AsOf, Color, Stores
from icc_check.cli.output import open_output
from icc_check.cli.terminal import ColorChoice, look_at
from icc_check.errors import ExitCode, InputError
from icc_check.report import Look
from icc_check.wording import visible

if TYPE_CHECKING:
    from icc_check.explain import Explanation

EPILOG = """\b
Examples:
  icc-check explain "125 states have ratified the Rome Statute"
  icc-check explain "123 countries are members" --as-of 2020-06-01 --most 5
  icc-check explain no-longer

A rule is named under each verdict. The exit code is 0 whatever the verdict.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("explain", epilog=EPILOG)
def explain(
    words: Annotated[
        str, typer.Argument(metavar='"CLAIM" | RULE', help="A statement, or the name of a rule.")
    ],
    as_of: AsOf = None,
    most: Annotated[
        int, typer.Option("--most", min=1, metavar="N", help="Show so many of the nearest facts.")
    ] = 3,
    stores: Stores = None,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Show step by step how a verdict comes about, or what a rule means."""
    from icc_check.explain import describe_rule
    from icc_check.explain import explain as explained
    from icc_check.store.open import open_store

    look = look_at(sys.stdout, color, explain=True, compact=False, summary=False)
    rule = describe_rule(words)
    if rule is None:
        _refuse_what_is_neither(words)
        day = as_of or dt.date.today()
        explanation = explained(open_store(stores), words, day)
        pieces = _claim(explanation, most, look)
    else:
        pieces = iter([f"{words}: {rule[0]}\n", f"{visible(rule[1])}\n"])
    with open_output(None, for_people=True) as out:
        for piece in pieces:
            out.write(piece)
    return ExitCode.OK


def _refuse_what_is_neither(words: str) -> None:
    """One word with hyphens that is nearly a rule is a rule mistyped, and no claim."""
    from difflib import get_close_matches

    from icc_check.explain import rule_names

    if not words.strip():
        raise InputError("the claim is empty")
    if " " not in words.strip():
        close = get_close_matches(words, rule_names(), n=1, cutoff=0.75)
        if close:
            raise InputError(f"there is no rule {words!r}", hint=f"did you mean {close[0]}?")


def _claim(explanation: Explanation, most: int, look: Look) -> Iterator[str]:
    from icc_check.cli.steps import steps

    return steps(explanation, most, look)
