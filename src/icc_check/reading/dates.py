"""Dates: a closed interval of days and how the text stands to it.

Only what is written is read: no missing part is filled in from the clock.
"last year" and the like count from the reference day; without one they are
left alone.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from icc_check.intervals import Days, day, month, year
from icc_check.reading.values import DateRelation, Token

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTHS["sept"] = 9
_AMBIGUOUS_MONTHS = frozenset(("may", "march", "mar", "sun"))
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11)}
# Words that are spelled right because dates are made of them.
WORDS = frozenset((*_MONTHS, *_SEASONS, "christmas", "yesterday"))
_NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
}
_NUMBER_WORDS |= {"a": 1, "an": 1}
_RELATIONS: tuple[tuple[tuple[str, ...], DateRelation], ...] = (
    (("at", "any", "time", "since"), DateRelation.SINCE),
    (("ever", "since"), DateRelation.SINCE),
    (("since",), DateRelation.SINCE),
    (("as", "of"), DateRelation.IN),
    (("as", "from"), DateRelation.SINCE),
    (("from",), DateRelation.SINCE),
    (("not", "later", "than"), DateRelation.BY),
    (("no", "later", "than"), DateRelation.BY),
    (("by",), DateRelation.BY),
    (("up", "to"), DateRelation.UNTIL),
    (("until",), DateRelation.UNTIL),
    (("till",), DateRelation.UNTIL),
    (("before",), DateRelation.BEFORE),
    (("prior", "to"), DateRelation.BEFORE),
    (("after",), DateRelation.AFTER),
)
_BEFORE_A_YEAR = frozenset(
    "in since by until till before after from to of between and during around about the a an "
    "this early late mid".split()
)
# What a number counts that could otherwise be a year.
_COUNTED = frozenset(
    "people persons men women states countries members metres meters kilometres miles feet "
    "pages euros dollars pounds tonnes tons days weeks months years times deaths dead judges "
    "staff votes words".split()
)
_PARTS = {"early": (0, 4), "mid": (4, 8), "late": (8, 12)}
_YEAR = re.compile(r"(?:1[0-9]|20)\d\d")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")


@dataclass(frozen=True, slots=True)
class Found:
    first: int
    last: int
    days: Days
    relation: DateRelation


def find(tokens: tuple[Token, ...], text: str, reference: dt.date | None) -> list[Found]:
    """All dates in reading order. An impossible day (31 June) is read as its month."""
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        span = _date(tokens, at, text) or _relative(tokens, at, reference)
        if span is None:
            at += 1
            continue
        days, after = span
        relation, first = _relation(tokens, at)
        second = _second(tokens, at, after, text)
        if second is not None:
            days, after, relation = Days(days.start, second[0].end), second[1], DateRelation.IN
            first = at - 1
        found.append(Found(first, after - 1, days, relation))
        at = after
    return found


def _second(tokens: tuple[Token, ...], at: int, after: int, text: str) -> tuple[Days, int] | None:
    """The end of "between A and B" and "from A to B"."""
    if at == 0 or after + 1 >= len(tokens):
        return None
    pair = (tokens[at - 1].norm, tokens[after].norm)
    if pair not in {("between", "and"), ("from", "to"), ("from", "until"), ("from", "till")}:
        return None
    return _date(tokens, after + 1, text)


def _relation(tokens: tuple[Token, ...], at: int) -> tuple[DateRelation, int]:
    start = at
    while start and tokens[start - 1].norm in ("the", "in", "on", "of", "end", "about"):
        start -= 1
    for phrase, relation in _RELATIONS:
        begin = start - len(phrase)
        if begin >= 0 and tuple(t.norm for t in tokens[begin:start]) == phrase:
            return relation, begin
    if at and tokens[at - 1].norm in ("in", "on"):
        return DateRelation.IN, at - 1
    return DateRelation.IN, at


def _year(tokens: tuple[Token, ...], at: int) -> int | None:
    if at < len(tokens) and _YEAR.fullmatch(tokens[at].norm):
        return int(tokens[at].norm)
    return None


def _day_number(tokens: tuple[Token, ...], at: int) -> tuple[int, int] | None:
    if at < len(tokens) and tokens[at].norm.isdigit() and 1 <= int(tokens[at].norm) <= 31:
        after = at + 1
        if after < len(tokens) and tokens[after].norm in ("st", "nd", "rd", "th"):
            after += 1
        return int(tokens[at].norm), after
    return None


def _month(tokens: tuple[Token, ...], at: int) -> int | None:
    return _MONTHS.get(tokens[at].norm) if at < len(tokens) else None


def _on(in_year: int, in_month: int, number: int) -> Days:
    try:
        return day(dt.date(in_year, in_month, number))
    except ValueError:
        return month(in_year, in_month)


def _date(tokens: tuple[Token, ...], at: int, text: str) -> tuple[Days, int] | None:
    token = tokens[at]
    iso = _ISO.match(text, token.start)
    if iso:
        return _iso(iso, tokens, at)
    if token.norm in ("new", "christmas", "end", "start", "beginning"):
        return _named_day(tokens, at)
    if token.norm in _PARTS or token.norm in _SEASONS:
        return _part(tokens, at)
    numbered = _day_number(tokens, at)
    if numbered:
        after = numbered[1] + (numbered[1] < len(tokens) and tokens[numbered[1]].norm == "of")
        in_month = _month(tokens, after)
        if in_month:
            in_year = _year(tokens, after + 1)
            if in_year:
                return _on(in_year, in_month, numbered[0]), after + 2
    in_month = _month(tokens, at)
    if in_month:
        return _from_month(tokens, at, in_month)
    in_year = _year(tokens, at)
    if in_year and not _is_count(tokens, at):
        if at + 1 < len(tokens) and tokens[at + 1].norm == "s":
            return Days(dt.date(in_year, 1, 1), dt.date(in_year + 9, 12, 31)), at + 2
        return year(in_year), at + 1
    return None


def _iso(iso: re.Match[str], tokens: tuple[Token, ...], at: int) -> tuple[Days, int] | None:
    after = at
    while after < len(tokens) and tokens[after].start < iso.end():
        after += 1
    in_year, in_month = int(iso[1]), int(iso[2])
    if not 1 <= in_month <= 12:
        return None
    days = _on(in_year, in_month, int(iso[3])) if iso[3] else month(in_year, in_month)
    return days, after


def _from_month(tokens: tuple[Token, ...], at: int, in_month: int) -> tuple[Days, int] | None:
    numbered = _day_number(tokens, at + 1)
    if numbered:
        in_year = _year(tokens, numbered[1])
        if in_year:
            return _on(in_year, in_month, numbered[0]), numbered[1] + 1
    after = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].norm == "of")
    in_year = _year(tokens, after)
    if in_year:
        return month(in_year, in_month), after + 1
    return None


def _named_day(tokens: tuple[Token, ...], at: int) -> tuple[Days, int] | None:
    words = tuple(token.norm for token in tokens[at : at + 4])
    if words[:3] in {("new", "year", "day"), ("new", "years", "day")}:
        in_year = _year(tokens, at + 3)
        return (day(dt.date(in_year, 1, 1)), at + 4) if in_year else None
    if words[:1] == ("christmas",):
        in_year = _year(tokens, at + 1)
        return (day(dt.date(in_year, 12, 25)), at + 2) if in_year else None
    if words[:2] in {("end", "of"), ("start", "of"), ("beginning", "of")}:
        in_year = _year(tokens, at + 2)
        if in_year:
            last = words[0] == "end"
            return (month(in_year, 12) if last else month(in_year, 1)), at + 3
    return None


def _part(tokens: tuple[Token, ...], at: int) -> tuple[Days, int] | None:
    word = tokens[at].norm
    after = at + 1 + (at + 1 < len(tokens) and tokens[at + 1].norm == "of")
    in_year = _year(tokens, after)
    if word in _SEASONS:
        if not in_year:
            return None
        first, last = _SEASONS[word]
        return Days(month(in_year, first).start, month(in_year, last).end), after + 1
    if in_year:
        first, last = _PARTS[word]
        return Days(month(in_year, first + 1).start, month(in_year, last).end), after + 1
    in_month = _month(tokens, after)
    in_year = _year(tokens, after + 1)
    return (month(in_year, in_month), after + 2) if in_month and in_year else None


def _is_count(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether 2002 is an article, a resolution or a count and not a year."""
    before = tokens[at - 1].norm if at else ""
    if before in ("resolution", "number", "no", "article", "order", "over", "nearly", "almost"):
        return True
    if before in _BEFORE_A_YEAR:
        return False
    if tokens[at].norm < "1900":
        return True
    following = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    return at > 0 and following in _COUNTED


def _relative(
    tokens: tuple[Token, ...], at: int, reference: dt.date | None
) -> tuple[Days, int] | None:
    if reference is None:
        return None
    word = tokens[at].norm
    following = tokens[at + 1].norm if at + 1 < len(tokens) else ""
    if word == "yesterday":
        return day(reference - dt.timedelta(days=1)), at + 1
    if word in ("this", "last"):
        back = word == "last"
        if following == "year":
            return year(reference.year - back), at + 2
        if following == "month":
            at_month = reference.year * 12 + reference.month - 1 - back
            return month(at_month // 12, at_month % 12 + 1), at + 2
        if following in _MONTHS and word == "last" and following not in _AMBIGUOUS_MONTHS:
            number = _MONTHS[following]
            return month(reference.year - (number >= reference.month), number), at + 2
    if following in ("year", "years") and at + 2 < len(tokens) and tokens[at + 2].norm == "ago":
        count = int(word) if word.isdigit() and len(word) < 4 else _NUMBER_WORDS.get(word)
        if count:
            return year(reference.year - count), at + 3
    return None
