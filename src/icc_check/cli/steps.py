"""The steps from a claim to its verdict, drawn for people: one section a step.

Of the candidates `score` only ranks, `lacks` counts details of the fact that the claim
does not have, `claim` and `record` are the shares of both that the other answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from icc_check.explain import Explanation, Judged, describe_rule
from icc_check.model import Detail, Finding
from icc_check.reading.values import Item, Reading
from icc_check.report import Look
from icc_check.reporters.table.canvas import FAULTS, LABEL, STRONG, Canvas
from icc_check.wording import LEVELS, said, visible

_LEFT = 2


def steps(explanation: Explanation, most: int, look: Look) -> Iterator[str]:
    """The pieces of the text, in order."""
    canvas = Canvas(look)
    yield _title(canvas, "1  What is read in the claim")
    yield from _reading(canvas, explanation.reading)
    yield _title(canvas, f"\n2  What is found: {_count(explanation)}")
    shown = explanation.judged[:most]
    if shown:
        yield _indented(canvas, _candidates(shown))
        yield _title(canvas, "\n3  Claim and facts, side by side")
    for entry in shown:
        yield from _side_by_side(canvas, entry)
        yield "\n"
    yield _title(canvas, "4  What decides" if shown else "\n4  What decides")
    yield from _decision(canvas, explanation.finding)


def _count(explanation: Explanation) -> str:
    facts = len(explanation.judged)
    ways = explanation.candidates
    if not facts:
        return "no fact is near"
    return f"{ways} phrasing{_s(ways)} of {facts} fact{_s(facts)}"


def _reading(canvas: Canvas, reading: Reading) -> Iterator[str]:
    rows = [(item.kind.value, _key(item), item.text, _marks(item)) for item in reading.items]
    if rows:
        yield _indented(canvas, _table(("kind", "key", "words", ""), rows))
    else:
        yield _indented(canvas, Text("nothing"))
    yield _indented(canvas, Text(visible(_clause(reading))))
    for name, what in reading.steps:
        yield _indented(canvas, Text(visible(f"{name}: {what}"), LABEL))


def _key(item: Item) -> str:
    """What the item is compared by, and its value where it has one."""
    values = [str(value) for value in (item.number, item.days) if value is not None]
    if item.days is not None and item.relation.value != "in":
        values.insert(0, item.relation.value)
    return " ".join(part for part in (item.key, *values) if part)


def _marks(item: Item) -> str:
    flags = {
        "negated": item.negated,
        "ordinal": item.ordinal,
        "unknown name": item.loose,
        "topic only": item.tag,
        "no such day": item.impossible,
    }
    return ", ".join(name for name, is_so in flags.items() if is_so)


def _clause(reading: Reading) -> str:
    flags = {
        "no longer": reading.ended,
        "still": reading.still,
        "hedged": reading.hedged,
        "conditional": reading.conditional,
        "under way": reading.progressive,
    }
    parts = [
        reading.mood.value,
        f"tense: {reading.tense}",
        f"negations: {reading.negations}",
        *(name for name, is_so in flags.items() if is_so),
    ]
    return "; ".join(parts)


def _candidates(judged: Sequence[Judged]) -> Table:
    rows = [
        (
            entry.fact.id,
            f"{entry.score:.1f}",
            str(entry.missing),
            f"{entry.said:.0%}",
            f"{entry.covered:.0%}",
            entry.rule,
        )
        for entry in judged
    ]
    titles = ("fact", "score", "lacks", "claim", "record", "rule")
    table = _table(titles, rows, right=(1, 2, 3, 4))
    table.columns[0].no_wrap = True  # an id that is cut cannot be copied
    return table


def _side_by_side(canvas: Canvas, entry: Judged) -> Iterator[str]:
    yield _indented(canvas, Text.assemble((visible(entry.fact.id), STRONG)))
    yield _indented(canvas, Text(visible(entry.phrasing)))
    if entry.details:
        yield _indented(canvas, _details(entry.details))
    if entry.unsaid:
        unsaid = ", ".join(f"“{text}”" if text else "a detail" for text in entry.unsaid)
        yield _indented(canvas, Text(f"not said by the claim: {visible(unsaid)}"))
    verdict = canvas.verdict(entry.verdict)
    yield _indented(canvas, verdict + Text(f" ({entry.rule}): {visible(entry.reason)}"))


def _details(details: Iterable[Detail]) -> Table:
    table = _table(("kind", "the claim", "the record", "how they compare"), ())
    for detail in details:
        claim, fact = said(detail)
        level = Text(LEVELS[detail.level], Style(color=FAULTS.get(detail.level, "green")))
        table.add_row(Text(visible(detail.kind)), Text(claim), Text(fact), level)
    return table


def _decision(canvas: Canvas, finding: Finding) -> Iterator[str]:
    verdict = canvas.verdict(finding.verdict)
    yield _indented(canvas, verdict + Text(f"  {finding.rule}, as of {finding.as_of}"))
    yield _indented(canvas, Text(visible(finding.reason)))
    if rule := describe_rule(finding.rule):
        yield _indented(canvas, Text(f"The rule: {visible(rule[1])}", LABEL))
    if finding.fact:
        yield _indented(canvas, Text(f"The fact: {visible(finding.fact.id)}", LABEL))
    for number, part in enumerate(finding.parts, start=1):
        words = f" ({part.rule}): {visible(part.claim)}"
        yield _indented(canvas, Text(f"Part {number}: ") + canvas.verdict(part.verdict) + words)


def _table(
    titles: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()
) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style=LABEL)
    for number, title in enumerate(titles):
        table.add_column(title, overflow="fold", justify="right" if number in right else "left")
    for row in rows:
        table.add_row(*(Text(visible(cell)) for cell in row))
    return table


def _title(canvas: Canvas, words: str) -> str:
    return canvas.draw(Text(words, STRONG))


def _indented(canvas: Canvas, part: Text | Table) -> str:
    return canvas.draw(Padding(part, (0, 0, 0, _LEFT)))


def _s(number: int) -> str:
    return "" if number == 1 else "s"
