"""Negation: which words turn a clause round, and how often.

Counting is enough for one clause: two negations cancel. Phrases that look like
negations and are none ("not only", "no doubt") are passed over; "no longer" and
"not yet" say something about time as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from icc_check.reading.values import Token

_NEUTRAL = (
    "not only", "not just", "not merely", "not simply", "not alone", "not solely",
    "not exclusively",
    "whether or not", "or not", "no matter", "not to mention", "no doubt", "no wonder", "if not",
    "none other than", "nothing but", "nothing short of", "nothing less than", "not least",
    "why not",
    "no fewer than", "no less than", "not fewer than", "not less than", "no more than",
    "not more than",
    "no later than", "not later than", "not for nothing", "not even remotely close to",
    "not to say",
    "no joke", "no kidding", "no surprise", "no question", "no lie", "not gonna lie",
    "make no mistake",
    "not surprisingly", "not until", "not long after", "not long ago", "not kidding", "not joking",
    "without exception", "without doubt", "without a doubt", "without question", "not quite",
    "no more", "no less", "nothing else", "no more and no less",
    "if there is no", "when there is no", "where there is no", "unless there is no",
)  # fmt: skip
# Of those, what leaves more to be said, and what says it.
_NOT_ONLY = frozenset("only just merely simply solely exclusively".split())
_BUT_ALSO = re.compile(r"[,;:–—]|\b(?:but|also|too|as well)\b", re.IGNORECASE)
_ENDED = ("no longer", "not any longer", "not any more", "not anymore", "not now")
_WRAPPERS = (
    "false", "untrue", "incorrect", "wrong", "inaccurate", "a myth", "myth", "a lie", "a hoax",
    "fake news", "not true", "not the case", "not correct", "not right", "a misconception",
    "a common misconception", "an error", "a mistake", "mistaken", "not so",
    "nonsense",
    "a falsehood", "an untruth", "fiction", "misleading",
)  # fmt: skip
_WRAPPER_TAILS = frozenset("to that when for if".split())
_NEGATORS = frozenset(
    "not never no none nobody nothing neither nor without nowhere noone nope nor non".split()
)
_NEGATOR_PHRASES = (
    "fail to", "failed to", "fails to", "failing to", "refuse to", "refused to", "refuses to",
    "decline to", "declined to", "unable to", "far from", "anything but", "instead of",
    "rather than",
    "stop short of", "stopped short of", "by no means", "in no way", "under no circumstances",
    "at no time",
    "on no account", "not in any way", "no such",
)  # fmt: skip
_REFUSING = ("refus", "declin")  # how the negators begin that are deeds


@dataclass(frozen=True, slots=True)
class Polarity:
    """How many times the clause is turned round, and the tokens that did it."""

    negations: int
    turning: tuple[int, ...]  # the last token of each cue that turns the clause round
    ended: bool
    parallel: bool  # negations side by side, which do not cancel: "not … and never …"
    refused: bool  # "refused to": somebody's deed, more than a denial
    beyond: bool  # "not only", and nothing that says what else
    tokens: frozenset[int]  # every token read here, turning or neutral


def _split(phrases: tuple[str, ...]) -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        words = tuple(phrase.split())
        table.setdefault(words[0], []).append(words)
    return table


_NEUTRAL_TABLE, _ENDED_TABLE, _PHRASE_TABLE, _WRAPPER_TABLE = map(
    _split, (_NEUTRAL, _ENDED, _NEGATOR_PHRASES, _WRAPPERS)
)


def _match(words: list[str], at: int, table: dict[str, list[tuple[str, ...]]]) -> int:
    for phrase in table.get(words[at], ()):
        if tuple(words[at : at + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def find(tokens: tuple[Token, ...], text: str, covered: frozenset[int] = frozenset()) -> Polarity:
    """Count the cues; those inside a longer phrase ("found not guilty") belong to it.

    A second negation behind a comma or an "and" stands beside the first and does
    not cancel it: "has not signed and never ratified".
    """
    words = [token.norm for token in tokens]
    negations = 0
    turning: list[int] = []
    ended = parallel = refused = beyond = False
    used: set[int] = set()
    at = 0
    while at < len(words):
        length, turns, ends = (0, 0, False) if at in covered else _cue(words, at)
        if length:
            wraps = _is_wrapper(words, at)
            beside = bool(turning) and not wraps and _side_by_side(tokens, text, turning[-1], at)
            negations += 0 if beside else turns
            parallel = parallel or (beside and bool(turns))
            refused = refused or words[at].startswith(_REFUSING)
            if turns and not wraps:
                turning.append(at + length - 1)
            ended = ended or ends
            beyond = beyond or _leaves_more(words[at : at + length], _around(tokens, text, at))
            used.update(range(at, at + length))
        at += length or 1
    return Polarity(negations, tuple(turning), ended, parallel, refused, beyond, frozenset(used))


def _around(tokens: tuple[Token, ...], text: str, at: int) -> str:
    """What follows a token, with the marks right before it."""
    return text[tokens[at - 1].end if at else 0 : tokens[at].start] + text[tokens[at].end :]


def _leaves_more(cue: list[str], around: str) -> bool:
    """ "There is not only an application": there is said to be more, and not what."""
    return cue[0] == "not" and cue[-1] in _NOT_ONLY and not _BUT_ALSO.search(around)


def _side_by_side(tokens: tuple[Token, ...], text: str, first: int, second: int) -> bool:
    between = text[tokens[first].end : tokens[second].start]
    joined = any(token.norm in ("and", "or", "nor", "but") for token in tokens[first + 1 : second])
    return second > first + 1 and (joined or "," in between or ";" in between)


def _cue(words: list[str], at: int) -> tuple[int, int, bool]:
    """The cue at a word: how many words, how many turns, whether it says "ended"."""
    length = _match(words, at, _NEUTRAL_TABLE)
    if length:
        return length, 0, False
    if words[at] == "not" and "alone" in words[at + 1 : at + 5]:
        return 1, 0, False  # "not the judges alone"
    if words[at] == "alone" and "not" in words[max(0, at - 4) : at]:
        return 1, 0, False
    length = _match(words, at, _ENDED_TABLE)
    if length:
        return length, 1, True
    if words[at] == "not" and "any" in words[at + 1 : at + 8]:
        any_at = words.index("any", at + 1)
        if words[any_at + 1 : any_at + 2] in (["more"], ["longer"]):
            return 1, 1, True
    length = _match(words, at, _PHRASE_TABLE)
    if length:
        return length, 1, False
    wrapped = _wrapper(words, at)
    if wrapped:
        return wrapped, 1, False
    if words[at] in _NEGATORS:
        pair = words[at] == "nor" and "neither" in words[:at]
        again = words[at] in ("any", "no") and at > 0 and words[at - 1] in ("never", "not", "no")
        return 1, 0 if pair or again else 1, False
    return 0, 0, False


def _is_wrapper(words: list[str], at: int) -> bool:
    """Whether a cue denies the whole sentence and not what comes next."""
    return _wrapper(words, at) > 0


def _wrapper(words: list[str], at: int) -> int:
    """ "It is false that …", "it would be wrong to say …": words covered, or 0."""
    length = _match(words, at, _WRAPPER_TABLE)
    if not length:
        return 0
    begins = at <= 6 and any(word in ("it", "its", "is", "a", "the") for word in words[: at + 1])
    tail = words[at + length : at + length + 1]
    return length if begins and tail and tail[0] in _WRAPPER_TAILS else 0
