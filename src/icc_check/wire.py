"""A finding as JSON: the promise to other programs, described in docs/output.md.

Every key is spelled here and nowhere else. Keys may be added; a change of meaning
or a removal raises `VERSION`.
"""

from __future__ import annotations

import json
import re
from typing import Any

from icc_check.model import (
    Acceptance,
    Detail,
    FactView,
    Finding,
    Location,
    Related,
    Source,
    StoreId,
)

VERSION = 1

# Left alone by JSON, yet obeyed by terminals, or impossible in UTF-8 (lone surrogates).
_RISKY = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def dumps(value: Any, *, indent: int | None = None) -> str:
    """JSON that is safe to print: readable letters, controls as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isascii() and "\x7f" not in text:
        return text
    return _RISKY.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def answer(finding: Finding, store: StoreId) -> dict[str, Any]:
    """The object that stands for one claim."""
    wire = {"version": VERSION, **_finding(finding), "store": store_id(store)}
    if finding.extra:  # only rows of tables and objects have it
        wire["extra"] = dict(finding.extra)
    if finding.accepted:
        wire["baseline"] = _acceptance(finding.accepted)
    return wire


def store_id(store: StoreId) -> dict[str, str]:
    """Which knowledge answered."""
    return {"name": store.name, "hash": store.hash}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "claim": finding.claim,
        "verdict": finding.verdict.value,
        "as_of": finding.as_of.isoformat(),
        "rule": finding.rule,
        "reason": finding.reason,
        "fact": _fact(finding.fact) if finding.fact else None,
        "correction": finding.correction,
        "details": [_detail(detail) for detail in finding.details],
        "parts": [_finding(part) for part in finding.parts],
        "sources": [source_wire(source) for source in finding.sources],
        "related": [_related(related) for related in finding.related],
        "notes": list(finding.notes),
        "location": location_wire(finding.location) if finding.location else None,
    }


def _fact(fact: FactView) -> dict[str, Any]:
    return {
        "id": fact.id,
        "statement": fact.statement,
        "basis": fact.basis.value,
        "checked": fact.checked.isoformat(),
        "topic": fact.topic or None,
    }


def _detail(detail: Detail) -> dict[str, Any]:
    span = [detail.start, detail.end] if detail.start >= 0 else None
    return {
        "kind": detail.kind,
        "claim": detail.claim,
        "fact": detail.fact,
        "level": detail.level.value,
        "span": span,
    }


def source_wire(source: Source) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "date": source.date or None,
        "archived": source.archived or None,
    }


def _acceptance(accepted: Acceptance) -> dict[str, Any]:
    return {
        "fingerprint": accepted.fingerprint,
        "reason": accepted.reason,
        "expires": accepted.expires.isoformat() if accepted.expires else None,
    }


def _related(related: Related) -> dict[str, Any]:
    return {"fact": _fact(related.fact), "score": round(related.score, 3)}


def location_wire(location: Location) -> dict[str, Any]:
    place = {"file": location.file, "line": location.line, "column": location.column}
    if location.end_line is None:
        return place
    return {**place, "end_line": location.end_line, "end_column": location.end_column}
