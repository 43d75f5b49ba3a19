"""HTML: the running text, without scripts, styles, navigation, code and what is hidden."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from icc_check.documents.blocks import OPAQUE, Builder, Part, Role

# Their content is no prose of the page.
_LEFT_OUT = frozenset(
    "script style template noscript svg math nav select textarea button iframe object canvas "
    "del s strike dialog datalist head".split()
)
# Others' words, set apart.
_QUOTATIONS = frozenset(("blockquote",))
# Part of a sentence that no words stand for.
_OPAQUE = frozenset("code kbd samp var pre tt".split())
_RAISED = frozenset(("sup", "sub"))
_HEADINGS = frozenset("title h1 h2 h3 h4 h5 h6 caption figcaption legend summary dt".split())
_ITEMS = frozenset("li td th dd option".split())
_BREAKING = _HEADINGS | _ITEMS | _QUOTATIONS | frozenset(
    "html body main article section header footer aside div p ul ol dl table thead tbody tfoot tr "
    "figure form fieldset hr details address pre hgroup search menu".split()
)  # fmt: skip
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_NO_END = frozenset(("p", "li", "dt", "dd", "td", "th", "tr", "option"))
_COMMENT = re.compile(r"<!--(.*?)--!?>", re.DOTALL)


def extract(source: str) -> Iterator[Part]:
    """The prose of a page, or of a piece of one, in its order."""
    yield from extract_part(source, 0, len(source))


def extract_part(source: str, start: int, end: int) -> Iterator[Part]:
    """The same of a part of the source; places count from the start of the source."""
    parser = _Parser(source[start:end], start)
    yield from parser.parts()


class _Parser(HTMLParser):
    def __init__(self, source: str, offset: int) -> None:
        super().__init__(convert_charrefs=False)
        self._source = source
        self._offset = offset
        self._lines = [0, *(match.end() for match in re.finditer("\n", source))]
        self._open: list[str] = []
        self._left_out: list[int] = []  # how deep the elements stand that are left out
        self._opaque: list[int] = []
        self._breaks = 0
        self._builder = Builder()

    def parts(self) -> Iterator[Part]:
        broken = self._source.find("<", self._source.rfind(">") + 1)
        whole = len(self._source) if broken < 0 else broken
        self.feed(self._source[:whole])
        yield from self._builder.drain()
        self.close()
        self._add(self._source[whole:], whole, len(self._source))  # tags that have no end
        self._end_block()
        yield from self._builder.drain()

    # What the parser calls

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._close_implied(tag)
        if tag in _BREAKING:
            self._end_block()
        if tag == "br":
            self._line_break()
        if tag in _VOID:
            return
        if tag == "title":  # prose, although the rest of the head is none
            self._left_out.clear()
        self._open.append(tag)
        if tag in _LEFT_OUT or tag in _QUOTATIONS or _is_hidden(dict(attrs)):
            self._left_out.append(len(self._open))
        elif tag in _OPAQUE or (tag in _RAISED and self._builder.last.isdigit()):
            self._opaque.append(len(self._open))
            self._mark_opaque()
        elif tag in _RAISED:  # the mark of a note
            self._left_out.append(len(self._open))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            self.handle_starttag(tag, attrs)
        elif tag in _BREAKING:
            self._end_block()

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKING:
            self._end_block()
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            for depths in (self._left_out, self._opaque):
                while depths and depths[-1] > len(self._open):
                    depths.pop()
            if closed == tag:
                break
        if tag == "title" and "head" in self._open:
            self._left_out.append(self._open.index("head") + 1)

    def handle_data(self, data: str) -> None:
        self._text(data, data)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        start = self._place()
        match = _COMMENT.match(self._source, start)
        end = match.end() if match else start + len(data)
        self._builder.comment(data, self._offset + start, self._offset + end)

    # Helpers

    def _reference(self, written: str) -> None:
        start = self._place()
        if self._source.startswith(f"{written};", start):
            written += ";"
        self._text(unescape(written), written)

    def _text(self, text: str, written: str) -> None:
        start = self._place()
        if self._source.startswith(written, start):
            self._add(text, start, start + len(written))

    def _add(self, text: str, start: int, end: int) -> None:
        if self._left_out or self._opaque:
            return
        if not text.isspace():
            self._breaks = 0
        self._builder.add(text, self._offset + start, self._offset + end)

    def _mark_opaque(self) -> None:
        if not self._left_out:
            start = self._offset + self._place()
            self._builder.add(OPAQUE, start, start + 1)

    def _line_break(self) -> None:
        """One ends a line, two end a paragraph."""
        self._breaks += 1
        if self._breaks > 1:
            self._end_block()
        elif not self._left_out:
            start = self._offset + self._place()
            self._builder.add("\n", start, start + 1)

    def _close_implied(self, tag: str) -> None:
        """An item that was never ended ends where the next begins."""
        if self._open and self._open[-1] == tag and tag in _NO_END:
            self.handle_endtag(tag)

    def _end_block(self) -> None:
        self._breaks = 0
        if self._builder.has_prose:
            self._builder.end(_role(self._open))
        else:
            self._builder.end()

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    """Whether an element is no prose for readers of English."""
    language = attributes.get("lang") or "en"
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or attributes.get("role") == "navigation"
        or not language.lower().startswith("en")
    )


def _role(opened: list[str]) -> Role:
    for tag in reversed(opened):
        if tag in _HEADINGS:
            return Role.HEADING
        if tag in _ITEMS:
            return Role.ITEM
    return Role.PROSE
