"""What a library holds: reviews of claims by whoever published them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Rating(StrEnum):
    """What a publisher's own label comes to; `ratings.toml` says which label is which."""

    TRUE = "true"
    MOSTLY_TRUE = "mostly-true"
    MIXED = "mixed"
    MOSTLY_FALSE = "mostly-false"
    FALSE = "false"
    MISLEADING = "misleading"  # true words or pictures put so that they deceive
    UNRATED = "unrated"  # a label that the table does not know, or none


FIELDS = ("claim", "title", "rating", "label", "publisher", "url", "date", "claimant")


@dataclass(frozen=True, slots=True)
class Review:
    """One publisher's rating of one wording. Texts that are not known are empty."""

    claim: str  # the wording that was rated
    rating: Rating
    label: str  # the rating in the publisher's own words
    publisher: str
    url: str  # of the review
    title: str = ""
    date: str = ""  # of the review, as YYYY-MM-DD
    claimant: str = ""  # who said it

    def row(self) -> dict[str, str]:
        """All of it as texts, by `FIELDS`: as it is kept, and written for others."""
        return {name: str(getattr(self, name)) for name in FIELDS}
