"""A card: everything about one claim, from the verdict down to the sources."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from icc_check.model import Detail, Finding, Source
from icc_check.reporters.table.canvas import FAULTS, LABEL, STRONG, Canvas
from icc_check.wording import (
    BASELINE,
    BASES,
    LEVELS,
    MARKS,
    acceptance,
    day,
    said,
    source_title,
    visible,
)

_LEFT = 2  # columns left of the labels
_LABELS = 12  # columns that the labels take
_ITEM = 4  # columns left of parts, sources and related facts


def card(finding: Finding, canvas: Canvas) -> str:
    """The card of a finding, with an empty line after it."""
    return "".join((*_head(finding, canvas), *_body(finding, canvas), "\n"))


def _head(finding: Finding, canvas: Canvas) -> Iterator[str]:
    yield _title(finding, canvas)
    yield _paragraph(canvas, canvas.claim(finding))
    if finding.location:
        where = f"{visible(finding.location.file)}, line {finding.location.line}"
        yield _paragraph(canvas, Text(where, LABEL))
    yield "\n"


def _title(finding: Finding, canvas: Canvas) -> str:
    """The verdict at the left, the rule that decided at the right, a line between."""
    verdict = canvas.verdict(finding.verdict)
    if finding.accepted:
        verdict = verdict + Text(" ") + canvas.mark()
    room = canvas.prose - verdict.cell_len - len(finding.rule) - 2
    line = ("─" if canvas.look.symbols else "-") * max(room, 2)
    color = Style(color=MARKS[finding.verdict].color)
    return canvas.draw(verdict + Text.assemble(" ", (line, color), " ", (finding.rule, LABEL)))


def _body(finding: Finding, canvas: Canvas) -> Iterator[str]:
    yield _row(canvas, "Why", Text(visible(finding.reason)))
    if finding.fact and finding.fact.statement != finding.correction:
        yield _row(canvas, "The record", Text(visible(finding.fact.statement)))
    if finding.correction:
        yield _row(canvas, "Correction", Text(visible(finding.correction), STRONG))
    if finding.fact:
        basis, checked = BASES[finding.fact.basis], day(finding.fact.checked)
        yield _row(canvas, "Basis", Text(f"{basis}, checked {checked}"))
    yield _row(canvas, "As of", Text(day(finding.as_of)))
    for note in finding.notes:
        yield _row(canvas, "Note", Text(visible(note)))
    if accepted := acceptance(finding):
        yield _row(canvas, BASELINE.capitalize(), Text(accepted))
    if canvas.look.explain:
        yield from _explanation(finding, canvas)
    yield from _parts(finding, canvas)
    yield from _sources(finding, canvas)
    yield from _related(finding, canvas)


def _explanation(finding: Finding, canvas: Canvas) -> Iterator[str]:
    if finding.fact:
        yield _row(canvas, "Fact", Text(visible(finding.fact.id)))
    if finding.details:
        yield _row(canvas, "Details", _details(finding.details))


def _parts(finding: Finding, canvas: Canvas) -> Iterator[str]:
    for number, part in enumerate(finding.parts, start=1):
        yield from _section(canvas, f"Part {number}")
        verdict = canvas.verdict(part.verdict)
        yield _item(canvas, verdict + Text("  ") + canvas.claim(part))
        yield _item(canvas, Text(visible(part.reason)))
        yield from (_source(source, canvas) for source in part.sources)


def _sources(finding: Finding, canvas: Canvas) -> Iterator[str]:
    told = {source.id for part in finding.parts for source in part.sources}
    sources = [source for source in finding.sources if source.id not in told]
    if sources:
        yield from _section(canvas, "Source" if len(sources) == 1 else "Sources")
    yield from (_source(source, canvas) for source in sources)


def _source(source: Source, canvas: Canvas) -> str:
    urls = [url for url in (source.url, source.archived) if url]
    addresses = [canvas.draw_whole(Text(" " * _ITEM) + canvas.address(url)) for url in urls]
    return "".join((_item(canvas, Text(source_title(source))), *addresses))


def _related(finding: Finding, canvas: Canvas) -> Iterator[str]:
    if finding.related:
        yield from _section(canvas, "Nearest facts, which do not settle the claim")
    for related in finding.related:
        statement = visible(related.fact.statement)
        yield _item(canvas, Text.assemble(statement, "  ", (visible(related.fact.id), LABEL)))


def _section(canvas: Canvas, title: str) -> Iterator[str]:
    yield "\n"
    yield _paragraph(canvas, Text(title, LABEL))


def _paragraph(canvas: Canvas, text: Text, left: int = _LEFT) -> str:
    return canvas.draw(Padding(text, (0, 0, 0, left)))


def _item(canvas: Canvas, text: Text) -> str:
    return _paragraph(canvas, text, _ITEM)


def _row(canvas: Canvas, label: str, value: Text | Table) -> str:
    grid = Table.grid(padding=0)
    grid.add_column(width=_LABELS)
    grid.add_column(overflow="fold")
    grid.add_row(Text(label, LABEL), value)
    return canvas.draw(Padding(grid, (0, 0, 0, _LEFT)))


def _details(details: tuple[Detail, ...]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=LABEL)
    for title in ("kind", "the claim", "the record", "how they compare"):
        table.add_column(title, overflow="fold")
    for detail in details:
        claim, fact = said(detail)
        level = Text(LEVELS[detail.level], Style(color=FAULTS.get(detail.level, "green")))
        table.add_row(Text(visible(detail.kind)), Text(claim), Text(fact), level)
    return table
