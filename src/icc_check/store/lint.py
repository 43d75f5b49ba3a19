"""Linting a store: its structure, and whether the judge agrees with what it says.

The second half asks the tool itself: every statement must find its own fact,
no other fact may contradict it, and altered copies must not come out supported.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from icc_check.intervals import LAST_DAY
from icc_check.model import Finding, Verdict
from icc_check.reading.tokens import fold
from icc_check.store import marks
from icc_check.store.documents import Fault
from icc_check.store.values import Fact, Place, SourceStore, Truth

# A fact that may change is overdue for review after so many days.
REVIEW_AFTER = dt.timedelta(days=400)
Check = Callable[[str, dt.date], Finding]
_EXPECTED = {
    Truth.TRUE: Verdict.SUPPORTED,
    Truth.FALSE: Verdict.REFUTED,
    Truth.DISPUTED: Verdict.DISPUTED,
}
_NUMBER = re.compile(r"(?<![\w.,-])(\d{1,4})(?![\w.,-]*\d)")
_OPEN = re.compile(
    r"\b(?:by|before|after|since|over|least|than|about|nearly)\b[\w ]*$", re.IGNORECASE
)


class Problem(NamedTuple):
    """What lint found: an error, or a warning that fails nothing."""

    fault: Fault
    warning: bool = False

    def __str__(self) -> str:
        kind = "warning: " if self.warning else ""
        return f"{self.fault.place}: {kind}{self.fault.message}"


def lint_structure(store: SourceStore, today: dt.date) -> Iterator[Problem]:
    """What can be seen without judging."""
    yield from _unused_sources(store)
    yield from _shared_aliases(store)
    yield from _unknown_concepts(store)
    for fact in store.facts:
        if fact.until is None and fact.start and today - fact.checked > REVIEW_AFTER:
            yield _problem(
                fact.place, f"{fact.id!r} was last checked on {fact.checked}", warning=True
            )


def lint_verdicts(facts: tuple[Fact, ...], check: Check) -> Iterator[Problem]:
    """What the tool's own judge says of the statements and of altered copies."""
    for fact in facts:
        if fact.closed:
            continue
        day = day_for(fact)
        for text in texts_of(fact):
            yield from _says_itself(fact, text, day, check)
        if fact.truth is Truth.TRUE:
            for kind, altered in altered_copies(texts_of(fact)[0]):
                finding = check(altered, day)
                if finding.verdict is Verdict.SUPPORTED:
                    by = finding.fact.id if finding.fact else "?"
                    yield _problem(
                        fact.place,
                        f"{fact.id!r} with another {kind} comes out supported by {by!r}: "
                        f"{altered!r}",
                    )


def _says_itself(fact: Fact, text: str, day: dt.date, check: Check) -> Iterator[Problem]:
    finding = check(text, day)
    expected = _EXPECTED[fact.truth]
    if fact.truth is Truth.FALSE and fact.until:
        expected = Verdict.OUTDATED
    if finding.verdict is expected:
        return
    by = finding.fact.id if finding.fact else "no fact"
    if finding.verdict is Verdict.UNVERIFIED:
        yield _problem(
            fact.place,
            f"{fact.id!r} does not find itself: {text!r} ({finding.reason})",
            warning=True,
        )
    elif by == fact.id:
        yield _problem(
            fact.place,
            f"{fact.id!r} comes out {finding.verdict.value} ({finding.rule}) by itself: {text!r}",
        )
    else:
        yield _problem(
            fact.place,
            f"{fact.id!r} is contradicted by {by!r} ({finding.verdict.value}, {finding.rule}): "
            f"{text!r}",
        )


def day_for(fact: Fact) -> dt.date:
    """A day on which the fact holds: the day it was checked, kept within its period."""
    day = fact.checked
    if fact.truth is Truth.FALSE and fact.until:
        return max(day, fact.until + dt.timedelta(days=1))
    if fact.on:
        return max(day, min(fact.on.end, LAST_DAY))
    if fact.start:
        day = max(day, fact.start)
    if fact.until:
        day = min(day, fact.until)
    return day


def texts_of(fact: Fact) -> tuple[str, ...]:
    """The statement and the phrasings as people would say them, figures filled in."""
    texts = [marks.plain(statement) for statement in (fact.statement, *fact.phrasings)]
    if fact.series:
        held = [p for p in fact.series if p.start <= day_for(fact)] or [fact.series[0]]
        figure = f"{held[-1].value:g}"
        texts = [text.replace(marks.SERIES_SLOT, figure) for text in texts]
    return tuple(dict.fromkeys(texts))


def altered_copies(text: str) -> Iterator[tuple[str, str]]:
    """Copies that must not be affirmed: another number or year, the contrary."""
    match = _NUMBER.search(text)
    if match and not _OPEN.search(text[: match.start()]):
        number = int(match[1])
        other = number + (7 if 1900 <= number <= 2100 else 3 if number < 20 else 11)
        yield "number", text[: match.start()] + str(other) + text[match.end() :]
    yield "polarity", f"It is false that {text[:1].lower()}{text[1:]}"


def _problem(place: Place, message: str, *, warning: bool = False) -> Problem:
    return Problem(Fault(place, message), warning)


def _unused_sources(store: SourceStore) -> Iterator[Problem]:
    used = {source for fact in store.facts for source in fact.all_sources}
    for source in store.sources:
        if source.id not in used:
            yield _problem(
                Place("sources", 1), f"no fact uses the source {source.id!r}", warning=True
            )


def _shared_aliases(store: SourceStore) -> Iterator[Problem]:
    owners: dict[str, list[tuple[str, Place]]] = defaultdict(list)
    for entity in store.entities:
        for name in {fold(n) for n in (entity.name, *entity.aliases, *entity.demonyms)}:
            owners[name].append((entity.id, entity.place))
    for name, entities in owners.items():
        if len(entities) > 1:
            ids = ", ".join(repr(entity) for entity, _ in entities)
            yield _problem(entities[-1][1], f"{name!r} is a name of {ids}")


def _unknown_concepts(store: SourceStore) -> Iterator[Problem]:
    from icc_check.store.lexicon_builder import english_concepts

    known = {concept.id for concept in (*store.concepts, *english_concepts())}
    for concept in store.concepts:
        for other in (*concept.implies, *concept.opposite):
            if other not in known:
                yield _problem(concept.place, f"{concept.id!r}: there is no concept {other!r}")
