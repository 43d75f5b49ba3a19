"""JUnit XML: a test case a claim, which CI systems list and count.

Refuted, outdated and disputed claims fail, unverified ones are skipped.
"""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from icc_check.model import Finding, Verdict
from icc_check.problems import SEVERITIES, message
from icc_check.report import Out, Report
from icc_check.wording import visible

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n  <testsuite name='


def write(report: Report, out: Out) -> None:
    out.write(f"{_HEAD}{_attribute(report.store.name)}>\n")
    for finding in report:
        out.write(_case(finding))
    out.write("  </testsuite>\n</testsuites>\n")


def _case(finding: Finding) -> str:
    where = finding.location
    place = f" file={_attribute(where.file)} line={_attribute(str(where.line))}" if where else ""
    case = (
        f"    <testcase classname={_attribute(where.file if where else 'claims')} "
        f"name={_attribute(finding.claim)}{place}"
    )
    if finding.verdict is Verdict.SUPPORTED:
        return f"{case}/>\n"
    text = _attribute(message(finding))
    if finding.verdict in SEVERITIES:
        sources = "\n".join(visible(source.url) for source in finding.sources)
        kind = _attribute(finding.verdict.value)
        inner = f"<failure type={kind} message={text}>{escape(_legal(sources))}</failure>"
    else:
        inner = f"<skipped message={text}/>"
    return f"{case}>\n      {inner}\n    </testcase>\n"


def _attribute(text: str) -> str:
    return quoteattr(_legal(visible(text)))


def _legal(text: str) -> str:
    """Without the few characters that XML 1.0 has no way to write."""
    return text.translate({0xFFFE: "?", 0xFFFF: "?"})
