"""`icc-check match`: the reviews in a library that are nearest to a text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from icc_check.cli.options import format_option
from icc_check.cli.output import open_output
from icc_check.cli.terminal import tell
from icc_check.errors import ExitCode
from icc_check.inputs import read_arguments
from icc_check.wire import VERSION, dumps
from icc_check.wording import number_of, visible

if TYPE_CHECKING:
    from icc_check.library.index import About, Found
    from icc_check.library.rank import Scored
    from icc_check.library.review import Review

FORMATS = ("text", "json")
EPILOG = """\b
Examples:
  icc-check match "The tower leans to the north" --library reviews.db
  icc-check match "The tower leans to the north" --library reviews.db -k 1 --format json

A review is its publisher's rating of a wording that may differ from yours. It is
shown, and never becomes a verdict of icc-check.
"""

app = typer.Typer(rich_markup_mode=None, add_completion=False)


@app.command("match", epilog=EPILOG)
def match(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was said or posted.")],
    library: Annotated[
        Path,
        typer.Option(
            "--library", "-l", metavar="FILE", help="What `icc-check store import` has made."
        ),
    ],
    most: Annotated[
        int, typer.Option("-k", min=1, max=30, metavar="N", help="How many reviews to show.")
    ] = 5,
    form: Annotated[
        str,
        format_option(FORMATS),
    ] = "text",
) -> int:
    """Look up who has fact-checked a text, or one like it, in a library of reviews."""
    from icc_check.library.index import Library

    claim = read_arguments([text])[0].text
    with Library.open(library) as opened:
        found = opened.search(claim)
        about = opened.about
    with open_output(None, for_people=form == "text") as out:
        if form == "json":
            out.write(dumps(_wire(claim, found, about, most), indent=2) + "\n")
        else:
            out.write("".join(_line(each) for each in found.matches[:most]))
    if form == "text":
        tell(_told(found, about))
    return ExitCode.OK


def _line(match: Scored) -> str:
    """`score: claim | who says what of it | address`."""
    review = match.review
    by = f"{review.publisher}: {review.label or review.rating.value}"
    if review.date:
        by += f" ({review.date})"
    said = f"{review.claimant}: {review.claim}" if review.claimant else review.claim
    parts = (part for part in (said, by, review.url) if part)
    return f"{match.points:.2f}: {' | '.join(visible(part) for part in parts)}\n"


def _told(found: Found, about: About) -> str:
    if not found.matches:
        return f"icc-check: no review in {about.name} has a word of it"
    how = "the first is likely about it" if found.likely else "none is surely about it"
    return (
        f"icc-check: {how} ({found.sure:.2f}); {number_of(about.entries, 'review')} in {about.name}"
    )


def _wire(claim: str, found: Found, about: About, most: int) -> dict[str, Any]:
    """The answer as JSON; every key is spelled here."""
    return {
        "version": VERSION,
        "text": claim,
        "sure": round(found.sure, 3),
        "likely": found.likely,
        "matches": [
            {"score": round(each.points, 3), "review": _review(each.review)}
            for each in found.matches[:most]
        ],
        "library": {"name": about.name, "hash": about.hash, "entries": about.entries},
    }


def _review(review: Review) -> dict[str, str | None]:
    return {
        "claim": review.claim,
        "claimant": review.claimant or None,
        "rating": review.rating.value,
        "label": review.label or None,
        "publisher": review.publisher,
        "url": review.url or None,
        "title": review.title or None,
        "date": review.date or None,
    }
