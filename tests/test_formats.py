"""Each format is what its readers take it for, whatever stands in claims and stores.

The golden files (tests/test_reporters.py) show how a format looks; here it is read back
as another program reads it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import findings as known
import jsonschema_rs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from icc_check.alerts import SEVERITIES, relative
from icc_check.fingerprint import Fingerprints
from icc_check.judge import RULES
from icc_check.model import Acceptance, Finding, Location, Source, Verdict
from icc_check.report import Look, Purpose, Report
from icc_check.reporters import REPORTERS, load_reporter
from icc_check.wording import visible

SCHEMA = Path(__file__).parent / "schemas" / "sarif-2.1.0-rtm.5.json"
EVERYTHING = (
    *(known.SUPPORTED, known.REFUTED, known.OUTDATED, known.DISPUTED, known.UNVERIFIED),
    *(known.COMPOUND, known.AWKWARD, known.REFUTED),
    replace(known.REFUTED, location=Location("drafts/a b%:ü.md", 12, 5)),
)
ALERTS = [
    finding
    for finding in EVERYTHING
    if finding.verdict in (Verdict.REFUTED, Verdict.OUTDATED, Verdict.DISPUTED)
]
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)  # lone surrogates too
NASTY = st.sampled_from(
    [
        *("=1+1", "@SUM(A1)", "+49", "-5", "\t=1", "\uff1d1", '"', "'", ",", "</script>", "<!--"),
        *("]]>", "&amp;", "::error::x", "##[error]x", "%0A", "|", "`", "](http://a.b)", "$x$"),
        *("[a](b)", "<b>", "*a*", "{0}", "\\", "\r\n", "\x00", "\ud800", "\ufffe", "www.a.b"),
    ]
)
TEXTS = st.one_of(ANY_TEXT, st.lists(st.one_of(NASTY, ANY_TEXT), max_size=4).map("".join))


def written(
    name: str, findings: Sequence[Finding], look: Look | None = None, purpose: Purpose | None = None
) -> str:
    report = Report(known.STORE, findings, look, purpose)
    return "".join(load_reporter(name).render(report))


def filled_with(text: str) -> Finding:
    """A finding that says the same everywhere."""
    assert known.AWKWARD.location
    return replace(
        known.REFUTED,
        claim=text,
        reason=text,
        correction=text,
        notes=(text,),
        details=(replace(known.REFUTED.details[0], claim=text, fact=text, start=0, end=len(text)),),
        fact=replace(known.NUMBER_OF_STATES, id=text, statement=text),
        sources=(Source("s", text, text, text), Source("t", text, text, f"https://a.b/{text}")),
        related=(known.UNVERIFIED.related[0],),
        location=Location(f"a{text}", 3, 2),
    )


def accepted(finding: Finding) -> Finding:
    """A finding that a baseline holds, for a reason that says the same as the claim."""
    return replace(finding, accepted=Acceptance("f", finding.claim))


# What holds for all


@pytest.mark.parametrize("name", [name for name in REPORTERS if name not in ("table", "text")])
@settings(max_examples=80)
@given(text=TEXTS)
def test_nothing_is_obeyed_by_a_terminal_or_lost_by_a_file(name: str, text: str) -> None:
    finding = filled_with(text)
    shown = written(name, (finding, accepted(finding), replace(finding, location=None)))
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    shown.encode()


@pytest.mark.parametrize("name", REPORTERS)
def test_a_format_yields_once_for_each_finding(name: str) -> None:
    """Before it asks for the next; this is what several outputs rest on."""
    asked = 0

    def counted() -> Iterator[Finding]:
        nonlocal asked
        for finding in EVERYTHING:
            asked += 1
            yield finding

    seen = []
    for _ in load_reporter(name).render(Report(known.STORE, counted())):
        seen.append(asked)
    assert {*range(1, len(EVERYTHING) + 1)} <= {*seen}


# csv


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def test_csv_has_a_row_a_claim() -> None:
    table = rows(written("csv", EVERYTHING))
    assert [row["verdict"] for row in table] == [finding.verdict for finding in EVERYTHING]
    assert table[1]["claim"] == known.REFUTED.claim
    assert table[1]["sources"].split() == [known.UN.url, known.ASP.url]
    assert (table[-1]["file"], table[-1]["line"], table[-1]["column"]) == (
        "drafts/a b%:ü.md",
        "12",
        "5",
    )


def test_csv_without_claims_is_its_titles() -> None:
    assert written("csv", ()).count("\n") == 1
    assert rows(written("csv", ())) == []


@settings(max_examples=150)
@given(text=TEXTS)
def test_csv_is_one_line_a_row_and_no_cell_is_a_formula(text: str) -> None:
    shown = written("csv", (accepted(filled_with(text)),))
    (row,) = rows(shown)
    assert shown.count("\n") == 2
    assert row["claim"].removeprefix("'") == visible(text).removeprefix("'")
    assert None not in row
    for cell in row.values():
        assert not cell.lstrip().startswith(("=", "+", "-", "@", "\uff1d"))


# markdown


def cells(line: str) -> list[str]:
    return re.split(r"(?<!\\)(?:\\\\)*\|", line)[1:-1]


@settings(max_examples=150)
@example(text="@\x1b")  # a mention no more: a backslash stands between
@example(text="@@0")  # nor this: a comment does
@given(text=TEXTS)
def test_markdown_keeps_its_columns_and_obeys_nothing(text: str) -> None:
    findings = (accepted(filled_with(text)),)
    head, dashes, row, empty, closing = written("markdown", findings).splitlines()
    assert len(cells(head)) == len(cells(dashes)) == len(cells(row)) == 4
    assert (empty, closing[:8]) == ("", "1 claim:")
    bare = re.sub(r"\\.", "·", cells(row)[1].replace("<br>", " ").replace("@<!-- -->", "·"))
    assert not re.search(r"[`*_\[\]<>|~$#]|&\w|\w://|www\.|@\w", bare)


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.b/c(d)?e=f&copy=1#g", "[P](<https://a.b/c%28d%29?e=f&amp;copy=1#g>)"),
        ("https://a.b/> [x](y)|\n", "[P](<https://a.b/%3E%20%5Bx%5D%28y%29%7C%0A>)"),
        ("https://a.b/ü", "[P](<https://a.b/%C3%BC>)"),
        ("javascript:alert(1)", "P, javascript:alert(1)"),
    ],
)
def test_markdown_links_lead_to_web_addresses_only(url: str, link: str) -> None:
    finding = replace(known.REFUTED, sources=(Source("s", "T", "P", url),))
    assert written("markdown", (finding,)).splitlines()[2].endswith(f" | {link} |")


# html

VOID = {"meta", "br", "input"}


class Page(HTMLParser):
    """A page's tags, which must be balanced, its text and its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, list[str]] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.setdefault(self.open[-1] if self.open else "", []).append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_html_loads_nothing() -> None:
    text = written("html", EVERYTHING)
    page = Page(text)
    assert not {name for name, _ in page.tags} & {"link", "img", "iframe", "base", "object", "form"}
    assert all({"src", "style"}.isdisjoint(attrs) for _, attrs in page.tags)
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    styles = "".join(page.text["style"])
    assert not re.search(r"url\(|@import|@font-face", styles)
    (policy,) = [a["content"] for a in page.all("meta") if a.get("http-equiv")]
    assert str(policy).startswith("default-src 'none';")
    assert "unsafe" not in str(policy)


def test_html_can_be_used_by_everyone() -> None:
    page = Page(written("html", EVERYTHING))
    assert page.all("html") == [{"lang": "en"}]
    names = [attrs["id"] for _, attrs in page.tags if attrs.get("id")]
    assert len(set(names)) == len(names)
    assert {attrs["aria-labelledby"] for attrs in page.all("article")} <= {*names}
    assert len(page.all("article")) == len(EVERYTHING)
    assert [name for name, _ in page.tags if name in ("h1", "main")] == ["h1", "main"]
    assert all(attrs["scope"] == "col" for attrs in page.all("th"))
    boxes = {attrs["value"] for attrs in page.all("input")}
    assert boxes == {attrs["data-verdict"] for attrs in page.all("li") if "data-verdict" in attrs}


def test_html_marks_what_is_wrong() -> None:
    page = Page(written("html", (known.REFUTED,)))
    assert page.all("mark") == [{"class": "wrong"}]
    assert page.text["mark"] == ["152 states"]


@settings(max_examples=150)
@given(text=TEXTS)
def test_html_shows_any_text_and_makes_no_tag_of_it(text: str) -> None:
    plain = Page(written("html", (accepted(filled_with("x")),)))
    page = Page(written("html", (accepted(filled_with(text)),)))
    assert {name for name, _ in page.tags} <= {name for name, _ in plain.tags}
    assert all(re.match("https?://", str(attrs["href"])) for attrs in page.all("a"))
    assert len(page.all("script")) == 1


# sarif


@cache
def sarif_schema() -> Any:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for name in ("run", "toolComponent"):
        language = schema["definitions"][name]["properties"]["language"]
        assert language["pattern"].endswith("]?$")  # as published: the bracket closes nothing,
        language["pattern"] = language["pattern"].replace("]?$", "$")  # and a strict reader refuses
    return jsonschema_rs.validator_for(schema)


def sarif_run(findings: Sequence[Finding], purpose: Purpose | None = None) -> Any:
    log = json.loads(written("sarif", findings, purpose=purpose))
    assert [error.message for error in sarif_schema().iter_errors(log)] == []
    assert log["$schema"].startswith("https://")
    (run,) = log["runs"]
    return run


def code_scanning_faults(run: Any) -> list[str]:
    """What GitHub would refuse or not show, rule by rule."""
    rules = run["tool"]["driver"]["rules"]
    faults = []
    for rule in rules:
        texts = [rule[key]["text"] for key in ("shortDescription", "fullDescription", "help")]
        texts += [rule["id"], rule["help"]["markdown"]]
        if not all(texts) or any(len(text) > 1024 for text in texts[:2]):
            faults.append(f"{rule['id']}: a text that is required is empty or too long")
        if rule["defaultConfiguration"]["level"] not in ("note", "warning", "error"):
            faults.append(f"{rule['id']}: level")
        properties = rule["properties"]
        if rule.get("name") == rule["id"]:
            faults.append(f"{rule['id']}: a name that is the id is to be left out")
        if properties["precision"] not in ("very-high", "high", "medium", "low"):
            faults.append(f"{rule['id']}: precision")
        if properties["problem.severity"] not in ("error", "warning", "recommendation"):
            faults.append(f"{rule['id']}: problem.severity")
        if len(properties["tags"]) > 10 or "security-severity" in properties:
            faults.append(f"{rule['id']}: tags, or a severity that is for security only")
    for result in run["results"]:
        if rules[result["ruleIndex"]]["id"] != result["ruleId"]:
            faults.append("a rule and its index do not match")
        if (
            not result["message"]["text"]
            or not result["partialFingerprints"]["primaryLocationLineHash"]
        ):
            faults.append("a message or a fingerprint is empty")
        (location,) = result["locations"]
        physical = location["physicalLocation"]
        uri, region = physical["artifactLocation"]["uri"], physical["region"]
        if not uri or "uriBaseId" in physical["artifactLocation"] or re.search(r"[^!-~]|:", uri):
            faults.append(f"{uri!r} is no relative address")
        if (
            region["startLine"] < 1
            or region["startColumn"] < 1
            or region["endLine"] < region["startLine"]
        ):
            faults.append("a region is upside down")
        if region["endLine"] == region["startLine"] and region["endColumn"] < region["startColumn"]:
            faults.append("a region ends before it starts")
        if "fixes" in result:
            faults.append("a fix without a change is not valid, and there are none here")
    if not re.fullmatch(r"[^/]+/.*/", run["automationDetails"]["id"]):
        faults.append("the category is not told from the run: it needs a slash at its end")
    if run["columnKind"] != "unicodeCodePoints":
        faults.append("columns here count characters")
    return faults


def test_sarif_is_valid_and_code_scanning_takes_it() -> None:
    run = sarif_run(EVERYTHING, Purpose(version="0.1.0"))
    assert code_scanning_faults(run) == []
    assert [result["properties"]["verdict"] for result in run["results"]] == [
        finding.verdict for finding in ALERTS
    ]
    assert run["tool"]["driver"]["semanticVersion"] == "0.1.0"


def test_the_schema_is_one_that_refuses() -> None:
    log = json.loads(written("sarif", EVERYTHING))
    log["runs"][0]["results"][0]["level"] = "bad"
    log["runs"][0]["results"][0]["fixes"] = [{"description": {"text": "x"}}]
    assert len(list(sarif_schema().iter_errors(log))) == 2


def test_sarif_lists_every_rule_that_makes_an_alert() -> None:
    listed = {rule["id"]: rule for rule in sarif_run(())["tool"]["driver"]["rules"]}
    assert list(listed) == [rule.id for rule in RULES if rule.verdict in SEVERITIES]
    for rule in RULES:
        if rule.verdict in SEVERITIES:
            assert listed[rule.id]["fullDescription"]["text"] == rule.summary
            assert f"icc-check explain {rule.id}" in listed[rule.id]["help"]["text"]


def test_sarif_places_are_encoded_and_end_after_the_claim() -> None:
    run = sarif_run(EVERYTHING)
    physical = run["results"][-1]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uri"] == "drafts/a%20b%25%3A%C3%BC.md"
    assert physical["region"] == {
        "startLine": 12,
        "startColumn": 5,
        "endLine": 12,
        "endColumn": 5 + len(known.REFUTED.claim),
    }


def test_an_empty_claim_has_a_place_that_can_be_seen() -> None:
    (result,) = sarif_run((replace(known.REFUTED, claim="", location=Location("a", 2, 3)),))[
        "results"
    ]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (region["startColumn"], region["endColumn"]) == (3, 4)


def test_sarif_names_bytes_of_a_file_that_is_not_utf_8() -> None:
    name = b"a\xff.txt".decode("utf-8", "surrogateescape")
    (result,) = sarif_run((replace(known.REFUTED, location=Location(name, 1)),))["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri, errors="surrogateescape") == name


def test_sarif_messages_hold_no_links() -> None:
    (result,) = sarif_run((replace(known.REFUTED, claim="[x](http://a.b)"),))["results"]
    assert "\\[x\\](http" in result["message"]["text"]


@settings(max_examples=60)
@given(text=TEXTS)
def test_sarif_of_any_text_is_valid(text: str) -> None:
    findings = (filled_with(text), replace(filled_with(text), location=None, fact=None))
    assert code_scanning_faults(sarif_run(findings)) == []


# junit


def suite(text: str) -> ElementTree.Element:
    root = ElementTree.fromstring(text.encode())
    (inner,) = root
    for element in (root, inner):
        assert int(element.attrib["tests"]) == len(inner)
        assert int(element.attrib["failures"]) == len(inner.findall("*/failure"))
        assert int(element.attrib["skipped"]) == len(inner.findall("*/skipped"))
    return inner


def outcomes(failing: frozenset[Verdict]) -> list[str]:
    cases = suite(written("junit", EVERYTHING[:5], purpose=Purpose(failing=failing)))
    return [case[0].tag if len(case) else "passed" for case in cases]


def test_junit_fails_what_the_run_fails_for() -> None:
    usual = Purpose().failing
    assert outcomes(usual) == ["passed", "failure", "failure", "skipped", "skipped"]
    assert outcomes(frozenset()) == ["passed", "skipped", "skipped", "skipped", "skipped"]
    assert outcomes(frozenset({Verdict.UNVERIFIED}))[4] == "failure"


def test_junit_has_a_name_for_each_case() -> None:
    cases = suite(written("junit", EVERYTHING))
    names = [(case.attrib["classname"], case.attrib["name"]) for case in cases]
    assert len(set(names)) == len(EVERYTHING)
    assert (cases[-1].attrib["file"], cases[-1].attrib["line"]) == ("drafts/a b%:ü.md", "12")


@settings(max_examples=150)
@given(text=TEXTS)
def test_junit_of_any_text_is_well_formed(text: str) -> None:
    findings = (filled_with(text), accepted(filled_with(text)))
    assert [case[0].tag for case in suite(written("junit", findings))] == ["failure", "skipped"]


# github


@settings(max_examples=150)
@given(text=TEXTS)
def test_github_obeys_nothing_of_a_claim(text: str) -> None:
    findings = (filled_with(text), replace(known.SUPPORTED, claim=text))
    annotation, *others = written("github", findings).splitlines()
    head, message = annotation.removeprefix("::").split("::", 1)
    name, properties = head.split(" ", 1)
    values = [pair.split("=", 1)[0] for pair in properties.split(",")]
    assert (name, values) == ("error", ["file", "line", "endLine", "col", "endColumn", "title"])
    assert not re.search(r"[\r\n]|%(?!25|0D|0A)", message)
    assert [line[:11] for line in others] == ["supported: "]
    assert "##[" not in annotation + others[0]


def test_github_has_a_kind_for_each_verdict() -> None:
    lines = written("github", EVERYTHING[:5]).splitlines()
    assert [re.split(r"[ :]+", line.lstrip(":"))[0] for line in lines] == [
        *("supported", "error", "warning", "notice", "unverified")
    ]


def test_what_a_run_fails_for_is_an_alert() -> None:
    strict = Purpose(failing=frozenset({Verdict.UNVERIFIED}))
    only = (known.UNVERIFIED, known.SUPPORTED)
    assert written("github", only, purpose=strict).startswith("::notice ")
    (issue,) = json.loads(written("gitlab", only, purpose=strict))
    assert issue["severity"] == "info"
    run = sarif_run((*only, known.REFUTED), strict)
    assert code_scanning_faults(run) == []
    assert [result["level"] for result in run["results"]] == ["note", "error"]
    (rule,) = [rule for rule in run["tool"]["driver"]["rules"] if rule["id"] == "no-fact"]
    assert rule["fullDescription"]["text"] == known.UNVERIFIED.reason
    assert sarif_run(only)["results"] == []


# What a baseline holds

HELD = accepted(known.REFUTED)
COMPARED = Purpose(compared=True)


def test_sarif_says_of_every_result_how_it_stands_to_the_baseline() -> None:
    run = sarif_run((HELD, known.OUTDATED), COMPARED)
    assert code_scanning_faults(run) == []
    held, new = run["results"]
    assert (held["baselineState"], new["baselineState"]) == ("unchanged", "new")
    (suppression,) = held["suppressions"]
    assert (suppression["kind"], suppression["status"]) == ("external", "accepted")
    assert known.REFUTED.claim in suppression["justification"]
    assert new["suppressions"] == []
    for result in sarif_run((known.REFUTED,))["results"]:
        assert {"baselineState", "suppressions"}.isdisjoint(result)


def test_what_is_accepted_is_no_failure_annotation_or_grave_issue() -> None:
    (case,) = suite(written("junit", (HELD,)))
    assert case[0].attrib["message"].startswith("baseline: accepted: ")
    assert written("github", (HELD,)) == f"refuted (baseline): {known.REFUTED.claim}\n"
    (issue,) = json.loads(written("gitlab", (HELD,)))
    assert (issue["severity"], "Baseline: accepted" in issue["description"]) == ("info", True)


def test_html_has_a_box_for_the_baseline_where_there_is_one() -> None:
    page = Page(written("html", (HELD, known.SUPPORTED)))
    assert [attrs["value"] for attrs in page.all("input")] == ["refuted", "supported", "baseline"]
    marked = [attrs for attrs in page.all("li") if "data-baseline" in attrs]
    assert [attrs["data-verdict"] for attrs in marked] == ["refuted"]
    assert len(Page(written("html", (known.REFUTED,))).all("input")) == 1


# gitlab


def test_gitlab_has_what_it_asks_for() -> None:
    issues = json.loads(written("gitlab", EVERYTHING))
    assert len(issues) == len(ALERTS)
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
        assert issue["location"]["path"]
        assert not issue["location"]["path"].startswith("./")
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert json.loads(written("gitlab", (known.SUPPORTED,))) == []


# What they share


def test_every_format_knows_a_finding_by_one_fingerprint() -> None:
    marks = Fingerprints()
    expected = [mark for f in EVERYTHING for mark in [marks.of(f)] if f.verdict in SEVERITIES]
    results = sarif_run(EVERYTHING)["results"]
    issues = json.loads(written("gitlab", EVERYTHING))
    for result, issue, mark in zip(results, issues, expected, strict=True):
        assert result["partialFingerprints"]["primaryLocationLineHash"] == mark
        assert issue["fingerprint"] == mark


@pytest.mark.parametrize(
    ("file", "here", "root", "named"),
    [
        ("a.txt", "/r/docs", "/r", "docs/a.txt"),
        ("./a.txt", "/r", "/r", "a.txt"),
        ("../b/./a.txt", "/r/docs", "/r", "b/a.txt"),
        ("/r/docs/a.txt", "/r/docs", "/r", "docs/a.txt"),
        ("/elsewhere/a.txt", "/r", "/r", "/elsewhere/a.txt"),
        ("../a.txt", "/r", "/r", "../a.txt"),
        ("/rest/a.txt", "/r", "/r", "/rest/a.txt"),
        ("<stdin>", "/r", "/r", "stdin"),
        ("docs\\a.txt", "C:\\r", "C:\\r", "docs/a.txt"),
        ("odd\\name.txt", "/r", "/r", "odd\\name.txt"),
        ("./a.txt", "", "", "a.txt"),
    ],
)
def test_files_are_named_from_the_root(file: str, here: str, root: str, named: str) -> None:
    assert relative(file, Purpose(here=here, root=root)) == named
