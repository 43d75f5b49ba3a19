"""Compound claims: the ways in which a text may fall into parts.

Each split is a list of texts that stand by themselves; the claim is as good as
the worst of them. Splits are tried in order until one can be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from icc_check.lexicon import Lexicon
from icc_check.reading.values import Item, Kind, Reading

_JOINTS = re.compile(
    r"\s*(?:;|—|–|,?\s+but\s+|,?\s+while\s+|,?\s+whereas\s+|,\s+and\s+|\s+and\s+|\.\s+|!\s+|,\s+)", re.IGNORECASE
)
_RELATIVE = re.compile(r",\s+(?:which|who)\s+([^,]+),\s+")
_PRONOUN = re.compile(r"^(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
MOST_PARTS = 6


def splits(text: str, reading: Reading, lexicon: Lexicon) -> Iterator[list[str]]:
    """Ways to split a claim: over a list of names, by clauses."""
    spread = _over_names(text, reading, lexicon)
    if spread:
        yield spread
    relative = _relative(text, reading)
    if relative:
        yield relative
    clauses = _by_clauses(text, reading)
    if clauses:
        yield clauses


def _over_names(text: str, reading: Reading, lexicon: Lexicon) -> list[str]:
    """ "Canada and Mexico both stayed out": the same said of each name."""
    run = _longest_run(text, reading, lexicon)
    if len(run) < 2:
        return []
    start, end = run[0].start, run[-1].end
    return [
        _singular(text[:start] + text[item.start : item.end] + text[end:]) for item in run[:MOST_PARTS]
    ]


def _longest_run(text: str, reading: Reading, lexicon: Lexicon) -> list[Item]:
    best: list[Item] = []
    run: list[Item] = []
    named = [item for item in reading.items if item.kind is Kind.ENTITY and not item.tag]
    for item in named:
        joined = bool(run) and re.fullmatch(
            r"(?:'s)?\s*(?:,|&|/|and|or|nor|,\s*and|,\s*or|as well as)\s*(?:the\s+)?", text[run[-1].end : item.start]
        )
        same = bool(run) and lexicon.kind_of(item.kind, item.key) == lexicon.kind_of(run[-1].kind, run[-1].key)
        run = [*run, item] if joined and same else [item]
        best = max(best, run, key=len)
    return best


def _singular(text: str) -> str:
    return re.sub(r"\b(?:both|all|each)\b\s*", "", text, count=1, flags=re.IGNORECASE)


def _relative(text: str, reading: Reading) -> list[str]:
    """ "The Cook Islands, which are not in the UN, are in the ICC"."""
    match = _RELATIVE.search(text)
    if not match:
        return []
    subject = next(
        (i for i in reversed(reading.items) if i.kind is Kind.ENTITY and i.end <= match.start() + 1), None
    )
    if subject is None:
        return []
    return [f"{text[: match.start()]} {text[match.end() :]}", f"{subject.text} {match[1]}"]


def _by_clauses(text: str, reading: Reading) -> list[str]:
    pieces: list[str] = []
    at = 0
    for joint in _JOINTS.finditer(text):
        piece = text[at : joint.start()].strip()
        if _stands_alone(piece, reading, at, joint.start()) and _stands_alone(
            text[joint.end() :], reading, joint.end(), len(text)
        ):
            pieces.append(piece)
            at = joint.end()
    pieces.append(text[at:].strip())
    if len(pieces) < 2 or len(pieces) > MOST_PARTS:
        return []
    return _with_subjects(pieces, reading)


def _stands_alone(piece: str, reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch says enough to be a claim: two details at least."""
    return sum(start <= item.start and item.end <= end for item in reading.items) >= 2


def _with_subjects(pieces: list[str], reading: Reading) -> list[str]:
    """Pronouns and missing subjects stand for the first name of the claim."""
    first = next((i for i in reading.items if i.kind is Kind.ENTITY), None)
    if first is None:
        return pieces
    named = [pieces[0]]
    for piece in pieces[1:]:
        if _PRONOUN.match(piece):
            named.append(_PRONOUN.sub(first.text, piece))
        elif not any(i.text in piece for i in reading.items if i.kind is Kind.ENTITY):
            named.append(f"{first.text} {piece}")
        else:
            named.append(piece)
    return named
