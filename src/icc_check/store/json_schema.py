"""JSON Schemas for the files of a store, with which editors complete and mark errors.

They are made from the one definition of the fields. A schema takes every file that the
reader takes. The reader says more, since JSON knows no days: to a schema a day is a text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from icc_check.store.schema import ANY, DAYS, FILES, Field, Fields, FileKind

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"  # the newest that all editors know
FOLDER = "schemas"  # where a store keeps them, beside its other folders


def json_schema(kind: str) -> Schema:
    """The schema of the files of one kind, a key of `FILES`."""
    return {
        "$schema": DIALECT,
        "title": FILES[kind].files,
        "description": FILES[kind].doc,
        **_file(FILES[kind]),
    }


def directive(kind: str) -> str:
    """The line at the top of a file that tells editors where its schema lies."""
    up = "../" * FILES[kind].files.count("/") or "./"
    return f"#:schema {up}{FOLDER}/{kind}.json"


def _file(kind: FileKind) -> Schema:
    whole = _table(kind.fields)
    whole["properties"] |= {name: _table(fields) for name, fields in kind.table.items()}
    whole["properties"] |= {
        name: {"type": "array", "items": _table(fields)} for name, fields in kind.records.items()
    }
    whole["required"] += kind.table
    return whole


def _table(fields: Fields) -> Schema:
    named = {name: field_schema(field) for name, field in fields.items() if name != ANY}
    return {
        "type": "object",
        "properties": named,
        "additionalProperties": field_schema(fields[ANY]) if ANY in fields else False,
        "required": [name for name, field in fields.items() if field.required],
    }


def field_schema(field: Field) -> Schema:
    """The schema of a field's value."""
    schema = {"description": field.doc, **_TYPES[field.type](field)}
    if field.choices:
        schema["enum"] = list(field.choices)
    return schema


def _text(field: Field) -> Schema:
    return {"type": "string", "minLength": 1} if field.required else {"type": "string"}


def _texts(field: Field) -> Schema:
    schema: Schema = {"type": "array", "items": {"type": "string"}}
    return {**schema, "minItems": 1} if field.required else schema


_DAY: Schema = {"type": "string", "format": "date"}
_TYPES: Mapping[str, Callable[[Field], Schema]] = {
    "text": _text,
    "texts": _texts,
    "text or texts": lambda field: {"anyOf": [_text(field), _texts(field)]},
    "day": lambda _: _DAY,
    "days": lambda _: {"anyOf": [_DAY, {"type": "string", "pattern": DAYS}]},
    "day or text": lambda _: {"anyOf": [_DAY, {"type": "string"}]},
    "flag": lambda _: {"type": "boolean"},
    "number": lambda _: {"type": "number"},
    "table": lambda field: _table(field.fields),
    "tables": lambda field: {"type": "array", "items": _table(field.fields)},
}
