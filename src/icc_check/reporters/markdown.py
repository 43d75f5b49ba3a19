"""Markdown as GitHub and GitLab read it: a table with a row a claim, and a closing line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from icc_check.model import Finding, Source
from icc_check.report import Report
from icc_check.wording import BASELINE, MARKS, acceptance, day, is_web, record, tally, visible

_HEAD = "| Verdict | Claim | Why | Sources |\n|---|---|---|---|\n"
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&$#]")
# What becomes a link, a picture of a face or a call to somebody without any markup.
_LINKED = re.compile(r"(?<=\w):(?=//)|:(?=[\w+-]+:)|(?<=www)\.", re.IGNORECASE)
_CALL = re.compile(r"@(?=\w)")
_UNSAFE_IN_ADDRESS = re.compile(r"[^\w\-.~:/?#@!$&'*+,;=%]", re.ASCII)


def render(report: Report) -> Iterator[str]:
    last = None
    head = _HEAD
    for last in report:
        yield head + _row(last)
        head = ""
    if last is None:
        yield "No findings.\n"
        return
    store = f"{escape(report.store.name)}, {escape(report.store.hash)}"
    yield f"\n{tally(report.counts, report.accepted)}. As of {day(last.as_of)}. Store: {store}.\n"


def _row(finding: Finding) -> str:
    verdict = f"{MARKS[finding.verdict].symbol} **{finding.verdict}**"
    verdict += f"<br>({BASELINE})" if finding.accepted else ""
    cells = (verdict, _claim(finding), _answer(finding), _sources(finding))
    return f"| {' | '.join(cells)} |\n"


def _claim(finding: Finding) -> str:
    if not finding.location:
        return escape(finding.claim)
    place = f"{escape(finding.location.file)}, line {finding.location.line}"
    return f"{escape(finding.claim)}<br>{place}"


def _answer(finding: Finding) -> str:
    parts = [escape(finding.reason)]
    if known := record(finding):
        title, text = known
        parts.append(f"**{title}:** {escape(text)}")
    parts += [f"**Note:** {escape(note)}" for note in finding.notes]
    if accepted := acceptance(finding):
        parts.append(f"**{BASELINE.capitalize()}:** {escape(accepted)}")
    return "<br>".join(parts)


def _sources(finding: Finding) -> str:
    return "<br>".join(link(source) for source in finding.sources)


def link(source: Source) -> str:
    """The publisher of a source, as a link to it where it can be one."""
    title = escape(source.publisher or source.title or source.url)
    if not is_web(source.url):
        return ", ".join(part for part in (title, escape(source.url)) if part)
    return f"[{title}](<{address(source.url)}>)"


def escape(text: str) -> str:
    """The text on one line, with nothing in it that Markdown would obey.

    >>> print(escape("*a* | [b](c) #1"))
    \\*a\\* \\| \\[b\\](c) \\#1
    """
    text = _MARKUP.sub(r"\\\g<0>", visible(text))
    return _CALL.sub("@<!-- -->", _LINKED.sub(r"\\\g<0>", text))


def address(url: str) -> str:
    """The address with everything percent-encoded that could end the link or the cell."""
    url = _UNSAFE_IN_ADDRESS.sub(lambda match: _encoded(match.group()), url)
    return url.replace("&", "&amp;")  # else `&copy` in it would be read as a sign


def _encoded(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in char.encode(errors="replace"))
