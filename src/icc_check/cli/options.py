"""The options that several commands share, each with its parser and its help.

The parsers raise `BadParameter`, so that every wrong value is told in one way.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any

import typer

from icc_check.cli.targets import Wanted, parse_target
from icc_check.cli.terminal import ColorChoice
from icc_check.model import Verdict
from icc_check.reporters import REPORTERS

NEVER = "never"
FAIL_ON = "refuted,outdated"
SHOW = ",".join(verdict for verdict in Verdict if verdict.is_objection)
AUTO = "auto"
TABLE_OR_TEXT = "table at a terminal, else text"
MOST_JOBS = 256
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_GATED = tuple(verdict.value for verdict in Verdict if verdict is not Verdict.SUPPORTED)


class Gate(frozenset[Verdict]):
    """The verdicts that make a run end with exit code 1."""


class Shown(frozenset[Verdict]):
    """The verdicts that are reported."""


USUAL_GATE = Gate(Verdict(name) for name in FAIL_ON.split(","))


def parse_day(text: str) -> dt.date:
    """A day as YYYY-MM-DD."""
    if not _DAY.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is not a date; write YYYY-MM-DD, such as 2020-06-01")
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"there is no such day as {text}") from None


def parse_gate(text: str) -> Gate:
    """Verdicts with commas between them, or `never`."""
    names = [name.strip().lower() for name in text.split(",")]
    if names == [NEVER]:
        return Gate()
    for name in names:
        choose(name, _GATED if len(names) > 1 else (*_GATED, NEVER))
    return Gate(Verdict(name) for name in names)


def parse_shown(text: str) -> Shown:
    """Verdicts with commas between them."""
    names = [name.strip().lower() for name in text.split(",")]
    return Shown(Verdict(choose(name, Verdict)) for name in names)


def parse_format(text: str) -> str:
    """The name of an output format."""
    return choose(text, REPORTERS)


def parse_color(text: str) -> ColorChoice:
    """When to colour."""
    return ColorChoice(choose(text, ColorChoice))


def parse_jobs(text: str) -> int:
    """A number of processes, or `auto` for one a core."""
    if text == AUTO:
        return min(_usable_cores(), MOST_JOBS)
    if not text.isdecimal() or not 1 <= int(text) <= MOST_JOBS:
        raise typer.BadParameter(f"{text!r} is not a number from 1 to {MOST_JOBS}, nor {AUTO}")
    return int(text)


def _usable_cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def choose(text: str, choices: Iterable[str]) -> str:
    """The text, if it is one of the choices."""
    names = [str(choice) for choice in choices]
    if text in names:
        return text
    close = get_close_matches(text, names, n=1)
    meant = f" (did you mean {close[0]}?)" if close else ""
    raise typer.BadParameter(f"{text!r} is not one of {', '.join(names)}{meant}")


def offer(choices: Iterable[str]) -> Callable[[], list[str]]:
    """The choices, for shell completion."""
    return lambda: [str(choice) for choice in choices]


def format_option(formats: Sequence[str], usual: str = "") -> Any:
    """The `--format` of a command that has formats of its own; `usual` is told as the default."""
    told = f"  [default: {usual}]" if usual else ""
    return typer.Option(
        "--format",
        "-f",
        parser=lambda text: choose(text, formats),
        metavar="FORMAT",
        autocompletion=offer(formats),
        help=f"One of {', '.join(formats)}.{told}",
    )


def jobs_option(use: str) -> Any:
    """The `--jobs` of a command; `use` is its help."""
    return typer.Option("--jobs", "-j", parser=parse_jobs, metavar="N", help=f"{use}  [default: 1]")


_FORMATS = "; ".join(f"{name}: {form.purpose}" for name, form in REPORTERS.items())

AsOf = Annotated[
    dt.date | None,
    typer.Option(
        parser=parse_day,
        metavar="DATE",
        help="The day to check for, as YYYY-MM-DD.  [default: today]",
    ),
]
Stores = Annotated[
    list[Path] | None,
    typer.Option(
        "--store",
        metavar="DIR",
        help="A folder of facts to use instead of those shipped; may be repeated.",
    ),
]
FormatName = Annotated[
    str | None,
    typer.Option(
        "--format",
        "-f",
        parser=parse_format,
        metavar="FORMAT",
        autocompletion=offer(REPORTERS),
        help=f"{_FORMATS}.  [default: table at a terminal, else text]",
    ),
]
FailOn = Annotated[
    Gate | None,
    typer.Option(
        parser=parse_gate,
        metavar="VERDICTS",
        autocompletion=offer((FAIL_ON, *_GATED, NEVER)),
        help=f"End with exit code 1 on any of these, with commas between them: "
        f"{', '.join(_GATED)}; or {NEVER}.  [default: {FAIL_ON}]",
    ),
]


def _show_option(default: str) -> Any:
    return typer.Option(
        parser=parse_shown,
        metavar="VERDICTS",
        autocompletion=offer((SHOW, *Verdict)),
        help=f"Report only these verdicts, with commas between them; what is not reported still "
        f"counts for --fail-on.  [default: {default}]",
    )


Show = Annotated[Shown | None, _show_option("all")]
ShowInDocuments = Annotated[Shown | None, _show_option(SHOW)]
ExitZero = Annotated[
    bool,
    typer.Option("--exit-zero", help="End with 0 whatever is found; mistakes still end in 2."),
]
OutputNames = Annotated[
    list[Wanted] | None,
    typer.Option(
        "--output",
        "-o",
        parser=parse_target,
        metavar="[FORMAT:]FILE",
        help="Write the result here; an older file is replaced only when all is done. With a "
        "format before it, as in sarif:out.sarif, it may be repeated.",
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Show how each verdict comes about, detail by detail.")
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Only the result: no summary, notes or progress."),
]
Color = Annotated[
    ColorChoice,
    typer.Option(
        parser=parse_color,
        metavar="WHEN",
        autocompletion=offer(ColorChoice),
        help="Colour the output: auto, always or never.",
    ),
]
Jobs = Annotated[
    int | None,
    jobs_option("Check with so many processes; auto for one a core."),
]
