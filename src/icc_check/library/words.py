"""From a text to what it is indexed and searched by: stems, and runs of four letters.

A text that is searched for is cleaned first, for much of what is looked up was posted
somewhere: links go, `#TwoWords` and `@TwoWords` fall into their words, and a last
line such as `— Name (@name) May 4, 2019` tells who said it and when.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Set
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from icc_check.reading.tokens import fold, stem

GRAM = 4
_LINK = re.compile(r"https?://\S+|www\.\S+|\b(?:pic\.twitter\.com|t\.co|bit\.ly|youtu\.be)/\S+")
_SIGNED = re.compile(
    r"\s[—–-]\s*(?P<name>[^—]{0,80}?)\(@(?P<handle>\w+)\)\s*"
    r"(?:(?P<month>[A-Z][a-z]+) \d{1,2}, (?P<year>\d{4}))?\s*$"
)
_MARKED = re.compile(r"[#@](\w+)")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_ENDING = re.compile(r"'(?:s|re|ve|ll|d|m|t)$|'$")
_TYPOGRAPHY = str.maketrans("’‘“”–—…", "''\"\"--.")
_LETTERS = re.compile(r"[^\W_]+")
# Words that tell one way of making terms from another: each is folded by a rule of its own, or
# has another stem in another edition of the stemmer.
_TELLING = """
    U.S. keeper’s Größe 1,000 organized past pasted geologist evening emergency organic
    university universe international lateral added buses knightly
"""
_ENGLISH = Path(__file__).parents[1] / "english"


class Query(NamedTuple):
    """A text to look up, taken apart."""

    text: str  # without links and signature, marks split into words
    author: str  # name and handle of who signed it, or nothing
    month: str  # of the signature, as an English word in lower case, or nothing
    year: str


def read_query(text: str) -> Query:
    """Clean a text that is to be looked up."""
    text = _LINK.sub(" ", text)
    author = month = year = ""
    if signed := _SIGNED.search(text):
        text = text[: signed.start()]
        author = f"{signed['name']} {_split_mark(signed['handle'])}"
        month, year = (signed["month"] or "").lower(), signed["year"] or ""
    return Query(_MARKED.sub(lambda mark: _split_mark(mark[1]), text), author, month, year)


def _split_mark(word: str) -> str:
    return f" {' '.join(_CAMEL.findall(word))} "


def terms(text: str) -> list[str]:
    """The stems of the words that say something, in order."""
    return [term for word in _WORD.findall(text) if (term := term_of(word))]


def making() -> str:
    """How words become terms here, as an example: where it differs, terms cannot be compared."""
    return " ".join(terms(_TELLING))


def plain_words(text: str) -> list[str]:
    """The words of a text, folded; not stemmed, and none left out."""
    return [fold(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=1 << 18)
def term_of(word: str) -> str:
    """What a word is indexed by; nothing for a function word."""
    norm = fold(word)
    if norm[0].isdigit():
        norm = norm.replace(",", "")
    elif "." in norm:
        norm = norm.replace(".", "")
    else:
        norm = _ENDING.sub("", norm)
    return "" if not norm or norm in function_words() else stem(norm)


def grams(text: str) -> list[str]:
    """The runs of four letters, across the words that say something."""
    said = [word for word in _LETTERS.findall(fold_text(text)) if word not in function_words()]
    line = f" {' '.join(said)} "
    return [line[start : start + GRAM] for start in range(len(line) - GRAM + 1)]


def fold_text(text: str) -> str:
    """A whole text folded; not remembered, since texts hardly ever come twice."""
    text = text.translate(_TYPOGRAPHY)
    return text.lower() if text.isascii() else fold.__wrapped__(text)


@lru_cache(maxsize=1)
def function_words() -> Set[str]:
    """Words that hold a sentence together and find nothing."""
    with (_ENGLISH / "function_words.toml").open("rb") as file:
        return frozenset(tomllib.load(file)["words"].split())
