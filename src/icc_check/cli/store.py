"""`icc-check store`: whether a store is sound, what is in it, its forms, and libraries."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from icc_check.cli import feeds, schemas
from icc_check.cli.options import TABLE_OR_TEXT, Color, Stores, format_option, jobs_option
from icc_check.cli.output import open_output
from icc_check.cli.progress import Progress
from icc_check.cli.terminal import ColorChoice, is_terminal, look_at, tell
from icc_check.errors import ConfigError, ExitCode, InputError
from icc_check.wording import number_of, visible

if TYPE_CHECKING:
    from icc_check.store.lint import Problem

EPILOG = """\b
Examples:
  icc-check store lint --judge
  icc-check store stats
  icc-check store import reviews.json --output reviews.db
"""
LINT_EPILOG = """\b
Examples:
  icc-check store lint
  icc-check store lint --store my-facts --judge
  icc-check store lint --judge --jobs auto
  icc-check store lint --judge --topic states

\b
Exit codes:
  0  no errors; warnings alone change nothing
  1  at least one error
  2  the store could not be looked at
"""
STATS_EPILOG = """\b
Examples:
  icc-check store stats
  icc-check store stats --format json
"""
BUILD_EPILOG = """\b
Examples:
  icc-check store build
  icc-check store build --store my-facts
"""
STATS_FORMATS = ("table", "text", "json")

app = typer.Typer(
    name="store",
    help="Look after a store: lint it, count it, compile it; import reviews of others.",
    epilog=EPILOG,
    rich_markup_mode=None,
    add_completion=False,
)

StatsFormat = Annotated[
    str | None,
    format_option(STATS_FORMATS, usual=TABLE_OR_TEXT),
]


@app.command("lint", epilog=LINT_EPILOG)
def lint(
    stores: Stores = None,
    judge: Annotated[
        bool,
        typer.Option(
            "--judge",
            help="Also check every statement against the store itself: each must find its own "
            "fact, and altered copies must not come out supported. Takes a while.",
        ),
    ] = False,
    topics: Annotated[
        list[str] | None,
        typer.Option(
            "--topic",
            metavar="NAME",
            help="Judge only the facts of this topic; may be repeated. Needs --judge.",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        jobs_option("Judge with so many processes; auto for one a core. Needs --judge."),
    ] = None,
) -> int:
    """Find what is wrong in a store, each with file and line."""
    from icc_check.store.lint import Problem, lint_structure
    from icc_check.store.load import read_stores

    for given, purpose in ((topics, "--topic chooses what"), (jobs, "--jobs says how")):
        if given and not judge:
            raise ConfigError(f"{purpose} to judge", hint="add --judge")
    folders = _folders(stores)
    store, faults = read_stores(folders)
    if topics:
        _expect_topics(topics, {fact.topic for fact in store.facts})
    problems = [Problem(fault) for fault in faults]
    problems += lint_structure(store, dt.date.today())
    problems.sort(key=lambda problem: problem.fault.place)
    counts = {True: 0, False: 0}  # warnings and errors
    with open_output(None, for_people=True) as out:
        for problem in problems:
            counts[problem.warning] += 1
            out.write(f"{visible(str(problem))}\n")
        if judge and not faults:
            for problem in _judged(folders, topics, jobs or 1):
                counts[problem.warning] += 1
                out.write(f"{visible(str(problem))}\n")
    if judge and faults:
        tell("icc-check: nothing was judged, for a store with errors cannot be asked")
    errors, warnings = counts[False], counts[True]
    tell(
        f"{store.name}: {number_of(errors, 'error')}, {number_of(warnings, 'warning')} "
        f"in {number_of(len(store.facts), 'fact')}"
    )
    return ExitCode.FINDINGS if errors else ExitCode.OK


def _judged(
    folders: tuple[Path, ...], topics: Sequence[str] | None, jobs: int
) -> Iterator[Problem]:
    from icc_check.cli.judging import judge
    from icc_check.store.load import load_stores

    facts = [f for f in load_stores(folders).facts if not topics or f.topic in topics]
    progress = Progress(len(facts), shown=is_terminal(sys.stderr), unit="facts")
    with progress:
        for problems in progress.follow(judge(facts, folders, jobs)):
            for problem in problems:
                with progress.paused():
                    yield problem


@app.command("stats", epilog=STATS_EPILOG)
def stats(stores: Stores = None, form: StatsFormat = None, color: Color = ColorChoice.AUTO) -> int:
    """Count what is in a store."""
    from icc_check.cli import statistics

    form = form or ("table" if is_terminal(sys.stdout) else "text")
    counted = statistics.count(_folders(stores), _tell_compiling)
    look = look_at(sys.stdout, color, explain=False, compact=False, summary=False)
    with open_output(None, for_people=form != "json") as out:
        out.write(statistics.WRITERS[form](counted, look))
    return ExitCode.OK


@app.command("build", epilog=BUILD_EPILOG)
def build(stores: Stores = None) -> int:
    """Compile a store, so that the next check finds it ready."""
    from icc_check.cli.statistics import kept_file
    from icc_check.store.open import open_store

    folders = _folders(stores)
    before = kept_file(folders)
    open_store(folders, _tell_compiling)
    kept = kept_file(folders)
    with open_output(None, for_people=True) as out:
        if kept is None:
            out.write("compiled, but not kept\n")
            tell("icc-check: the cache folder cannot be written; each run compiles the store anew")
        else:
            how = "was up to date" if before else "compiled"
            size = f"{kept.stat().st_size / 1e6:,.1f} MB"
            out.write(f"{visible(str(kept))}: {size}, {how}\n")
    return ExitCode.OK


app.command("schema", epilog=schemas.EPILOG)(schemas.print_schema)
app.command("import", epilog=feeds.IMPORT_EPILOG)(feeds.import_feeds)
app.command("export", epilog=feeds.EXPORT_EPILOG)(feeds.export_reviews)


def _folders(stores: Sequence[Path] | None) -> tuple[Path, ...]:
    from icc_check.store.open import shipped_store

    return tuple(stores) if stores else (shipped_store(),)


def _expect_topics(wanted: Sequence[str], known: set[str]) -> None:
    from difflib import get_close_matches

    for topic in wanted:
        if topic not in known:
            close = get_close_matches(topic, sorted(known), n=1)
            hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(sorted(known))}"
            raise InputError(f"there is no topic {topic!r}", hint=hint)


def _tell_compiling(facts: int) -> None:
    if is_terminal(sys.stderr):
        tell(f"icc-check: compiling {facts:,} facts, this once")
