"""`icc-check lint`: documents, with what stands against them at file, line and column."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from icc_check.changes import Changes, changes_since
from icc_check.cli.deliver import deliver, destinations_of, purpose_of
from icc_check.cli.desk import Desk
from icc_check.cli.folder import working_folder
from icc_check.cli.keeping import Keeping, ledger_of
from icc_check.cli.options import (
    SHOW,
    AsOf,
    Color,
    ExitZero,
    Explain,
    FailOn,
    FormatName,
    OutputNames,
    Quiet,
    ShowInDocuments,
    Stores,
    parse_shown,
)
from icc_check.cli.policy import Policy
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question, Rejects
from icc_check.cli.terminal import ColorChoice, is_terminal, tell
from icc_check.documents.discover import Finder
from icc_check.documents.document import LARGEST, Document, decode, open_document
from icc_check.errors import ConfigError, ExitCode, InputError, why_unread
from icc_check.inputs import STDIN, STDIN_NAME, Reject

EPILOG = """\b
Examples:
  icc-check lint article.md
  icc-check lint drafts/ --exclude 'old/*'
  icc-check lint . --format sarif --output facts.sarif
  icc-check lint . --baseline accepted.toml --write-baseline
  icc-check lint . --changed origin/main
  icc-check lint - --stdin-filename page.html < page.html

Only what the author states is judged: questions, opinions and others' words are
passed over, and so are sentences that the store has no facts on. A comment such as
<!-- icc-check: ignore reason --> keeps the next paragraph from being reported.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


class Selection(NamedTuple):
    """Which documents are read."""

    exclude: Sequence[str]
    no_ignore: bool
    stdin_filename: str | None
    changes: Changes | None


@app.command("lint", epilog=EPILOG)
def lint(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH ... | -",
            help="Documents (.md, .html, .txt, .rst) or folders of them; - is standard input.",
        ),
    ],
    exclude: Annotated[
        list[str] | None,
        typer.Option(
            metavar="PATTERN",
            help="Leave out what a pattern, as in .gitignore, matches; may be repeated.",
        ),
    ] = None,
    no_ignore: Annotated[
        bool, typer.Option("--no-ignore", help="Read also what .gitignore and .ignore leave out.")
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name of what comes on standard input."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="What this file accepts is marked, and does not make the run fail.",
        ),
    ] = None,
    write_baseline: Annotated[
        bool,
        typer.Option(
            "--write-baseline", help="Let the baseline accept what is found now, and no more."
        ),
    ] = False,
    changed: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Only sentences on lines that git says are new since this revision; HEAD for "
            "what is not committed.",
        ),
    ] = None,
    show: ShowInDocuments = None,
    fail_on: FailOn = None,
    exit_zero: ExitZero = False,
    as_of: AsOf = None,
    stores: Stores = None,
    form: FormatName = None,
    outputs: OutputNames = None,
    explain: Explain = False,
    quiet: Quiet = False,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Check documents and report what the facts stand against."""
    if stdin_filename is not None and STDIN not in paths:
        raise typer.BadParameter("--stdin-filename goes with - for standard input")
    here = working_folder()
    if here is None:  # patterns and ignore files are seen from there
        raise InputError("the working directory is gone", hint="change to another one")
    if write_baseline and STDIN in paths and stdin_filename is None:
        raise ConfigError("a baseline holds files", hint="name standard input: --stdin-filename")
    if changed is not None and STDIN in paths:
        raise ConfigError("standard input has no history, which --changed asks for")
    if changed is not None and write_baseline:
        raise ConfigError("a baseline holds whole files, so --changed cannot write one")
    changes = changes_since(changed, here) if changed is not None else None
    selection = Selection(exclude or (), no_ignore, stdin_filename, changes)
    delivery = Delivery(form, outputs, color, explain, quiet, compact=not explain)
    policy = Policy.of(fail_on, show, exit_zero, usually_shown=parse_shown(SHOW))
    return _lint(
        _documents(paths, selection),
        changes,
        Question(as_of, stores),
        delivery,
        policy,
        Keeping(baseline, write_baseline).checked(),
    )


def _lint(
    documents: Iterable[Document | Reject],
    changes: Changes | None,
    question: Question,
    delivery: Delivery,
    policy: Policy,
    keeping: Keeping,
) -> ExitCode:
    from icc_check.checker import Checker  # only now: `--help` needs no engine
    from icc_check.proofread import Proofreader

    gc.enable()  # documents may be many
    watched = not delivery.quiet and is_terminal(sys.stderr) and not delivery.on_terminal
    progress = Progress(None, shown=watched, unit="documents")
    looks = delivery.looks
    rejects = Rejects(progress, quiet=delivery.quiet)
    checker = Checker.load(question.stores)
    proofreader = Proofreader(checker, question.as_of or dt.date.today())
    purpose = purpose_of(policy.gate)._replace(compared=keeping.file is not None)
    with ledger_of(keeping, purpose, rejects.note) as ledger:
        desk = Desk(proofreader, policy, purpose, ledger, changes, rejects)
        findings = desk.go_through(progress.follow(rejects.sort_out(documents)))
        with progress:
            deliver(findings, checker.store, destinations_of(looks), purpose)
    if not delivery.quiet:
        tell(f"icc-check: {desk.summary}")
    return policy.exit_code(desk.verdicts, rejects.count)


def _documents(paths: Sequence[str], selection: Selection) -> Iterator[Document | Reject]:
    finder = Finder(selection.exclude, heed_ignores=not selection.no_ignore)
    for item in finder.find(paths):
        if isinstance(item, Reject):
            yield item
        elif item == STDIN:
            yield _from_stdin(selection.stdin_filename or STDIN_NAME)
        elif selection.changes is None or _may_be_new(Path(item), selection.changes):
            yield open_document(Path(item), item)


def _may_be_new(path: Path, changes: Changes) -> bool:
    """Whether a file is to be read; one that is not there is told of as always."""
    return bool(changes.lines_of(path)) or not path.exists()


def _from_stdin(name: str) -> Document | Reject:
    if sys.stdin is None:
        return Reject(name, None, "standard input is closed")
    try:
        return decode(sys.stdin.buffer.read(LARGEST + 1), name)
    except OSError as error:
        return Reject(name, None, why_unread(error))
