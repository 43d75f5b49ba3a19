"""The commands, the default command, and the one place where errors are shown.

To add a command, write a module with a Typer `app` (see batch.py, the shortest)
and list it in `COMMANDS`. A module is loaded only when its command is used.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from icc_check.cli.configured import configure
from icc_check.cli.terminal import is_terminal, tell
from icc_check.errors import ExitCode, IccCheckError

DEFAULT = "check"
COMMANDS: Mapping[str, str] = {
    "check": "icc_check.cli.check",
    "batch": "icc_check.cli.batch",
    "lint": "icc_check.cli.lint",
    "facts": "icc_check.cli.facts",
    "explain": "icc_check.cli.explain",
    "match": "icc_check.cli.match",
    "store": "icc_check.cli.store",
    "config": "icc_check.cli.config",
    "completion": "icc_check.cli.completion",
}
PROGRAM = "icc-check"
_EPILOG = """\b
Examples:
  icc-check "125 states have ratified the Rome Statute"
  icc-check "The US ratified the Rome Statute" "Austria is a member of the ICC"
  icc-check "123 countries are members" --as-of 2020-06-01
  icc-check batch claims.txt --format jsonl
  icc-check facts france party --on 2020-06-01

\b
Exit codes:
  0    no claim got a verdict that --fail-on names
  1    at least one did
  2    usage, configuration, input, store or output error
  130  interrupted
"""


class DefaultGroup(TyperGroup):
    """Commands, of which `check` may be left out."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        command = typer.main.get_command(import_module(COMMANDS[cmd_name]).app)
        return configure(command, cmd_name)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The commands, and the options of the default one, which most people want."""
        super().format_options(ctx, formatter)
        command = self.get_command(ctx, DEFAULT)
        records = (param.get_help_record(ctx) for param in command.params)
        with formatter.section("Options for checking"):
            formatter.write_dl([record for record in records if record])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The commands, and the options of the default one."""
        found = super().shell_complete(ctx, incomplete)
        return [*found, *self.get_command(ctx, DEFAULT).shell_complete(ctx, incomplete)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        own = {option for param in self.get_params(ctx) for option in param.opts}
        if args and args[0] not in COMMANDS and args[0] not in own:
            if not ctx.resilient_parsing:  # that is completion
                _hint_at_command(args)
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)


def _hint_at_command(args: list[str]) -> None:
    """A mistyped command is a claim; say so where more words follow it."""
    if len(args) > 1 and (meant := _near_command(args[0])):
        tell(f"{PROGRAM}: checking {args[0]!r} as a claim; for the command, write {meant!r}")


app = typer.Typer(
    name=PROGRAM,
    cls=DefaultGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
    subcommand_metavar='"CLAIM" ... | COMMAND ...',
    epilog=_EPILOG,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from icc_check import __version__

        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback()
def root(
    ctx: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> int:
    """Check statements against a store of sourced facts, offline.

    \b
    icc-check "CLAIM" ...      check claims; the word `check` may be left out
    icc-check -                check standard input, one claim a line
    icc-check COMMAND --help   the options of a command
    """
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help(), err=True)
        if not is_terminal(sys.stdin):
            tell(f"{PROGRAM}: to check standard input, write `{PROGRAM} -`")
        return ExitCode.ERROR
    return ExitCode.OK


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; every error is shown here."""
    try:
        command = typer.main.get_command(app)
        return int(command.main(args, prog_name=PROGRAM, standalone_mode=False) or 0)
    except IccCheckError as error:
        return _fail(error.message, error.hint)
    except typer.TyperException as error:
        return _fail(error.format_message(), _where_to_look(error))
    except Exception:
        import traceback

        tell(traceback.format_exc())
        return _fail("this is a fault in the program, not in what you wrote", None)


def _fail(message: str, hint: str | None) -> ExitCode:
    tell(f"{PROGRAM}: {message}")
    if hint:
        tell(f"hint: {hint}")
    return ExitCode.ERROR


def _where_to_look(error: typer.TyperException) -> str | None:
    context = getattr(error, "ctx", None)
    return f"see `{context.command_path} --help`" if context else None


def _near_command(word: str) -> str | None:
    """The command that one slip of the finger turns into this word."""
    return next((name for name in COMMANDS if _one_slip(word, name)), None)


def _one_slip(word: str, name: str) -> bool:
    """Whether one letter is added, left out, changed or swapped with the next."""
    start = next((i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), None)
    if start is None:
        return abs(len(word) - len(name)) == 1
    rest, meant = word[start:], name[start:]
    return (
        rest[1:] == meant
        or rest == meant[1:]
        or rest[1:] == meant[1:]
        or (rest[1::-1] == meant[:2] and rest[2:] == meant[2:])
    )
