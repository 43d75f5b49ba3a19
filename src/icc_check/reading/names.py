"""Names and concepts: the longest phrase of the lexicon at each place.

Names are matched by folded words ("Côte d'Ivoire" is "cote d'ivoire"), concepts
by stems ("acquitted" is "acquit"). A misspelt word is read as the only word of
the vocabulary within one edit (two for long words, Damerau-Levenshtein).
"""

from __future__ import annotations

from collections.abc import Iterator
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


def find(tokens: tuple[Token, ...], lexicon: Lexicon) -> list[Found]:
    """Names, concepts and fillers in reading order, without overlaps."""
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        best = max(_at(tokens, at, lexicon), key=_preference, default=None)
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
    for stems, target in lexicon.phrases.get(token.stem, ()):
        length = _stems_match(tokens, at, stems)
        if length:
            yield Found(at, at + length - 1, target)
            break


def _is_name(tokens: tuple[Token, ...], at: int) -> bool:
    token = tokens[at]
    if token.norm not in _ALSO_WORDS or token.text.isupper() or "." in token.text:
        return True
    if token.norm in ("us", "pa") and at and tokens[at - 1].norm in ("the", "by", "in", "of"):
        return True
    return token.norm == "chad" and token.capital


def _matches(words: list[str], wanted: tuple[str, ...]) -> bool:
    return len(words) == len(wanted) and tuple(words) == wanted


def _stems_match(tokens: tuple[Token, ...], at: int, stems: tuple[str, ...]) -> int:
    """How many tokens a phrase covers from `at` on, or 0; `*` stands for one to three."""
    index = at
    for position, wanted in enumerate(stems):
        if wanted == GAP:
            rest = stems[position + 1 :]
            for skip in range(1, MAX_GAP + 1):
                length = _stems_match(tokens, index + skip, rest) if index + skip < len(tokens) else 0
                if length:
                    return index + skip + length - at
            return 0
        if index >= len(tokens) or tokens[index].stem != wanted:
            return 0
        index += 1
    return index - at
