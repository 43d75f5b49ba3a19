"""What may stand in the files of a store: the one definition of every field.

The reader checks records against it, the documentation table and the JSON
Schema for editors are made from it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, NamedTuple


class Field(NamedTuple):
    """One field of a record: `type` is text, texts, day, days, flag, number or points."""

    type: str
    doc: str
    required: bool = False
    choices: tuple[str, ...] = ()


BASES = (
    "official-record",
    "court-document",
    "named-official",
    "anonymous-official",
    "reporting",
)
TRUTHS = ("true", "false", "disputed")

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
    "series": Field("points", "a figure over time"),
    "grows": Field("flag", "whether the figure can only rise"),
}
POINT = {
    "from": Field("day", "from when on the figure holds", required=True),
    "value": Field("number", "the figure", required=True),
    "at_least": Field("flag", "whether it is a lower bound"),
    "said_by": Field("text", "whose figure it is"),
    "sources": Field("texts", "ids of sources of this point"),
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
TABLE = {
    "rows": Field("text", "name of the CSV file", required=True),
    "id": Field("text", "beginning of the ids of its facts", required=True),
    "entity": Field("table", "the entity that each row defines"),
    "basis": Field("text", "for facts whose template names none", choices=BASES),
    "checked": Field("text", "for facts whose template names none"),
    "sources": Field("texts", "for facts whose template names none"),
}
# In a template a cell may fill a day or a whole list.
_IN_TEMPLATE = {"day": "days", "texts": "text or texts"}
TEMPLATE = {
    **{
        name: field._replace(
            required=name in ("id", "statement"), type=_IN_TEMPLATE.get(field.type, field.type)
        )
        for name, field in FACT.items()
    },
    "when": Field("table", "columns and the values for which the template applies"),
    "closed": Field("text", "the kind of name for which the rows are all there are"),
    "closed_correction": Field("text", "the answer for a name that is not among them"),
}


def fault(field: Field, value: Any) -> str:
    """What is wrong with a value, in words; empty when nothing is."""
    expected, fits = _EXPECTED[field.type]
    if not fits(value):
        return f"must be {expected}, not {type(value).__name__}"
    if field.choices and value not in field.choices:
        return f"must be one of {', '.join(field.choices)}, not {value!r}"
    if field.required and value in ("", []):
        return "must not be empty"
    return ""


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_day(value: Any) -> bool:
    return isinstance(value, dt.date) and not isinstance(value, dt.datetime)


_EXPECTED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    "text": ("a text", lambda value: isinstance(value, str)),
    "texts": ("a list of texts", _is_texts),
    "text or texts": ("a text or a list of texts", lambda v: isinstance(v, str) or _is_texts(v)),
    "day": ("a day such as 2025-01-01", _is_day),
    "days": ('a day, or a text such as "2025-01"', lambda v: isinstance(v, str) or _is_day(v)),
    "flag": ("true or false", lambda value: isinstance(value, bool)),
    "number": (
        "a number",
        lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    ),
    "points": (
        "a list of tables",
        lambda v: isinstance(v, list) and all(isinstance(p, dict) for p in v),
    ),
    "table": ("a table", lambda value: isinstance(value, dict)),
}
