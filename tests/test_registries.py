"""Nothing stands aside: no module that nobody lists or uses, no word of a subject.

The formats have the same test beside their golden files (tests/test_reporters.py).
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

import pytest
import typer
from source import PACKAGE, ROOT, imports, module_name, syntax

from icc_check.cli.app import COMMANDS
from icc_check.reporters import REPORTERS
from icc_check.store.load import read_stores

FILES = sorted(path for path in PACKAGE.rglob("*") if path.suffix in (".py", ".toml"))
# The product is called icc-check and may show how it is called; nothing else may.
OWN_NAME = re.compile(r"icc[-_]?check(er)?", re.IGNORECASE)
EXAMPLE = re.compile(r"^ *(\S.*\| *)?icc-check .*$", re.MULTILINE)
SUBJECT = re.compile(
    r"\b(ICC|Rome Statute|Hague|warrants?|genocide|war crimes?|crimes? against humanity"
    r"|Netanyahu|Putin|Duterte|Trump)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("folder", ["cli", "reporters", "reading"])
def test_every_module_is_listed_or_used(folder: str) -> None:
    modules = {module_name(path) for path in (PACKAGE / folder).rglob("*.py")}
    listed = {*COMMANDS.values(), *(f"icc_check.reporters.{name}" for name in REPORTERS)}
    used = set().union(*(imports(path) for path in PACKAGE.rglob("*.py")))
    assert modules - used - listed - {f"icc_check.{folder}"} == set()


def test_every_command_is_listed() -> None:
    """A module of the command line with an `app` of its own is a command."""
    names = {module_name(path) for path in (PACKAGE / "cli").rglob("*.py")}
    modules = {name: import_module(name) for name in names - {"icc_check.cli.app"}}
    commands = {
        name
        for name, module in modules.items()
        if isinstance(getattr(module, "app", None), typer.Typer)
    }
    assert commands == set(COMMANDS.values())


def places_of(pattern: re.Pattern[str], texts: Mapping[Path, str]) -> list[str]:
    """Where the words stand, but for the product's name and examples of its use."""
    return [
        f"{path.relative_to(PACKAGE)}: {line.strip()}"
        for path, text in texts.items()
        for line in EXAMPLE.sub("", text).splitlines()
        if pattern.search(OWN_NAME.sub("", line))
    ]


def code_of(path: Path) -> str:
    """The text of a file; of Python all but comments and docstrings, where examples may stand."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    docstrings = {
        (node.body[0].lineno, node.body[0].col_offset)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and ast.get_docstring(node) is not None
    }
    return "\n".join(
        token.string
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type != tokenize.COMMENT and token.start not in docstrings
    )


def test_no_word_of_the_subject_is_in_the_program() -> None:
    assert places_of(SUBJECT, {path: path.read_text(encoding="utf-8") for path in FILES}) == []


def test_no_name_of_the_store_is_in_the_program() -> None:
    """Names may stand in docstrings as examples of English, never in what is run."""
    store, _ = read_stores((ROOT / "claims",))
    assert len(store.entities) > 100
    names = "|".join(sorted({re.escape(entity.name) for entity in store.entities}))
    pattern = re.compile(rf"\b(?:{names})\b")
    assert places_of(pattern, {path: code_of(path) for path in FILES}) == []
