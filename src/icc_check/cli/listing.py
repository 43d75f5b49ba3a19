"""How facts are written: lists and cards, for people and for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from icc_check.cli.shelf import Card, shown, when
from icc_check.intervals import plain
from icc_check.report import Look, Out
from icc_check.store.compiled import CompiledStore
from icc_check.store.values import Fact, Point, Truth
from icc_check.wire import VERSION, dumps, source_wire, store_id
from icc_check.wording import BASES, day, source_title, visible

Facts = Sequence[Fact]


def list_text(facts: Facts, store: CompiledStore, on: dt.date, look: Look, out: Out) -> None:
    """One line a fact: `id: statement | what else there is`."""
    for fact in facts:
        statement = visible(shown(fact, fact.statement, on))
        truth = "" if fact.truth is Truth.TRUE else f" ({fact.truth})"
        rest = [part for part in (when(fact), fact.topic, fact.basis.value) if part]
        out.write(f"{visible(fact.id)}: {' | '.join((statement + truth, *rest))}\n")


def list_table(facts: Facts, store: CompiledStore, on: dt.date, look: Look, out: Out) -> None:
    """A block a fact, so that ids stay whole and statements have the width."""
    from rich.padding import Padding
    from rich.text import Text

    from icc_check.reporters.table.canvas import LABEL, STRONG, Canvas

    canvas = Canvas(look)
    for fact in facts:
        statement = Text(visible(shown(fact, fact.statement, on)), STRONG)
        if fact.truth is not Truth.TRUE:
            statement.append(f"  {fact.truth}", "red" if fact.truth is Truth.FALSE else "magenta")
        rest = ", ".join(part for part in (when(fact), fact.topic, BASES[fact.basis]) if part)
        about = Text.assemble(visible(fact.id), (f"  {visible(rest)}", LABEL))
        out.write(canvas.draw(statement, Padding(about, (0, 0, 0, 2))))


def list_jsonl(facts: Facts, store: CompiledStore, on: dt.date, look: Look, out: Out) -> None:
    for fact in facts:
        out.write(dumps({"version": VERSION, **wire(fact, on), "store": store_id(store.id)}) + "\n")


def list_json(facts: Facts, store: CompiledStore, on: dt.date, look: Look, out: Out) -> None:
    value = {
        "version": VERSION,
        "store": store_id(store.id),
        "facts": [wire(fact, on) for fact in facts],
    }
    out.write(dumps(value, indent=2) + "\n")


def wire(fact: Fact, on: dt.date) -> dict[str, Any]:
    """A fact as JSON; every key is spelled here."""
    return {
        "id": fact.id,
        "topic": fact.topic,
        "statement": shown(fact, fact.statement, on),
        "phrasings": [shown(fact, text, on) for text in fact.phrasings],
        "truth": fact.truth.value,
        "on": [fact.on.start.isoformat(), fact.on.end.isoformat()] if fact.on else None,
        "from": fact.start.isoformat() if fact.start else None,
        "until": fact.until.isoformat() if fact.until else None,
        "series": [_point(point) for point in fact.series],
        "correction": fact.correction or None,
        "basis": fact.basis.value,
        "checked": fact.checked.isoformat(),
        "sources": list(fact.sources),
        "place": {"file": fact.place.file, "line": fact.place.line},
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "from": point.start.isoformat(),
        "value": point.value,
        "at_least": point.at_least,
        "said_by": point.said_by or None,
    }


def card_json(card: Card, look: Look, indent: int | None = 2) -> str:
    value = {
        "version": VERSION,
        **wire(card.fact, dt.date.today()),
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
    }
    return dumps(value, indent=indent) + "\n"


def card_jsonl(card: Card, look: Look) -> str:
    return card_json(card, look, indent=None)


def _rows(card: Card) -> Iterator[tuple[str, str]]:
    """Label and value of all but the series; a label comes once for each of its values."""
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


def _said_of(point: Point) -> str:
    least = "at least " if point.at_least else ""
    by = f", says {point.said_by}" if point.said_by else ""
    return f"{least}{plain(point.value)}{by}"


def card_text(card: Card, look: Look) -> str:
    lines = [f"{label}: {visible(value)}" for label, value in _rows(card)]
    lines += [f"figure: {p.start}: {visible(_said_of(p))}" for p in card.fact.series]
    return "".join(f"{line}\n" for line in lines)


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
        for point in card.fact.series:
            series.add_row(day(point.start), Text(visible(_said_of(point))))
        drawn.append(canvas.draw(series))
    return "\n".join(drawn)


Lister = Callable[[Facts, CompiledStore, dt.date, Look, Out], None]
LISTS: Mapping[str, Lister] = {
    "table": list_table,
    "text": list_text,
    "json": list_json,
    "jsonl": list_jsonl,
}
CARDS: Mapping[str, Callable[[Card, Look], str]] = {
    "table": card_table,
    "text": card_text,
    "json": card_json,
    "jsonl": card_jsonl,
}
