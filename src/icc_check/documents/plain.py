"""Plain text, and reStructuredText read as such: paragraphs between empty lines.

A line that begins an item, is set under or over a heading, or has no words at all
stands by itself. In reStructuredText what a directive or `::` introduces is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from icc_check.documents.blocks import OPAQUE, Builder, Part, Role

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_ITEM = re.compile(r"\s*(?:[-*+•‣–]|\(?(?:\d{1,3}|[a-zA-Z]|#)[.)])\s+")
_RULED = re.compile(r"\s*([^\w\s])\1{2,}\s*")
_QUOTED = re.compile(r"\s*>")
_DIRECTIVE = re.compile(r"\s*\.\. ?(?:(?P<comment>[a-z-]+: [^:].*)|.*)", re.DOTALL)
# Text in the author's voice, although a directive has it.
_TELLING = re.compile(r"\s*\.\. (?:note|warning|important|tip|hint|attention)::\s*$")
_ROLE_OR_CODE = re.compile(r"``[^`]*``|:[\w:-]+:`[^`]*`")
_LINK = re.compile(r"`([^`<]+?)\s*(?:<[^`>]*>)?`__?")


def extract(source: str) -> Iterator[Part]:
    """The paragraphs of a text in their order."""
    yield from _Reader(source).parts()


def extract_rst(source: str) -> Iterator[Part]:
    """The same for reStructuredText."""
    yield from _Reader(source, rst=True).parts()


def _comments(source: str) -> Iterator[re.Match[str]]:
    last = source.rfind("-->")  # looked for behind it, an end would be sought again and again
    yield from _COMMENT.finditer(source, 0, last + 3 if last >= 0 else 0)


class _Reader:
    def __init__(self, source: str, *, rst: bool = False) -> None:
        self._source = source
        self._rst = rst
        self._builder = Builder()
        self._role = Role.PROSE
        self._literal: int | None = None  # deeper lines than this are no prose
        self._introduces = False  # the line before ended in "::"

    def parts(self) -> Iterator[Part]:
        comments = list(_comments(self._source))
        for match in _LINE.finditer(self._source):
            if match[0]:
                while comments and comments[0].end() <= match.start():
                    comments.pop(0)
                self._line(match.start(), match.end(), comments)
                yield from self._builder.drain()
        self._end()
        yield from self._builder.drain()

    def _line(self, start: int, end: int, comments: list[re.Match[str]]) -> None:
        line = self._source[start:end]
        if self._rst and self._is_markup(line, start, end):
            return
        if not line.strip() or _RULED.fullmatch(line) or _QUOTED.match(line):
            underlined = self._builder.has_prose and bool(_RULED.fullmatch(line))
            self._end(Role.HEADING if underlined else None)
            return
        if item := _ITEM.match(line):
            self._end()
            self._role = Role.ITEM
            start = start + item.end()
        self._introduces = self._rst and line.rstrip().endswith("::")
        self._prose(start, end, comments)

    def _is_markup(self, line: str, start: int, end: int) -> bool:
        """Whether a line of reStructuredText is no prose."""
        if not line.strip():
            return False
        depth = len(line) - len(line.lstrip())
        if self._literal is not None and depth > self._literal:
            return True
        self._literal = None
        if self._introduces and depth and not self._builder.has_prose:
            self._literal, self._introduces = depth - 1, False
            return True
        if not line.lstrip().startswith(".."):
            return False
        self._end()
        if _TELLING.match(line):
            return True
        directive = _DIRECTIVE.match(line)
        if directive and directive["comment"]:
            self._builder.comment(directive["comment"].strip(), start, end)
        self._literal = depth
        return True

    def _prose(self, start: int, end: int, comments: list[re.Match[str]]) -> None:
        """Add the line but for its comments, which may go on for several lines."""
        at = start
        for comment in comments:
            if comment.start() >= end:
                break
            first, behind = max(comment.start(), start), min(comment.end(), end)
            if first > at:
                self._add(at, first)
            if comment.start() >= start:
                self._builder.comment(comment[1], comment.start(), comment.end())
            at = max(at, behind)
        if at < end:
            self._add(at, end)

    def _add(self, start: int, end: int) -> None:
        if not self._rst:
            self._builder.add(self._source[start:end], start, end)
            return
        at = start
        for match in _ROLE_OR_CODE.finditer(self._source, start, end):
            self._add_links(at, match.start())
            self._builder.add(OPAQUE, match.start(), match.end())
            at = match.end()
        self._add_links(at, end)

    def _add_links(self, start: int, end: int) -> None:
        at = start
        for match in _LINK.finditer(self._source, start, end):
            self._builder.add(self._source[at : match.start()], at, match.start())
            self._builder.add(match[1], *match.span(1))
            at = match.end()
        self._builder.add(self._source[at:end], at, end)

    def _end(self, role: Role | None = None) -> None:
        self._builder.end(role or self._role)
        self._role = Role.PROSE
