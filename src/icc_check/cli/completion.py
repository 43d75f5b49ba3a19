"""`icc-check completion`: the script that teaches a shell to complete commands."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from icc_check.cli.options import choose, offer

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
EPILOG = """\b
Examples:
  icc-check completion bash > ~/.local/share/bash-completion/completions/icc-check
  icc-check completion fish > ~/.config/fish/completions/icc-check.fish
  source <(icc-check completion zsh)
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("completion", epilog=EPILOG)
def completion(
    shell: Annotated[
        str,
        typer.Argument(
            parser=lambda text: choose(text, SHELLS),
            metavar="SHELL",
            autocompletion=offer(SHELLS),
            help=f"One of {', '.join(SHELLS)}.",
        ),
    ],
) -> None:
    """Print the completion script of a shell."""
    from icc_check.cli.app import PROGRAM
    from icc_check.cli.app import app as program

    # The way in which the scripts themselves ask Typer for completions.
    os.environ["_ICC_CHECK_COMPLETE"] = f"source_{shell}"
    typer.main.get_command(program).main([], prog_name=PROGRAM)
