"""Reviews out of feeds as they are, and out and in again without a change."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from icc_check.errors import InputError
from icc_check.library import htmlfeed, jsonfeed
from icc_check.library.claimreview import Refusal, reviews_in
from icc_check.library.export import WRITERS
from icc_check.library.feeds import Reject, read_feed
from icc_check.library.rating import SCALE, _labels, rate_label, rate_number
from icc_check.library.review import Rating, Review

PLAIN: dict[str, Any] = {
    "@type": "ClaimReview",
    "claimReviewed": "The tower leans.",
    "headline": "Does the tower lean?",
    "url": "https://paper.example/tower",
    "datePublished": "2024-03-01T10:00:00+01:00",
    "author": {"@type": "Organization", "name": "The Paper"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "A Keeper"}},
    "reviewRating": {"alternateName": "Mostly false", "ratingValue": 2},
}
PLAIN_READ = Review(
    claim="The tower leans.",
    rating=Rating.MOSTLY_FALSE,
    label="Mostly false",
    publisher="The Paper",
    url="https://paper.example/tower",
    title="Does the tower lean?",
    date="2024-03-01",
    claimant="A Keeper",
)


def feed(folder: Path, content: str | bytes, name: str = "feed.json") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(path: Path, publisher: str = "") -> tuple[list[Review], list[Reject]]:
    items = list(read_feed(str(path), publisher))
    return (
        [item for item in items if isinstance(item, Review)],
        [item for item in items if isinstance(item, Reject)],
    )


def claims(reviews: list[Review]) -> list[str]:
    return [review.claim for review in reviews]


def named(claim: str) -> dict[str, Any]:
    return {**PLAIN, "claimReviewed": claim}


# One review


def changed(**fields: Any) -> Review | Refusal:
    node = {name: value for name, value in {**PLAIN, **fields}.items() if value is not ...}
    return next(reviews_in(node))


def test_a_plain_review_is_read() -> None:
    assert list(reviews_in(PLAIN)) == [PLAIN_READ]


@pytest.mark.parametrize(
    ("field", "value", "name", "read_as"),
    [
        ("claimReviewed", {"@value": " The\n tower  leans. "}, "claim", "The tower leans."),
        ("claimReviewed", ["The tower leans."], "claim", "The tower leans."),
        ("author", [{"name": ["The Paper"]}], "publisher", "The Paper"),
        ("author", "The Paper", "publisher", "The Paper"),
        ("author", None, "publisher", "paper.example"),
        ("author", {"properties": {"name": "The Paper"}}, "publisher", "The Paper"),
        ("url", ["https://a.example/1", "https://b.example"], "url", "https://a.example/1"),
        ("url", "https://a.example/1, https://b.example", "url", "https://a.example/1"),
        ("url", "https://a.example/1 and https://b.example", "url", "https://a.example/1"),
        ("url", "https://a.example/1,2", "url", "https://a.example/1,2"),
        ("url", "javascript:alert(1)", "url", ""),
        ("url", "https://[broken", "url", ""),
        ("url", {"@id": "https://a.example"}, "url", "https://a.example"),
        ("datePublished", "1 March 2024", "date", ""),
        ("datePublished", "2024-02-31", "date", ""),
        ("datePublished", 20240301, "date", ""),
        ("itemReviewed", None, "claimant", ""),
        ("itemReviewed", [{"author": "A Keeper"}], "claimant", "A Keeper"),
        ("@type", ["Review", "http://schema.org/ClaimReview"], "claim", "The tower leans."),
    ],
)
def test_fields_are_read_however_wrapped(field: str, value: Any, name: str, read_as: str) -> None:
    review = changed(**{field: value})
    assert isinstance(review, Review)
    assert getattr(review, name) == read_as


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"claimReviewed": None, "itemReviewed": None}, "no claim"),
        ({"claimReviewed": "", "itemReviewed": {}}, "no claim"),
        ({"claimReviewed": "???", "itemReviewed": None}, "without a word"),
        ({"author": None, "url": None}, "nobody can be credited"),
        ({"claimReviewed": "a" * 10_001}, "more than 10,000 characters"),
        ({"claimReviewed": "half a letter \ud83d"}, "not valid UTF-8"),
    ],
)
def test_what_is_no_review_is_refused_with_a_reason(fields: dict[str, Any], reason: str) -> None:
    refused = changed(**fields)
    assert isinstance(refused, Refusal)
    assert reason in refused.reason


@pytest.mark.parametrize(
    "wrapped",
    [
        [PLAIN],
        {"item": [PLAIN, None]},
        {"item": PLAIN},
        {"@graph": [{"@type": "WebPage"}, PLAIN]},
        {"type": ["http://schema.org/ClaimReview"], "properties": {**PLAIN, "@type": None}},
        {"properties": {"mainEntity": PLAIN}},
    ],
)
def test_reviews_are_found_in_their_wrappers(wrapped: Any) -> None:
    assert list(reviews_in(wrapped)) == [PLAIN_READ]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@settings(suppress_health_check=[HealthCheck.too_slow])  # nested values take long on a busy machine
@given(st.dictionaries(st.sampled_from([*PLAIN, "@id", "name", "properties"]), json_values))
def test_nothing_that_a_field_may_hold_is_too_much(fields: dict[str, Any]) -> None:
    for item in reviews_in({**PLAIN, **fields}):
        assert isinstance(item, Review | Refusal)


# Ratings


def rated(rating: Any) -> tuple[Rating, str]:
    review = changed(reviewRating=rating)
    assert isinstance(review, Review)
    return review.rating, review.label


@pytest.mark.parametrize(
    ("rating", "expected"),
    [
        ({"alternateName": "FALSE"}, (Rating.FALSE, "FALSE")),
        ({"alternateName": "False. The tower stands."}, (Rating.FALSE, "False. The tower stands.")),
        ({"alternateName": "Not false"}, (Rating.UNRATED, "Not false")),
        ({"alternateName": {"@value": "Größtenteils falsch"}}, (Rating.MOSTLY_FALSE, ...)),
        ({"alternateName": "Missing context"}, (Rating.MISLEADING, "Missing context")),
        ([{"alternateName": "True"}], (Rating.TRUE, "True")),
        ("True", (Rating.TRUE, "True")),
        # The label counts, not the number.
        (
            {"alternateName": "True", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
            (Rating.TRUE, "True"),
        ),
        # The number counts where the label says nothing known, if its scale makes sense.
        (
            {"alternateName": "Oh dear", "ratingValue": "1", "bestRating": 5, "worstRating": 1},
            (Rating.FALSE, "Oh dear"),
        ),
        ({"ratingValue": 5, "bestRating": 5, "worstRating": 1}, (Rating.TRUE, "")),
        ({"ratingValue": -1, "bestRating": -1, "worstRating": -1}, (Rating.UNRATED, "")),
        ({"ratingValue": 7, "bestRating": 5, "worstRating": 1}, (Rating.UNRATED, "")),
        ({"ratingValue": 3}, (Rating.UNRATED, "")),
        ({"ratingValue": float("nan"), "bestRating": 5, "worstRating": 1}, (Rating.UNRATED, "")),
        ({"ratingValue": "False"}, (Rating.FALSE, "False")),
        (None, (Rating.UNRATED, "")),
        (3, (Rating.UNRATED, "3")),
    ],
)
def test_ratings(rating: Any, expected: tuple[Rating, Any]) -> None:
    found = rated(rating)
    assert found[0] is expected[0]
    assert expected[1] in (..., found[1])


def test_no_label_means_two_things() -> None:
    import tomllib

    path = Path(jsonfeed.__file__).with_name("ratings.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    labels = [label for names in table.values() for label in names]
    assert len(labels) > 200
    assert set(table) == {rating.value for rating in Rating} - {"unrated"}
    assert len(_labels()) == len(labels)
    assert all(rate_label(label.upper()) == name for name in table for label in table[name])


def test_a_scale_is_read_as_it_is_written() -> None:
    assert tuple(rate_number(n, 5, 1) for n in range(1, 6)) == SCALE
    assert rate_number(1, 1, 0) is Rating.TRUE


# Feeds


def test_a_dirty_feed_gives_what_it_has(tmp_path: Path) -> None:
    dumped = [
        json.dumps({"@type": "DataFeedItem", "item": [named("one"), None]}),
        "null",
        '{"item": null}',
        json.dumps(named("two"))[:-1] + ', "broken": tru, "x": "}{"}',
        json.dumps(named("three")),
        '{"@type": "ClaimReview"}',
        '"a text"',
        json.dumps(named('four { [ \\" ü')),
    ]
    head = '{"@context": "https://schema.org", "name": "x", "dataFeedElement": [\n'
    reviews, rejects = read(feed(tmp_path, "\ufeff" + head + ",\n".join(dumped) + "\n]}"))
    assert claims(reviews) == ["one", "three", 'four { [ \\" ü']
    assert [(r.place, r.reason) for r in rejects] == [
        ("entry 2", "holds no review"),
        ("entry 3", "holds no review"),
        ("entry 4", "is no JSON: expecting value"),
        ("entry 6", "has no claim"),
        ("entry 7", "holds no review"),
    ]


@pytest.mark.parametrize("size", [1, 7, 64, 1 << 16])
def test_entries_are_the_same_in_pieces_of_any_size(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jsonfeed, "CHUNK", size)
    entries = [named(f'number {n} "quoted" {{') for n in range(20)]
    text = json.dumps({"a": 1, "dataFeedElement": entries, "b": [1.5, 2]}, indent=1)
    broken = text.replace('"number 7', 'number 7"', 1)
    reviews, rejects = read(feed(tmp_path, text))
    assert [len(reviews), rejects] == [20, []]
    reviews, rejects = read(feed(tmp_path, broken))
    assert len(reviews) < 20
    assert rejects[0].place == "entry 8"


def test_a_feed_that_is_cut_off_gives_all_that_is_whole(tmp_path: Path) -> None:
    """Wherever it is cut: never an exception, never a review that was not there."""
    entries = [named(f"claim {n}") for n in range(5)]
    text = json.dumps({"dataFeedElement": entries}, indent=1)
    whole, _ = read(feed(tmp_path, text))
    for end in range(1, len(text) - 1, 7):
        reviews, rejects = read(feed(tmp_path, text[:end]))
        assert reviews == whole[: len(reviews)]
        assert rejects, end
        assert "cut off" in rejects[-1].reason or "ends within" in rejects[-1].reason


def test_lines_are_told_by_number(tmp_path: Path) -> None:
    lines = [json.dumps(named("one")), "", '{"broken', json.dumps(named("two")), "[]", '{"x": 1']
    reviews, rejects = read(feed(tmp_path, "\n".join(lines), "feed.jsonl"))
    assert claims(reviews) == ["one", "two"]
    assert [reject.place for reject in rejects] == ["line 3", "line 5", "line 6"]
    assert "ends within" in rejects[-1].reason


def test_lines_are_known_by_their_look(tmp_path: Path) -> None:
    text = json.dumps(named("one")) + "\n" + '{"broken\n' + json.dumps(named("two")) + "\n"
    reviews, rejects = read(feed(tmp_path, text))
    assert (claims(reviews), [r.place for r in rejects]) == (["one", "two"], ["line 2"])


PAGE = """<!doctype html><title>x</title>
<script type="application/ld+json">{"@type": "BreadcrumbList"}</script>
<script>var x = {"@type": "ClaimReview"};</script>
<script type='application/ld+json; charset=utf-8'>
<!-- %s -->
</script>
<p>Text</p><script type="application/ld+json">{"@type": "ClaimReview", "oh": }</script>
<script type="application/ld+json">{"@graph": [%s]}</script>
<script type="application/ld+json">{"@type": "ClaimReview", "claimReviewed": "cut o"""


def test_reviews_embedded_in_a_page(tmp_path: Path) -> None:
    page = PAGE % (json.dumps(named("one")), json.dumps(named("two")))
    reviews, rejects = read(feed(tmp_path, page, "page.html"))
    assert claims(reviews) == ["one", "two"]
    assert [reject.place for reject in rejects] == [
        "block in line 7, entry 1",
        "block in line 9, entry 1",
    ]
    assert "the page ends within it" in rejects[1].reason


@pytest.mark.parametrize("tabs", [False, True])
def test_tables(tabs: bool, tmp_path: Path) -> None:
    rows = [
        "Claim Reviewed,Verdict,Publisher,Link,mine",
        '"one, with a comma",False,The Paper,https://a.example,x',
        "two,Mixture,,,",
        "three,True",
        "",
        ",True,The Paper,,",
        '"four\nlines",True,The Paper,,',
    ]
    text = "\n".join(rows)
    if tabs:
        text = text.replace("one, with", "one; with").replace(",", "\t")
    reviews, rejects = read(feed(tmp_path, text, "t.tsv" if tabs else "t.csv"))
    assert [(r.rating, r.url) for r in reviews] == [
        (Rating.FALSE, "https://a.example"),
        (Rating.TRUE, ""),
    ]
    assert reviews[1].claim == "four lines"
    assert [reject.place for reject in rejects] == ["row 2", "row 3", "row 5"]
    assert [
        next(w for w in ("credited", "2 cells", "no claim") if w in r.reason) for r in rejects
    ] == ["credited", "2 cells", "no claim"]
    reviews, _ = read(tmp_path / ("t.tsv" if tabs else "t.csv"), "Somebody")
    assert [review.publisher for review in reviews] == ["The Paper", "Somebody", "The Paper"]


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (b"\x1f\x8b\x08\x00", "x.json", "is compressed"),
        ("{}".encode("utf-16"), "x.json", "is UTF-16"),
        ("just,a,table\n1,2,3\n", "x.csv", "its first row says just, a, table"),
        ("", "x.csv", "is empty"),
        (b"SQLite format 3\0 and more", "x.db", "is a binary file"),
        ("null", "x.json", "neither JSON nor HTML"),
    ],
)
def test_what_is_no_feed_is_told(
    content: str | bytes, name: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError) as caught:
        read(feed(tmp_path, content, name))
    assert told in caught.value.message
    assert caught.value.message.startswith(str(tmp_path / name))


def test_a_missing_feed_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "none.json")


def test_a_feed_without_a_review_is_told(tmp_path: Path) -> None:
    _, rejects = read(feed(tmp_path, "[]"))
    assert [str(reject) for reject in rejects] == [f"{tmp_path / 'feed.json'}: holds no reviews"]


def test_bytes_that_are_no_text_cost_only_their_entry(tmp_path: Path) -> None:
    text = json.dumps([named("one"), named("two X"), named("three")]).encode()
    reviews, rejects = read(feed(tmp_path, text.replace(b"X", b"\xff")))
    assert claims(reviews) == ["one", "three"]
    assert [reject.reason for reject in rejects] == ["is not valid UTF-8"]


def test_a_number_of_any_length_costs_nothing(tmp_path: Path) -> None:
    review = json.dumps(named("one"))[:-1] + f', "wordCount": {"9" * 5000}}}'
    for content, name in ((f"[{review}]", "x.json"), (f"{review}\n{review}", "x.jsonl")):
        reviews, rejects = read(feed(tmp_path, content, name))
        assert claims(reviews)[0] == "one"
        assert rejects == []


def test_marks_that_python_does_not_know_cost_nothing(tmp_path: Path) -> None:
    script = f'<script type="application/ld+json">{json.dumps(named("one"))}</script>'
    reviews, rejects = read(feed(tmp_path, f"<html><![foo bar]>{script}", "x.html"))
    assert (claims(reviews), rejects) == (["one"], [])


def test_a_page_that_never_ends_is_not_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(htmlfeed, "LONGEST_ENTRY", 1 << 17)
    script = '<script type="application/ld+json">'
    for endless in (f"{script}{' ' * (1 << 18)}", f"<a href='{'x' * (1 << 18)}"):
        page = f"<p>\n{script}{json.dumps(named('one'))}</script>\n{endless}"
        reviews, rejects = read(feed(tmp_path, page, "x.html"))
        assert claims(reviews) == ["one"]
        assert [reject.place for reject in rejects] == ["block in line 3, entry 1"]
        assert "nothing after it was read" in rejects[0].reason


def test_a_table_may_be_parted_by_semicolons(tmp_path: Path) -> None:
    table = "claim;publisher\none, two;The Paper\n"
    reviews, rejects = read(feed(tmp_path, table, "x.csv"))
    assert (claims(reviews), rejects) == (["one, two"], [])


def test_a_quotation_mark_that_is_not_closed_is_asked_after(tmp_path: Path) -> None:
    table = 'claim,publisher\none,The Paper\n"two,The Paper\nthree,The Paper\n'
    reviews, rejects = read(feed(tmp_path, table, "x.csv"))
    assert claims(reviews) == ["one"]
    assert "row 2: has 1 cell, and the first row 2; is a quotation mark" in str(rejects[0])


def test_a_line_without_end_is_not_held(tmp_path: Path) -> None:
    table = "claim,publisher\none,The Paper\n" + "x" * 500_000 + "\ntwo,The Paper\n"
    reviews, rejects = read(feed(tmp_path, table, "x.csv"))
    assert claims(reviews)[0] == "one"
    assert "larger than field limit" in rejects[0].reason


def test_deep_nesting_is_refused(tmp_path: Path) -> None:
    deep = "[" * 100_000 + "]" * 100_000
    reviews, rejects = read(feed(tmp_path, f"[{json.dumps(named('one'))}, {deep}]"))
    assert claims(reviews) == ["one"]
    assert "nested too deeply" in rejects[0].reason


def test_reading_takes_no_more_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window on a feed holds an entry or two, however long the feed is."""

    class Endless(io.StringIO):
        given = 0

        def read(self, size: int | None = -1) -> str:
            self.given += 1
            return json.dumps(named("again")) + ","

    stream = Endless()
    entries: Iterator[jsonfeed.Entry] = jsonfeed._Reader(stream)._array()
    taken = [next(entries) for _ in range(50)]
    assert all(entry.value["claimReviewed"] == "again" for entry in taken)
    assert stream.given < 60


# Round trip

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=8
)
texts = st.lists(words, min_size=1, max_size=4).map(lambda parts: " ".join(" ".join(parts).split()))
labels = st.just("") | st.sampled_from(["False", "Mostly true", "Missing context"]) | texts
kinds = st.sampled_from(list(Rating))


def consistent(review: Review) -> Review:
    """A label in the table decides; so no review has such a label and another rating."""
    known = rate_label(review.label)
    rating = review.rating if known is Rating.UNRATED else known
    return Review(
        **{**{name: getattr(review, name) for name in review.__slots__}, "rating": rating}
    )


reviews = st.builds(
    Review,
    claim=texts.filter(lambda text: any(char.isalnum() for char in text)),
    rating=kinds,
    label=labels.filter(lambda text: text not in set(Rating)),
    publisher=texts.filter(bool),
    url=st.sampled_from(["", "https://a.example/x?y=1&z=2"]),
    title=texts,
    date=st.just("") | st.dates().map(lambda day: day.isoformat()),
    claimant=texts,
).map(consistent)


@pytest.mark.parametrize("form", list(WRITERS))
@given(given_reviews=st.lists(reviews, min_size=1, max_size=4))
def test_what_is_written_is_read_as_it_was(
    form: str, given_reviews: list[Review], tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = io.StringIO()
    WRITERS[form](given_reviews, written)
    suffix = {"claimreview": ".json"}.get(form, f".{form}")
    path = tmp_path_factory.getbasetemp() / f"round{suffix}"
    path.write_text(written.getvalue(), encoding="utf-8", newline="")
    found, rejects = read(path)
    assert rejects == []
    assert found == given_reviews
