"""What may stand in the files of a store: the one definition of every field.

The reader checks records against it, and the JSON Schemas for editors are made
from it.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

ANY = "*"  # stands among fields for a name that is not among them
_DAYS = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
DAYS = rf"^({_DAYS}(/({_DAYS})?)?|/{_DAYS})$"  # "2012", "2012-07", "2012-07-10/2012-07-12"


class Field(NamedTuple):
    """One field of a record: `type` is a key of `EXPECTED`, `fields` are those of its tables."""

    type: str
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()
    fields: Mapping[str, Field] = MappingProxyType({})


Fields = Mapping[str, Field]

BASES = (
    "official-record",
    "court-document",
    "named-official",
    "anonymous-official",
    "reporting",
)
TRUTHS = ("true", "false", "disputed")

POINT = {
    "from": Field("day", "from when on the figure holds", required=True),
    "value": Field("number", "the figure", required=True),
    "at_least": Field("flag", "whether it is a lower bound"),
    "said_by": Field("text", "whose figure it is"),
    "sources": Field("texts", "ids of sources of this point"),
}
FACT = {
    "id": Field("text", "unique in the store; lower case, digits and hyphens", required=True),
    "statement": Field("text", "one plain sentence, with marks", required=True),
    "phrasings": Field("texts", "other ways in which people say the same"),
    "also": Field("texts", "true details that a claim about this fact may mention"),
    "on": Field("days", "the day of an event, or the days it may have been"),
    "from": Field("day", "first day on which the statement holds"),
    "until": Field("day", "last day on which it holds"),
    "truth": Field("text", "whether the statement is true", choices=TRUTHS),
    "basis": Field("text", "how strong its ground is", required=True, choices=BASES),
    "checked": Field("day", "when the sources were last looked at", required=True),
    "sources": Field("texts", "ids of sources", required=True),
    "correction": Field("text", "a sentence that an editor could print"),
    "note": Field("text", "for curators; never shown as part of a verdict"),
    "series": Field("tables", "a figure over time", fields=POINT),
    "grows": Field("flag", "whether the figure can only rise"),
}
ENTITY = {
    "id": Field("text", "unique in the store", required=True),
    "name": Field("text", "the full name", required=True),
    "kind": Field("text", "what it is: two of a kind are never the same", required=True),
    "aliases": Field("texts", "every other name in use"),
    "demonyms": Field("texts", "adjectives"),
    "about": Field("texts", "true descriptions that may stand beside the name"),
    "within": Field("texts", "ids of entities that it is part of or acts for"),
}
CONCEPT = {
    "id": Field("text", "unique; two entries of one id are joined", required=True),
    "words": Field("texts", "words and phrases that mean the same", required=True),
    "implies": Field("texts", "ids of concepts that follow from it"),
    "opposite": Field("texts", "ids of concepts that say the contrary"),
    "negated": Field("texts", "words for its absence"),
    "kind": Field("text", "concepts of one kind exclude one another where marked"),
    "directed": Field("flag", "whether it matters who does it to whom"),
    "strict": Field("flag", "limits or dates what is said: a claim's context never answers it"),
}
SOURCE = {
    "id": Field("text", "unique in the store", required=True),
    "title": Field("text", "what the document is", required=True),
    "publisher": Field("text", "who published it", required=True),
    "url": Field("text", "its address", required=True),
    "date": Field("days", "of the document, or of the visit when it has none"),
    "archived": Field("text", "address of an archived copy"),
}
STORE = {
    "name": Field("text", "short name", required=True),
    "title": Field("text", "what the store is about", required=True),
    "subject": Field("texts", "the entities that are meant when none of their kind is named"),
    "light": Field("texts", "words that carry no meaning of their own in this field"),
}
# In a template a cell may fill a day or a whole list.
_IN_TEMPLATE = {"day": "day or text", "days": "day or text", "texts": "text or texts"}


def _filled_by_cells(fields: Fields) -> dict[str, Field]:
    return {
        name: field._replace(type=_IN_TEMPLATE.get(field.type, field.type))
        for name, field in fields.items()
    }


TABLE = {
    "rows": Field("text", "name of the CSV file", required=True),
    "id": Field("text", "beginning of the ids of its facts", required=True),
    "entity": Field("table", "the entity of each row", fields=_filled_by_cells(ENTITY)),
    "basis": Field("text", "for facts whose template names none", choices=BASES),
    "checked": Field("text", "for facts whose template names none"),
    "sources": Field("texts", "for facts whose template names none"),
}
_CELL = Field("text or texts", 'the values for which the template applies; * is any, "" none')
TEMPLATE = {
    **{
        name: field._replace(required=name in ("id", "statement"))
        for name, field in _filled_by_cells(FACT).items()
    },
    "when": Field("table", "columns with the values that they must have", fields={ANY: _CELL}),
    "closed": Field("text", "the kind of name for which the rows are all there are"),
    "closed_correction": Field("text", "the answer for a name that is not among them"),
}


class FileKind(NamedTuple):
    """The files of one kind: where they lie in a store, and what may stand in them."""

    files: str
    doc: str
    fields: Fields = MappingProxyType({})  # of the file itself
    table: Mapping[str, Fields] = MappingProxyType({})  # `[name]`, once
    records: Mapping[str, Fields] = MappingProxyType({})  # `[[name]]`, again and again


FILES = {
    "store": FileKind("store.toml", "what a store is about", STORE),
    "sources": FileKind(
        "sources/*.toml", "documents that bear facts out", records={"source": SOURCE}
    ),
    "entities": FileKind("entities/*.toml", "names and their kinds", records={"entity": ENTITY}),
    "lexicon": FileKind("lexicon*.toml", "words of the field", records={"concept": CONCEPT}),
    "facts": FileKind("facts/*.toml", "statements and their ground", records={"fact": FACT}),
    "tables": FileKind(
        "tables/*.toml",
        "what each row of a CSV file states",
        table={"table": TABLE},
        records={"template": TEMPLATE},
    ),
}


def faults(values: Mapping[str, Any], fields: Fields) -> Iterator[str]:
    """All that is wrong with a record, each in words."""
    for name, value in values.items():
        field = fields.get(name) or fields.get(ANY)
        if field is None:
            yield f"unknown field {name!r}{suggestion(name, fields)}"
        elif message := fault(field, value):
            yield f"{name} {message}"
        elif field.fields:
            yield from (f"{name}{inner}" for inner in _faults_within(field, value))
    for name, field in fields.items():
        if field.required and name not in values:
            yield f"{name} is missing ({field.doc})"


def _faults_within(field: Field, value: Any) -> Iterator[str]:
    if field.type == "table":
        yield from (f": {message}" for message in faults(value, field.fields))
        return
    for number, entry in enumerate(value, start=1):
        yield from (f", entry {number}: {message}" for message in faults(entry, field.fields))


def suggestion(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def fault(field: Field, value: Any) -> str:
    """What is wrong with a value, in words; empty when nothing is."""
    expected, fits = EXPECTED[field.type]
    if not fits(value):
        return f"must be {expected}, not {type(value).__name__}"
    if field.choices and value not in field.choices:
        return f"must be one of {', '.join(field.choices)}, not {value!r}"
    if field.required and value in ("", []):
        return "must not be empty"
    return ""


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _are_days(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(DAYS, value) is not None


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, dict) for entry in value)


# What each type is called, and what belongs to it.
EXPECTED: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text", _is_text),
    "texts": ("a list of texts", _is_texts),
    "text or texts": ("a text or a list of texts", lambda v: _is_text(v) or _is_texts(v)),
    "day": ("a day such as 2025-01-01", _is_day),
    "days": ('a day, or a text such as "2025-01"', lambda v: _is_day(v) or _are_days(v)),
    "day or text": ("a day or a text", lambda v: _is_day(v) or _is_text(v)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "number": ("a number", _is_number),
    "table": ("a table", lambda value: isinstance(value, dict)),
    "tables": ("a list of tables", _is_tables),
}
