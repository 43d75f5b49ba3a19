"""JUnit XML: a test case a claim.

A claim fails that has a verdict which `--fail-on` names, unless a baseline holds it; any
other that is not supported counts as skipped. The head says how many there are, so the
cases are kept until all claims are checked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from icc_check.alerts import ARGUMENTS, message, relative
from icc_check.model import Finding, Verdict
from icc_check.report import Purpose, Report
from icc_check.wording import BASELINE, acceptance, visible

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: Report) -> Iterator[str]:
    names: Counter[tuple[str, str]] = Counter()
    cases: list[str] = []
    failures = passed = 0
    for finding in report:
        cases.append(_case(finding, names, report))
        failures += report.purpose.fails_for(finding)
        passed += _passes(finding, report.purpose)
        yield ""
    total = report.counts.total()
    counts = (
        f'tests="{total}" failures="{failures}" errors="0" skipped="{total - failures - passed}"'
    )
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<testsuites name="icc-check" {counts}>\n<testsuite name="icc-check" {counts}>\n'
    yield from cases
    yield "</testsuite>\n</testsuites>\n"


def _case(finding: Finding, names: Counter[tuple[str, str]], report: Report) -> str:
    place = finding.location
    file = relative(place.file, report.purpose) if place else ARGUMENTS
    claim = visible(finding.claim)
    names[file, claim] += 1
    count = names[file, claim]
    name = claim if count == 1 else f"{claim} ({count})"  # programs tell cases by their names
    start = f"  <testcase classname={_quoted(file)} name={_quoted(name)}"
    if place:
        start += f' file={_quoted(file)} line="{place.line}"'
    if report.purpose.fails_for(finding):
        head = f"<failure message={_quoted(_short(finding))} type={_quoted(finding.rule)}>"
        inside = f"{head}{_text(message(finding))}</failure>"
    elif _passes(finding, report.purpose):
        return f"{start}/>\n"
    else:
        inside = f"<skipped message={_quoted(_short(finding))}/>"
    return f"{start}>\n    {inside}\n  </testcase>\n"


def _passes(finding: Finding, purpose: Purpose) -> bool:
    return finding.verdict is Verdict.SUPPORTED and not purpose.fails_for(finding)


def _short(finding: Finding) -> str:
    accepted = acceptance(finding)
    mark = f"{BASELINE}: {accepted}; " if accepted else ""
    return f"{mark}{finding.verdict}: {finding.reason}"


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", visible(text)))


def _quoted(text: str) -> str:
    return quoteattr(_ILLEGAL.sub("\ufffd", visible(text)))
