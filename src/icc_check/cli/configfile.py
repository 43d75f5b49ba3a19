"""The file of settings: `icc-check.toml`, or `[tool.icc-check]` in a `pyproject.toml`.

The nearest one upward from the working directory counts, and only that one. Where
there is none, looking for it is all that happens: nothing is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from icc_check.cli.settings import (
    SETTINGS,
    SHARED,
    Configuration,
    Setting,
    Value,
    Values,
    candidates,
    checked,
)
from icc_check.errors import ConfigError

_TABLE = "icc-check"  # within [tool]
# Text without which a pyproject.toml has no table of ours, so that it need not be parsed.
_MENTION = re.compile(r"tool[\"']?\s*\.\s*[\"']?icc-check|^\s*\[\s*tool\s*\]", re.MULTILINE)


def find_configuration(start: Path, settings: Iterable[Setting] = SETTINGS) -> Configuration:
    """The nearest file upward from a folder. Raises ConfigError where it is wrong."""
    for path in candidates(start):
        data = _bytes_of(path)
        if data is None:
            continue
        if path.name == SHARED and not _MENTION.search(data.decode("utf-8", "replace")):
            continue  # nor is it for us to say whether it is well formed
        text = _decoded(path, data)
        table = _table(path, text)
        if table is not None:
            return Configuration(path, _values(path, text, table, settings))
    return Configuration(None, {})


def read_configuration(path: Path, settings: Iterable[Setting] = SETTINGS) -> Configuration:
    """The named file. Raises ConfigError where it is missing or wrong."""
    data = _bytes_of(path)
    if data is None:
        raise ConfigError(f"{path}: there is no such file", hint="name one, or use --no-config")
    text = _decoded(path, data)
    table = _table(path, text)
    if table is None:
        raise ConfigError(f"{path}: there is no [tool.{_TABLE}] in it")
    return Configuration(path, _values(path, text, table, settings))


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}") from error


def _decoded(path: Path, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: is not UTF-8") from None


def _table(path: Path, text: str) -> Mapping[str, Any] | None:
    """The settings in a file; None where a pyproject.toml has none."""
    import tomllib

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: is not TOML: {error}") from None
    if path.name != SHARED:
        return document
    tool = document.get("tool")
    table = tool.get(_TABLE) if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise ConfigError(f"{path}: tool.{_TABLE} is not a table")
    return table


def _values(path: Path, text: str, table: Mapping[str, Any], settings: Iterable[Setting]) -> Values:
    known = {setting.key: setting for setting in settings}
    values: dict[str, Value] = {}
    for key, raw in table.items():
        origin = _place(path, text, key)
        if key not in known:
            raise ConfigError(f"{origin}: there is no setting {key!r}{_near(key, list(known))}")
        texts = _texts(known[key], raw, origin)
        if known[key].path:
            texts = [str(path.parent / word) for word in texts]
        values[key] = checked(known[key], texts, origin)
    return values


def _texts(setting: Setting, raw: object, origin: str) -> Sequence[str]:
    """A value of TOML as it would be typed."""
    values = raw if isinstance(raw, list) and setting.many else [raw]
    texts = [str(value) for value in values if not isinstance(value, bool | dict | list | float)]
    if len(texts) != len(values) or not texts:
        several = ", or a list of them" if setting.many else ""
        raise ConfigError(f"{origin}: {setting.key} takes a text{several}")
    return texts


def _near(key: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key.lower().replace("_", "-"), known, n=1)
    return f" (did you mean {close[0]}?)" if close else f"; there are {', '.join(known)}"


def _place(path: Path, text: str, key: str) -> str:
    """The file, and the line where the key seems to be."""
    lines = text.splitlines()
    start = 0
    if path.name == SHARED:
        heads = (i for i, line in enumerate(lines) if _MENTION.search(line))
        start = next(heads, 0)
    shape = re.compile(rf"^(.*\.)?\s*[\"']?{re.escape(key)}[\"']?\s*=|^\s*\[.*{re.escape(key)}")
    found = (number for number in range(start, len(lines)) if shape.search(lines[number]))
    line = next(found, None)
    return str(path) if line is None else f"{path}:{line + 1}"
