"""How lists of facts are written, for people and for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from icc_check.cli.shelf import shown, when
from icc_check.report import Look, Out
from icc_check.store.compiled import CompiledStore
from icc_check.store.values import Fact, Point, Truth
from icc_check.wire import VERSION, dumps, store_id
from icc_check.wording import BASES, visible

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
        "sources": list(point.sources),
    }


CSV_COLUMNS = (
    *("id", "topic", "statement", "truth", "on", "from", "until", "correction", "basis"),
    *("checked", "sources", "file", "line"),
)


def list_csv(facts: Facts, store: CompiledStore, on: dt.date, look: Look, out: Out) -> None:
    from icc_check.reporters.csv import row

    out.write(row(CSV_COLUMNS))
    for fact in facts:
        value = wire(fact, on)
        days = "/".join(dict.fromkeys(value["on"] or ()))
        urls = " ".join(store.sources[name].url for name in fact.all_sources)
        special = {"on": days, "sources": urls, **value["place"]}
        cells = ({**value, **special}[column] for column in CSV_COLUMNS)
        out.write(row("" if cell is None else str(cell) for cell in cells))


def list_markdown(facts: Facts, store: CompiledStore, on: dt.date, look: Look, out: Out) -> None:
    from icc_check.reporters.markdown import escape, link

    out.write("| Fact | When | Basis | Sources |\n|---|---|---|---|\n")
    for fact in facts:
        said = [f"{escape(shown(fact, fact.statement, on))}{_not_true(fact)}"]
        said += [f"**Correction:** {escape(fact.correction)}"] if fact.correction else []
        sources = "<br>".join(link(store.sources[name]) for name in fact.all_sources)
        cells = ("<br>".join(said), escape(when(fact)), BASES[fact.basis], sources)
        out.write(f"| {' | '.join(cells)} |\n")


def _not_true(fact: Fact) -> str:
    return "" if fact.truth is Truth.TRUE else f" (**{fact.truth}**)"


Lister = Callable[[Facts, CompiledStore, dt.date, Look, Out], None]
LISTS: Mapping[str, Lister] = {
    "table": list_table,
    "text": list_text,
    "json": list_json,
    "jsonl": list_jsonl,
    "markdown": list_markdown,
    "csv": list_csv,
}
