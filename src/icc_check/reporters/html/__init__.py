"""HTML: one page for an editor, in one file that needs no network.

The numbers are at its top, so the findings are kept, as text, until all are checked.
A content security policy allows its own style and script by their hashes and nothing
else, should anything of a claim or a store ever get past the escaping.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from icc_check.model import Verdict
from icc_check.report import Report
from icc_check.reporters.html.finding import article, escape
from icc_check.wording import BASELINE, MARKS, day, tally


def render(report: Report) -> Iterator[str]:
    articles: list[str] = []
    days: dict[dt.date, None] = {}
    for number, finding in enumerate(report, start=1):
        days[finding.as_of] = None
        articles.append(article(finding, number))
        yield ""
    yield _head(report, list(days))
    yield from articles
    yield f"</ol>\n</main>\n<script>{_beside('filter.js')}</script>\n</body>\n</html>\n"


def _head(report: Report, days: list[dt.date]) -> str:
    style, script = _beside("page.css"), _beside("filter.js")
    policy = (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    counted = tally(report.counts, report.accepted) if report.counts else "no findings"
    total = counted.partition(":")[0]
    asked = f", as of {', '.join(map(day, days))}" if days else ""
    store = f"{escape(report.store.name)} ({escape(report.store.hash)})"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>Fact check: {counted}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header>\n<h1>Fact check</h1>\n<p>{total}{asked}. Store: {store}.</p>\n</header>\n"
        f"{_numbers(report)}<main>\n<ol>\n"
    )


def _numbers(report: Report) -> str:
    """How many claims got each verdict, and how many the baseline holds.

    The script makes boxes of them that filter.
    """
    labels = [
        f'<label class="{verdict}"><input type="checkbox" value="{verdict}" checked hidden>'
        f'<span><span aria-hidden="true">{MARKS[verdict].symbol}</span> {verdict}</span>'
        f" <b>{report.counts[verdict]:,}</b></label>\n"
        for verdict in Verdict
        if report.counts[verdict]
    ]
    if not labels:
        return ""
    if report.accepted:
        labels.append(
            f'<label class="{BASELINE}"><input type="checkbox" value="{BASELINE}" checked hidden>'
            f"<span>in the {BASELINE}</span> <b>{report.accepted:,}</b></label>\n"
        )
    return (
        f"<fieldset>\n<legend>Verdicts</legend>\n{''.join(labels)}</fieldset>\n"
        '<p role="status" hidden></p>\n'
    )


def _beside(name: str) -> str:
    """The text of a file of this package."""
    return "\n" + Path(__file__).with_name(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
