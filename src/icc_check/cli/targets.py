"""Where the results of a run go: `--output FILE` and `--output FORMAT:FILE`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from icc_check.cli.output import STDOUT
from icc_check.errors import ConfigError
from icc_check.reporters import REPORTERS


class Wanted(NamedTuple):
    """An `--output` as given; without a format it gets the one of `--format`."""

    file: str
    format: str | None = None


class Target(NamedTuple):
    """A file, or `-` for standard output, and the format that it gets."""

    file: str
    format: str

    @property
    def is_stdout(self) -> bool:
        return self.file == STDOUT


def parse_target(text: str) -> Wanted:
    """`FORMAT:FILE` where a known format stands before the first colon; else all is a file.

    So `C:\\\\out.txt`, `a:b.txt` and `./csv:b.txt` are files.
    """
    before, colon, file = text.partition(":")
    form = before if colon and before in REPORTERS else None
    if form is None:
        file = text
    if not file:
        wanted = f"{form}:answers.{form}" if form else "answers.txt"
        raise typer.BadParameter(f"{text!r} names no file; write it like {wanted}")
    return Wanted(file, form)


def resolve(form: str | None, wanted: Sequence[Wanted], usual: str) -> list[Target]:
    """Every output with its format; `usual` is that of standard output where none is named.

    With `--format` there is an output for that too: the plain `--output FILE`, or
    standard output. ConfigError if two outputs are to go to one place.
    """
    typed = [Target(output.file, output.format) for output in wanted if output.format]
    plain = [output.file for output in wanted if not output.format]
    if not plain and (form or not typed):
        plain = [STDOUT]
    untyped = [Target(file, form or (usual if file == STDOUT else "text")) for file in plain]
    _refuse_doubles([*untyped, *typed])
    return [*untyped, *typed]


def _refuse_doubles(targets: Sequence[Target]) -> None:
    seen = set()
    for target in targets:
        place = target.file if target.is_stdout else str(Path(target.file).resolve())
        if place in seen:
            where = "standard output" if target.is_stdout else target.file
            raise ConfigError(
                f"two outputs are to go to {where}",
                hint="give each --output a file of its own; --format alone goes to standard output",
            )
        seen.add(place)
