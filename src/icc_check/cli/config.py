"""`icc-check config`: which settings hold here, and what gave each of them."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from icc_check.cli.configured import settings_found
from icc_check.cli.options import format_option
from icc_check.cli.output import open_output
from icc_check.cli.settings import SETTINGS, Configuration, Given
from icc_check.errors import ExitCode
from icc_check.wire import VERSION, dumps
from icc_check.wording import visible

EPILOG = """\b
Examples:
  icc-check config show
  icc-check config show --config other.toml --format json
"""
FORMATS = ("text", "json")
_DEFAULT = "default"

app = typer.Typer(
    name="config",
    help="See which settings hold here.",
    epilog=EPILOG,
    rich_markup_mode=None,
    add_completion=False,
)


@app.callback()
def config() -> None:
    """See which settings hold here."""


@app.command("show", epilog=EPILOG)
def show(
    ctx: typer.Context,
    form: Annotated[
        str,
        format_option(FORMATS),
    ] = "text",
) -> int:
    """Show the file that is used, and each setting with what gave it."""
    found = settings_found(ctx)
    with open_output(None, for_people=form == "text") as out:
        out.write(_text(found) if form == "text" else dumps(_wire(found), indent=2) + "\n")
    return ExitCode.OK


def _text(found: Configuration) -> str:
    lines = [f"file: {visible(str(found.path)) if found.path else 'none'}", ""]
    for setting in SETTINGS:
        value = found.values.get(setting.key)
        shown = _shown(value.given) if value else setting.default
        origin = value.origin if value else _DEFAULT
        lines.append(f"{setting.key:<8} {visible(shown)}  ({visible(origin)})")
    return "\n".join(lines) + "\n"


def _shown(given: Given) -> str:
    return given if isinstance(given, str) else ", ".join(given)


def _wire(found: Configuration) -> dict[str, Any]:
    """What is shown as JSON; what is left to the default has the value null."""
    settings = {}
    for setting in SETTINGS:
        value = found.values.get(setting.key)
        given = (value.given if isinstance(value.given, str) else [*value.given]) if value else None
        settings[setting.key] = {"value": given, "origin": value.origin if value else _DEFAULT}
    file = str(found.path) if found.path else None
    return {"version": VERSION, "file": file, "settings": settings}
