"""`icc-check lint`: documents, with what stands against them at file, line and column."""

from __future__ import annotations

import datetime as dt
import gc
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from icc_check.cli.deliver import deliver, destinations_of, purpose_of
from icc_check.cli.folder import working_folder
from icc_check.cli.options import (
    SHOW,
    USUAL_GATE,
    AsOf,
    Color,
    ExitZero,
    Explain,
    FailOn,
    FormatName,
    Gate,
    OutputNames,
    Quiet,
    Show,
    Shown,
    Stores,
    parse_shown,
)
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question, Rejects, exit_code
from icc_check.cli.terminal import ColorChoice, is_terminal, tell
from icc_check.documents.discover import Finder
from icc_check.documents.document import LARGEST, Document, decode, open_document
from icc_check.documents.ignoring import Ignores
from icc_check.errors import ExitCode, InputError, why_unread
from icc_check.inputs import STDIN, STDIN_NAME, Reject
from icc_check.model import Finding, Verdict

if TYPE_CHECKING:
    from icc_check.proofread import Proofreader

MOST_LINES = 10  # that a note names
EPILOG = """\b
Examples:
  icc-check lint article.md
  icc-check lint drafts/ --exclude 'old/*'
  icc-check lint . --format sarif --output facts.sarif
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
    show: Show = None,
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
    if working_folder() is None:  # patterns and ignore files are seen from there
        raise InputError("the working directory is gone", hint="change to another one")
    selection = Selection(exclude or (), no_ignore, stdin_filename)
    delivery = Delivery(form, outputs, color, explain, quiet, compact=not explain)
    code = _lint(
        _documents(paths, selection),
        Question(as_of, stores),
        delivery,
        USUAL_GATE if fail_on is None else fail_on,
        parse_shown(SHOW) if show is None else show,
    )
    return ExitCode.OK if exit_zero and code is ExitCode.FINDINGS else code


def _lint(
    documents: Iterable[Document | Reject],
    question: Question,
    delivery: Delivery,
    gate: Gate,
    shown: Shown,
) -> ExitCode:
    from icc_check.checker import Checker  # only now: `--help` needs no engine
    from icc_check.proofread import Proofreader

    gc.enable()  # documents may be many
    watched = not delivery.quiet and is_terminal(sys.stderr) and not delivery.on_terminal
    progress = Progress(None, shown=watched, unit="documents")
    looks = delivery.looks
    checker = Checker.load(question.stores)
    proofreader = Proofreader(checker, question.as_of or dt.date.today())
    desk = Desk(proofreader, shown, Rejects(progress), quiet=delivery.quiet)
    findings = desk.go_through(progress.follow(desk.rejects.sort_out(documents)))
    with progress:
        deliver(findings, checker.store, destinations_of(looks), purpose_of(gate))
    if not delivery.quiet:
        tell(f"icc-check: {desk.summary}")
    return exit_code(desk.verdicts, gate, desk.rejects.count)


class Desk:
    """Where documents come in and findings go out; `verdicts` also counts those not shown."""

    def __init__(
        self, proofreader: Proofreader, shown: Shown, rejects: Rejects, *, quiet: bool
    ) -> None:
        self.rejects = rejects
        self.verdicts: Counter[Verdict] = Counter()
        self._proofreader = proofreader
        self._shown = shown
        self._quiet = quiet
        self._documents = self._ignored = self._reported = 0

    def go_through(self, documents: Iterable[Document]) -> Iterator[Finding]:
        """What is to be reported of the documents, as it is found."""
        for document in documents:
            self._documents += 1
            ignores = Ignores(document, _rules())
            for fault in ignores.faults:
                self.rejects.reject(fault)
            yield from self._reported_of(document, ignores)
            for unused in () if self._quiet else ignores.unused():
                self.rejects.note(unused)

    @property
    def summary(self) -> str:
        """The run in numbers."""
        documents = "document" if self._documents == 1 else "documents"
        told = f"{self._documents:,} {documents}, {self.verdicts.total():,} statements checked"
        ignored = f", {self._ignored:,} ignored by comments" if self._ignored else ""
        return f"{told}, {self._reported:,} reported{ignored}"

    def _reported_of(self, document: Document, ignores: Ignores) -> Iterator[Finding]:
        unread: list[int] = []
        for remark in self._proofreader.read(document):
            start, finding = remark.sentence.start, remark.finding
            if finding is None:
                if not ignores.cover(start):
                    unread.append(document.position(start)[0])
                continue
            shown = finding.verdict in self._shown
            if shown and ignores.cover(start, finding.rule):
                self._ignored += 1
                continue
            self.verdicts[finding.verdict] += 1
            if shown:
                self._reported += 1
                yield finding
        if unread and not self._quiet:
            self.rejects.note(f"{document.name}: {_unread_at(unread)}")


def _unread_at(lines: Sequence[int]) -> str:
    """That sentences were not judged, and on which lines they begin."""
    from icc_check.proofread import LONGEST_SENTENCE

    shown = ", ".join(str(line) for line in lines[:MOST_LINES])
    rest = f" and {len(lines) - MOST_LINES:,} more" if len(lines) > MOST_LINES else ""
    what = "a sentence" if len(lines) == 1 else f"{len(lines):,} sentences"
    where = "line" if len(lines) == 1 else "lines"
    return f"{what} of over {LONGEST_SENTENCE:,} characters not judged, on {where} {shown}{rest}"


def _documents(paths: Sequence[str], selection: Selection) -> Iterator[Document | Reject]:
    finder = Finder(selection.exclude, heed_ignores=not selection.no_ignore)
    for item in finder.find(paths):
        if isinstance(item, Reject):
            yield item
        elif item == STDIN:
            yield _from_stdin(selection.stdin_filename or STDIN_NAME)
        else:
            yield open_document(Path(item), item)


def _from_stdin(name: str) -> Document | Reject:
    if sys.stdin is None:
        return Reject(name, None, "standard input is closed")
    try:
        return decode(sys.stdin.buffer.read(LARGEST + 1), name)
    except OSError as error:
        return Reject(name, None, why_unread(error))


def _rules() -> frozenset[str]:
    """The names that an ignore comment may give."""
    from icc_check.judge import RULES

    return frozenset(rule.id for rule in RULES)
