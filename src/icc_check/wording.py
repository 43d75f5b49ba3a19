"""Words and signs that the formats for people share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import NamedTuple

from icc_check.model import Basis, Detail, Finding, Level, Source, Verdict


class Mark(NamedTuple):
    """How a verdict is marked: a symbol, the same in ASCII, and a terminal colour."""

    symbol: str
    ascii: str
    color: str


MARKS: Mapping[Verdict, Mark] = {
    Verdict.REFUTED: Mark("✘", "x", "red"),
    Verdict.OUTDATED: Mark("◷", "o", "yellow"),
    Verdict.DISPUTED: Mark("⚖", "~", "magenta"),
    Verdict.UNVERIFIED: Mark("?", "?", "cyan"),
    Verdict.SUPPORTED: Mark("✔", "+", "green"),
}

BASES: Mapping[Basis, str] = {
    Basis.OFFICIAL_RECORD: "official record",
    Basis.COURT_DOCUMENT: "court document",
    Basis.NAMED_OFFICIAL: "a named official",
    Basis.ANONYMOUS_OFFICIAL: "an anonymous official",
    Basis.REPORTING: "news reporting",
}

LEVELS: Mapping[Level, str] = {
    Level.SAME: "the same",
    Level.WITHIN: "within what is claimed",
    Level.NARROWER: "more than the record says",
    Level.ANSWERED: "borne out by the context",
    Level.UNANSWERED: "not answered",
    Level.UNCLEAR: "cannot tell",
    Level.DIFFERENT: "different",
    Level.OPPOSITE: "the opposite",
}

BASELINE = "baseline"  # the mark of a finding that one holds

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

# Characters that a terminal obeys or that hide or reorder text: controls, marks of
# direction, invisible joins, lone surrogates, tags. White space is not among them.
_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text on one line, with what a terminal would obey or hide written out.

    >>> visible("a\\tb\\x1b[31m")
    'a b\\\\x1b[31m'
    """
    text = " ".join(text.split())
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_UNSEEN, _written_out, text)


def _written_out(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def day(date: dt.date) -> str:
    """A day as English writes it: 1 July 2002."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def source_title(source: Source) -> str:
    """Publisher, title and date of a source, as far as they are known."""
    parts = (source.publisher, source.title, _day_or_text(source.date))
    return ", ".join(visible(part) for part in parts if part)


def cited(source: Source) -> str:
    """Who published a source and where it is, for a line of text."""
    return ", ".join(visible(part) for part in (source.publisher, source.url) if part)


def record(finding: Finding) -> tuple[str, str] | None:
    """What stands against the claim, or else what it was held against, under its title."""
    if finding.correction:
        return "Correction", visible(finding.correction)
    return ("The record", visible(finding.fact.statement)) if finding.fact else None


def _day_or_text(date: str) -> str:
    try:
        return day(dt.date.fromisoformat(date))
    except ValueError:  # a year or a month is a date too
        return date


def said(detail: Detail) -> tuple[str, str]:
    """What the claim and the fact say of a detail, with a dash for silence."""
    return visible(detail.claim) or "-", visible(detail.fact) or "-"


def acceptance(finding: Finding) -> str | None:
    """What a baseline says of the finding, if it holds it: `accepted, until 1 July 2027: why`."""
    if finding.accepted is None:
        return None
    until = f", until {day(finding.accepted.expires)}" if finding.accepted.expires else ""
    why = f": {visible(finding.accepted.reason)}" if finding.accepted.reason else ""
    return f"accepted{until}{why}"


def tally(counts: Mapping[Verdict, int], accepted: int = 0) -> str:
    """The verdicts in numbers, worst first: `3 claims: 1 refuted, 2 supported`."""
    total = sum(counts.values())
    each = ", ".join(f"{counts[verdict]:,} {verdict}" for verdict in Verdict if counts.get(verdict))
    known = f"; {accepted:,} in the {BASELINE}" if accepted else ""
    return f"{number_of(total, 'claim')}: {each}{known}"


def is_web(url: str) -> bool:
    """Whether an address may become a link: `javascript:` and its like never do."""
    return url.startswith(("https://", "http://"))


def number_of(number: int, noun: str, plural: str = "") -> str:
    """A number of things: `1 fact`, `2,000 facts`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
