"""One JSON document: the same objects as JSON Lines in a list, and a summary."""

from __future__ import annotations

from icc_check.model import Verdict
from icc_check.report import Out, Report
from icc_check.wire import VERSION, answer, dumps, store_id


def write(report: Report, out: Out) -> None:
    store = dumps(store_id(report.store))
    out.write(f'{{\n  "version": {VERSION},\n  "store": {store},\n  "findings": [')
    between = ""
    for finding in report:
        text = dumps(answer(finding, report.store), indent=2).replace("\n", "\n    ")
        out.write(f"{between}\n    {text}")
        between = ","
    summary = {"claims": report.counts.total()}
    summary |= {verdict.value: report.counts[verdict] for verdict in Verdict}
    end = "\n  ]" if between else "]"
    out.write(f'{end},\n  "summary": {dumps(summary)}\n}}\n')
