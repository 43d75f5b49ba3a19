"""How a text stands to what it says: mood, tense, hedges, and who is speaking."""

from __future__ import annotations

import re
from dataclasses import dataclass

from icc_check.reading.values import Mood, Tense, Token

_ASKING = frozenset(
    "who whose whom what why how when where which does did do is are was were will can could "
    "should would has have had shall may might am isn't".split()
)
_ASKING_WITHOUT_MARK = frozenset(("why", "how"))
# "Anyone else think …", where "anyone accused has a lawyer" states something.
_ASKING_ANYONE = frozenset("else know knows think thinks heard got seen here remember care".split())
_STILL = (
    "still", "yet", "so far", "to date", "to this day", "until today", "till today", "up to now",
    "until now", "as yet", "thus far", "even now", "to the present day", "up to this day",
    "up to today",
    "hitherto",
)  # fmt: skip
_STILL_BY_FIRST = {
    phrase.split()[0]: [p.split() for p in _STILL if p.split()[0] == phrase.split()[0]]
    for phrase in _STILL
}
_HEDGES = frozenset(
    "may might could reportedly allegedly possibly perhaps maybe apparently supposedly".split()
)
_POSSIBLE = frozenset("may can could might able allowed".split())
_PRESENT = frozenset(
    "is are has have am does do stands remains stays holds belongs lies sits".split()
)
_PAST = frozenset("was were had did became got been".split())
_FUTURE = frozenset(("will", "gonna", "shall"))
# Verbs of saying and fearing, after which a future is somebody's words.
_REPORTING = frozenset(
    "said says say told tells promised promises warned warns fear fears feared announced "
    "announces reported reports claims claimed argued threatened vowed learned declared "
    "assured pledged stated predicted wrote concern concerns stood".split()
)
_CURRENT = frozenset("now currently nowadays presently".split())
# What "would be" comes before when it judges a saying.
_JUDGING = frozenset(
    "wrong false incorrect untrue inaccurate misleading mistaken correct true fair right".split()
)
# Words in -ing that name a state and nothing under way.
_NOT_UNDER_WAY = frozenset(
    "binding missing standing outstanding pending lacking existing nothing anything something "
    "during being king sing bring thing ring wing string going".split()
)
# What may be to do something without leaving open whether it is done: "its task is to try …".
_PURPOSES = frozenset(
    "aim aims role job task purpose goal mandate mission duty function point idea remedy".split()
)
_TO_BE = frozenset("is are was were".split())
_BE = frozenset("is are was were be been being got get gets".split())
# What slogans begin with: "Free X!", "Abolish Y!"
_CALLS = frozenset(
    "free save stop bring support boycott abolish jail release let defund join sign stand "
    "fight shame".split()
)
_ANNOUNCED = re.compile(
    r"\bwould\b|\b(?:was|were|is|are)\s+(?:due|set|scheduled|meant|supposed|expected)\s+to\b",
    re.IGNORECASE,
)
# What is still to come, or was when it was said.
_AHEAD = re.compile(
    r"\b(?:would|will|shall|to|if|may|might|can|could|must|should|going|'ll|'d)\b"
    r"|\b(?:due|set|scheduled|plan|promis|pledg|vow|threat|announc|prepar|expect|read[iy])",
    re.IGNORECASE,
)
MOST_FRAMING = 8  # words of "it would be plainly wrong to say that"
_ANSWERED = re.compile(r"\?[\s\W]*\w")


@dataclass(frozen=True, slots=True)
class Stance:
    mood: Mood
    tense: Tense
    still: bool
    within_only: bool | None
    hedged: bool
    possible: bool
    voiced: bool  # False for a passive without "by"
    by: int  # the "by" of a passive, -1 where there is none
    progressive: bool
    perfect: bool
    conditional: bool
    announced: bool
    ahead: bool
    current: bool
    ever: bool  # "never", "not ever"
    tokens: frozenset[int]


_ONLY = re.compile(r"\bonly\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:not|never|no)\b|n['’]t\b", re.IGNORECASE)
_IN_PROCESS = ["in", "the", "process"]
# Deeds that are not done while they are under way: who is leaving has not left.
_COMPLETED = frozenset(
    ("left", "quit", "withdrew", "exited", "departed", "resigned", "pulled out", "walked out")
)


def find(tokens: tuple[Token, ...], text: str) -> Stance:
    words = [token.norm for token in tokens]
    used: set[int] = set()
    still = False
    for at, word in enumerate(words):
        for parts in _STILL_BY_FIRST.get(word, ()):
            if words[at : at + len(parts)] == parts:
                still = True
                used.update(range(at, at + len(parts)))
    hedges = {at for at, word in enumerate(words) if word in _HEDGES and not _is_month(tokens, at)}
    return Stance(
        mood=_mood(words, text),
        tense=_tense(words),
        still=still,
        hedged=any(words[at] != "may" for at in hedges),
        within_only=_denies_within_only(text),
        possible=any(
            word in _POSSIBLE and not _is_month(tokens, at) for at, word in enumerate(words)
        ),
        voiced=_voiced(words),
        by=_by(words),
        progressive=_progressive(words),
        perfect=_perfect(words),
        conditional=_conditional(words),
        announced=bool(_ANNOUNCED.search(text)),
        ahead=bool(_AHEAD.search(text)),
        current=still or any(word in _CURRENT for word in words),
        ever="never" in words or "ever" in words,
        tokens=frozenset(used | hedges),
    )


def _is_month(tokens: tuple[Token, ...], at: int) -> bool:
    return tokens[at].norm == "may" and tokens[at].capital and at > 0


def _mood(words: list[str], text: str) -> Mood:
    if not words:
        return Mood.STATEMENT
    asked = "?" in text and not _ANSWERED.search(text.rstrip("?! "))
    if asked and (text.rstrip("!?. ") + "?" in text):
        return Mood.QUESTION
    if words[0] in ("anyone", "anybody") and set(words[1:2]) <= _ASKING_ANYONE:
        return Mood.QUESTION
    if words[0] in _ASKING_WITHOUT_MARK or words[:2] in (["who", "even"], ["who", "cares"]):
        return Mood.QUESTION
    if _is_request(words) or ("!" in text and words[0] in _CALLS):
        return Mood.QUESTION
    return Mood.STATEMENT


def _is_request(words: list[str]) -> bool:
    opening = words[1:] if words[0] in ("please", "hey", "so", "ok") else words
    return opening[:2] in (
        ["can", "someone"],
        ["can", "anyone"],
        ["can", "you"],
        ["does", "anyone"],
    )


def _tense(words: list[str]) -> Tense:
    if any(word in _FUTURE for word in words) and not _is_reported(words):
        return Tense.FUTURE
    for word in words[_framed(words) :]:
        if word in _PRESENT:
            return Tense.PRESENT
        if word in _PAST:
            return Tense.PAST
    return Tense.NONE


def _framed(words: list[str]) -> int:
    """Where what is said begins: behind "it is false that"."""
    framed = words[:1] == ["it"] and "that" in words[2:MOST_FRAMING]
    return words.index("that") + 1 if framed else 0


def _voiced(words: list[str]) -> bool:
    """Whether the doer stands before the verb: not in "are sanctioned", "under sanctions"."""
    passive = any(
        word in _BE and any(w.endswith(("ed", "en")) for w in words[at + 1 : at + 3])
        for at, word in enumerate(words)
    )
    return not (passive or "under" in words or "from" in words)


def _by(words: list[str]) -> int:
    """The place of "by" behind a form of "be", or behind a bare participle ("sued by")."""
    for at in range(1, len(words)):
        if words[at] == "by" and (
            words[at - 1].endswith(("ed", "en", "t", "n")) or any(w in _BE for w in words[:at])
        ):
            return at
    return -1


def _denies_within_only(text: str) -> bool | None:
    """Whether a text denies what "only" is about, not that it is the only one; None without it.

    "Only Gull is not lit" does; "Gull is not the only one lit" does not.
    """
    only = _ONLY.search(text)
    return _DENIAL.search(text, only.end()) is not None if only else None


def is_completed(deed: str) -> bool:
    """Whether a word in the past tense says that something is over and done: "left"."""
    return deed.lower() in _COMPLETED


def _progressive(words: list[str]) -> bool:
    """ "is leaving", "are about to leave", "is on its way out"."""
    for at, word in enumerate(words):
        if word in ("is", "are", "was", "were", "am"):
            ahead = words[at + 1 : at + 4]
            under_way = any(w.endswith("ing") and w not in _NOT_UNDER_WAY for w in ahead[:2])
            on_the_way = ahead[:1] == ["on"] and ahead[2:] == ["way"]
            if under_way or on_the_way or ahead[:2] == ["about", "to"] or ahead == _IN_PROCESS:
                return True
    return False


def _perfect(words: list[str]) -> bool:
    """ "has left", "is out": done. A form of "have" that is no possession, or a state reached."""
    if any(
        word in _TO_BE and {"out", "gone"} & set(words[at + 1 : at + 3])
        for at, word in enumerate(words)
    ):
        return True
    return any(
        word in ("has", "have", "had")
        and words[at + 1 : at + 2] not in (["a"], ["an"], ["the"], ["no"])
        for at, word in enumerate(words)
    )


def _is_reported(words: list[str]) -> bool:
    """Whether the future is somebody's words: "she warned that they will"."""
    first = next((at for at, word in enumerate(words) if word in _FUTURE or word == "would"), 0)
    return any(word in _REPORTING for word in words[:first])


def _conditional(words: list[str]) -> bool:
    """ "would be mad to join", "was to join": what is not or was only meant to be.

    "It would be wrong to say" judges a saying.
    """
    if any(
        word in _TO_BE and words[at + 1 : at + 2] == ["to"] and not _PURPOSES & set(words[:at])
        for at, word in enumerate(words)
    ):
        return True
    return not _is_reported(words) and any(
        word == "would"
        and not (words[at + 1 : at + 2] == ["be"] and set(words[at + 2 : at + 4]) & _JUDGING)
        for at, word in enumerate(words)
    )
