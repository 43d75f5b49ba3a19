"""The sentences of a document before the checker: which are judged, and how carefully.

A claim is about the store's subject because somebody asked; a sentence of a document
need not be. So a sentence is judged only if it names the subject or something that the
store has facts on, and is the author's own statement. What stands against it is then
turned over once more, for documents tell of the past and compare one thing with another.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from icc_check.checker import Checker
from icc_check.documents.document import Document, Passage, Sentence
from icc_check.documents.framing import Narrator
from icc_check.doubts import second_look
from icc_check.model import Finding
from icc_check.reading.reader import read
from icc_check.reading.values import Item, Kind, Reading

LONGEST_SENTENCE = 1000  # characters; what is longer is rarely one, and takes long to read
# What stands before a common noun that means the one spoken of.
_POINTING = frozenset("the this that our its".split())
_INDEFINITE = re.compile(r"\b(?:a|an|no|any|every|one)\s+(?:[a-z-]+\s+)?\Z", re.IGNORECASE)
_PRESUMING = re.compile(
    r"\s*(?:it|its|they|their|today,? it|there are|there were)\b", re.IGNORECASE
)


class Topic(Enum):
    """What a sentence names of the kind of the store's subject."""

    NOTHING = "nothing"
    SUBJECT = "subject"
    COMMON = "common"  # only by a common noun: "the court"
    ANY = "any"  # by a common noun that means no particular one: "a court"
    OTHER = "other"
    BOTH = "both"


class Remark(NamedTuple):
    """A sentence, and its finding with the place of it; None where it was too long to be read."""

    sentence: Sentence
    finding: Finding | None


class Proofreader:
    """Checks documents with one checker, as of one day."""

    def __init__(self, checker: Checker, as_of: dt.date) -> None:
        self._checker = checker
        self._literal = checker.presuming_nothing()
        self._as_of = as_of
        lexicon = checker.lexicon
        self._subject = frozenset(lexicon.subject)
        self._kinds = frozenset(lexicon.kind_of(Kind.ENTITY, name) for name in self._subject)

    def read(self, document: Document) -> Iterator[Remark]:
        """The sentences that are judged, each with its finding, and those too long for it.

        The others pass in silence.
        """
        narrator = Narrator()
        spoken_of = Topic.NOTHING  # in the document so far
        for part in document.parts:
            if not isinstance(part, Passage):
                continue
            before = Topic.NOTHING  # in the sentence before, in the same passage
            for sentence, own in zip(part.sentences, narrator.own(part), strict=True):
                if len(sentence.text) > LONGEST_SENTENCE:
                    spoken_of = before = Topic.NOTHING  # it may have named others
                    yield Remark(sentence, None)
                    continue
                reading = read(sentence.text, self._checker.lexicon, self._as_of)
                topic = self._topic(reading)
                checker = self._checker_for(reading, topic, spoken_of, before)
                if own and sentence.whole and checker is not None:
                    finding = self._check(sentence.text, reading, topic, checker)
                    if finding is not None:
                        where = document.location(sentence.start, sentence.end)
                        yield Remark(sentence, replace(finding, location=where))
                if topic in (Topic.SUBJECT, Topic.OTHER, Topic.BOTH):
                    spoken_of = topic
                before = self._carried(reading, topic, spoken_of, before)

    def _topic(self, reading: Reading) -> Topic:
        found = {self._named(reading, item) for item in reading.items if item.kind is Kind.ENTITY}
        if Topic.ANY in found:
            found = found - {Topic.ANY} if Topic.SUBJECT in found else {Topic.OTHER}
        if Topic.OTHER in found:
            return Topic.BOTH if found & {Topic.SUBJECT, Topic.COMMON} else Topic.OTHER
        for topic in (Topic.SUBJECT, Topic.COMMON):
            if topic in found:
                return topic
        return Topic.NOTHING

    def _named(self, reading: Reading, item: Item) -> Topic:
        if self._checker.lexicon.kind_of(item.kind, item.key) not in self._kinds:
            return Topic.NOTHING
        if item.key not in self._subject:
            return Topic.OTHER
        words = item.text.split()
        if len(words) > 1 or not (item.text.islower() or item.text.istitle()):
            return Topic.SUBJECT
        if _INDEFINITE.search(reading.text[: item.start]):
            return Topic.ANY
        before = re.search(r"([\w.'’-]+)\W*\Z", reading.text[: item.start])
        pointed = before is not None and before[1].casefold() in _POINTING
        return Topic.COMMON if pointed or item.text.casefold().startswith("the ") else Topic.OTHER

    def _checker_for(
        self, reading: Reading, topic: Topic, spoken_of: Topic, before: Topic
    ) -> Checker | None:
        """The checker that may judge a sentence: with the subject presumed, without, or none."""
        if topic in (Topic.SUBJECT, Topic.BOTH):
            return self._checker
        if topic is Topic.COMMON:
            return self._checker if spoken_of is Topic.SUBJECT else None
        if topic is Topic.NOTHING and before is Topic.SUBJECT and _PRESUMING.match(reading.text):
            return self._checker
        return self._literal if any(i.kind is Kind.ENTITY for i in reading.items) else None

    def _carried(self, reading: Reading, topic: Topic, spoken_of: Topic, before: Topic) -> Topic:
        """What "it" means in the next sentence: the subject, if this one begins with it."""
        first = next((i for i in reading.items if i.kind is Kind.ENTITY), None)
        if first is None:
            presumed = before is Topic.SUBJECT and bool(_PRESUMING.match(reading.text))
            return Topic.SUBJECT if presumed else Topic.NOTHING
        mine = first.key in self._subject and topic is not Topic.BOTH
        return Topic.SUBJECT if mine and spoken_of is Topic.SUBJECT else Topic.NOTHING

    def _check(self, text: str, reading: Reading, topic: Topic, checker: Checker) -> Finding | None:
        finding = checker.check(text, as_of=self._as_of)
        if not finding.verdict.is_objection:
            return finding
        if topic is Topic.BOTH:
            return None
        if checker is self._literal:  # presuming the subject must not help the sentence
            whole = self._checker.check(text, as_of=self._as_of)
            if not whole.verdict.is_objection:
                return None
        return second_look(finding, reading, checker, self._as_of)
