"""From a text to a reading: the steps in their order, each with a name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from icc_check.lexicon import CONCEPT, ENTITY, Lexicon
from icc_check.reading import clauses, dates, names, numbers, polarity, stance
from icc_check.reading.spelling import correct
from icc_check.reading.tokens import tokenise
from icc_check.reading.values import LABEL, DateRelation, Item, Kind, Reading, Token

# The unit of a number is the next thing named, at most so many words away.
UNIT_REACH = 4
ASIDE = re.compile(
    r"(?:contrary to|whatever|despite what|no matter what)[^,:]{0,60}[,:]", re.IGNORECASE
)
DETERMINERS = frozenset("a an the of its their his her no any such this that these".split())
PREPOSITIONS = frozenset(
    "in on at with of against over to for from about into under towards".split()
)
NOTHING = frozenset(("nothing", "nobody", "none", "noone", "nowhere"))
PARTICLES = frozenset(("over", "out", "in", "off"))
# Units of time, in the unit they are compared in.
TIME_UNITS = {
    "month": ("month", 1.0),
    "year": ("month", 12.0),
    "yr": ("month", 12.0),
    "decad": ("month", 120.0),
    "centuri": ("month", 1200.0),
    "day": ("day", 1.0),
    "week": ("day", 7.0),
    "fortnight": ("day", 14.0),
}


def read(text: str, lexicon: Lexicon, reference: dt.date | None = None) -> Reading:
    """Read one clause. Relative dates ("last year") count from `reference`."""
    written = tokenise(text)
    tokens = correct(written, lexicon)
    named = names.find(tokens, lexicon)
    cues = polarity.find(tokens, text, _covered(f for f in named if f.last > f.first))
    attitude = stance.find(tokens, text)
    entity_tokens = _covered(f for f in named if f.target[0] == ENTITY or f.last > f.first)
    dated = [d for d in dates.find(tokens, text, reference) if not _overlaps(d, entity_tokens)]
    taken = entity_tokens | _covered(dated)
    counted = numbers.find(tokens, taken)
    counted = [q for q in counted if not _stands_for_a_word(tokens, q, named)]
    numbered = _covered(counted) | {q.last + 1 for q in counted if _time_unit(tokens, q.last)}
    limited = {d.first - 1 for d in dated if tokens[d.first - 1].norm == "only"}
    cued = cues.tokens | limited  # "only since 2005" limits the date, which is compared anyway
    items = _named_items(tokens, named, taken=_covered(dated) | numbered, cued=cued)
    items += [_date_item(tokens, text, d) for d in dated]
    aside = _aside(tokens, text)
    items = [item for item in items if item.last not in aside]
    silent = cues.tokens | aside | attitude.tokens | taken | _covered(named) | numbered
    words = [
        _word_item(tokens, at)
        for at in range(len(tokens))
        if at not in silent and (_is_content(tokens[at], lexicon) or _is_particle(tokens, at, text))
    ]
    items = sorted(items + words, key=lambda item: item.first)
    items += [_quantity_item(tokens, text, q, items) for q in counted]
    tags = _trailing_tags(tokens)
    if any(token.norm == "had" for token in tokens):
        items = [_by_then(item) for item in items]
    ordered = tuple(_tagged(item, tags) for item in sorted(items, key=lambda i: (i.first, i.last)))
    return Reading(
        text=text,
        items=ordered,
        negations=cues.negations,
        contrasted=_contrasted(tokens, text, ordered, cues.turning),
        denied=tuple(_targets(tokens, ordered, cues.turning)),
        parallel=cues.parallel,
        refused=cues.refused,
        beyond=cues.beyond,
        mixed=clauses.is_mixed(text),
        mood=attitude.mood,
        tense=attitude.tense,
        still=attitude.still,
        ended=cues.ended,
        hedged=attitude.hedged,
        within_only=attitude.within_only,
        possible=attitude.possible,
        by=attitude.by,
        voiced=attitude.voiced,
        progressive=attitude.progressive,
        perfect=attitude.perfect,
        conditional=attitude.conditional,
        announced=attitude.announced,
        ahead=attitude.ahead,
        current=attitude.current,
        ever=attitude.ever,
        steps=_steps(written, tokens),
    )


def _covered(found: Iterable[names.Found | dates.Found | numbers.Found]) -> frozenset[int]:
    return frozenset(
        i for f in found for i in range(f.first, f.last + 1) if i not in getattr(f, "gaps", ())
    )


def _overlaps(date: dates.Found, taken: frozenset[int]) -> bool:
    return any(i in taken for i in range(date.first, date.last + 1))


def _is_content(token: Token, lexicon: Lexicon) -> bool:
    """Whether a token that stands for nothing known says something all the same."""
    if not token.norm or not (token.norm[0].isalpha() or ord(token.norm[0]) > 127):
        return False
    return token.norm not in lexicon.function_words and not lexicon.is_light(token.norm, token.stem)


def _aside(tokens: tuple[Token, ...], text: str) -> frozenset[int]:
    """ "Contrary to what you read, …": the tokens of such an opening."""
    match = ASIDE.match(text)
    end = match.end() if match else 0
    return frozenset(at for at, token in enumerate(tokens) if token.start < end)


def _is_particle(tokens: tuple[Token, ...], at: int, text: str) -> bool:
    """ "is over", "is out": at the end of a clause these words say something."""
    if tokens[at].norm not in PARTICLES:
        return False
    following = text[tokens[at].end : tokens[at].end + 1]
    return at + 1 == len(tokens) or following in (",", ";", ".", "!", ":")


def _span(tokens: tuple[Token, ...], first: int, last: int) -> tuple[int, int]:
    return tokens[first].start, tokens[last].end


def _named_items(
    tokens: tuple[Token, ...], named: list[names.Found], taken: frozenset[int], cued: frozenset[int]
) -> list[Item]:
    items = []
    for found in named:
        what, key, negated = found.target
        if what not in (ENTITY, CONCEPT):
            continue
        if what == CONCEPT and any(i in taken for i in range(found.first, found.last + 1)):
            continue
        if what == CONCEPT and found.first == found.last and found.first in cued:
            continue  # "only" in "not only" says nothing by itself
        start, end = _span(tokens, found.first, found.last)
        kind = Kind.ENTITY if what == ENTITY else Kind.CONCEPT
        text = " ".join(t.text for t in tokens[found.first : found.last + 1] if t.text)
        items.append(
            Item(
                kind, key, text, found.first, found.last, start, end,
                negated=negated, oblique=_is_oblique(tokens, found.first),
                nominal=found.first > 0 and tokens[found.first - 1].norm in DETERMINERS,
            )
        )  # fmt: skip
    return items


def _is_oblique(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a preposition stands before it: then it is nobody's doer."""
    before = first - 1
    while before >= 0 and tokens[before].norm in ("the", "a", "an", "its", "their", "his", "her"):
        before -= 1
    return before >= 0 and tokens[before].norm in PREPOSITIONS


def _stands_for_a_word(
    tokens: tuple[Token, ...], found: numbers.Found, named: list[names.Found]
) -> bool:
    """ "a letter 4 Anna": a figure that is read out as a preposition."""
    if found.first != found.last or tokens[found.first].norm not in ("4", "2"):
        return False
    return any(n.first == found.last + 1 and n.target[0] == ENTITY for n in named)


def _date_item(tokens: tuple[Token, ...], text: str, found: dates.Found) -> Item:
    start, end = _span(tokens, found.first, found.last)
    return Item(
        Kind.DATE, "", text[start:end], found.first, found.last, start, end,
        days=found.days, relation=found.relation, impossible=_is_impossible(tokens, found),
        spans=tokens[found.first].norm == "from" and found.relation is DateRelation.IN,
    )  # fmt: skip


def _is_impossible(tokens: tuple[Token, ...], found: dates.Found) -> bool:
    """Whether a day of the month is written that the month does not have."""
    written = [t.norm for t in tokens[found.first : found.last + 1] if t.norm.isdigit()]
    numbers_up_to_31 = [int(word) for word in written if len(word) < 3 and 1 <= int(word) <= 31]
    one_month = found.days.start.day == 1 and 27 <= (found.days.end - found.days.start).days <= 30
    return bool(numbers_up_to_31) and one_month and "-" not in tokens[found.first].text


def _word_item(tokens: tuple[Token, ...], at: int) -> Item:
    token = tokens[at]
    loose = token.capital and at > 0 and not token.text.isupper()
    return Item(Kind.WORD, token.stem, token.text, at, at, token.start, token.end, loose=loose)


def _quantity_item(
    tokens: tuple[Token, ...], text: str, found: numbers.Found, items: list[Item]
) -> Item:
    number, last = found.number, found.last
    unit = f"{LABEL}{found.label}" if found.label else ""
    scale = _time_unit(tokens, last)
    if scale and not unit:
        unit, last = scale[0], last + 1
        number = type(number)(number.low * scale[1], number.high * scale[1])
    elif not unit:
        unit = "%" if found.share else _unit(tokens, found, items)
    start, end = _span(tokens, found.first, last)
    before = tokens[found.first - 1].norm if found.first else ""
    return Item(
        Kind.QUANTITY, unit, text[start:end], found.first, last, start, end,
        number=number, ordinal=found.ordinal, lasting=bool(scale) and before == "for",
    )  # fmt: skip


def _time_unit(tokens: tuple[Token, ...], last: int) -> tuple[str, float] | None:
    """The unit of time behind a number, which the number swallows: "two decades"."""
    return TIME_UNITS.get(tokens[last + 1].stem) if last + 1 < len(tokens) else None


def _unit(tokens: tuple[Token, ...], found: numbers.Found, items: list[Item]) -> str:
    if found.last + 1 < len(tokens) and tokens[found.last + 1].norm == "against":
        return "against"  # "120 in favour, 7 against"
    for item in items:
        if item.first > found.last and item.kind in (Kind.CONCEPT, Kind.WORD):
            return item.key if item.first - found.last <= UNIT_REACH else ""
    return ""


def _by_then(item: Item) -> Item:
    """ "In 2010 it had signed": by then, not in that year."""
    if item.kind is Kind.DATE and item.relation is DateRelation.IN:
        return replace(item, relation=DateRelation.BY)
    return item


def _targets(
    tokens: tuple[Token, ...], items: tuple[Item, ...], turning: tuple[int, ...]
) -> Iterator[int]:
    """What each negation denies: the next thing said of any weight.

    "Nothing" right behind a verb denies the verb: "she denies nothing".
    """
    for at in turning:
        verb = next(
            (
                index
                for index, item in enumerate(items)
                if item.last == at - 1 and item.kind in (Kind.CONCEPT, Kind.WORD)
            ),
            None,
        )
        if tokens[at].norm in NOTHING and verb is not None:
            yield verb
            continue
        behind = [index for index, item in enumerate(items) if item.first > at]
        weighty = (i for i in behind if items[i].kind in (Kind.CONCEPT, Kind.WORD, Kind.QUANTITY))
        # "not in the union", "not by the council"
        outside = [i for i in behind if items[i].oblique or _is_done_by(tokens, items[i].first)]
        yield next(weighty, outside[0] if outside else -1)


def _is_done_by(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether "by" stands before it."""
    return "by" in (token.norm for token in tokens[max(0, first - 2) : first])


def _contrasted(
    tokens: tuple[Token, ...], text: str, items: tuple[Item, ...], turning: tuple[int, ...]
) -> int:
    """The item that is denied in favour of another: the last one in "tea, not coffee"."""
    for at in turning:
        between = text[tokens[at - 1].end : tokens[at].start] if at else ""
        joined = "," in between or (at > 0 and tokens[at - 1].norm in ("and", "but"))
        if tokens[at].norm != "not" or not joined:
            continue
        for index, item in enumerate(items):
            if item.first > at:
                determined = tokens[at + 1].norm in DETERMINERS
                return index if item.first == at + 1 + determined else -1
    return -1


def _trailing_tags(tokens: tuple[Token, ...]) -> int:
    """The index from which on all tokens are hashtags or flags."""
    at = len(tokens)
    while at > 0 and (tokens[at - 1].hashtag or _is_flag(tokens[at - 1])):
        at -= 1
    return at if at > 0 else len(tokens)


def _is_flag(token: Token) -> bool:
    return bool(token.text) and "\U0001f1e6" <= token.text[0] <= "\U0001f1ff"


def _tagged(item: Item, tags: int) -> Item:
    if item.first < tags:
        return item
    return replace(item, tag=True)


def _steps(written: tuple[Token, ...], corrected: tuple[Token, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(
        ("spelling", f"{before.text} → {after.norm}")
        for before, after in zip(written, corrected, strict=True)
        if before is not after
    )
