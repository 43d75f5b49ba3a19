"""Copies of a statement: those that say the same, and those that say something else.

Which copies are made of a text depends on that text and on nothing else: no other
fact, no order and no random number changes them.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import combinations

from icc_check.lexicon import Lexicon
from icc_check.reading.reader import read
from icc_check.reading.values import Item, Kind

MONTHS = (
    "January February March April May June July August September October November December"
).split()
NUMBER = re.compile(r"(?<![\w.,-])(\d{1,4})(?![\w.,-]*\d)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
DAY = re.compile(rf"\b(\d{{1,2}})(?= (?:{'|'.join(MONTHS)})\b)")
MONTH = re.compile(rf"\b({'|'.join(MONTHS)})(?= \d{{4}}\b)")
# What leaves a number open on one side: a greater one may be as right.
OPEN = re.compile(
    r"\b(?:by|before|after|since|until|over|more|least|most|than|about|around|some|nearly|almost|"
    r"up|to|within|under|below|fewer|between|and|from)\b[\w ]*$",
    re.IGNORECASE,
)
AUXILIARY = re.compile(
    r"\b(is|are|was|were|has|have|had|can|may|must|does|do|did|will|would)\b(?! not)"
)
NEGATION = re.compile(r"\b(?:not|no|nor|never|nobody|none|nothing|without|neither|cannot)\b|n't\b")
JOINING = re.compile(r"(?:[\s,;/&]|\b(?:and|or|nor|the)\b)*")
# What says less than that it was done, and what says that it was.
STRONGER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\b(?:may|might|could)(?= [a-z])"), "did"),
    (
        re.compile(
            r"\b(?:threatened|threatens|plans|planned|intends|intended|wants|wanted|vowed|offered|"
            r"promised|proposed|tried|considered|agreed|asked) to\b"
        ),
        "did",
    ),
    (re.compile(r"\b(?:charged with|accused of|suspected of)\b"), "convicted of"),
    (re.compile(r"\b(?:demanded|called for|requested|asked for|sought|applied for)\b"), "obtained"),
    (re.compile(r"^(?:it is reported that|reportedly)\s+", re.IGNORECASE), ""),
    (re.compile(r"\b(?:reportedly|allegedly)\s+"), ""),
)


def same(text: str) -> Iterator[tuple[str, str]]:
    """Copies that differ in form alone, each with the kind of its form."""
    bare = text.rstrip(".!")
    yield "case", bare.upper()
    yield "case", bare.lower()
    yield "spacing", f"  {bare.replace(' ', '  ')} "
    yield "spacing", bare.replace(" ", "\N{NO-BREAK SPACE}")
    yield "punctuation", f"{bare}."
    yield "punctuation", f"{bare}!!"
    yield "punctuation", bare.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    yield "Unicode form", unicodedata.normalize("NFD", bare)
    yield "Unicode form", unicodedata.normalize("NFC", bare)


class Altering:
    """Makes copies that say something else; it needs to know the names that there are."""

    def __init__(self, lexicon: Lexicon, names: dict[str, str]) -> None:
        """`names` are those to put in another's place, by the id of what they stand for."""
        self._lexicon = lexicon
        self._of_kind: dict[str, list[str]] = {}
        self._names = names
        for key in names:
            self._of_kind.setdefault(lexicon.kind_of(Kind.ENTITY, key), []).append(key)

    def copies(self, text: str, day: dt.date) -> Iterator[tuple[str, str]]:
        """Each with what was altered: number, date, name, polarity, roles or strength."""
        yield from _numbers(text)
        yield from _polarities(text)
        yield from _strengths(text)
        named = [i for i in read(text, self._lexicon, day).items if i.kind is Kind.ENTITY]
        for item in named:
            other = self._another(item, text)
            if other:
                yield "name", f"{text[: item.start]}{other}{text[item.end :]}"
        for one, other in combinations(named, 2):
            between = text[one.end : other.start]
            like = one.key != other.key and self._kind(one.key) == self._kind(other.key)
            if like and not _is_list(between, named):
                ends = text[: one.start], text[other.end :]
                yield "roles", f"{ends[0]}{other.text}{between}{one.text}{ends[1]}"

    def _kind(self, key: str) -> str:
        return self._lexicon.kind_of(Kind.ENTITY, key)

    def _another(self, item: Item, text: str) -> str | None:
        """The name of something else of its kind that neither is part of it nor the reverse."""
        entities = self._lexicon.entities
        others = [
            key
            for key in self._of_kind.get(self._kind(item.key), ())
            if key != item.key
            and key not in entities[item.key].within
            and item.key not in entities[key].within
        ]
        return self._names[_drawn(others, text)] if others else None


def _is_list(between: str, named: Sequence[Item]) -> bool:
    """Whether nothing but names and joining words stands there: their order says nothing."""
    for item in named:
        between = between.replace(item.text, "")
    return JOINING.fullmatch(between) is not None


def _drawn(some: Sequence[str], by: str) -> str:
    """One of them, which mostly stays the same when others join or leave."""
    return min(some, key=lambda each: sha256(f"{by}|{each}".encode()).digest())


def _numbers(text: str) -> Iterator[tuple[str, str]]:
    number = NUMBER.search(text)
    if number and not YEAR.fullmatch(number[1]) and not DAY.match(text, number.start()):
        value = int(number[1])
        yield from _replaced("number", text, number, str(value + (3 if value < 20 else 11)))
    for pattern, other in (
        (YEAR, lambda said: str(int(said) - 2)),
        (DAY, lambda said: str(int(said) % 27 + 1)),
        (MONTH, lambda said: MONTHS[(MONTHS.index(said) + 5) % 12]),
    ):
        date = pattern.search(text)
        if date:
            yield from _replaced("date", text, date, other(date[0]))


def _replaced(kind: str, text: str, match: re.Match[str], other: str) -> Iterator[tuple[str, str]]:
    if not OPEN.search(text[: match.start()]):
        yield kind, f"{text[: match.start()]}{other}{text[match.end() :]}"


def _polarities(text: str) -> Iterator[tuple[str, str]]:
    yield "polarity", f"It is false that {text[:1].lower()}{text[1:]}"
    verb = AUXILIARY.search(text)
    if verb and not NEGATION.search(text):
        for denial in (" not", " never"):
            yield "polarity", f"{text[: verb.end()]}{denial}{text[verb.end() :]}"


def _strengths(text: str) -> Iterator[tuple[str, str]]:
    for pattern, stronger in STRONGER:
        stronger_text = pattern.sub(stronger, text, count=1)
        if stronger_text != text:
            yield "strength", stronger_text
