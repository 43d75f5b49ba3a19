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

from icc_check.cli.options import (
    FAIL_ON,
    AsOf,
    Color,
    Explain,
    FailOn,
    FormatName,
    Gate,
    OutputName,
    Quiet,
    Stores,
    choose,
    offer,
    parse_gate,
)
from icc_check.cli.output import open_output
from icc_check.cli.progress import Progress
from icc_check.cli.run import Delivery, Question, Rejects, exit_code
from icc_check.cli.terminal import ColorChoice, is_terminal, tell
from icc_check.documents.discover import Finder
from icc_check.documents.document import LARGEST, Document, decode, open_document
from icc_check.documents.ignoring import Ignores
from icc_check.errors import ExitCode
from icc_check.inputs import STDIN, STDIN_NAME, Reject, why
from icc_check.model import Finding, Verdict
from icc_check.report import Report
from icc_check.reporters import REPORTERS, load_reporter

if TYPE_CHECKING:
    from icc_check.proofread import Proofreader

SHOWN = "refuted,outdated,disputed"
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


class Shown(frozenset[Verdict]):
    """The verdicts that are reported."""


def parse_shown(text: str) -> Shown:
    """Verdicts with commas between them."""
    names = [name.strip().lower() for name in text.split(",")]
    return Shown(Verdict(choose(name, Verdict)) for name in names)


class Selection(NamedTuple):
    """Which documents are read and which findings reported."""

    exclude: Sequence[str]
    no_ignore: bool
    stdin_filename: str | None
    shown: Shown


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
    show: Annotated[
        Shown | None,
        typer.Option(
            parser=parse_shown,
            metavar="VERDICTS",
            autocompletion=offer((SHOWN, *Verdict)),
            help=f"Report these verdicts, with commas between them.  [default: {SHOWN}]",
        ),
    ] = None,
    fail_on: FailOn = None,
    exit_zero: Annotated[
        bool,
        typer.Option("--exit-zero", help="End with 0 whatever is found; mistakes still end in 2."),
    ] = False,
    as_of: AsOf = None,
    stores: Stores = None,
    form: FormatName = None,
    output: OutputName = None,
    explain: Explain = False,
    quiet: Quiet = False,
    color: Color = ColorChoice.AUTO,
) -> int:
    """Check documents and report what the facts stand against."""
    if stdin_filename is not None and STDIN not in paths:
        raise typer.BadParameter("--stdin-filename goes with - for standard input")
    selection = Selection(exclude or (), no_ignore, stdin_filename, show or parse_shown(SHOWN))
    delivery = Delivery(form, output, color, explain, quiet, compact=not explain)
    gate = Gate() if exit_zero else fail_on if fail_on is not None else parse_gate(FAIL_ON)
    return _lint(paths, selection, Question(as_of, stores), delivery, gate)


def _lint(
    paths: Sequence[str], selection: Selection, question: Question, delivery: Delivery, gate: Gate
) -> ExitCode:
    from icc_check.checker import Checker  # only now: `--help` needs no engine
    from icc_check.proofread import Proofreader

    gc.enable()  # documents may be many
    watched = not delivery.quiet and is_terminal(sys.stderr) and not delivery.on_terminal
    progress = Progress(None, shown=watched, unit="documents")
    form = delivery.chosen_format
    checker = Checker.load(question.stores)
    proofreader = Proofreader(checker, question.as_of or dt.date.today())
    desk = Desk(proofreader, selection.shown, Rejects(progress), quiet=delivery.quiet)
    found = desk.go_through(progress.follow(desk.rejects.sort_out(_documents(paths, selection))))
    report = Report(checker.store, found, delivery.look)
    with open_output(delivery.output, for_people=REPORTERS[form].for_people) as out, progress:
        load_reporter(form).write(report, out)
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
        for sentence, finding in self._proofreader.read(document):
            shown = finding.verdict in self._shown
            if shown and ignores.cover(sentence.start, finding.rule):
                self._ignored += 1
                continue
            self.verdicts[finding.verdict] += 1
            if shown:
                self._reported += 1
                yield finding


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
        return Reject(name, None, why(error))


def _rules() -> frozenset[str]:
    """The names that an ignore comment may give."""
    from icc_check.judge import RULES

    return frozenset(rule.id for rule in RULES)
