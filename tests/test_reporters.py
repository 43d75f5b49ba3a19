"""The output formats: golden files, and laws that hold for any text.

`UPDATE_GOLDEN=1 pytest tests/test_reporters.py` rewrites the golden files; look
at what changed before it is committed.
"""

from __future__ import annotations

import io
import json
import os
import pkgutil
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import findings as known
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from icc_check import reporters, tee
from icc_check.model import Acceptance, Finding, Location, Verdict
from icc_check.report import Look, Purpose, Report
from icc_check.reporters import REPORTERS, load_reporter

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[1] / "docs" / "output.md"


def located(finding: Finding, line: int) -> Finding:
    return replace(finding, location=Location("claims.txt", line, 1))


SCENARIOS: dict[str, Sequence[Finding]] = {
    "empty": (),
    "one": (known.REFUTED,),
    "mixed": (
        known.SUPPORTED,
        known.REFUTED,
        known.OUTDATED,
        known.DISPUTED,
        known.UNVERIFIED,
    ),
    "compound": (known.COMPOUND,),
    "awkward": (known.AWKWARD,),
    "located": (located(known.SUPPORTED, 1), located(known.REFUTED, 12)),
    "accepted": (located(known.ACCEPTED, 3), located(known.OUTDATED, 7)),
}
# Every format as it is by default, and the ways in which those for people can differ.
VIEWS: dict[str, tuple[str, Look]] = {
    **{name: (name, Look()) for name in REPORTERS},
    "table-wide": ("table", Look(width=200)),
    "table-narrow": ("table", Look(width=40, symbols=False)),
    "table-color": ("table", Look(color=True, links=True, explain=True)),
    "table-rows": ("table", Look(compact=True)),
    "table-rows-wide": ("table", Look(compact=True, width=200)),
    "text-explain": ("text", Look(color=True, explain=True)),
}
PURPOSE = Purpose(version="1.2.3")
# Those that say at their top how many there are, and so keep what they have written.
KEEPING = ("html", "junit")
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too
FOR_PEOPLE = [view for view, (name, _) in VIEWS.items() if REPORTERS[name].for_people]


def purpose_of(findings: Sequence[Finding]) -> Purpose:
    return PURPOSE._replace(compared=any(finding.accepted for finding in findings))


def written(format_name: str, findings: Sequence[Finding], look: Look) -> str:
    report = Report(known.STORE, findings, look, purpose_of(findings))
    return "".join(load_reporter(format_name).render(report))


def without_styles(text: str) -> str:
    """The text without the colours and links that the program itself puts in."""
    return re.sub(r"\x1b\[[\d;]*m|\x1b\]8;[^;\x1b]*;[^\x1b]*\x1b\\", "", text)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_golden(scenario: str, view: str) -> None:
    text = written(VIEWS[view][0], SCENARIOS[scenario], VIEWS[view][1])
    file = GOLDEN / f"{scenario}.{view}"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8", newline="\n")
    assert text == file.read_text(encoding="utf-8")


def test_no_golden_file_is_left_over() -> None:
    expected = {f"{scenario}.{view}" for scenario in SCENARIOS for view in VIEWS}
    assert {file.name for file in GOLDEN.iterdir()} == expected


def test_every_module_is_a_listed_format() -> None:
    assert {module.name for module in pkgutil.iter_modules(reporters.__path__)} == set(REPORTERS)


def test_every_format_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for name in REPORTERS:
        assert f"\n## `{name}`" in text


def keys(value: object) -> set[str]:
    """Every key in a JSON value, at any depth."""
    if isinstance(value, dict):
        return set(value).union(*(keys(inner) for inner in value.values()))
    if isinstance(value, list):
        return set().union(*(keys(inner) for inner in value))
    return set()


def test_every_key_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    everything = [*SCENARIOS["mixed"], *SCENARIOS["compound"], *SCENARIOS["located"]]
    everything += SCENARIOS["accepted"]
    used = keys(json.loads(written("json", everything, Look())))
    assert {key for key in used if f"`{key}`" not in text} == set()


def test_json_lines_keep_the_order() -> None:
    lines = written("jsonl", SCENARIOS["mixed"], Look()).splitlines()
    assert [json.loads(line)["claim"] for line in lines] == [
        finding.claim for finding in SCENARIOS["mixed"]
    ]


def test_json_holds_the_same_objects_as_json_lines() -> None:
    everything = [finding for scenario in SCENARIOS.values() for finding in scenario]
    document = json.loads(written("json", everything, Look()))
    lines = [json.loads(line) for line in written("jsonl", everything, Look()).splitlines()]
    assert document["findings"] == lines
    assert document["summary"]["claims"] == len(everything)
    assert sum(document["summary"][verdict] for verdict in Verdict) == len(everything)


@pytest.mark.parametrize("view", [view for view in VIEWS if VIEWS[view][0] not in KEEPING])
def test_each_finding_is_written_before_the_next_is_asked_for(view: str) -> None:
    out = io.StringIO()
    lengths = []

    def slowly() -> Iterator[Finding]:
        for finding in (known.REFUTED, known.OUTDATED, known.DISPUTED):
            lengths.append(len(out.getvalue()))
            yield finding

    name, look = VIEWS[view]
    for piece in load_reporter(name).render(Report(known.STORE, slowly(), look)):
        out.write(piece)
    assert 0 <= lengths[0] < lengths[1] < lengths[2]


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_several_formats_take_turns(view: str, scenario: str) -> None:
    """Whatever a format does, beside another it writes what it writes alone."""
    names = [VIEWS[view], ("jsonl", Look())]
    outs = [io.StringIO() for _ in names]
    outlets = []
    for (name, look), out in zip(names, outs, strict=True):
        feed = tee.Feed()
        report = Report(known.STORE, feed, look, purpose_of(SCENARIOS[scenario]))
        outlets.append(tee.Outlet(feed, load_reporter(name).render(report), out))
    lines = []

    def watched() -> Iterator[Finding]:
        for finding in SCENARIOS[scenario]:
            lines.append(outs[1].getvalue().count("\n"))
            yield finding

    tee.run(watched(), outlets)
    assert lines == list(range(len(SCENARIOS[scenario])))
    assert [out.getvalue() for out in outs] == [
        written(name, SCENARIOS[scenario], look) for name, look in names
    ]


@pytest.mark.parametrize("width", [20, 40, 80, 120, 200])
@pytest.mark.parametrize("format_name", ["table", "text"])
def test_addresses_are_never_broken(format_name: str, width: int) -> None:
    text = written(format_name, (known.REFUTED, known.SUPPORTED), Look(width=width))
    for source in (known.UN, known.ASP, known.PUTIN):
        assert re.search(rf"{re.escape(source.url)}( |$)", text, re.MULTILINE)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@pytest.mark.parametrize("compact", [True, False])
def test_nothing_but_addresses_is_wider_than_the_terminal(width: int, compact: bool) -> None:
    look = Look(width=width, compact=compact, explain=True)
    for line in written("table", SCENARIOS["mixed"], look).splitlines():
        assert len(line) <= width or line.lstrip().startswith("https://")


def test_links_lead_to_the_whole_address() -> None:
    text = written("table", (known.REFUTED,), Look(color=True, links=True))
    assert f";{known.UN.url}\x1b\\" in text
    assert "\x1b]8" not in written("table", (known.REFUTED,), Look(color=True))


def test_only_web_addresses_become_links() -> None:
    text = written("table", (known.AWKWARD,), Look(color=True, links=True))
    assert "javascript:alert(1)" in text
    assert ";javascript" not in text


@pytest.mark.parametrize("view", FOR_PEOPLE)
@settings(max_examples=60)
@given(text=ANY_TEXT)
def test_nothing_in_a_claim_is_obeyed(view: str, text: str) -> None:
    accepted = Acceptance("f", text)
    finding = replace(known.AWKWARD, claim=text, reason=text, notes=(text,), accepted=accepted)
    shown = without_styles(written(VIEWS[view][0], (finding,), VIEWS[view][1]))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    shown.encode()


@pytest.mark.parametrize("format_name", ["json", "jsonl"])
@settings(max_examples=60)
@given(text=ANY_TEXT)
def test_json_says_exactly_what_was_said(format_name: str, text: str) -> None:
    finding = replace(known.REFUTED, claim=text)
    line = written(format_name, (finding,), Look())
    answer = json.loads(line)
    assert (answer["findings"][0] if format_name == "json" else answer)["claim"] == text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e]", line)
    line.encode()
