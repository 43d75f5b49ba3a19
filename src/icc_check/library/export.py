"""Writing the reviews of a library for other programs; `import` reads each of them again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

from icc_check.library.claimreview import to_claimreview
from icc_check.library.review import FIELDS, Review


class Out(Protocol):
    """Where it goes."""

    def write(self, text: str, /) -> object: ...


def write_claimreview(reviews: Iterable[Review], out: Out) -> None:
    """A schema.org DataFeed of ClaimReview, an entry a line."""
    out.write('{"@context": "https://schema.org", "@type": "DataFeed", "dataFeedElement": [')
    between = "\n"
    for review in reviews:
        out.write(between + _json(to_claimreview(review)))
        between = ",\n"
    out.write("\n]}\n")


def write_jsonl(reviews: Iterable[Review], out: Out) -> None:
    """One object a line, with our own field names."""
    for review in reviews:
        out.write(_json(review.row()) + "\n")


def write_csv(reviews: Iterable[Review], out: Out) -> None:
    """A table with a row of names at its top."""
    rows = csv.DictWriter(out, FIELDS, lineterminator="\n")
    rows.writeheader()
    for review in reviews:
        rows.writerow(review.row())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


WRITERS: Mapping[str, Callable[[Iterable[Review], Out], None]] = {
    "claimreview": write_claimreview,
    "jsonl": write_jsonl,
    "csv": write_csv,
}
