"""The reader, kind by kind: rows of text and what it must be read as."""

from __future__ import annotations

import datetime as dt
import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icc_check.intervals import Days, Interval, day, month, year
from icc_check.reading import clauses, dates, numbers, polarity, stance
from icc_check.reading.tokens import fold, tokenise
from icc_check.reading.values import DateRelation, Mood, Tense

INF = math.inf


def _numbers(text: str) -> list[tuple[float, float]]:
    found = numbers.find(tokenise(text), frozenset())
    return [(round(f.number.low, 6), round(f.number.high, 6)) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("125 states", [(125, 125)]),
        ("1,500 pages", [(1500, 1500)]),
        ("2.5 million euros", [(2.5e6, 2.5e6)]),
        ("€3.5bn", [(3.5e9, 3.5e9)]),
        ("120k", [(120_000, 120_000)]),
        ("one hundred and twenty-five states", [(125, 125)]),
        ("two thousand and two", [(2002, 2002)]),
        ("fifty-three", [(53, 53)]),
        ("at least 87", [(87, INF)]),
        ("no fewer than 87", [(87, INF)]),
        ("87 or more", [(87, INF)]),
        ("150+ people", [(150, INF)]),
        ("80-plus", [(80, INF)]),
        ("up to 40", [(0, 40)]),
        ("between 80 and 90", [(80, 90)]),
        ("from 3 to 5 years", [(3, 5)]),
        ("about 200", [(190, 210)]),
        ("nearly 200", [(190, 200)]),
        ("a dozen", [(12, 12)]),
        ("half a million", [(5e5, 5e5)]),
        ("dozens of requests", [(24, INF)]),
        ("no one was hurt", []),
        ("one of the best", []),
        ("eighty dead in 22 strikes", [(80, 80), (22, 22)]),
        ("five percent", [(5, 5)]),
    ],
)
def test_numbers(text: str, expected: list[tuple[float, float]]) -> None:
    assert _numbers(text) == expected


@given(st.text("aeoTsn éÔãñçặ'’-.1"))
def test_a_word_is_the_same_in_every_form_of_unicode(text: str) -> None:
    words = [
        [token.norm for token in tokenise(unicodedata.normalize(form, text))]
        for form in ("NFC", "NFD")
    ]
    assert words[0] == words[1]


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("over 80", 81, 80),
        ("more than 80", 80.5, 80),
        ("fewer than 100", 99, 100),
        ("under 100", 99.5, 100),
    ],
)
def test_open_bounds(text: str, inside: float, outside: float) -> None:
    number = numbers.find(tokenise(text), frozenset())[0].number
    assert number.contains(Interval(inside, inside))
    assert not number.contains(Interval(outside, outside))


@pytest.mark.parametrize(
    ("text", "value"), [("the 125th state", 125), ("the third judge", 3), ("the twenty-first", 21)]
)
def test_ordinals_are_kept_apart(text: str, value: int) -> None:
    found = numbers.find(tokenise(text), frozenset())
    assert [(f.number.low, f.ordinal) for f in found] == [(value, True)]


_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen " \
    "fifteen sixteen seventeen eighteen nineteen".split()  # fmt: skip
_TENS = "x x twenty thirty forty fifty sixty seventy eighty ninety".split()


def _in_words(number: int) -> str:
    """The plain way to write a number out, against which the reader is checked."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = f" and {_in_words(number % 100)}" if number % 100 else ""
        return f"{_ONES[number // 100]} hundred{rest}"
    rest = number % 1000
    joint = " and " if 0 < rest < 100 else " "
    return f"{_in_words(number // 1000)} thousand" + (f"{joint}{_in_words(rest)}" if rest else "")


@given(st.integers(min_value=2, max_value=999_999))
def test_numbers_in_words_are_what_they_say(number: int) -> None:
    assert _numbers(f"{_in_words(number)} states") == [(number, number)]


@given(st.integers(min_value=0, max_value=10**9))
def test_digits_with_separators(number: int) -> None:
    assert _numbers(f"{number:,} states") == [(number, number)]


def _dates(text: str, reference: dt.date | None = None) -> list[tuple[Days, DateRelation]]:
    return [(f.days, f.relation) for f in dates.find(tokenise(text), text, reference)]


@pytest.mark.parametrize(
    ("text", "days", "relation"),
    [
        ("in 2002", year(2002), DateRelation.IN),
        ("in July 2002", month(2002, 7), DateRelation.IN),
        ("on 1 July 2002", day(dt.date(2002, 7, 1)), DateRelation.IN),
        ("on July 1, 2002", day(dt.date(2002, 7, 1)), DateRelation.IN),
        ("on the 1st of July 2002", day(dt.date(2002, 7, 1)), DateRelation.IN),
        ("2002-07-01", day(dt.date(2002, 7, 1)), DateRelation.IN),
        ("since March 2024", month(2024, 3), DateRelation.SINCE),
        ("by 5 December 2025", day(dt.date(2025, 12, 5)), DateRelation.BY),
        ("before 10 December 2025", day(dt.date(2025, 12, 10)), DateRelation.BEFORE),
        ("until 2019", year(2019), DateRelation.UNTIL),
        ("late January 2026", month(2026, 1), DateRelation.IN),
        ("on New Year's Day 2025", day(dt.date(2025, 1, 1)), DateRelation.IN),
        ("by xmas 2025", day(dt.date(2025, 12, 25)), DateRelation.BY),
        ("at the end of 2025", month(2025, 12), DateRelation.IN),
        (
            "between 2001 and 2005",
            Days(dt.date(2001, 1, 1), dt.date(2005, 12, 31)),
            DateRelation.IN,
        ),
        ("in the summer of 2021", Days(dt.date(2021, 6, 1), dt.date(2021, 8, 31)), DateRelation.IN),
    ],
)
def test_dates(text: str, days: Days, relation: DateRelation) -> None:
    assert _dates(text) == [(days, relation)]


@pytest.mark.parametrize(
    "text", ["they may sell it", "they march on", "resolution 1970", "125 states", "article 70"]
)
def test_no_dates(text: str) -> None:
    assert _dates(text) == []


def test_relative_dates_count_from_the_day_of_the_check() -> None:
    assert _dates("last year", dt.date(2026, 3, 1)) == [(year(2025), DateRelation.IN)]
    assert _dates("last year") == []


def test_an_impossible_day_is_read_as_its_month() -> None:
    assert _dates("on 31 June 2002") == [(month(2002, 6), DateRelation.IN)]


@pytest.mark.parametrize(
    ("text", "negations"),
    [
        ("It is a member", 0),
        ("It is not a member", 1),
        ("It isn't a member", 1),
        ("It aint a member", 1),
        ("It never joined", 1),
        ("Neither signed nor ratified", 1),
        ("It failed to join", 1),
        ("It is false that it is not a member", 2),
        ("It would be wrong to say that it did not join", 2),
        ("Not only judges but also prosecutors", 0),
        ("No fewer than ten", 0),
        ("no any country has left", 1),
        ("without a doubt it joined", 0),
        ("It is no longer a member", 1),
    ],
)
def test_negations(text: str, negations: int) -> None:
    assert polarity.find(tokenise(text), text).negations == negations


def test_no_longer_says_that_it_ended() -> None:
    assert polarity.find(tokenise("It is no longer a member"), "It is no longer a member").ended
    assert polarity.find(
        tokenise("It is not a member any more"), "It is not a member any more"
    ).ended
    assert not polarity.find(tokenise("It is not a member"), "It is not a member").ended


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Is Japan a member?", Mood.QUESTION),
        ("Why did it join", Mood.QUESTION),
        ("anyone got a link", Mood.QUESTION),
        ("Japan is a member.", Mood.STATEMENT),
        ("Where does it sit? In Geneva.", Mood.STATEMENT),
        ("What it rests on is a treaty", Mood.STATEMENT),
    ],
)
def test_mood(text: str, mood: Mood) -> None:
    assert stance.find(tokenise(text), text).mood is mood


@pytest.mark.parametrize(
    ("text", "tense"),
    [
        ("Japan is a member", Tense.PRESENT),
        ("Japan was a member", Tense.PAST),
        ("Japan will join", Tense.FUTURE),
        ("Japan joined", Tense.NONE),
    ],
)
def test_tense(text: str, tense: Tense) -> None:
    assert stance.find(tokenise(text), text).tense is tense


@pytest.mark.parametrize(
    ("text", "under_way"),
    [
        ("Gull is leaving the port", True),
        ("Gull is about to leave the port", True),
        ("Gull is on its way out of the port", True),
        ("Gull is in the process of leaving the port", True),
        ("Gull is on its quay", False),
        ("Gull left the port", False),
        ("Gull is in the port", False),
    ],
)
def test_what_is_under_way(text: str, under_way: bool) -> None:
    assert stance.find(tokenise(text), text).progressive is under_way


@pytest.mark.parametrize(
    ("text", "within"),
    [
        ("Only Gull is not lit", True),
        ("Gull is the only light that isn’t lit", True),
        ("Gull is not the only light that is lit", False),
        ("Gull is the only light", False),
        ("Gull is not lit", None),
    ],
)
def test_what_a_denial_beside_only_is_about(text: str, within: bool | None) -> None:
    assert stance.find(tokenise(text), text).within_only is within


@given(st.text())
def test_tokens_point_into_the_text(text: str) -> None:
    for token in tokenise(text):
        assert text[token.start : token.end] == token.text or token.start == token.end


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("U.S. judges", ["us", "judges"]),
        ("Côte d’Ivoire", ["cote", "d'ivoire"]),
        ("#WarOnDrugs", ["war", "on", "drugs"]),
        ("Trump's order", ["trump", "order"]),
        ("they can't", ["they", "can", "not"]),
        ("1st order", ["1", "st", "order"]),
        ("Guinea-Bissau", ["guinea", "bissau"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    assert [token.norm for token in tokenise(text)] == words


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("It is not a member but belongs to the other club", True),
        ("The rocks, which are not lit, are on the chart", True),
        ("It signed but never ratified", True),
        ("It did not sign and never ratified", False),
        ("It is not a member", False),
        ("It is a member and pays its dues", False),
    ],
)
def test_clauses_that_differ_in_polarity(text: str, mixed: bool) -> None:
    assert clauses.is_mixed(text) is mixed


def test_negations_side_by_side_do_not_cancel() -> None:
    found = polarity.find(tokenise(text := "It has not signed and never joined"), text)
    assert (found.negations, found.parallel) == (1, True)
    found = polarity.find(tokenise(text := "It is false that it never joined"), text)
    assert (found.negations, found.parallel) == (2, False)


@pytest.mark.parametrize(
    ("text", "refused"), [("It refused to join", True), ("It did not join", False)]
)
def test_a_refusal_is_more_than_a_denial(text: str, refused: bool) -> None:
    assert polarity.find(tokenise(text), text).refused is refused
