"""Writes the manual page out of the commands: what `--help` says, as `man` shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import typer

from icc_check import __version__
from icc_check.cli.app import PROGRAM, app
from icc_check.cli.configured import VARIABLE
from icc_check.cli.settings import SETTINGS

_AS_IT_IS = "\b\n"  # begins a paragraph whose lines stay as they are
_CODES = "Exit codes:"


def page() -> str:
    """The whole page, in the language of man(7)."""
    root: Any = typer.main.get_command(app)
    with typer.Context(root, info_name=PROGRAM, **root.context_settings) as context:
        return "".join(f"{line}\n" for line in _page(root, context))


def _page(root: Any, context: Any) -> Iterator[str]:
    summary, *description = _paragraphs(root.help)
    notes = _paragraphs(root.epilog)
    codes = [note for note in notes if _CODES in note]
    yield '.\\" Made from the commands by tests/manual.py; `make docs` makes it anew.'
    yield f'.TH {PROGRAM.upper()} 1 "" "{PROGRAM} {__version__}" "User Commands"'
    yield ".nh\n.ad l"  # words are not broken: they may be options
    yield ".SH NAME"
    yield f"{_safe(PROGRAM)} \\- {_safe(summary[0].lower() + summary[1:].rstrip('.'))}"
    yield ".SH SYNOPSIS"
    yield _usage(root, context)
    yield ".SH DESCRIPTION"
    yield from _prose(description)
    yield from _prose([note for note in notes if note not in codes])
    yield ".SH OPTIONS"
    yield from _options(root, context)
    yield ".SH EXIT STATUS"
    yield from _list(re.findall(r"^ +(\d+) +(.+)$", codes[0], re.MULTILINE))
    yield ".SH COMMANDS"
    for name in root.list_commands(context):
        yield from _command(root.get_command(context, name), name, context)
    yield ".SH ENVIRONMENT"
    yield from _prose(["Each is an option for every command that has it."])
    yield from _list([(s.variable, f"Stands for --{s.key}.") for s in SETTINGS])
    yield from _list([(VARIABLE, "Stands for --config.")])


def _command(command: Any, name: str, parent: Any) -> Iterator[str]:
    """A command, and then those within it."""
    with typer.Context(command, parent=parent, info_name=name) as context:
        yield f".SS {_safe(context.command_path)}"
        yield _usage(command, context)
        yield from _prose(_paragraphs(command.help))
        yield from _options(command, context)
        yield from _prose(_paragraphs(command.epilog or ""))
        for inner, each in getattr(command, "commands", {}).items():
            yield from _command(each, inner, context)


def _usage(command: Any, context: Any) -> str:
    pieces = " ".join(command.collect_usage_pieces(context))
    return f".PP\n\\fB{_safe(context.command_path)}\\fR {_safe(pieces)}"


def _options(command: Any, context: Any) -> Iterator[str]:
    records = (param.get_help_record(context) for param in command.get_params(context))
    return _list(record for record in records if record)


def _list(entries: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, words in entries:
        yield f".TP\n\\fB{_safe(name)}\\fR\n{_safe(words)}"


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in re.split(r"\n\n+", text.strip("\n")) if paragraph]


def _prose(paragraphs: Iterable[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        if paragraph.startswith(_AS_IT_IS):
            lines = paragraph.removeprefix(_AS_IT_IS).splitlines()
            yield "\n".join([".PP", ".nf", *map(_safe, lines), ".fi"])
        else:
            yield f".PP\n{_safe(' '.join(paragraph.split()))}"


def _safe(text: str) -> str:
    """The text as it is, whatever it would mean to roff; dashes and quotes stay ASCII."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq").replace("`", "\\(ga")
    return re.sub(r"^(?=\.)", r"\\&", text, flags=re.MULTILINE)
