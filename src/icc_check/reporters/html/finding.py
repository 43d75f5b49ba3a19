"""A finding as a piece of the page: whatever users and stores wrote is escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator

from icc_check.model import Detail, Finding, Level, Related, Source
from icc_check.wording import (
    BASELINE,
    BASES,
    LEVELS,
    MARKS,
    acceptance,
    day,
    is_web,
    said,
    source_title,
    visible,
)

_WRONG = (Level.DIFFERENT, Level.OPPOSITE)
_OPEN = (Level.UNANSWERED, Level.UNCLEAR)


def escape(text: str) -> str:
    """The text on one line, for between tags and in attributes."""
    return html.escape(visible(text))


def article(finding: Finding, number: int) -> str:
    """Everything about one claim; the number makes an address within the page."""
    name = f"claim-{number}"
    return (
        f'<li data-verdict="{finding.verdict}"{" data-baseline" if finding.accepted else ""}>\n'
        f'<article id="{name}" class="{finding.verdict}" aria-labelledby="{name}-text">\n'
        f"{''.join(_body(finding, name))}</article>\n</li>\n"
    )


def _body(finding: Finding, name: str) -> Iterator[str]:
    yield f'<p class="top">{_verdict(finding)}{_mark(finding)}{_place(finding)}</p>\n'
    yield f'<h2 id="{name}-text">{_claim(finding)}</h2>\n<p>{escape(finding.reason)}</p>\n'
    if finding.correction:
        words = escape(finding.correction)
        yield f'<p class="correction"><b>Correction</b> {words}</p>\n'
    yield from _facts(finding)
    yield from _parts(finding)
    yield from _sources(finding.sources)
    yield from _details(finding.details)
    yield from _related(finding.related)


def _verdict(finding: Finding) -> str:
    symbol = MARKS[finding.verdict].symbol
    return (
        f'<span class="verdict"><span aria-hidden="true">{symbol}</span> {finding.verdict}</span>'
    )


def _mark(finding: Finding) -> str:
    return f' <span class="{BASELINE}">{BASELINE}</span>' if finding.accepted else ""


def _place(finding: Finding) -> str:
    where = finding.location
    if where is None:
        return f"<span>{escape(finding.rule)}</span>"
    return f"<span>{escape(finding.rule)}, {escape(where.file)}:{where.line}:{where.column}</span>"


def _claim(finding: Finding) -> str:
    """The claim, with the words marked that are wrong or that nothing answers."""
    text = finding.claim
    if visible(text) != text:  # then the places in it have moved
        return escape(text)
    pieces, done = [], 0
    for detail in sorted(finding.details, key=lambda detail: detail.start):
        kind = "wrong" if detail.level in _WRONG else "open"
        if detail.start < done or detail.level not in (*_WRONG, *_OPEN):
            continue
        pieces.append(html.escape(text[done : detail.start]))
        marked = html.escape(text[detail.start : detail.end])
        pieces.append(f'<mark class="{kind}">{marked}</mark>')
        done = detail.end
    return "".join(pieces) + html.escape(text[done:])


def _facts(finding: Finding) -> Iterator[str]:
    rows = []
    if finding.fact:
        fact = finding.fact
        if fact.statement != finding.correction:
            rows.append(("The record", fact.statement))
        rows.append(("Basis", f"{BASES[fact.basis]}, checked {day(fact.checked)}"))
        rows.append(("Fact", fact.id))
    rows += [("Note", note) for note in finding.notes]
    if accepted := acceptance(finding):
        rows.append((BASELINE.capitalize(), accepted))
    if rows:
        inside = "".join(f"<dt>{title}</dt><dd>{escape(text)}</dd>\n" for title, text in rows)
        yield f"<dl>\n{inside}</dl>\n"


def _parts(finding: Finding) -> Iterator[str]:
    if not finding.parts:
        return
    yield '<h3>Parts of the claim</h3>\n<ol class="parts">\n'
    for part in finding.parts:
        words = f"{_verdict(part)} {_claim(part)}<br>{escape(part.reason)}"
        yield f'<li class="{part.verdict}">{words}</li>\n'
    yield "</ol>\n"


def _sources(sources: tuple[Source, ...]) -> Iterator[str]:
    if sources:
        items = "".join(f"<li>{_source(source)}</li>\n" for source in sources)
        yield f"<h3>{'Source' if len(sources) == 1 else 'Sources'}</h3>\n<ul>\n{items}</ul>\n"


def _source(source: Source) -> str:
    title = html.escape(source_title(source) or visible(source.url))
    archived = _link(source.archived, "archived") if source.archived else ""
    shown = _link(source.url, title)
    return f"{shown} ({archived})" if archived else shown


def _link(url: str, shown: str) -> str:
    if not is_web(url):
        return f"{shown}, {escape(url)}"
    return f'<a href="{escape(url)}" rel="noreferrer">{shown}</a>'


def _details(details: Iterable[Detail]) -> Iterator[str]:
    rows = "".join(_detail(detail) for detail in details)
    if rows:
        titles = ("Detail", "The claim", "The record", "How they compare")
        head = "".join(f'<th scope="col">{title}</th>' for title in titles)
        yield (
            "<details>\n<summary>What was compared</summary>\n"
            f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</details>\n"
        )


def _detail(detail: Detail) -> str:
    claim, fact = (html.escape(text) for text in said(detail))
    fault = ' class="fault"' if detail.level in _WRONG else ""
    return (
        f"<tr><td>{escape(detail.kind)}</td><td>{claim}</td><td>{fact}</td>"
        f"<td{fault}>{LEVELS[detail.level]}</td></tr>\n"
    )


def _related(related: tuple[Related, ...]) -> Iterator[str]:
    if related:
        items = "".join(f"<li>{escape(near.fact.statement)}</li>\n" for near in related)
        title = "Nearest facts, which do not settle the claim"
        yield f"<details>\n<summary>{title}</summary>\n<ul>\n{items}</ul>\n</details>\n"
