"""Closed lists: a CSV file of rows, and a TOML file that says what each row states."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from icc_check.store import marks, schema
from icc_check.store.documents import Document, Fault, Record
from icc_check.store.facts import entity_from, fact_from
from icc_check.store.values import Entity, Fact, Place

SEPARATOR = ";"
_SLOT = re.compile(r"\{(\w+)\}")
_TEXTS = ("aliases", "demonyms", "about", "within", "also", "sources", "phrasings")
Rows = list[tuple[dict[str, str], Place]]


class _MissingColumn(ValueError):
    pass


def read_table(
    document: Document, root: Path, faults: list[Fault]
) -> tuple[list[Fact], list[Entity]]:
    """The facts and entities that a table's rows make; faults go to the list given."""
    table = document.table("table", schema.TABLE)
    templates = list(document.records("template", schema.TEMPLATE))
    if table is None:
        return [], []
    facts: list[Fact] = []
    rows = _rows_of(table, document, root, faults)
    for row, place in rows:
        try:
            for template in templates:
                if _applies(template.values.get("when", {}), row):
                    values = _merged(table.values, template.values, row)
                    facts.append(fact_from(values, document.topic, place))
        except ValueError as error:
            faults.append(Fault(place, str(error)))
    for template in templates:
        if template.values.get("closed"):
            try:
                facts.append(
                    _closed(table.values, template.values, rows, document.topic, template.place)
                )
            except ValueError as error:
                faults.append(Fault(template.place, str(error)))
    return facts, _entities(table, rows, faults)


def read_table_entities(document: Document, root: Path, faults: list[Fault]) -> list[Entity]:
    """The entities that a table's rows make."""
    table = document.table("table", schema.TABLE)
    return _entities(table, _rows_of(table, document, root, faults), faults) if table else []


def _entities(table: Record, rows: Rows, faults: list[Fault]) -> list[Entity]:
    entities: list[Entity] = []
    for row, place in rows if "entity" in table.values else ():
        try:
            named = _complete(_filled(table.values["entity"], row), schema.ENTITY, "entity")
            entities.append(entity_from(named, place))
        except ValueError as error:
            faults.append(Fault(place, str(error)))
    return entities


def _rows_of(table: Record, document: Document, root: Path, faults: list[Fault]) -> Rows:
    path = document.path.parent / table.values["rows"]
    return list(_rows(path, path.relative_to(root.parent).as_posix(), faults))


def _rows(path: Path, name: str, faults: list[Fault]) -> Iterator[tuple[dict[str, str], Place]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            for row in reader:
                place = Place(name, reader.line_num)
                if None in row or None in row.values():
                    faults.append(Fault(place, "has more or fewer cells than the header"))
                    continue
                yield row, place
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        faults.append(Fault(Place(name, 1), f"cannot be read: {error}"))


def _applies(when: Mapping[str, Any], row: Mapping[str, str]) -> bool:
    for column, wanted in when.items():
        if column not in row:
            raise _MissingColumn(f"'when' names a column {column!r} that the table does not have")
        values = wanted if isinstance(wanted, list) else [wanted]
        if not (row[column] in values or ("*" in values and row[column] != "")):
            return False
    return True


def _fill(text: str, row: Mapping[str, str]) -> str:
    def cell(match: re.Match[str]) -> str:
        if match[0] == marks.SERIES_SLOT:
            return match[0]
        if match[1] not in row:
            raise _MissingColumn(f"{match[0]} names a column that the table does not have")
        return row[match[1]].strip()

    return _SLOT.sub(cell, text)


def _filled(values: Mapping[str, Any], row: Mapping[str, str]) -> dict[str, Any]:
    """Every text with its cells filled in; fields that come out empty are left out."""
    filled: dict[str, Any] = {}
    for name, value in values.items():
        if name in _TEXTS:
            entries = [value] if isinstance(value, str) else value
            texts = [
                part.strip()
                for entry in entries
                for part in (_fill(entry, row).split(SEPARATOR) if _SLOT.search(entry) else [entry])
            ]
            filled[name] = [text for text in texts if text]
        elif isinstance(value, str):
            text = _fill(value, row)
            if text:
                filled[name] = text
        else:
            filled[name] = value
    return filled


def _complete(values: dict[str, Any], fields: schema.Fields, whose: str) -> dict[str, Any]:
    """The values, if no cell was empty that must say something. Raises ValueError."""
    for name, field in fields.items():
        if field.required and not values.get(name):
            raise ValueError(f"{whose}: {name} is missing")
    return values


def _merged(
    table: Mapping[str, Any], template: Mapping[str, Any], row: Mapping[str, str]
) -> dict[str, Any]:
    defaults = {name: table[name] for name in ("basis", "checked", "sources") if name in table}
    own = {k: v for k, v in template.items() if k not in ("when", "closed", "closed_correction")}
    values = _filled({**defaults, **own}, row)
    values["id"] = f"{_fill(table['id'], row)}-{template['id']}"
    return _complete(values, schema.FACT, values["id"])


def _closed(
    table: Mapping[str, Any],
    template: Mapping[str, Any],
    rows: Rows,
    topic: str,
    place: Place,
) -> Fact:
    """The falsehood that the template's statement is for every name off the list."""
    applying = [row for row, _ in rows if _applies(template.get("when", {}), row)]
    if not applying:
        raise ValueError("a closed template must apply to at least one row")
    entity = table.get("entity", {})
    name_slots = set(_SLOT.findall(entity.get("name", ""))) | {"name"}
    newest = max(applying, key=lambda row: _fill(str(table.get("checked", "")), row))
    values = _merged(table, template, newest)
    blank = dict.fromkeys(newest, "") | {slot: marks.NAME_SLOT for slot in name_slots}
    values |= _filled({k: template[k] for k in ("statement", "phrasings") if k in template}, blank)
    values |= {
        "id": f"{table['id'].split('{')[0]}closed-{template['id']}",
        "truth": "false",
        "correction": template.get("closed_correction", ""),
        "also": [],
    }
    for name in ("on", "from", "until"):
        values.pop(name, None)
    keep = [p for p in (values["statement"], *values.get("phrasings", ())) if marks.NAME_SLOT in p]
    values["statement"], values["phrasings"] = keep[0], keep[1:]
    fact = fact_from(values, topic, place)
    members = tuple(_fill(entity["id"], row) for row, _ in rows) if entity else ()
    return fact._replace(closed=template["closed"], members=members)
