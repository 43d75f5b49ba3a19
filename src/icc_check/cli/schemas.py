"""`icc-check store schema`: JSON Schemas of a store's files, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from icc_check.cli.options import choose, offer
from icc_check.cli.output import open_output
from icc_check.drafts import writing
from icc_check.errors import ConfigError, ExitCode
from icc_check.store.json_schema import FOLDER, directive, json_schema
from icc_check.store.schema import FILES
from icc_check.wire import dumps
from icc_check.wording import visible

EPILOG = """\b
Examples:
  icc-check store schema facts
  icc-check store schema --into my-facts
"""


def print_schema(
    kind: Annotated[
        str | None,
        typer.Argument(
            parser=lambda text: choose(text, FILES),
            metavar="KIND",
            autocompletion=offer(FILES),
            help=f"Print the schema of these files: {', '.join(FILES)}.",
        ),
    ] = None,
    store: Annotated[
        Path | None,
        typer.Option(
            "--into", metavar="DIR", help=f"Write all of them to the folder {FOLDER} of this store."
        ),
    ] = None,
) -> int:
    """Print the schema by which an editor completes and marks errors."""
    if (kind is None) == (store is None):
        raise ConfigError(
            "name either a kind of file or a store to write to",
            hint=f"the kinds are {', '.join(FILES)}; a store is named by --into DIR",
        )
    if store:
        _write_all(store / FOLDER)
    elif kind:
        with open_output(None, for_people=False) as out:
            out.write(_written(kind))
    return ExitCode.OK


def _write_all(folder: Path) -> None:
    with writing(folder):
        folder.mkdir(exist_ok=True)
    with open_output(None, for_people=True) as told:
        for kind, files in FILES.items():
            path = folder / f"{kind}.json"
            with open_output(str(path), for_people=False) as out:
                out.write(_written(kind))
            told.write(f"{visible(str(path))}: in {files.files} write {directive(kind)}\n")


def _written(kind: str) -> str:
    return dumps(json_schema(kind), indent=2) + "\n"
