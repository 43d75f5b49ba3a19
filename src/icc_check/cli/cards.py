"""How one fact is written with all that belongs to it, for people and for programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from icc_check.cli.listing import wire
from icc_check.cli.shelf import Card, shown, when
from icc_check.intervals import plain
from icc_check.report import Look
from icc_check.store.values import Fact, Point, Truth
from icc_check.wire import VERSION, dumps, source_wire
from icc_check.wording import BASES, day, source_title, visible

MOST_HISTORY = 15  # so much of a history is shown to people, around the fact itself


def card_json(card: Card, look: Look, indent: int | None = 2) -> str:
    value = {
        "version": VERSION,
        **wire(card.fact, card.day),
        "sources": [source_wire(source) for source in card.sources],
        "entities": [
            {
                "id": entity.id,
                "name": entity.name,
                "kind": entity.kind,
                "aliases": [*entity.aliases, *entity.demonyms],
            }
            for entity in card.entities
        ],
        "history": [
            {
                "id": fact.id,
                "statement": shown(fact, fact.statement, card.day),
                **{name: wire(fact, card.day)[name] for name in ("on", "from", "until")},
            }
            for fact in card.history.facts
        ],
    }
    return dumps(value, indent=indent) + "\n"


def card_jsonl(card: Card, look: Look) -> str:
    return card_json(card, look, indent=None)


def _rows(card: Card) -> Iterator[tuple[str, str]]:
    """Label and value of all but the tables; a label comes once for each of its values."""
    fact = card.fact
    yield "id", fact.id
    yield "statement", card.statement
    if fact.truth is not Truth.TRUE:
        yield "truth", fact.truth.value
    yield from (("phrasing", text) for text in card.phrasings)
    yield from (("also", text) for text in fact.also)
    if when(fact):
        yield "when", when(fact)
    if fact.correction:
        yield "correction", fact.correction
    yield "topic", fact.topic
    yield "basis", BASES[fact.basis]
    yield "checked", day(fact.checked)
    for source in card.sources:
        yield "source", source_title(source)
        yield from (("address", url) for url in (source.url, source.archived) if url)
    for entity in card.entities:
        others = ", ".join((*entity.aliases, *entity.demonyms))
        yield "name", f"{entity.name} ({entity.kind})" + (f": {others}" if others else "")
    yield "stands at", str(fact.place)


def _figures(card: Card) -> list[tuple[str, str]]:
    return [(day(point.start), _said_of(point)) for point in card.fact.series]


def _said_of(point: Point) -> str:
    least = "at least " if point.at_least else ""
    by = f", says {point.said_by}" if point.said_by else ""
    return f"{least}{plain(point.value)}{by}"


def _history(card: Card) -> list[tuple[str, str]]:
    """The facts before and after this one, each with its time, and how many more there are."""
    facts = card.history.facts
    near = _around(facts, card.fact)
    rows = [(when(fact) or day(fact.series[0].start), _told(fact, card)) for fact in near]
    if more := len(facts) - len(near):
        hint = f"icc-check facts --entity {card.history.name}"
        rows.append(("", f"and {more:,} more: {hint}"))
    return rows


def _around(facts: Sequence[Fact], fact: Fact) -> Sequence[Fact]:
    middle = facts.index(fact) if fact in facts else len(facts)
    start = max(0, min(middle - MOST_HISTORY // 2, len(facts) - MOST_HISTORY))
    return facts[start : start + MOST_HISTORY]


def _told(fact: Fact, card: Card) -> str:
    name = "this" if fact == card.fact else fact.id
    return f"{shown(fact, fact.statement, card.day)} ({name})"


def card_text(card: Card, look: Look) -> str:
    rows = [
        *_rows(card),
        *(("figure", f"{point.start}: {_said_of(point)}") for point in card.fact.series),
        *(("history", f"{time}: {told}" if time else told) for time, told in _history(card)),
    ]
    return "".join(f"{label}: {visible(value)}\n" for label, value in rows)


def card_markdown(card: Card, look: Look) -> str:
    from icc_check.reporters.markdown import escape, link

    told: dict[str, list[str]] = {}
    for label, value in _rows(card):
        if label not in ("statement", "source", "address"):
            told.setdefault(label, []).append(escape(value))
    told["source"] = [link(source) for source in card.sources]
    rows = [(label, "<br>".join(values)) for label, values in told.items()]
    figures = [(escape(start), escape(figure)) for start, figure in _figures(card)]
    history = [(escape(time), escape(told)) for time, told in _history(card)]
    tables = (("", "Record", rows), ("From", "Figure", figures), ("When", "History", history))
    return f"### {escape(card.statement)}\n" + "".join(
        f"\n| {left} | {right} |\n|---|---|\n" + "".join(f"| {a} | {b} |\n" for a, b in cells)
        for left, right, cells in tables
        if cells
    )


def card_table(card: Card, look: Look) -> str:
    from rich.table import Table
    from rich.text import Text

    from icc_check.reporters.table.canvas import LABEL, STRONG, Canvas

    canvas = Canvas(look)
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(width=12)
    grid.add_column(overflow="fold")
    last = ""
    for label, value in _rows(card):
        text = Text(visible(value), STRONG if label == "statement" else "")
        if label == "address":
            text = canvas.address(value)
        grid.add_row(Text("" if label in (last, "address") else label, LABEL), text)
        last = label
    drawn = [canvas.draw(grid)]
    if card.fact.series:
        series = Table(box=None, padding=(0, 2, 0, 0), header_style=LABEL)
        series.add_column("from")
        series.add_column("figure", justify="right")
        for start, figure in _figures(card):
            series.add_row(start, Text(visible(figure)))
        drawn.append(canvas.draw(series))
    if history := _history(card):
        table = Table(box=None, padding=(0, 2, 0, 0), header_style=LABEL)
        table.add_column("when", max_width=24)
        table.add_column("history", overflow="fold")
        for time, told in history:
            table.add_row(time, Text(visible(told)))
        drawn.append(canvas.draw(table))
    return "\n".join(drawn)


CARDS: Mapping[str, Callable[[Card, Look], str]] = {
    "table": card_table,
    "text": card_text,
    "json": card_json,
    "jsonl": card_jsonl,
    "markdown": card_markdown,
}
