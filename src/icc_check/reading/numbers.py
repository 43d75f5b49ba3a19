"""Quantities: numbers in digits or words, with what is said about their size.

A quantity is an interval: a bare number is exact; "over", "at least", "up to",
"between" open it; "about" allows five percent, "nearly" five percent below, "just
over" ten percent above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from icc_check.intervals import Interval, above, below, exactly
from icc_check.reading.values import Token

TOLERANCE = 0.05
MARGIN = 0.1  # "just over", "slightly under"
INFINITY = float("inf")

_ONES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen "
        "fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
}
_SCALES = {"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_SUFFIXES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth".split(),
        start=2,
    )
}
_VAGUE = {
    ("dozens",): Interval(24, INFINITY),
    ("scores",): Interval(40, INFINITY),
    ("hundreds",): Interval(200, INFINITY),
    ("thousands",): Interval(2000, INFINITY),
    ("millions",): Interval(2e6, INFINITY),
    ("half", "a", "dozen"): exactly(6),
    ("a", "dozen"): exactly(12),
    ("a", "couple"): exactly(2),
    ("a", "handful"): Interval(3, 9),
    ("several",): Interval(3, 20),
    ("a", "hundred"): exactly(100),
    ("a", "thousand"): exactly(1000),
    ("a", "million"): exactly(1e6),
    ("half", "a", "million"): exactly(5e5),
    ("half", "a", "billion"): exactly(5e8),
}
_AT_LEAST = (("at", "least"), ("no", "fewer", "than"), ("no", "less", "than"), ("not", "fewer",
"than"),
             ("not", "less", "than"), ("minimum", "of"), ("a", "minimum", "of"))  # fmt: skip
_ABOVE = (("more", "than"), ("over",), ("above",), ("upwards", "of"), ("in", "excess", "of"),
          ("well", "over"), ("exceeding",), ("exceeds",), ("exceeded",), ("exceed",), ("topped",),
          ("tops",), ("passed",), ("past",), ("greater", "than"), ("north", "of"))  # fmt: skip
_AT_MOST = (("at", "most"), ("up", "to"), ("no", "more", "than"), ("not", "more", "than"),
            ("as", "many", "as"), ("maximum", "of"), ("a", "maximum", "of"), ("max",))  # fmt: skip
_JUST_ABOVE = tuple(
    (*slightly, *more)
    for slightly in (("just",), ("slightly",), ("a", "little"), ("a", "bit"), ("barely",))
    for more in (("over",), ("above",), ("more", "than"), ("past",), ("north", "of"))
)
_JUST_BELOW = tuple(
    (*slightly, *less)
    for slightly in (("just",), ("slightly",), ("a", "little"), ("a", "bit"))
    for less in (("under",), ("below",), ("less", "than"), ("fewer", "than"), ("short", "of"))
)
_BELOW = (("fewer", "than"), ("less", "than"), ("under",), ("below",), ("short", "of"))
_ABOUT = (("about",), ("around",), ("roughly",), ("some",), ("approximately",), ("circa",),
          ("approx",),
          ("an", "estimated"), ("close", "to"), ("somewhere", "around"))  # fmt: skip
_NEARLY = (("nearly",), ("almost",), ("not", "quite"), ("just", "shy", "of"), ("shy", "of"))
_EXACT = (("exactly",), ("precisely",), ("a", "total", "of"), ("all",), ("only",), ("just",))
_AFTER_AT_LEAST = (
    ("or", "more"),
    ("plus",),
    ("+",),
    ("and", "more"),
    ("and", "counting"),
    ("at", "least"),
)
_AFTER_AT_MOST = (("or", "fewer"), ("or", "less"), ("at", "most"), ("at", "the", "most"), ("tops",))
_LABELS = frozenset(
    "article articles art resolution res number no nr order bill eo law chapter rule "
    "paragraph section question regulation page decision h.r hr s act protocol".split()
)
# What follows "one" where it stands for a thing already named.
_AFTER_A_PRONOUN = frozenset(
    "of day another and was is has had were are will in at on with that who which or".split()
) | {""}
_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Found:
    """A quantity and the tokens it covers; `label` is set for "article 7" and the like."""

    first: int
    last: int
    number: Interval
    ordinal: bool = False
    label: str = ""
    share: bool = False


def _digits(token: Token) -> float | None:
    return float(token.norm.replace(",", "")) if _DIGITS.fullmatch(token.norm) else None


def _cardinal(tokens: tuple[Token, ...], at: int) -> tuple[float, int] | None:
    """The number that begins at a token, in digits or words: value and index after it."""
    value = _digits(tokens[at])
    index = at + 1
    if value is not None:
        if index < len(tokens):
            word = tokens[index].norm
            glued = tokens[index].start == tokens[at].end
            if word in _SCALES:
                return value * _SCALES[word], index + 1
            if word in _SUFFIXES and (glued or word in ("bn", "mn")):
                return value * _SUFFIXES[word], index + 1
        return value, index
    total = current = 0.0
    seen = False
    index = at
    while index < len(tokens):
        word = tokens[index].norm
        if word in _ONES:
            if seen and current % 10 and current < 20:
                break
            current += _ONES[word]
        elif word in _TENS:
            if seen and current % 100:
                break
            current += _TENS[word]
        elif word in _SCALES and seen:
            if word == "hundred":
                current *= 100
            else:
                total, current = total + current * _SCALES[word], 0.0
        elif word == "and" and seen and _continues(tokens, index):
            index += 1
            continue
        else:
            break
        seen = True
        index += 1
    return (total + current, index) if seen else None


def _continues(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether "and" stands inside a number: "one hundred and five"."""
    before, after = tokens[at - 1].norm, tokens[at + 1].norm if at + 1 < len(tokens) else ""
    return before in ("hundred", "thousand") and (after in _ONES or after in _TENS)


def _ordinal(tokens: tuple[Token, ...], at: int) -> tuple[float, int] | None:
    token = tokens[at]
    value = _digits(token)
    if value is not None and at + 1 < len(tokens):
        suffix = tokens[at + 1]
        if suffix.start == token.end and suffix.norm in ("st", "nd", "rd", "th"):
            return value, at + 2
    if token.norm in _ORDINALS:
        return float(_ORDINALS[token.norm]), at + 1
    if (
        token.norm in _TENS
        and at + 1 < len(tokens)
        and tokens[at + 1].norm in (*_ORDINALS, "first")
    ):
        unit = 1 if tokens[at + 1].norm == "first" else _ORDINALS[tokens[at + 1].norm]
        return float(_TENS[token.norm] + unit), at + 2
    hundred = _cardinal(tokens, at)
    if hundred and hundred[1] < len(tokens) and hundred[0] >= 100 and tokens[at].norm in _ONES:
        rest = hundred[1] + (tokens[hundred[1]].norm == "and")
        tail = _ordinal(tokens, rest) if rest < len(tokens) else None
        if tail:
            return hundred[0] + tail[0], tail[1]
    return None


def _ends_with(tokens: tuple[Token, ...], before: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    """The length of the longest phrase that ends just before a token, or 0."""
    lengths = [
        len(phrase)
        for phrase in phrases
        if before >= len(phrase)
        and tuple(token.norm for token in tokens[before - len(phrase) : before]) == phrase
    ]
    return max(lengths, default=0)


def _begins_with(tokens: tuple[Token, ...], at: int, phrases: tuple[tuple[str, ...], ...]) -> int:
    lengths = [
        len(phrase)
        for phrase in phrases
        if tuple(token.norm for token in tokens[at : at + len(phrase)]) == phrase
    ]
    return max(lengths, default=0)


def _compared(
    tokens: tuple[Token, ...], first: int, after: int, value: float
) -> tuple[Interval, int, int]:
    """Widen a bare number by the comparator before or behind it."""
    for phrases, interval in (
        (_JUST_ABOVE, Interval(above(value).low, value * (1 + MARGIN))),
        (_JUST_BELOW, Interval(value * (1 - MARGIN), below(value).high)),
        (_AT_LEAST, Interval(value, INFINITY)),
        (_AT_MOST, Interval(0.0, value)),
        (_ABOVE, above(value)),
        (_BELOW, below(value)),
        (_NEARLY, Interval(value * (1 - TOLERANCE), value)),
        (_ABOUT, Interval(value * (1 - TOLERANCE), value * (1 + TOLERANCE))),
        (_EXACT, exactly(value)),
    ):
        length = _ends_with(tokens, first, phrases)
        if length:
            return interval, first - length, after
    length = _begins_with(tokens, after, _AFTER_AT_LEAST)
    if length:
        return Interval(value, INFINITY), first, after + length
    length = _begins_with(tokens, after, _AFTER_AT_MOST)
    if length:
        return Interval(0.0, value), first, after + length
    return exactly(value), first, after


def _range(tokens: tuple[Token, ...], at: int, value: float, after: int) -> Found | None:
    """ "between A and B", "from A to B", "A to B", "A-B"."""
    if after + 1 > len(tokens) - 1 or tokens[after].norm not in ("to", "and", "or"):
        joined = (
            after < len(tokens)
            and _digits(tokens[after]) is not None
            and tokens[after].start == tokens[after - 1].end + 1
        )
        upper = _cardinal(tokens, after) if joined else None
    else:
        between = at > 0 and tokens[at - 1].norm in ("between", "from")
        fits = tokens[after].norm != "and" or (at > 0 and tokens[at - 1].norm == "between")
        upper = (
            _cardinal(tokens, after + 1)
            if fits and (between or tokens[after].norm != "and")
            else None
        )
    if upper is None or upper[0] <= value:
        return None
    first = at - 1 if at > 0 and tokens[at - 1].norm in ("between", "from") else at
    return Found(first, upper[1] - 1, Interval(value, upper[0]))


def find(tokens: tuple[Token, ...], taken: frozenset[int]) -> list[Found]:
    """All quantities in reading order; tokens in `taken` belong to names or dates."""
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        if at in taken or not _may_begin(tokens[at].norm):
            at += 1
            continue
        quantity = _quantity(tokens, at)
        if quantity is None or any(i in taken for i in range(at, quantity.last + 1)):
            at += 1
            continue
        found.append(quantity)
        at = quantity.last + 1
    return found


_VAGUE_BEGINNINGS = frozenset(phrase[0] for phrase in _VAGUE)
_BEGINNINGS = frozenset((*_ONES, *_TENS, *_ORDINALS, *_VAGUE_BEGINNINGS))


def _may_begin(word: str) -> bool:
    return word in _BEGINNINGS or word[:1].isdigit()


def _quantity(tokens: tuple[Token, ...], at: int) -> Found | None:
    for phrase, interval in _VAGUE.items() if tokens[at].norm in _VAGUE_BEGINNINGS else ():
        if tuple(token.norm for token in tokens[at : at + len(phrase)]) == phrase:
            if interval.low == interval.high:
                widened, first, after = _compared(tokens, at, at + len(phrase), interval.low)
                return Found(first, after - 1, widened)
            return Found(at, at + len(phrase) - 1, interval)
    ordinal = _ordinal(tokens, at)
    if ordinal:
        return Found(at, ordinal[1] - 1, exactly(ordinal[0]), ordinal=True)
    cardinal = _cardinal(tokens, at)
    if cardinal is None:
        return None
    value, after = cardinal
    if _is_pronoun(tokens, at, after):
        return None
    if at > 0 and tokens[at - 1].norm in _LABELS and _digits(tokens[at]) is not None:
        return Found(at, after - 1, exactly(value), label=tokens[at - 1].stem)
    spread = _range(tokens, at, value, after)
    if spread:
        return spread
    interval, first, after = _compared(tokens, at, after, value)
    share = after < len(tokens) and tokens[after].norm in ("%", "percent")
    if not share and [token.norm for token in tokens[after : after + 2]] == ["per", "cent"]:
        share, after = True, after + 1
    return Found(first, after - 1 + share, interval, share=share)


def _is_pronoun(tokens: tuple[Token, ...], at: int, after: int) -> bool:
    """ "no one", "one of the …", "the one", "one day": not the number 1."""
    if tokens[at].norm != "one" or after != at + 1:
        return False
    before = tokens[at - 1].norm if at else ""
    following = tokens[after].norm if after < len(tokens) else ""
    return before in ("no", "any", "every", "the", "some", "each", "this", "that", "number") or (
        following in _AFTER_A_PRONOUN
    )
