"""Who may import whom, and who may speak: read off the source, nothing is run.

The engine is silent and knows neither terminal nor network; the command line is
thin and on top. docs/architecture.md draws the same picture. A new module needs
a line in `ALLOWED`.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from source import PACKAGE, imports, syntax

# A module or package, and those of ours that it may import beside itself.
ALLOWED: dict[str, set[str]] = {
    "errors": set(),
    "model": set(),
    "intervals": set(),
    "lexicon": set(),
    "reading": {"intervals", "lexicon"},
    "keys": {"lexicon", "reading"},
    "store": {"errors", "intervals", "keys", "lexicon", "model", "reading"},
    "timeline": {"intervals", "reading", "store"},
    "retrieve": {"keys", "lexicon", "reading", "store"},
    "compound": {"lexicon", "reading"},
    "outlook": {"keys", "lexicon", "model", "reading", "store"},
    "comparison": {"intervals", "model", "reading", "store"},
    "order": {"comparison", "keys", "lexicon", "reading", "store"},
    "align": {
        *("comparison", "intervals", "keys", "lexicon", "model", "order", "outlook"),
        *("reading", "store", "timeline"),
    },
    "case": {"align", "intervals", "model", "reading", "store", "timeline"},
    "reasons": {"case", "intervals", "model", "reading", "store", "timeline"},
    "judge": {"case", "intervals", "model", "outlook", "reading", "reasons", "store", "timeline"},
    "checker": {
        *("align", "case", "compound", "judge", "lexicon", "model", "outlook", "reading"),
        *("reasons", "retrieve", "store"),
    },
    "explain": {
        *("align", "checker", "judge", "model", "outlook", "reading", "reasons", "retrieve"),
        "store",
    },
    "changes": {"errors"},
    "drafts": {"errors"},
    "library": {"drafts", "errors", "inputs", "reading"},
    "inputs": {"errors", "model"},
    "documents": {"errors", "inputs", "model"},
    "doubts": {"checker", "compound", "model", "reading"},
    "proofread": {"checker", "documents", "doubts", "model", "reading"},
    "report": {"model"},
    "tee": {"model", "report"},
    "fingerprint": {"model"},
    "alerts": {"fingerprint", "model", "report", "wording"},
    "wire": {"model"},
    "baseline": {"errors", "fingerprint", "model", "wire"},
    "wording": {"model"},
    "reporters": {"alerts", "fingerprint", "judge", "model", "report", "wire", "wording"},
    "cli": {
        *("__init__", "alerts", "baseline", "changes", "checker", "documents", "drafts"),
        *("errors", "explain", "inputs"),
        *("intervals", "judge", "library", "model", "proofread", "reading", "report"),
        *("reporters", "store", "tee", "timeline", "wire", "wording"),
    },
    "__init__": {"checker"},
    "__main__": {"cli"},
}
# What is not Python's own, and who may use it.
OTHERS: dict[str, set[str]] = {
    "pathspec": {"documents"},
    "pyromark": {"documents"},
    "rapidfuzz": {"cli", "library", "reading", "retrieve"},
    "Stemmer": {"reading"},
    "rich": {"cli", "reporters"},
    "typer": {"cli"},
}
LOUD = {"cli", "__main__"}
SPEECH = {"print", "input", "exit", "sys.exit", "sys.stdout", "sys.stderr"}
NETWORK = {"ftplib", "http", "smtplib", "socket", "ssl", "urllib.request", "webbrowser", "xmlrpc"}


def group(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


GROUPS = sorted({group(path) for path in PACKAGE.rglob("*.py")})


def files(name: str) -> list[Path]:
    return [path for path in PACKAGE.rglob("*.py") if group(path) == name]


def imported(name: str) -> set[str]:
    return set().union(*(imports(path) for path in files(name)))


def test_every_module_has_its_place() -> None:
    assert set(GROUPS) == set(ALLOWED), "add the module to ALLOWED and to docs/architecture.md"


@pytest.mark.parametrize("name", GROUPS)
def test_imports_stay_within_the_layers(name: str) -> None:
    ours = {full.split(".")[1] for full in imported(name) if full.startswith("icc_check.")}
    assert (ours & {*GROUPS}) - {name} <= ALLOWED.get(name, set())


@pytest.mark.parametrize("name", GROUPS)
def test_nothing_unknown_and_no_network_is_used(name: str) -> None:
    found = imported(name)
    foreign = {full.split(".")[0] for full in found} - sys.stdlib_module_names - {"icc_check"}
    assert {package for package in foreign if name not in OTHERS.get(package, ())} == set()
    reached = {no for no in NETWORK for full in found if f"{full}.".startswith(f"{no}.")}
    assert reached == set()


@pytest.mark.parametrize("name", sorted({*GROUPS} - LOUD))
def test_the_engine_is_silent(name: str) -> None:
    nodes = (node for path in files(name) for node in ast.walk(syntax(path)))
    names = {ast.unparse(node) for node in nodes if isinstance(node, ast.Name | ast.Attribute)}
    assert names & SPEECH == set()
