"""Comments in documents that keep findings from being reported.

<!-- icc-check: ignore reason -->           the block it stands in, or else the next
<!-- icc-check: ignore[RULE, RULE] … -->    only what these rules found
<!-- icc-check: ignore-start … -->          from here …
<!-- icc-check: ignore-end -->              … to here
<!-- icc-check: ignore-file … -->           all of the document
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches

from icc_check.documents.blocks import Comment
from icc_check.documents.document import Document, Passage
from icc_check.inputs import Reject

PROGRAM = "icc-check"  # how a comment begins that is meant
BLOCK, START, END, FILE = "ignore", "ignore-start", "ignore-end", "ignore-file"
_KINDS = (BLOCK, START, END, FILE)
_COMMENT = re.compile(
    rf"\s*{re.escape(PROGRAM)}:\s*(?P<kind>[\w-]*)\s*(?:\[(?P<rules>[^\]]*)\])?", re.IGNORECASE
)


class Ignore:
    """A span of the source in which nothing is reported, or nothing of some rules."""

    def __init__(self, comment: Comment, rules: frozenset[str], start: int, end: int) -> None:
        self.comment = comment
        self.used = False
        self._rules = rules
        self._start = start
        self._end = end

    def covers(self, place: int, rule: str | None) -> bool:
        """Whether it is about this rule's finding at this place; then it counts as used."""
        mine = self._start <= place < self._end and (not self._rules or rule in self._rules)
        self.used = self.used or mine
        return mine

    def closed(self, end: int) -> None:
        self._end = end


class Ignores:
    """The comments of one document; `faults` are those that cannot be understood."""

    def __init__(self, document: Document, rules: Collection[str]) -> None:
        self.faults: list[Reject] = []
        self._document = document
        self._rules = rules
        self._ignores: list[Ignore] = []
        self._open: Ignore | None = None
        self._waiting: list[tuple[Comment, frozenset[str]]] = []  # for the next passage
        for part in document.parts:
            if isinstance(part, Comment):
                self._comment(part, None)
            else:
                self._passage(part)
        self._finish()

    def cover(self, place: int, rule: str | None = None) -> bool:
        """Whether a finding of this rule, or what no rule found, is to be passed over there."""
        covering = [ignore for ignore in self._ignores if ignore.covers(place, rule)]
        return bool(covering)

    def unused(self) -> Iterator[Reject]:
        """The comments that covered nothing, once all findings have been seen."""
        for ignore in self._ignores:
            if not ignore.used:
                yield self._told(ignore.comment, "nothing is ignored by this comment; remove it")

    def _finish(self) -> None:
        self._ignores += [Ignore(comment, named, 0, 0) for comment, named in self._waiting]
        if self._open is not None:
            self._fault(self._open.comment, f"has no {END} behind it")

    def _passage(self, passage: Passage) -> None:
        span = _span(passage)
        for comment, rules in self._waiting:
            self._ignores.append(Ignore(comment, rules, *span))
        self._waiting = []
        for comment in passage.comments:
            self._comment(comment, span)

    def _comment(self, comment: Comment, span: tuple[int, int] | None) -> None:
        match = _COMMENT.match(comment.text)
        if match is None:
            return
        kind, rules = match["kind"].lower(), self._named(comment, match["rules"])
        if kind not in _KINDS:
            self._fault(comment, f"{match['kind']!r} is not one of {', '.join(_KINDS)}")
        elif rules is None:
            return
        elif kind == BLOCK and span is None:
            self._waiting.append((comment, rules))
        elif kind == BLOCK and span is not None:
            self._ignores.append(Ignore(comment, rules, *span))
        elif kind == FILE:
            self._ignores.append(Ignore(comment, rules, 0, len(self._document.source)))
        elif kind == START:
            self._begin(comment, rules)
        elif self._open is None:
            self._fault(comment, f"has no {START} before it")
        else:
            self._open.closed(comment.start)
            self._open = None

    def _begin(self, comment: Comment, rules: frozenset[str]) -> None:
        if self._open is not None:
            self._fault(comment, f"comes before the {END} of another {START}")
            return
        self._open = Ignore(comment, rules, comment.end, len(self._document.source))
        self._ignores.append(self._open)

    def _named(self, comment: Comment, written: str | None) -> frozenset[str] | None:
        """The rules in brackets; None where one of them is none."""
        if written is None:
            return frozenset()
        names = [name.strip() for name in written.split(",")]
        for name in names:
            if name not in self._rules:
                close = get_close_matches(name, self._rules, n=1)
                meant = f" (did you mean {close[0]}?)" if close else ""
                self._fault(comment, f"{name!r} is not the name of a rule{meant}")
                return None
        return frozenset(names)

    def _fault(self, comment: Comment, message: str) -> None:
        self.faults.append(self._told(comment, message))

    def _told(self, comment: Comment, message: str) -> Reject:
        line, _ = self._document.position(comment.start)
        return Reject(self._document.name, line, f"{PROGRAM} comment: {message}")


def _span(passage: Passage) -> tuple[int, int]:
    sentences: Sequence[tuple[int, int]] = [(s.start, s.end) for s in passage.sentences]
    if not sentences:
        return 0, 0
    return sentences[0][0], sentences[-1][1]
