"""From the JSON of a feed to reviews, and back: schema.org's ClaimReview, and our own rows.

Feeds are written by many hands. Whatever can be understood is; what would leave a
review without its claim, or without anybody to attribute it to, is refused with a
reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from icc_check.library.rating import BEST, WORST, number_of, rate_label, rate_number
from icc_check.library.review import Rating, Review

LONGEST = 10_000  # characters of a claim
DEEPEST = 12  # wrappers around a review
_WRAPPERS = ("@graph", "item", "dataFeedElement", "itemListElement", "mainEntity", "properties")
_OURS = frozenset(rating.value for rating in Rating)
_WEB = ("http", "https")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BETWEEN_ADDRESSES = re.compile(r"(?:,|\s)(?:\s*and\s+|\s*)(?=https?://)")


class Refusal(NamedTuple):
    """Why something in a feed is no review."""

    reason: str


def reviews_in(value: Any, publisher: str = "") -> Iterator[Review | Refusal]:
    """The reviews in one entry of a feed, however wrapped; nothing if there is none.

    `publisher` is to be named where a review names nobody.
    """
    for node in _nodes(value, 0):
        yield read_review(node, publisher)


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        properties = value.get("properties")
        if isinstance(properties, dict):  # as extractors of microdata write it
            value = {**value, **properties, "properties": None}
        if _is_review(value):
            yield value
            return
        for name in _WRAPPERS:
            if name in value:
                yield from _nodes(value[name], depth + 1)


def _is_review(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type", node.get("type"))
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if any(isinstance(kind, str) and kind.rpartition("/")[2] == "ClaimReview" for kind in kinds):
        return True
    return "claimReviewed" in node or (kinds == [None] and isinstance(node.get("claim"), str))


def read_review(node: Mapping[str, Any], publisher: str = "") -> Review | Refusal:
    """One review, of ClaimReview's fields or of our own."""
    item = _first(node.get("itemReviewed"))
    item = item if isinstance(item, dict) else {}
    claim = _text(node.get("claimReviewed"), node.get("claim"), item.get("name"), item.get("text"))
    if not claim:
        return Refusal("has no claim")
    url = _address(node.get("url")) or _address(node.get("@id"))
    by = (node.get(name) for name in ("author", "publisher", "sourceOrganization", "creator"))
    publisher = _text(*by) or publisher or _host(url)
    if not publisher:
        return Refusal("names neither a publisher nor an address, so nobody can be credited")
    label, rating = _rating(node)
    review = Review(
        claim=claim,
        rating=rating,
        label=label,
        publisher=publisher,
        url=url,
        title=_text(node.get("headline"), node.get("title"), node.get("name")),
        date=_day(node.get("datePublished"), node.get("date"), node.get("dateCreated")),
        claimant=_text(item.get("author"), item.get("creator"), node.get("claimant")),
    )
    return _unless_unfit(review)


def _unless_unfit(review: Review) -> Review | Refusal:
    if len(review.claim) > LONGEST:
        return Refusal(f"has a claim of more than {LONGEST:,} characters")
    texts = (review.claim, review.title, review.label, review.publisher, review.claimant)
    if any("\ud800" <= char <= "\udfff" for text in texts if not text.isascii() for char in text):
        return Refusal("is not valid UTF-8")
    if not any(char.isalnum() for char in review.claim):
        return Refusal("has a claim without a word")
    return review


def _rating(node: Mapping[str, Any]) -> tuple[str, Rating]:
    rating = _first(node.get("reviewRating"))
    if not isinstance(rating, dict):  # our own rows, or a label in the place of an object
        own = _text(node.get("rating"))
        label = _text(node.get("label"), rating) or ("" if own in _OURS else own)
        known = rate_label(label)
        return label, Rating(own) if known is Rating.UNRATED and own in _OURS else known
    value = _first(rating.get("ratingValue"))
    number = _number(value)
    name = _text(rating.get("name"))
    label = _text(rating.get("alternateName")) or ("" if name in _OURS else name)
    if not label and number is None and isinstance(value, str):
        label = _text(value)
    candidates = (
        rate_label(label),
        rate_label(name),
        rate_number(number, _number(rating.get("bestRating")), _number(rating.get("worstRating"))),
    )
    return label, next((each for each in candidates if each is not Rating.UNRATED), Rating.UNRATED)


def _first(value: Any) -> Any:
    """The first of a list that says something; the value itself if it is no list."""
    if isinstance(value, list):
        return next((_first(part) for part in value if part), None)
    return value


def _text(*values: Any) -> str:
    """The first of the values that holds a text, with its white space made plain."""
    for value in values:
        value = _first(value)
        if isinstance(value, dict):
            value = _text(value.get("@value"), value.get("name"), value.get("properties"))
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and (text := " ".join(value.replace("\0", " ").split())):
            return text
    return ""


def _number(value: Any) -> float | None:
    try:
        number = float(_text(value))
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None  # neither infinite nor no number at all


def _address(value: Any) -> str:
    """The first address of the web in a value."""
    value = _first(value)
    if isinstance(value, dict):
        value = value.get("@id", value.get("@value"))
    if not isinstance(value, str):
        return ""
    for part in _BETWEEN_ADDRESSES.split(value.strip()):
        if _host(part) and part.isprintable() and " " not in part:
            return part
    return ""


def _host(url: str) -> str:
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www.") if parts.scheme in _WEB else ""
    except ValueError:
        return ""


def _day(*values: Any) -> str:
    for value in values:
        if found := _DAY.match(_text(value)):
            try:
                return dt.date.fromisoformat(found[0]).isoformat()
            except ValueError:
                continue
    return ""


def to_claimreview(review: Review) -> dict[str, Any]:
    """A review as schema.org's ClaimReview; what is not known is left out."""
    rating: dict[str, Any] = {"@type": "Rating"}
    if review.label:
        rating["alternateName"] = review.label
    if (number := number_of(review.rating)) is not None:
        rating |= {"ratingValue": number, "bestRating": BEST, "worstRating": WORST}
    elif review.rating is not rate_label(review.label):
        rating["name"] = review.rating.value
    item = {"@type": "Claim", "author": {"@type": "Person", "name": review.claimant}}
    node = {
        "@type": "ClaimReview",
        "claimReviewed": review.claim,
        "headline": review.title,
        "url": review.url,
        "datePublished": review.date,
        "author": {"@type": "Organization", "name": review.publisher},
        "itemReviewed": item if review.claimant else None,
        "reviewRating": rating,
    }
    return {name: value for name, value in node.items() if value}
