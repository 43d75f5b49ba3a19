"""`icc-check facts`: lists and searches the facts of a store, and shows one in full."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from icc_check.cli.options import (
    TABLE_OR_TEXT,
    Color,
    Stores,
    choose,
    format_option,
    offer,
    parse_day,
)
from icc_check.cli.output import open_output
from icc_check.cli.terminal import ColorChoice, is_terminal, look_at, tell
from icc_check.errors import ExitCode, InputError
from icc_check.intervals import Days, parse_days
from icc_check.model import Basis
from icc_check.store.schema import DAYS
from icc_check.store.values import Truth

CARD_FORMATS = ("table", "text", "json", "jsonl", "markdown")
LIST_FORMATS = (*CARD_FORMATS, "csv")
FOR_PEOPLE = ("table", "text")
LIST = "list"
EPILOG = """\b
Examples:
  icc-check facts
  icc-check facts france party
  icc-check facts --topic states --on 2020-06-01 --format jsonl
  icc-check facts --entity Duterte --during 2025-03
  icc-check facts --truth false --format csv > falsehoods.csv
  icc-check facts show state-france-party

Words are found in any order; case and accents make no difference, and a slip in a
longer word is forgiven. A search that begins with the word "show" needs `list`
before it.
"""
SHOW_EPILOG = """\b
Examples:
  icc-check facts show state-france-party
  icc-check facts show state-france-party --format json
"""


class FactsGroup(TyperGroup):
    """`list` and `show`, of which `list` may be left out."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [LIST, *args]
        return super().parse_args(ctx, args)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The commands, and the options of `list`, which most people want."""
        super().format_options(ctx, formatter)
        records = (param.get_help_record(ctx) for param in self.commands[LIST].params)
        with formatter.section("Options for listing"):
            formatter.write_dl([record for record in records if record])


app = typer.Typer(
    name="facts",
    cls=FactsGroup,
    help="List and search the facts of a store.",
    epilog=EPILOG,
    subcommand_metavar="[QUERY ...] | show ID",
    rich_markup_mode=None,
    add_completion=False,
)


def parse_period(text: str) -> Days:
    """A time as a store writes it: a year, a month, a day, or two of them."""
    if re.fullmatch(DAYS, text):
        with suppress(ValueError):
            return parse_days(text)
    raise typer.BadParameter(
        f"{text!r} is no time; write 2020, 2020-06, 2020-06-01, or two of them with / between"
    )


@app.command(LIST, epilog=EPILOG)
def list_facts(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY ...", help="Words that the facts must have."),
    ] = None,
    topic: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only facts of this topic.")
    ] = None,
    basis: Annotated[
        Basis | None,
        typer.Option(
            parser=lambda text: Basis(choose(text, Basis)),
            metavar="BASIS",
            autocompletion=offer(Basis),
            help=f"Only facts on this ground: {', '.join(Basis)}.",
        ),
    ] = None,
    truth: Annotated[
        Truth | None,
        typer.Option(
            parser=lambda text: Truth(choose(text, Truth)),
            metavar="TRUTH",
            autocompletion=offer(Truth),
            help=f"Only statements that are {', '.join(Truth)}.",
        ),
    ] = None,
    entity: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Only facts with this name (or id of a name) in them."),
    ] = None,
    on: Annotated[
        dt.date | None,
        typer.Option(
            "--on", parser=parse_day, metavar="DATE", help="Only facts that hold on that day."
        ),
    ] = None,
    during: Annotated[
        Days | None,
        typer.Option(
            parser=parse_period,
            metavar="TIME",
            help="Only what happened, began or ended then, by its days: 2020, 2020-06, "
            "2020-06-01, or two of them with / between.",
        ),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="At most so many facts.")
    ] = None,
    stores: Stores = None,
    form: Annotated[str | None, format_option(LIST_FORMATS, usual=TABLE_OR_TEXT)] = None,
    color: Color = ColorChoice.AUTO,
) -> int:
    """List facts, or those that have all the words given."""
    from icc_check.cli import listing, shelf

    day = on or dt.date.today()
    books = shelf.open_shelf(stores)
    found = books.select(query or (), shelf.Filter(topic, basis, truth, entity, on, during))
    shown = found[:limit]
    form = form or _usual()
    look = look_at(sys.stdout, color, explain=False, compact=True, summary=False)
    with open_output(None, for_people=form in FOR_PEOPLE) as out:
        listing.LISTS[form](shown, books.store, day, look, out)
    if form == "table" or not found:
        tell(_told(len(shown), len(found)))
    return ExitCode.OK


@app.command("show", epilog=SHOW_EPILOG)
def show(
    name: Annotated[str, typer.Argument(metavar="ID", help="The id of a fact.")],
    stores: Stores = None,
    form: Annotated[str | None, format_option(CARD_FORMATS, usual=TABLE_OR_TEXT)] = None,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Show all that the store holds of one fact."""
    from icc_check.cli import cards, shelf

    books = shelf.open_shelf(stores)
    fact = books.by_id(name)
    if fact is None:
        raise InputError(f"there is no fact {name!r}", hint=_near(books.near_ids(name)))
    form = form or _usual()
    look = look_at(sys.stdout, color, explain=True, compact=False, summary=False)
    card = books.card(fact, dt.date.today())
    with open_output(None, for_people=form in FOR_PEOPLE) as out:
        out.write(cards.CARDS[form](card, look))
    return ExitCode.OK


def _usual() -> str:
    return "table" if is_terminal(sys.stdout) else "text"


def _told(shown: int, found: int) -> str:
    if not found:
        return "icc-check: no fact was found"
    facts = f"{found:,} fact{'' if found == 1 else 's'}"
    return facts if shown == found else f"{shown:,} of {facts}"


def _near(names: Sequence[str]) -> str:
    if names:
        return f"did you mean {' or '.join(names)}?"
    return "`icc-check facts WORD` finds facts by their words"
