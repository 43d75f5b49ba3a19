"""One JSON document: the same objects as JSON Lines in a list, and a summary."""

from __future__ import annotations

from collections.abc import Iterator

from icc_check.model import Verdict
from icc_check.report import Report
from icc_check.wire import VERSION, answer, dumps, store_id


def render(report: Report) -> Iterator[str]:
    store = dumps(store_id(report.store))
    yield f'{{\n  "version": {VERSION},\n  "store": {store},\n  "findings": ['
    between = ""
    for finding in report:
        text = dumps(answer(finding, report.store), indent=2).replace("\n", "\n    ")
        yield f"{between}\n    {text}"
        between = ","
    summary = {"claims": report.counts.total()}
    summary |= {verdict.value: report.counts[verdict] for verdict in Verdict}
    end = "\n  ]" if between else "]"
    yield f'{end},\n  "summary": {dumps(summary)}\n}}\n'
