"""Settings: options whose values may also come from the environment or from a file.

The command line goes before the environment, the environment before the file, the
file before the default. To make an option a setting, add it to `SETTINGS`; every
command that has a parameter of that name then takes it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import typer

from icc_check.cli.options import (
    FAIL_ON,
    SHOW,
    parse_color,
    parse_day,
    parse_format,
    parse_gate,
    parse_jobs,
    parse_shown,
)
from icc_check.errors import ConfigError

# What an option is given: one word, or several where it may be repeated.
Given = str | tuple[str, ...]
SHARED = "pyproject.toml"  # other tools have their settings there too
FILES = ("icc-check.toml", SHARED)  # the first goes before the second
ENVIRONMENT = "ICC_CHECK_"


def _as_it_is(text: str) -> object:
    return text


def _folder(text: str) -> object:
    if not Path(text).is_dir():
        raise typer.BadParameter(f"there is no folder {text}")
    return text


class Setting(NamedTuple):
    """An option by its names, and how its values are read.

    `parse` raises typer.BadParameter. In a file several values are a list; for the
    command line they are put together with `joined`, or with None stay several. A
    setting with `commands` is one of these only, one with `path` names a file or folder.
    """

    key: str  # in a file; in the environment ICC_CHECK_KEY
    parameter: str  # of the commands' functions
    default: str  # as shown by `config show`
    parse: Callable[[str], object] = _as_it_is
    joined: str | None = ""
    path: bool = False  # relative to the folder of the file
    commands: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The name of the environment's variable."""
        return ENVIRONMENT + self.key.upper().replace("-", "_")

    @property
    def many(self) -> bool:
        """Whether a file may give a list."""
        return self.joined != ""


CHECKING = ("check", "batch", "lint")  # commands that share formats and the gate
SETTINGS = (
    Setting("as-of", "as_of", "today", parse_day),
    Setting("store", "stores", "the one that is shipped", _folder, joined=None, path=True),
    Setting("format", "form", "table at a terminal, else text", parse_format, commands=CHECKING),
    Setting("fail-on", "fail_on", FAIL_ON, parse_gate, joined=","),
    Setting("show", "show", SHOW, parse_shown, joined=",", commands=("lint",)),
    Setting("baseline", "baseline", "none", path=True, commands=("lint",)),
    Setting("jobs", "jobs", "1", parse_jobs),
    Setting("color", "color", "auto", parse_color),
)


class Value(NamedTuple):
    """What a setting is given, and by what: a variable, a place in a file."""

    given: Given
    origin: str


# What is given, by key.
Values = Mapping[str, Value]


class Configuration(NamedTuple):
    """What settings are given, and by which file, if any."""

    path: Path | None
    values: Values


def candidates(start: Path) -> Iterator[Path]:
    """The files upward from a folder, the nearest first, that may have settings in them.

    What may not be looked at is as good as not there.
    """
    for folder in (start, *start.parents):
        yield from (folder / name for name in FILES if os.path.lexists(folder / name))


def from_environment(settings: Iterable[Setting] = SETTINGS) -> Values:
    """What the environment gives; an empty variable gives nothing. Raises ConfigError."""
    values = {}
    for setting in settings:
        text = os.environ.get(setting.variable)
        if text:
            texts = text.split(os.pathsep) if setting.joined is None else [text]
            values[setting.key] = checked(setting, texts, setting.variable)
    return values


def checked(setting: Setting, texts: Sequence[str], origin: str) -> Value:
    """The texts as the option takes them. Raises ConfigError, which names the origin."""
    given = tuple(texts) if setting.joined is None else setting.joined.join(texts)
    for text in given if isinstance(given, tuple) else (given,):
        try:
            setting.parse(text)
        except typer.BadParameter as error:
            raise ConfigError(f"{origin}: {error.message}") from None
    return Value(given, origin)
