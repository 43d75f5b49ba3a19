"""Markdown: the running text, without front matter, code, link targets and quotations.

HTML in it is read as HTML. Quotations that are set apart are others' words; those with
a title of their own ("note", "warning") are the author's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pyromark

from icc_check.documents import html
from icc_check.documents.blocks import OPAQUE, Builder, Part, Role

_KNOWN = pyromark.Options
_OPTIONS = (
    _KNOWN.ENABLE_TABLES
    | _KNOWN.ENABLE_FOOTNOTES
    | _KNOWN.ENABLE_STRIKETHROUGH
    | _KNOWN.ENABLE_TASKLISTS
    | _KNOWN.ENABLE_GFM
    | _KNOWN.ENABLE_HEADING_ATTRIBUTES
    | _KNOWN.ENABLE_DEFINITION_LIST
    | _KNOWN.ENABLE_YAML_STYLE_METADATA_BLOCKS
    | _KNOWN.ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
)
_LEFT_OUT = frozenset(("MetadataBlock", "CodeBlock", "Image", "Strikethrough"))
_ROLES = {
    "Heading": Role.HEADING,
    "DefinitionListTitle": Role.HEADING,
    "TableCell": Role.ITEM,
    "Item": Role.ITEM,
    "DefinitionListDefinition": Role.ITEM,
}
_BREAKING = frozenset(
    (*_ROLES, "Paragraph", "BlockQuote", "List", "Table", "FootnoteDefinition", "CodeBlock")
)
# Pieces that a sentence has and that are no prose.
_OPAQUE = frozenset(("Code", "InlineMath", "DisplayMath"))
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_TAG = re.compile(r"<(/?)\s*([a-z]+)", re.IGNORECASE)
_LEFT_OUT_TAGS = frozenset("script style del s code kbd samp sup sub".split())


def extract(source: str) -> Iterator[Part]:
    """The prose of a document in its order."""
    reader = _Reader(source)
    places = _Characters(source)
    for event, span in pyromark.events_with_range(source, options=_OPTIONS):
        reader.take(event, places.at(span["start"]), places.at(span["end"]))
        yield from reader.drain()
    yield from reader.finish()


class _Characters:
    """From places counted in bytes of UTF-8 to places counted in characters."""

    def __init__(self, source: str) -> None:
        self._places: list[int] | None = None
        if not source.isascii():
            self._places = []
            for at, char in enumerate(source):
                self._places += [at] * len(char.encode())
            self._places.append(len(source))

    def at(self, byte: int) -> int:
        return byte if self._places is None else self._places[byte]


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._builder = Builder()
        self._parts: list[Part] = []
        self._open: list[str] = []
        self._left_out = 0  # how many open elements are left out
        self._tag = ""  # of inline HTML that is left out
        self._html: int | None = None  # where a block of HTML began

    def drain(self) -> Iterator[Part]:
        self._parts += self._builder.drain()
        yield from self._parts
        self._parts = []

    def finish(self) -> Iterator[Part]:
        self._end_block()
        yield from self.drain()

    def take(self, event: Any, start: int, end: int) -> None:
        if isinstance(event, str):  # an event without any content
            self._take(event, "", start, end)
        for name, content in event.items() if isinstance(event, dict) else ():
            if name == "Start":
                self._begin(content, start)
            elif name == "End":
                self._finish(content, end)
            else:
                self._take(name, str(content), start, end)

    def _begin(self, what: Any, start: int) -> None:
        name, content = next(iter(what.items())) if isinstance(what, dict) else (what, None)
        if name in _BREAKING:
            self._end_block()
        if name == "HtmlBlock":
            self._html = start
        if name in _LEFT_OUT or (name == "BlockQuote" and content is None):
            self._left_out += 1
            self._open.append(f"!{name}")
        else:
            self._open.append(name)

    def _finish(self, what: Any, end: int) -> None:
        name = next(iter(what)) if isinstance(what, dict) else what
        if name in _BREAKING:
            self._end_block()
        if self._open and self._open.pop().startswith("!"):
            self._left_out -= 1
        if name == "HtmlBlock" and self._html is not None:
            if not self._left_out:
                self._parts += self._builder.drain()
                self._parts += html.extract_part(self._source, self._html, end)
            self._html = None

    def _take(self, name: str, content: str, start: int, end: int) -> None:
        if name == "InlineHtml":
            self._inline_html(content, start, end)
        elif self._left_out or self._tag or self._html is not None:
            return
        elif name == "Text":
            self._text(content, start, end)
        elif name in ("SoftBreak", "HardBreak"):
            self._builder.add(" ", start, end)
        elif name in _OPAQUE:
            self._builder.add(OPAQUE, start, end)

    def _text(self, text: str, start: int, end: int) -> None:
        if "Link" in self._open and self._source[start - 1 : start] == "<":
            return  # an address
        self._builder.add(text, start, end)

    def _inline_html(self, content: str, start: int, end: int) -> None:
        if comment := _COMMENT.fullmatch(content.strip()):
            self._builder.comment(comment[1], start, end)
        elif tag := _TAG.match(content):
            name = tag[2].lower()
            if name == "br":
                self._builder.add(" ", start, end)
            elif name in _LEFT_OUT_TAGS:
                self._tag = "" if tag[1] and name == self._tag else self._tag or name
                if not tag[1] and name not in ("sup", "del", "s") and not self._left_out:
                    self._builder.add(OPAQUE, start, end)

    def _end_block(self) -> None:
        self._tag = ""
        if not self._builder.has_prose:
            self._builder.end()
            return
        roles = (_ROLES[name] for name in reversed(self._open) if name in _ROLES)
        self._builder.end(next(roles, Role.PROSE))
