"""Compound claims: the ways in which a text may fall into parts.

Each split is a list of texts that stand by themselves; the claim is as good as
the worst of them. Splits are tried in order until one can be judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from icc_check.lexicon import Lexicon
from icc_check.reading.clauses import has_verb, is_denied, joints
from icc_check.reading.values import Item, Kind, Reading

_RELATIVE = re.compile(r",\s+(?:which|who)\s+([^,]+),\s+")
_WHO = re.compile(r"(?:who|which)\s+", re.IGNORECASE)
_PRONOUN = re.compile(r"^(?:he|she|it|they|his|her|its|their)\b", re.IGNORECASE)
# Words that relate one part to the other: the parts can be right and the relation wrong.
_RELATION = re.compile(
    r"\b(?:the day|same day|when|before|after|because|if|once|until|unless|so that|in order"
    r"|therefore|hence|thus|due to|thanks to|as a result|in response|in protest|in return"
    r"|led to|causing?|only|than)\b",
    re.IGNORECASE,
)
MOST_PARTS = 6


def is_related(text: str) -> bool:
    """Whether the parts being right does not make the whole right."""
    return bool(_RELATION.search(text))


def splits(text: str, reading: Reading, lexicon: Lexicon) -> Iterator[list[str]]:
    """Ways to split a claim: over a list of names, by clauses."""
    spread = _over_names(text, reading, lexicon)
    if spread:
        yield spread
    relative = _relative(text, reading)
    if relative:
        yield relative
    clauses = [] if is_related(text) else _by_clauses(text, reading, lexicon)
    if clauses:
        yield clauses


def _over_names(text: str, reading: Reading, lexicon: Lexicon) -> list[str]:
    """ "Canada and Mexico both stayed out": the same said of each name."""
    run = _longest_run(text, reading, lexicon)
    if len(run) < 2:
        return []
    start, end = run[0].start, run[-1].end
    return [
        _singular(text[:start] + text[item.start : item.end] + text[end:])
        for item in run[:MOST_PARTS]
    ]


def _longest_run(text: str, reading: Reading, lexicon: Lexicon) -> list[Item]:
    best: list[Item] = []
    run: list[Item] = []
    named = [item for item in reading.items if item.kind is Kind.ENTITY and not item.tag]
    for item in named:
        joined = bool(run) and re.fullmatch(
            r"(?:'s)?\s*(?:,|&|/|and|or|nor|,\s*and|,\s*or|as well as)\s*(?:the\s+)?",
            text[run[-1].end : item.start],
            re.IGNORECASE,
        )
        same = bool(run) and lexicon.kind_of(item.kind, item.key) == lexicon.kind_of(
            run[-1].kind, run[-1].key
        )
        run = [*run, item] if joined and same else [item]
        best = max(best, run, key=len)
    return best


def _singular(text: str) -> str:
    return re.sub(r"\b(?:both|all|each)\b\s*", "", text, count=1, flags=re.IGNORECASE)


def _relative(text: str, reading: Reading) -> list[str]:
    """ "The island, which has no harbour, has a lighthouse": the main clause and the other."""
    match = _RELATIVE.search(text)
    if not match:
        return []
    subject = next(
        (
            i
            for i in reversed(reading.items)
            if i.kind is Kind.ENTITY and i.end <= match.start() + 1
        ),
        None,
    )
    if subject is None:
        return []
    return [f"{text[: match.start()]} {text[match.end() :]}", f"{subject.text} {match[1]}"]


def _by_clauses(text: str, reading: Reading, lexicon: Lexicon) -> list[str]:
    pieces: list[tuple[int, int]] = []
    at = 0
    for end, behind in joints(text):
        if _lists(reading, end, behind, lexicon):
            continue
        if _says_something(reading, at, end) and (
            _says_something(reading, behind, len(text)) or _is_elliptical(text[behind:].strip())
        ):
            pieces.append((at, end))
            at = behind
    pieces.append((at, len(text)))
    pieces = _with_what_they_tell_of(text, pieces, reading)
    if not 2 <= len(pieces) <= MOST_PARTS:
        return []
    if not all(has_verb(text[start:end]) for start, end in pieces):
        return []
    return _completed(text, pieces, reading)


def _with_what_they_tell_of(
    text: str, pieces: list[tuple[int, int]], reading: Reading
) -> list[tuple[int, int]]:
    """ "It has keepers, who serve three years and live there": not it, but they do.

    From such a "who" on, what has no name in it stays with what the "who" stands behind.
    """
    joined = pieces[:1]
    of_others = False
    for start, end in pieces[1:]:
        if _WHO.match(text[start:end].lstrip(" ,;")):
            of_others = _told_of(text, start, reading) is None
        elif _names_in(reading, start, end):
            of_others = False
        if of_others:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _told_of(text: str, start: int, reading: Reading) -> Item | None:
    """The name right before a "who"."""
    names = (i for i in _names_in(reading, 0, start) if not text[i.end : start].strip(" ,;"))
    return next(names, None)


def _names_in(reading: Reading, start: int, end: int) -> list[Item]:
    return [
        item
        for item in reading.items
        if item.kind is Kind.ENTITY and not item.tag and start <= item.start and item.end <= end
    ]


_SO_DOES = re.compile(
    r"^(?:and\s+|but\s+)?(?P<how>so|neither|nor)\s+(?:is|are|was|were|has|have|had|does|do|did|will)\s+"
    r"(?P<who>[^.;]+)[.!]*$",
    re.IGNORECASE,
)
_DOES_NOT = re.compile(
    r"^(?:and\s+|but\s+)?(?P<who>[^,.;]+?)\s+(?:(?:is|are|was|were|has|have|had|does|do|did)\s*"
    r"(?P<how>not|n't)?|(?P<short>aint|isn't|doesn't|didn't|hasn't|haven't))[.!]*$",
    re.IGNORECASE,
)


def _is_elliptical(part: str) -> bool:
    return bool(_SO_DOES.match(part) or _DOES_NOT.match(part))


_THEN_DID = re.compile(
    r"^(?:(?:did|does|do|has|have|had)\s*(?:not|n't)|(?:\w+n't)|never|later|then)\s+"
    r"(?:yet\s+|ever\s+)?\w+\s+(?P<object>.+)$",
    re.IGNORECASE,
)


def _shared_object(part: str, following: str) -> str:
    """ "signed but never ratified the treaty": what both verbs are about, for the first."""
    then = _THEN_DID.match(following)
    return f" {then['object']}" if then and part.casefold().endswith("ed") else ""


def _filled_in(part: str, before: str, subject: Item | None, offset: int) -> str:
    """ "…, and so is Malta", "…, Malta does not": the predicate of the part before."""
    so_does, does_not = _SO_DOES.match(part), _DOES_NOT.match(part)
    match = so_does or does_not
    if match is None or subject is None:
        return part
    start = subject.start - offset
    whole = before[:start] + match["who"] + before[subject.end - offset :]
    # "Malta is not a member, but Cyprus is": the contrary of what the part before says.
    contrary = bool(does_not and (does_not["how"] or does_not["short"])) != is_denied(before)
    denied = not so_does and contrary
    return f"It is false that {whole}" if denied else whole


def _lists(reading: Reading, end: int, start: int, lexicon: Lexicon) -> bool:
    """Whether a joint stands between two things of a kind: "apples and pears"."""
    before = max((i for i in reading.items if i.end <= end), key=_end_of, default=None)
    after = min((i for i in reading.items if i.start >= start), key=_start_of, default=None)
    if before is None or after is None or end - before.end > 1 or after.start - start > 4:
        return False
    kind = lexicon.kind_of(before.kind, before.key)
    return bool(kind) and kind == lexicon.kind_of(after.kind, after.key)


def _end_of(item: Item) -> int:
    return item.end


def _start_of(item: Item) -> int:
    return item.start


def _says_something(reading: Reading, start: int, end: int) -> bool:
    """Whether a stretch holds more than a name or a date by itself."""
    return any(
        start <= item.start
        and item.end <= end
        and item.kind in (Kind.CONCEPT, Kind.QUANTITY, Kind.WORD)
        for item in reading.items
    )


def _completed(text: str, pieces: list[tuple[int, int]], reading: Reading) -> list[str]:
    """The parts as claims: a missing or pronominal subject and an opening date are carried on."""
    named = [item for item in reading.items if item.kind is Kind.ENTITY and not item.tag]
    opening = next((i for i in reading.items if i.kind is Kind.DATE and i.start <= 1), None)
    parts: list[str] = []
    for number, (start, end) in enumerate(pieces):
        part = text[start:end].strip(" ,;")
        if number + 1 < len(pieces):
            part += _shared_object(part, text[slice(*pieces[number + 1])].strip(" ,;"))
        if number and _is_elliptical(part):
            first, last = pieces[0]
            doer = next((item for item in named if first <= item.start < last), None)
            part = _filled_in(part, text[first:last], doer, first)
        elif number:
            before = [item for item in named if item.end <= start]
            inside = any(start <= item.start < end for item in named)
            subject = before[0].text if before else ""
            told_of = _told_of(text, start, reading) if _WHO.match(part) else None
            if told_of is not None:
                part = f"{told_of.text} {_WHO.sub('', part, count=1)}"
            elif subject and _PRONOUN.match(part):
                part = _PRONOUN.sub(subject, part)
            elif subject and not inside:
                part = f"{subject} {part}"
            if opening is not None and not any(
                i.kind is Kind.DATE and start <= i.start < end for i in reading.items
            ):
                part = f"{opening.text} {part}"
        parts.append(part)
    return parts
