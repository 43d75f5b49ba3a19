"""How long a single check takes as a process, beside the least that such a program can take.

    python benchmarks/startup.py [--runs 40] [--installed] [--limit 1.25]

The yardstick imports the same libraries (Typer, RapidFuzz and, for a table, Rich)
and prints something fixed. Program and yardstick run in turn on the same
interpreter, both with their bytecode cached and the store compiled beforehand;
what counts is their ratio in one run, since times alone differ between machines
and hours. `--installed` measures the icc_check that is installed instead of the
one in this checkout. With `--limit`, a ratio of CPU times above it is exit code 1.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
CLAIM = "152 states have ratified the Rome Statute"
WARM_UP = 4  # compiles the store, writes the bytecode, notes how the files look

TEXT_YARDSTICK = """
from typing import Annotated
import rapidfuzz
import typer
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def check(claim: Annotated[str, typer.Argument()]) -> None:
    print(f"refuted: {claim} | The claim says 152; the record says 125. | source: a title")
app()
"""
TABLE_YARDSTICK = """
from typing import Annotated
import rapidfuzz
import typer
from rich.console import Console
from rich.table import Table
app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
@app.command()
def check(claim: Annotated[str, typer.Argument()]) -> None:
    table = Table("Verdict", "Claim", "Reason", "Source")
    table.add_row("refuted", claim, "The claim says 152; the record says 125.", "a title")
    Console().print(table)
app()
"""


class Cost(NamedTuple):
    """What one process took, in milliseconds."""

    cpu: float
    wall: float


class Pair(NamedTuple):
    """A program and its yardstick, and what each run of them took."""

    name: str
    program: list[str]
    yardstick: list[str]
    programs: list[Cost]
    yardsticks: list[Cost]

    def measure(self, environment: dict[str, str], turn: int) -> None:
        """Run both, now the one first and now the other."""
        both = [(self.program, self.programs), (self.yardstick, self.yardsticks)]
        for command, costs in both if turn % 2 else reversed(both):
            costs.append(cost_of(command, environment))

    def ratio(self, what: str) -> float:
        return median(self.programs, what) / median(self.yardsticks, what)


def median(costs: list[Cost], what: str) -> float:
    return float(statistics.median(getattr(cost, what) for cost in costs))


def cost_of(command: list[str], environment: dict[str, str]) -> Cost:
    start = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):  # 1: the claim is refuted
        raise SystemExit(f"{command} ended with exit code {process.returncode}")
    return Cost(1000 * (used.ru_utime + used.ru_stime), 1000 * wall)


def environment_in(folder: str, installed: bool) -> dict[str, str]:
    """As the user's, but with caches of our own and no wishes about bytecode or colour."""
    ours = ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH", "NO_COLOR", "FORCE_COLOR", "COLUMNS")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    kept |= {"PYTHONPYCACHEPREFIX": f"{folder}/bytecode", "XDG_CACHE_HOME": f"{folder}/cache"}
    return kept if installed else {**kept, "PYTHONPATH": str(ROOT / "src")}


def pair(form: str, yardstick: str) -> Pair:
    ours = [sys.executable, "-m", "icc_check", CLAIM, "--format", form]
    return Pair(form, ours, [sys.executable, "-c", yardstick, CLAIM], [], [])


def report(pairs: list[Pair], runs: int) -> None:
    print(f"Python {sys.version.split()[0]}, {runs} runs each, milliseconds\n")
    print("| format | what | program min / median / max | yardstick min / median / max | ratio |")
    print("|---|---|---|---|---|")
    for each in pairs:
        for what in Cost._fields:
            sides = []
            for costs in (each.programs, each.yardsticks):
                values = [getattr(cost, what) for cost in costs]
                sides.append(f"{min(values):.0f} / {median(costs, what):.0f} / {max(values):.0f}")
            print(f"| {each.name} | {what} | {sides[0]} | {sides[1]} | {each.ratio(what):.2f} |")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--installed", action="store_true")
    parser.add_argument("--limit", type=float)
    options = parser.parse_args()
    pairs = [pair("text", TEXT_YARDSTICK), pair("table", TABLE_YARDSTICK)]
    with tempfile.TemporaryDirectory() as folder:
        environment = environment_in(folder, options.installed)
        for turn in range(WARM_UP + options.runs):
            for each in pairs:
                each.measure(environment, turn)
    measured = [
        each._replace(programs=each.programs[WARM_UP:], yardsticks=each.yardsticks[WARM_UP:])
        for each in pairs
    ]
    report(measured, options.runs)
    return int(options.limit is not None and max(p.ratio("cpu") for p in measured) > options.limit)


if __name__ == "__main__":
    sys.exit(main())
