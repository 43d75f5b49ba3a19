"""Names and concepts: the longest phrase of the lexicon at each place.

Names are matched by folded words ("Côte d'Ivoire" is "cote d'ivoire"), concepts
by stems ("acquitted" is "acquit"). A misspelt word is read as the only word of
the vocabulary within one edit (two for long words, Damerau-Levenshtein).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from icc_check.lexicon import ENTITY, GAP, Lexicon, Target
from icc_check.reading.values import Token

MAX_GAP = 3
# Abbreviations that are also everyday words: names only when written as such.
_ALSO_WORDS = frozenset("us it who in am pa is as an or so no to me he car chad".split())


@dataclass(frozen=True, slots=True)
class Found:
    first: int
    last: int
    target: Target
    gaps: tuple[int, ...] = ()  # tokens inside that the phrase only steps over


def find(tokens: tuple[Token, ...], lexicon: Lexicon) -> list[Found]:
    """Names, concepts and fillers in reading order, without overlaps."""
    found = _longest(tokens, range(len(tokens)), lexicon)
    for outer in [one for one in found if one.gaps]:
        found += _longest(tokens, outer.gaps, lexicon)
    return sorted(found, key=lambda one: one.first)


def _longest(tokens: tuple[Token, ...], places: Sequence[int], lexicon: Lexicon) -> list[Found]:
    """The longest phrase at each of the places, from left to right."""
    found: list[Found] = []
    at = places[0] if places else 0
    end = places[-1] + 1 if places else 0
    while at < end:
        fitting = (one for one in _at(tokens, at, lexicon) if one.last < end)
        best = max(fitting, key=_preference, default=None)
        if best is None:
            at += 1
            continue
        found.append(best)
        at = best.last + 1
    return found


def _preference(found: Found) -> tuple[int, bool]:
    return found.last - found.first, found.target[0] == ENTITY


def _at(tokens: tuple[Token, ...], at: int, lexicon: Lexicon) -> Iterator[Found]:
    token = tokens[at]
    for words, target in lexicon.names.get(token.norm, ()):
        last = _matches([t.norm for t in tokens[at : at + len(words)]], words)
        if last and (len(words) > 1 or _is_name(tokens, at)):
            yield Found(at, at + len(words) - 1, target)
            break
    for stems, target in _beginning(tokens, at, lexicon):
        covered = _stems_match(tokens, at, stems)
        if covered:
            inside = set(covered)
            gaps = tuple(i for i in range(at, covered[-1]) if i not in inside)
            yield Found(at, covered[-1], target, gaps)
            break


def _beginning(
    tokens: tuple[Token, ...], at: int, lexicon: Lexicon
) -> tuple[tuple[tuple[str, ...], Target], ...]:
    """The phrases that may begin here, longest first."""
    alone = lexicon.phrases.get(tokens[at].stem, ())
    if at + 1 == len(tokens):
        return alone
    return lexicon.phrases.get(f"{tokens[at].stem} {tokens[at + 1].stem}", alone)


def _is_name(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.norm not in _ALSO_WORDS or token.text.isupper() or "." in token.text:
        return True
    if token.norm in ("us", "pa") and at and tokens[at - 1].norm in ("the", "by", "in", "of"):
        return True
    return token.norm == "chad" and token.capital


def _matches(words: list[str], wanted: tuple[str, ...]) -> bool:
    return len(words) == len(wanted) and tuple(words) == wanted


def _stems_match(tokens: tuple[Token, ...], at: int, stems: tuple[str, ...]) -> list[int]:
    """The tokens that a phrase covers from `at` on, none if it does not fit; `*` is a gap."""
    covered: list[int] = []
    for position, wanted in enumerate(stems):
        index = at + position
        if wanted == GAP:
            for skip in range(1, MAX_GAP + 1):
                rest = _stems_match(tokens, index + skip, stems[position + 1 :])
                if rest:
                    return covered + rest
            return []
        if index >= len(tokens) or tokens[index].stem != wanted:
            return []
        covered.append(index)
    return covered
