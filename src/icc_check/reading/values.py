"""What the reader hands on: tokens, items and readings, all frozen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from icc_check.intervals import Days, Interval


@dataclass(frozen=True, slots=True)
class Token:
    """One word of the text. `norm` is folded (case, accents, spelling), `stem` its stem."""

    text: str
    norm: str
    stem: str
    start: int
    end: int
    hashtag: bool = False

    @property
    def capital(self) -> bool:
        return self.text[:1].isupper()


class Kind(StrEnum):
    """The kinds of detail, in the order in which they are reported."""

    ENTITY = "name"
    QUANTITY = "quantity"
    DATE = "date"
    CONCEPT = "concept"
    WORD = "word"


class DateRelation(StrEnum):
    """How a text places something against a date."""

    IN = "in"
    SINCE = "since"
    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Item:
    """One detail of a text.

    `key` is what it is compared by: an entity's or concept's id, a quantity's
    unit, a word's stem, empty for a date. `first` and `last` are token indexes.
    """

    kind: Kind
    key: str
    text: str
    first: int
    last: int
    start: int
    end: int
    number: Interval | None = None
    ordinal: bool = False
    days: Days | None = None
    relation: DateRelation = DateRelation.IN
    negated: bool = False  # a word for the absence of the concept: "non-member"
    tag: bool = False  # a hashtag or flag at the end: a topic, no assertion
    loose: bool = False  # an unknown capitalised word: a name the store does not know
    oblique: bool = False  # behind a preposition
    nominal: bool = False  # behind an article: a noun, whatever it is elsewhere
    impossible: bool = False  # a day that no calendar has
    spans: bool = False  # "from … to …": a date with both its ends
    lasting: bool = False  # "for two decades": how long a state of affairs has lasted

    # What it is indexed by: `name:gull-point`, `word:hum`; numbers and dates share one each.
    # Kept, for it is asked for a hundred times as often as items are made.
    index_key: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        alone = self.kind is Kind.QUANTITY or self.kind is Kind.DATE
        key = self.kind.value if alone else f"{self.kind.value}:{self.key}"
        object.__setattr__(self, "index_key", key)


def _is_verb(text: str) -> bool:
    """Whether a word is plainly a verb: "sanctioned" and not "sanctions"."""
    first = text.casefold().split()[0]
    return first.endswith("ed") or first in _VERB_FORMS


def _head(name: Item, named: Sequence[Item]) -> Item:
    """The last of names side by side, which the others describe: the judges in "court judges"."""
    following = next((i for i in named if i.first == name.last + 1), None)
    return _head(following, named) if following else name


def _place(item: Item) -> int:
    return item.first


LABEL = "#"  # begins the unit of a number that is a name: "article 7" counts nothing
BY_REACH = 4  # "by" belongs to a verb at most so many words before it


_VERB_FORMS = frozenset(
    "elect elects choose chooses sue sues calls accuses threatens invades asks praises hit "
    "hits".split()
)


_BY = re.compile(r"\bby\b", re.IGNORECASE)
_UPON = re.compile(r"\s+(?:on|against)\s+(?:the\s+)?", re.IGNORECASE)


class Mood(StrEnum):
    STATEMENT = "statement"
    QUESTION = "question"


class Tense(StrEnum):
    NONE = "none"
    PRESENT = "present"
    PAST = "past"
    FUTURE = "future"


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, read. `negations` counts the words that turn the clause round."""

    text: str
    items: tuple[Item, ...]
    negations: int = 0
    denied: tuple[int, ...] = ()  # indexes of the items that negations stand right before
    contrasted: int = -1  # the index of the item denied in favour of another: "tea, not coffee"
    parallel: bool = False  # negations side by side: "not … and never …"
    refused: bool = False  # "refused to": more than a denial
    beyond: bool = False  # "not only", and nothing that says what else
    mixed: bool = False  # some clauses are denied and others not
    mood: Mood = Mood.STATEMENT
    tense: Tense = Tense.NONE
    still: bool = False  # "still", "yet", "so far", "to this day"
    ended: bool = False  # "no longer", "not any more"
    ever: bool = False  # "never", "not ever": it is about all the time there was
    hedged: bool = False  # "may", "reportedly"
    within_only: bool | None = None  # it denies what "only" is about; None without "only"
    possible: bool = False  # "may", "can": it need not have been done
    by: int = -1  # in the passive, the token index of the "by" before the doer
    voiced: bool = True  # False for a passive without "by": the doer is not said
    progressive: bool = False  # "is leaving": under way, not done
    perfect: bool = False  # "has left": done
    current: bool = False  # "still", "now": about the day of the check
    conditional: bool = False  # "would leave": not said to be so
    announced: bool = False  # it says "would", in whosever words
    ahead: bool = False  # it says in any way that something is still to come
    steps: tuple[tuple[str, str], ...] = field(default=())

    def doer(self, verb: Item, named: Sequence[Item]) -> Item | None:
        """Who did it, if the words tell: behind "by", right before the verb, or first of all."""
        inside = next((i for i in named if verb.first <= i.first <= verb.last), None)
        if inside is not None:
            return inside  # "was put on Anna's list"
        if not _is_verb(verb.text):
            return self._doer_of_noun(verb, named)
        if verb.last < self.by <= verb.last + BY_REACH:
            return min((i for i in named if i.first > self.by), key=_place, default=None)
        beside = next((i for i in named if i.last + 1 == verb.first), None)
        if beside is not None and not verb.text.casefold().startswith("under"):
            return beside
        if not self.voiced or verb.nominal or verb.text.casefold().startswith("under"):
            return None
        first = min(
            (i for i in named if i.first < verb.first and not i.oblique), key=_place, default=None
        )
        return _head(first, named) if first else None

    def sides(self, deed: Item, others: Sequence[Item]) -> tuple[Item, Item] | None:
        """Who or what does it and to whom, by what stands next to the deed on either side.

        None where nothing stands there, and in a passive that leaves the doer unsaid.
        """
        before = max((i for i in others if i.last < deed.first), key=_place, default=None)
        after = min((i for i in others if i.first > deed.last), key=_place, default=None)
        if before is None or after is None:
            return None
        if _BY.search(self.text[deed.end : after.start]):
            return after, before
        return (before, after) if self.voiced else None

    def _doer_of_noun(self, deed: Item, named: Sequence[Item]) -> Item | None:
        """ "Anna's lawsuit against Bert": the name before the noun, if one follows it too."""
        before = next((i for i in named if i.last + 1 == deed.first), None)
        suffers = any(_UPON.fullmatch(self.text[deed.end : i.start]) for i in named)
        return before if suffers else None
