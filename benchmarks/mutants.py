"""Whether tests/test_verdicts.py notices when the judging or comparing is changed.

    python benchmarks/mutants.py [NAME ...] [--jobs 2] [--least 0.9]

One place at a time is changed in the syntax of a module: a comparison, `and` for `or`,
a condition left out or turned round, a number by one, one verdict, level or kind for
another. Each mutant runs the tests in a process of its own, which compiles the small
store anew and stops at the first failure; Hypothesis draws the same examples each time.
A mutant that fails a test, or runs twenty times as long as the module as it is, is killed.
Those that survive are listed with their line, for somebody to say whether they matter.
"""

from __future__ import annotations

import argparse
import ast
import copy
import importlib.util
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import hypothesis  # noqa: F401  # for the processes that are forked
import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "icc_check"
TESTS = ROOT / "tests" / "test_verdicts.py"
# What is changed: whole modules, or only these functions of one.
MODULES: dict[str, tuple[str, ...]] = {
    "judge": (),
    "intervals": (),
    "comparison": (),
    "align": ("_compare", "_comparable", "_dates_agree"),
}
UNTOUCHED = ("__str__", "plain", "parse_days")  # how values are written, and read from a store
MOST_SECONDS = 90  # of processor time; without a change it takes a twentieth of that
OPTIONS = (
    *("-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning"),
    "--hypothesis-profile=ci",  # the same examples each time
)

COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
# One name for another: what is asked of many, and the members of an enumeration in turn.
CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
ENUMERATIONS: dict[str, tuple[str, ...]] = {
    "Verdict": ("SUPPORTED", "REFUTED", "OUTDATED", "UNVERIFIED", "DISPUTED"),
    "Level": ("SAME", "WITHIN", "UNCLEAR", "DIFFERENT"),
    "Holding": ("HOLDS", "ENDED", "NOT_YET", "NEVER"),
    "Kind": ("QUANTITY", "DATE", "ENTITY", "CONCEPT", "WORD"),
    "Tense": ("PAST", "PRESENT", "FUTURE"),
    "DateRelation": ("BY", "BEFORE", "AFTER", "SINCE", "IN"),
    "Truth": ("TRUE", "FALSE", "DISPUTED"),
}


class Mutant(NamedTuple):
    """A module with one change."""

    module: str
    line: int
    before: str
    after: str
    source: str

    def __str__(self) -> str:
        return f"{self.module}.py:{self.line}: `{self.before}` as `{self.after}`"


def changes(node: ast.AST) -> Iterator[ast.AST]:
    """Each way to change one expression."""
    if isinstance(node, ast.Compare):
        for place, each in enumerate(node.ops):
            yield _with(node, ops=_replaced(node.ops, place, COMPARED[type(each)]()))
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for place in range(len(node.values)):
            kept = node.values[:place] + node.values[place + 1 :]
            yield kept[0] if len(kept) == 1 else _with(node, values=kept)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield _with(node, body=node.orelse, orelse=node.body)
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        yield _with(node, op=ast.Sub() if isinstance(node.op, ast.Add) else ast.Add())
    elif isinstance(node, ast.Name) and node.id in CALLED:
        yield _with(node, id=CALLED[node.id])
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        members = ENUMERATIONS.get(node.value.id, ())
        if node.attr in members:
            following = members[(members.index(node.attr) + 1) % len(members)]
            yield _with(node, attr=following)


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _replaced(some: list[ast.cmpop], place: int, by: ast.cmpop) -> list[ast.cmpop]:
    return [*some[:place], by, *some[place + 1 :]]


def places(tree: ast.AST, only: tuple[str, ...]) -> Iterator[tuple[ast.AST, str, int | None]]:
    """Every expression of the code that runs: its parent, the field, and where in a list."""
    for name, value in ast.iter_fields(tree):
        if name in ("annotation", "returns", "decorator_list"):
            continue
        for place, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.FunctionDef):
                if child.name in UNTOUCHED or (only and child.name not in only):
                    continue
                yield from places(child, ())
                continue
            if isinstance(child, ast.AST):
                if isinstance(child, ast.expr) and not only:
                    yield tree, name, place if isinstance(value, list) else None
                yield from places(child, only)


def mutants(module: str) -> Iterator[Mutant]:
    tree = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    for parent, name, place in list(places(tree, MODULES[module])):
        whole = getattr(parent, name)
        node = whole if place is None else whole[place]
        for changed in changes(node):
            if place is None:
                setattr(parent, name, changed)
            else:
                whole[place] = changed
            source = ast.unparse(ast.fix_missing_locations(tree))
            yield Mutant(module, node.lineno, ast.unparse(node), ast.unparse(changed), source)
            if place is None:
                setattr(parent, name, node)
            else:
                whole[place] = node


def passes(mutant: Mutant) -> bool:
    """In a process of its own: take the module with this source, then run the tests."""
    name = f"icc_check.{mutant.module}"
    signal.signal(signal.SIGPROF, signal.default_int_handler)  # which ends the tests
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        path = Path(folder) / f"{mutant.module}.py"
        path.write_text(mutant.source, encoding="utf-8")
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec
        assert spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
        try:
            spec.loader.exec_module(sys.modules[name])
            ended = pytest.main([*OPTIONS, str(TESTS)])
        except (Exception, KeyboardInterrupt):  # however it fails, the change is noticed
            return False
    return ended == pytest.ExitCode.OK


def survivors(module: str, jobs: int) -> tuple[int, list[Mutant]]:
    """How many mutants there are of a module, and those that no test kills."""
    unchanged = Mutant(module, 0, "", "", (SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    made = list(mutants(module))
    # A process that is forked has pytest imported already, and nothing of what is tested.
    with multiprocessing.get_context("fork").Pool(jobs, maxtasksperchild=1) as pool:
        if not pool.apply(passes, (unchanged,)):
            raise SystemExit(f"{TESTS.name} fails without any change")
        alive = []
        passed = pool.imap(passes, made)
        for number, (mutant, survives) in enumerate(zip(made, passed, strict=True), start=1):
            if survives:
                alive.append(mutant)
                print(mutant, flush=True)
            if sys.stderr.isatty():
                print(f"\r{module}: {number} of {len(made)}", end="", file=sys.stderr)
    return len(made), alive


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("names", nargs="*", default=list(MODULES), help=", ".join(MODULES))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, help="exit code 1 if a smaller share is killed")
    options = parser.parse_args()
    if unknown := set(options.names) - set(MODULES):
        parser.error(f"nothing is changed in {', '.join(sorted(unknown))}")
    sys.path.insert(0, str(ROOT / "src"))
    found = {name: survivors(name, options.jobs) for name in options.names}
    print("\n| module | mutants | killed | share |\n|---|---|---|---|")
    for name, (count, alive) in found.items():
        print(f"| {name} | {count} | {count - len(alive)} | {1 - len(alive) / count:.1%} |")
    shares = [1 - len(alive) / count for count, alive in found.values()]
    return int(options.least is not None and min(shares) < options.least)


if __name__ == "__main__":
    sys.exit(main())
