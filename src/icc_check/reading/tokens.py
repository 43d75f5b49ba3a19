"""Words with their places: the first step of reading.

The text itself is never changed; each token keeps its span and carries a
folded form, so nothing has to be mapped back afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from Stemmer import Stemmer

from icc_check.reading.values import Token

# Acronyms with dots, numbers with separators, flags (two regional letters), words, "%", "=".
# Letters, each with the accents that stand behind it where they are no part of it.
_LETTER = r"[^\W\d_][\u0300-\u036F]*"
_LETTERS = rf"(?:{_LETTER})+"
_WORD = re.compile(
    rf"""(?:{_LETTER}\.){{2,}}(?:{_LETTER})?
      | \d+(?:[.,]\d+)*
      | [\U0001F1E6-\U0001F1FF]{{2}}
      | {_LETTERS}(?:['’ʼ]{_LETTERS})*
      | [%$€£=?+]
    """,
    re.VERBOSE,
)
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_NOT_FOLDED_BY_UNICODE = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)
_IRREGULAR_CONTRACTIONS = {
    "can't": ("can", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "won't": ("will", "not"),
    "wont": ("will", "not"),
    "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
    "aint": ("is", "not"),
    "let's": ("let", "us"),
    "didnt": ("did", "not"),
    "doesnt": ("does", "not"),
    "dont": ("do", "not"),
    "isnt": ("is", "not"),
    "arent": ("are", "not"),
    "wasnt": ("was", "not"),
    "werent": ("were", "not"),
    "hasnt": ("has", "not"),
    "havent": ("have", "not"),
    "hadnt": ("had", "not"),
    "couldnt": ("could", "not"),
    "wouldnt": ("would", "not"),
    "theyre": ("they", "are"),
    "theyve": ("they", "have"),
    "theres": ("there", "is"),
    "thats": ("that", "is"),
    "whats": ("what", "is"),
}
_ENDINGS = {
    "n't": "not",
    "'re": "are",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "'m": "am",
}
_PRONOUNS_WITH_IS = frozenset("it he she that there what who here where".split())
# Text-speak that stands for function words or for very common ones.
_SHORT_FORMS = {
    "u": "you",
    "r": "are",
    "ur": "your",
    "n": "and",
    "w": "with",
    "rn": "now",
    "atm": "now",
    "ppl": "people",
    "bc": "because",
    "cuz": "because",
    "abt": "about",
    "govt": "government",
    "gov": "government",
    "pls": "please",
    "prez": "president",
    "yrs": "years",
    "yr": "year",
    "intl": "international",
    "int'l": "international",
    "thru": "through",
    "b4": "before",
    "tmrw": "tomorrow",
    "xmas": "christmas",
    "1st": "first",
    "some1": "someone",
    "no1": "nobody",
    "v": "versus",
    "vs": "versus",
    "cops": "police",
}
_stemmer = Stemmer("english")


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Lower case, without accents, compatibility forms made plain: `Côte` -> `cote`."""
    return _bare(_bare(word)).replace("’", "'")


def _bare(word: str) -> str:
    """One round of folding; what a letter falls apart into may want another."""
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_NOT_FOLDED_BY_UNICODE))
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=65536)
def stem(norm: str) -> str:
    """The Snowball (Porter 2) stem of a folded word, with -ize read as -ise."""
    stemmed: str = _stemmer.stemWord(norm.replace("iz", "is") if "iz" in norm else norm)
    return stemmed


def _token(text: str, norm: str, start: int, end: int, **flags: bool) -> Token:
    return Token(text, norm, stem(norm), start, end, **flags)


def _word_tokens(text: str, start: int, hashtag: bool) -> list[Token]:
    """The tokens of one match; more than one for contractions and camel-case hashtags."""
    end = start + len(text)
    norm = fold(text)
    if norm.startswith("in'") and len(norm) == 3:
        norm = "in"
    if "." in norm and norm.replace(".", "").isalpha():
        norm = norm.replace(".", "")
    if norm in _IRREGULAR_CONTRACTIONS:
        first, second = _IRREGULAR_CONTRACTIONS[norm]
        return [_token(text, first, start, end), _token("", second, end, end)]
    if norm.endswith("'s") or norm.endswith("s'"):
        bare = norm[:-2] if norm.endswith("'s") else norm[:-1]
        if bare in _PRONOUNS_WITH_IS:
            return [_token(text, bare, start, end), _token("", "is", end, end)]
        return [_token(text, bare, start, end, hashtag=hashtag)]
    for ending, word in _ENDINGS.items():
        if norm.endswith(ending) and len(norm) > len(ending):
            bare = norm[: -len(ending)]
            return [_token(text, bare, start, end), _token("", word, end, end)]
    norm = _SHORT_FORMS.get(norm, norm)
    if hashtag and len(pieces := list(_CAMEL.finditer(text))) > 1:
        return [
            _token(
                piece.group(),
                fold(piece.group()),
                start + piece.start(),
                start + piece.end(),
                hashtag=True,
            )
            for piece in pieces
        ]
    return [_token(text, norm, start, end, hashtag=hashtag)]


def tokenise(text: str) -> tuple[Token, ...]:
    """Split a text into tokens; the spans point into the text as given."""
    tokens: list[Token] = []
    for match in _WORD.finditer(text):
        start = match.start()
        hashtag = start > 0 and text[start - 1] == "#"
        tokens.extend(_word_tokens(match.group(), start, hashtag))
    return tuple(tokens)
