"""Commands that take settings: `--config`, `--no-config`, and where values come from.

Every command of the program that has an option which is a setting gets these two
options from here, so that a command need not know of settings at all.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperOption

from icc_check.cli.folder import working_folder
from icc_check.cli.settings import SETTINGS, Configuration, Setting, candidates, from_environment
from icc_check.errors import ConfigError

VARIABLE = "ICC_CHECK_CONFIG"  # the environment's --config
SHOWING = "config"  # the command that shows all settings, and has none of its own
_FILE, _NO_FILE, _FOUND = (f"icc_check.{name}" for name in ("file", "no_file", "found"))


def settings_found(ctx: typer.Context) -> Configuration:
    """The file that counts, if any, and all that it and the environment give."""
    found: Configuration = ctx.meta[_FOUND]
    return found


def configure(command: Any, name: str) -> Any:
    """The command, or each one within it, with options for the settings that it takes."""
    inner = getattr(command, "commands", None)
    if inner is not None:
        for each in inner.values():
            configure(each, name)
        return command
    taken = {param.name for param in command.params}
    settings = [s for s in SETTINGS if s.parameter in taken and name in (s.commands or (name,))]
    if settings or name == SHOWING:
        command.params += _options(settings)
    return command


def _options(settings: Sequence[Setting]) -> list[TyperOption]:
    """Both come before all other options; the values are looked up when both are known."""

    def take(ctx: typer.Context, key: str, value: object) -> None:
        ctx.meta[key] = value
        if ctx.resilient_parsing or not {_FILE, _NO_FILE} <= ctx.meta.keys():
            return  # completion, or the other one is still to come
        found = ctx.meta[_FOUND] = _found(ctx.meta[_FILE], ctx.meta[_NO_FILE])
        ctx.default_map = {
            setting.parameter: found.values[setting.key].given
            for setting in settings
            if setting.key in found.values
        }

    return [
        TyperOption(
            param_decls=["--config"],
            metavar="FILE",
            help="Take settings from this file.  [default: the nearest icc-check.toml or "
            "pyproject.toml that has some]",
            is_eager=True,
            expose_value=False,
            callback=lambda ctx, _, value: take(ctx, _FILE, value),
        ),
        TyperOption(
            param_decls=["--no-config"],
            help="Take settings from no file.",
            is_flag=True,
            default=False,
            is_eager=True,
            expose_value=False,
            callback=lambda ctx, _, value: take(ctx, _NO_FILE, value),
        ),
    ]


def _found(named: str | None, none: bool) -> Configuration:
    if named and none:
        raise ConfigError("--config and --no-config exclude each other")
    file = Configuration(None, {})
    name = named or os.environ.get(VARIABLE)
    if not none and (name or _may_be_a_file()):
        from icc_check.cli.configfile import find_configuration, read_configuration

        file = read_configuration(Path(name)) if name else find_configuration(Path.cwd())
    return Configuration(file.path, {**file.values, **from_environment()})


def _may_be_a_file() -> bool:
    """Whether looking closer is worth loading what reads such files."""
    folder = working_folder()
    return folder is not None and any(candidates(folder))
