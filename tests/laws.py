"""What must hold of every fact in a store, and what of it breaks that.

- *itself*: on its day, each wording finds its fact, and the fact bears it out; for a
  known falsehood or a dispute the verdict is the stored one.
- *altered*: no copy of a true statement with another number, date or name, with the
  contrary, with roles exchanged or more strongly put is supported, unless another fact
  has just what the copy has anew.
- *form*: case, spacing, punctuation and the form of Unicode change no verdict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Set
from typing import NamedTuple

from alterations import Altering, same

from icc_check.checker import Checker, judged
from icc_check.model import Finding, Verdict
from icc_check.outlook import ClaimSide
from icc_check.reading.reader import read
from icc_check.reading.values import Item, Reading
from icc_check.retrieve import retrieve
from icc_check.store.compiled import CompiledStore
from icc_check.store.lint import day_for, texts_of
from icc_check.store.values import Fact, SourceStore, Truth

STORED = {Truth.TRUE: Verdict.SUPPORTED, Truth.FALSE: Verdict.REFUTED}
MOST_ALTERED = 2  # wordings of a fact of which altered copies are made: the first and the last


class Breach(NamedTuple):
    """A text that breaks a law."""

    law: str
    of: str  # of the law: what was altered, which form; empty for `itself`
    fact: str
    text: str
    verdict: str
    rule: str

    @property
    def kind(self) -> str:
        return f"{self.law}: {self.of or self.rule}"


class Laws:
    """The laws for the facts of one store."""

    def __init__(self, written: SourceStore, compiled: CompiledStore) -> None:
        self._store = compiled
        self._checker = Checker(compiled)
        self._numbers = {fact.id: number for number, fact in enumerate(compiled.facts)}
        self._altering = Altering(compiled.lexicon, {e.id: e.name for e in written.entities})

    def breaches(self, fact: Fact) -> Iterator[Breach]:
        """Every text of a fact that breaks a law; the unknown names of a closed list have none."""
        day = day_for(fact)
        texts = () if fact.closed else texts_of(fact)
        borne_out = [text for text in texts if self._bears_out_itself(fact, text, day)]
        for text in texts:
            if text not in borne_out:
                yield self._breach("itself", "", fact, text, day)
        for text in dict.fromkeys((*borne_out[: MOST_ALTERED - 1], *borne_out[-1:])):
            for form, copy in dict.fromkeys(same(text)):
                if copy != text and self._check(copy, day).verdict is not expected(fact):
                    yield self._breach("form", form, fact, copy, day)
            if fact.truth is Truth.TRUE:
                for altered, copy in dict.fromkeys(self._altering.copies(text, day)):
                    finding = self._check(copy, day)
                    if finding.verdict is Verdict.SUPPORTED and not self._elsewhere(
                        finding, fact, text, day
                    ):
                        yield self._breach("altered", altered, fact, copy, day)

    def _check(self, text: str, day: dt.date) -> Finding:
        return self._checker.check(text, as_of=day)

    def _breach(self, law: str, of: str, fact: Fact, text: str, day: dt.date) -> Breach:
        finding = self._check(text, day)
        return Breach(law, of, fact.id, text, finding.verdict.value, finding.rule)

    def _bears_out_itself(self, fact: Fact, text: str, day: dt.date) -> bool:
        """Whether the verdict is the stored one, and the fact's own whoever else speaks."""
        if self._check(text, day).verdict is not expected(fact):
            return False
        reading = self._read(text, day)
        side = ClaimSide(reading, self._store, day)
        own = self._numbers[fact.id]
        return any(
            judged(side, candidate)[0].verdict is expected(fact)
            for candidate in retrieve(reading, self._store)
            if self._store.phrasings[candidate.phrasing].fact == own
        )

    def _elsewhere(self, finding: Finding, fact: Fact, text: str, day: dt.date) -> bool:
        """Whether another fact supports the copy, and has all that is new in it."""
        new = details(self._read(finding.claim, day)) - details(self._read(text, day))
        others = {id for id in facts_of(finding) if id != fact.id}
        return bool(new and others) and new <= {
            detail for id in others for detail in self._said_by(id, day)
        }

    def _said_by(self, id: str, day: dt.date) -> Set[tuple[object, ...]]:
        fact = self._store.facts[self._numbers[id]]
        readings = [details(self._read(text, day)) for text in texts_of(fact)]
        return {detail for said in readings for detail in said}

    def _read(self, text: str, day: dt.date) -> Reading:
        return read(text, self._store.lexicon, day)


def expected(fact: Fact) -> Verdict:
    """The verdict that the store holds for a fact's own wording, on its day."""
    if fact.truth is Truth.FALSE and fact.until:
        return Verdict.OUTDATED
    return STORED.get(fact.truth, Verdict.DISPUTED)


def facts_of(finding: Finding) -> set[str]:
    """The facts that speak for a finding or for its parts."""
    own = {finding.fact.id} if finding.fact else set()
    return own.union(*(facts_of(part) for part in finding.parts))


def details(reading: Reading) -> set[tuple[object, ...]]:
    """What a text says, whatever its words and places."""
    return {_detail(item) for item in reading.items}


def _detail(item: Item) -> tuple[object, ...]:
    return item.kind, item.key, item.number, item.days, item.negated
