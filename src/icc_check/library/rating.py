"""What a publisher's rating comes to: the table of labels, then the numbers if they make sense."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from icc_check.library.review import Rating
from icc_check.library.words import fold_text

WORST, BEST = 1, 5  # the scale that is written
SCALE = (Rating.FALSE, Rating.MOSTLY_FALSE, Rating.MIXED, Rating.MOSTLY_TRUE, Rating.TRUE)
_TABLE = Path(__file__).with_name("ratings.toml")
_NO_LETTER = re.compile(r"[\W_]+")
_END = re.compile(r"[.:!;–—]|\s-\s")


def rate_label(label: str) -> Rating:
    """What a label says, by the table; `UNRATED` where it does not know the label."""
    table = _labels()
    whole = table.get(_key(label))
    return whole or table.get(_key(_END.split(label, maxsplit=1)[0]), Rating.UNRATED)


def rate_number(value: float | None, best: float | None, worst: float | None) -> Rating:
    """What a number says on its scale; `UNRATED` unless the scale makes sense."""
    if value is None or best is None or worst is None:
        return Rating.UNRATED
    if not 0 <= worst < best < 1000 or not worst <= value <= best:
        return Rating.UNRATED
    return SCALE[round((len(SCALE) - 1) * (value - worst) / (best - worst))]


def number_of(rating: Rating) -> int | None:
    """The number that is written for a rating, from `WORST` to `BEST`."""
    return SCALE.index(rating) + WORST if rating in SCALE else None


def _key(label: str) -> str:
    return _NO_LETTER.sub(" ", fold_text(label)).strip()


@lru_cache(maxsize=1)
def _labels() -> Mapping[str, Rating]:
    with _TABLE.open("rb") as file:
        table = tomllib.load(file)
    return {_key(label): Rating(name) for name, labels in table.items() for label in labels}
