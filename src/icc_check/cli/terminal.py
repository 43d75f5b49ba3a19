"""What the terminal is and what the environment wishes: colour, width, symbols.

And the one way to say something to the user beside the result: `tell`, which
writes to standard error and lets no control character through.
"""

from __future__ import annotations

import os
import shutil
import sys
from contextlib import suppress
from enum import StrEnum
from typing import TextIO

from icc_check.report import Look
from icc_check.wording import MARKS, visible

_WIDTH_WITHOUT_TERMINAL = 80


class ColorChoice(StrEnum):
    """When to colour."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def tell(message: str) -> None:
    """Say something on standard error, a line at a time."""
    if sys.stderr is None:
        return
    with suppress(OSError):  # nowhere is left to say that standard error is full
        for line in message.splitlines():
            indent = " " * (len(line) - len(line.lstrip(" ")))
            sys.stderr.write(f"{indent}{visible(line)}\n")
        sys.stderr.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads (or types) at the other end."""
    return stream is not None and stream.isatty()


def look_at(
    stream: TextIO | None, color: ColorChoice, *, explain: bool, compact: bool, summary: bool
) -> Look:
    """How findings should look on a stream; None stands for a file."""
    colored = wants_color(stream, color)
    return Look(
        width=_width(stream),
        color=colored,
        links=colored and is_terminal(stream) and os.environ.get("TERM") != "dumb",
        symbols=_has_symbols(stream),
        explain=explain,
        compact=compact,
        summary=summary,
    )


def wants_color(stream: TextIO | None, color: ColorChoice) -> bool:
    """The option decides; else NO_COLOR, then FORCE_COLOR, then the terminal."""
    if color is not ColorChoice.AUTO:
        return color is ColorChoice.ALWAYS
    if os.environ.get("NO_COLOR"):
        return False
    forced = os.environ.get("FORCE_COLOR", "").lower()
    if forced:
        return forced not in ("0", "false", "no", "off")
    return is_terminal(stream) and os.environ.get("TERM") != "dumb"


def _width(stream: TextIO | None) -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns) > 0:
        return int(columns)
    if not is_terminal(stream):
        return _WIDTH_WITHOUT_TERMINAL
    return shutil.get_terminal_size((_WIDTH_WITHOUT_TERMINAL, 24)).columns


def _has_symbols(stream: TextIO | None) -> bool:
    if stream is None:
        return True  # files are UTF-8
    try:
        "".join(mark.symbol for mark in MARKS.values()).encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
