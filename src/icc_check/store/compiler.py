"""Compiling: from a store as written to one that can be asked."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache

from icc_check.keys import keys_implied, keys_outside, weight
from icc_check.lexicon import Lexicon
from icc_check.model import StoreId
from icc_check.reading.reader import read
from icc_check.reading.values import Item, Kind, Reading, Tense
from icc_check.store import marks
from icc_check.store.compiled import CompiledStore, Mask, Part, Phrasing, mask_of
from icc_check.store.lexicon_builder import build_lexicon
from icc_check.store.values import Fact, SourceStore

FEWEST_DETAILS = 2


def compile_store(store: SourceStore, content_hash: str = "") -> CompiledStore:
    """Read every phrasing of every fact and index what was read."""
    lexicon = _with_about(build_lexicon(store), store)
    phrasings: list[Phrasing] = []
    contexts: list[frozenset[str]] = []
    numbers: list[frozenset[tuple[str, float, float]]] = []
    read_once = _reader(lexicon)
    for number, fact in enumerate(store.facts):
        own = _phrasings(number, fact, lexicon, read_once)
        phrasings += own
        items = [part.item for phrasing in own for part in phrasing.parts]
        details = [read_once(text) for text in fact.also]
        contrary = _contraries(items, lexicon)
        items += [
            item
            for detail in details
            if not detail.negations and not any(i.index_key in contrary for i in detail.items)
            for item in detail.items
        ]
        contexts.append(frozenset(_context(items, lexicon)))
        numbers.append(
            frozenset((i.key, i.number.low, i.number.high) for i in items if i.number is not None)
        )
    index, own_index, cores = _index(phrasings, lexicon)
    rarities = _weights(phrasings, len(store.facts))
    return CompiledStore(
        id=StoreId(
            store.name, content_hash or hashlib.sha256(repr(store).encode()).hexdigest()[:16]
        ),
        title=store.title,
        lexicon=lexicon,
        facts=store.facts,
        phrasings=tuple(_weighed(phrasing, rarities, lexicon) for phrasing in phrasings),
        index=index,
        own=own_index,
        cores=cores,
        weights=rarities,
        context=tuple(contexts),
        numbers=tuple(numbers),
        sources={source.id: source for source in store.sources},
    )


def _with_about(lexicon: Lexicon, store: SourceStore) -> Lexicon:
    """Fill in what is said about each entity, as keys."""
    entities = dict(lexicon.entities)
    read_once = _reader(lexicon)
    for entity in store.entities:
        items = [item for text in (*entity.about, entity.name) for item in read_once(text).items]
        about = frozenset(_context(items, lexicon))
        entities[entity.id] = entities[entity.id]._replace(about=about)
    return lexicon._replace(entities=entities)


def _reader(lexicon: Lexicon) -> Callable[[str], Reading]:
    """A reader that remembers: tables say the same of many rows."""
    return cache(lambda text: read(text, lexicon))


def _contraries(items: Iterable[Item], lexicon: Lexicon) -> set[str]:
    """What says the contrary of the fact: a detail with such a word bears nothing out."""
    return {
        f"{Kind.CONCEPT}:{other}"
        for item in items
        if item.kind is Kind.CONCEPT
        for other in lexicon.concepts[item.key].opposite
    }


def _context(items: Iterable[Item], lexicon: Lexicon) -> Iterable[str]:
    for item in items:
        if not item.negated and item.kind is not Kind.DATE:
            yield from keys_implied(item, lexicon)


def _phrasings(
    number: int, fact: Fact, lexicon: Lexicon, read_once: Callable[[str], Reading]
) -> list[Phrasing]:
    """The readings of a fact, one for each that differs.

    `read_once` remembers: the choices within statements recur all over a store.
    """
    seen: dict[object, Phrasing] = {}
    polarity: dict[frozenset[str], int] = {}

    def distinct(options: list[str]) -> list[str]:
        return _distinct(options, read_once)

    def negative(text: str) -> bool:
        return read_once(text).negations > 0

    texts = [
        text
        for statement in (fact.statement, *fact.phrasings)
        for expanded in marks.expand(statement, distinct)
        for text in marks.without_or_with(expanded, negative)[-1 if fact.truth == "false" else 0 :]
    ]
    readings = [read_once(text) for text in (marks.plain(fact.statement), *texts)]
    doer = _doer(readings[0], lexicon)
    sides = next(filter(None, (_sides(reading, lexicon) for reading in readings)), "")
    for text in texts:
        phrasing = _phrasing(number, text, lexicon, doer, sides)
        if is_thin(phrasing, lexicon, closed=bool(fact.closed)):
            continue
        # Two phrasings of one fact that say the contrary in the same words: the first counts.
        turns = phrasing.negations + sum(part.item.negated for part in phrasing.parts)
        if polarity.setdefault(core_keys(phrasing, lexicon), turns % 2) != turns % 2:
            continue
        signature = (
            tuple(
                (p.item.kind, p.item.key, p.item.number, p.item.days, p.optional, p.turning)
                for p in phrasing.parts
            ),
            phrasing.negations % 2,
            phrasing[phrasing._fields.index("contrasted") :],  # what else the rules ask of it
        )
        seen.setdefault(signature, phrasing)
    return list(seen.values())


def _doer(reading: Reading, lexicon: Lexicon) -> str:
    """The deed in a statement and who does it, as "sue name:ada-brine"; empty if unsaid."""
    named = [i for i in reading.items if lexicon.kind_of(i.kind, i.key) and not _is_slot(i)]
    for verb in reading.items:
        if verb.kind is Kind.CONCEPT and lexicon.concepts[verb.key].directed:
            doer = reading.doer(verb, named)
            if doer is not None:
                return f"{verb.key} {doer.index_key}"
    return ""


def _sides(reading: Reading, lexicon: Lexicon) -> str:
    """The deed in a statement, who or what does it and to whom; empty if unsaid."""
    for deed in reading.items:
        if deed.kind is Kind.CONCEPT and lexicon.concepts[deed.key].directed:
            sides = reading.sides(deed, [item for item in reading.items if item is not deed])
            if sides is not None:
                return " ".join((deed.key, sides[0].index_key, sides[1].index_key))
    return ""


def _distinct(options: list[str], read_once: Callable[[str], Reading]) -> list[str]:
    """Of options that the lexicon reads as the same details, the first."""
    seen: dict[object, str] = {}
    for option in options:
        reading = read_once(option)
        details = tuple((i.kind, i.key, i.number, i.days, i.negated) for i in reading.items)
        flags = (reading.negations, reading.ended, reading.hedged, reading.conditional)
        marked = (option.count("["), option.count("*"))
        seen.setdefault((details, flags, marked) if details else option, option)
    return list(seen.values())


def is_thin(phrasing: Phrasing, lexicon: Lexicon, *, closed: bool = False) -> bool:
    """Whether a phrasing says too little to tell a fact by: fewer than two details of its own."""
    own = {
        (part.item.kind, part.item.key)
        for part in phrasing.parts
        if not part.optional and not (part.slot and part.item.kind is Kind.WORD)
    }
    subjects = {key for key in own if key[0] is Kind.ENTITY and key[1] in lexicon.subject}
    presumed = 0 if closed else min(1, len(subjects))
    return len(own) - presumed < FEWEST_DETAILS


def _phrasing(number: int, text: str, lexicon: Lexicon, doer: str, sides: str) -> Phrasing:
    """Read one way to say a fact; `doer` and `sides` are those of the fact, if it says none."""
    marked = marks.strip(text.replace(marks.SERIES_SLOT, str(marks.SERIES_NUMBER)))
    reading = read(marked.text, lexicon)
    parts = tuple(
        Part(
            _as_slot(item),
            _inside(item, marked.optional),
            _inside(item, marked.turning),
            _is_slot(item),
        )
        for item in reading.items
    )
    return Phrasing(
        number,
        marked.text,
        parts,
        reading.negations,
        _doer(reading, lexicon) or doer,
        _sides(reading, lexicon) or sides,
        reading.within_only,
        reading.items[reading.contrasted].index_key if reading.contrasted >= 0 else "",
        reading.progressive,
        reading.perfect,
        reading.ended,
        reading.conditional,
        reading.hedged,
        reading.possible,
        reading.tense is Tense.FUTURE,
        reading.tense is Tense.PAST,
        reading.mixed,
        reading.announced,
    )


def _is_slot(item: Item) -> bool:
    return (item.number is not None and item.number.low == marks.SERIES_NUMBER) or (
        item.kind is Kind.WORD and item.text == marks.NAME_SLOT
    )


def _as_slot(item: Item) -> Item:
    return replace(item, key="") if item.kind is Kind.WORD and _is_slot(item) else item


def _inside(item: Item, spans: tuple[tuple[int, int], ...]) -> bool:
    middle = (item.start + item.end - 1) / 2
    return any(start <= middle < end for start, end in spans)


def core_keys(phrasing: Phrasing, lexicon: Lexicon) -> frozenset[str]:
    """The keys that a claim must have to say this phrasing: no numbers, not the subject."""
    return frozenset(
        part.item.index_key
        for part in phrasing.parts
        if not part.optional
        and part.item.kind not in (Kind.QUANTITY, Kind.DATE)
        and not (part.item.kind is Kind.ENTITY and part.item.key in lexicon.subject)
    )


def _index(
    phrasings: list[Phrasing], lexicon: Lexicon
) -> tuple[dict[str, Mask], dict[str, Mask], tuple[Mask, ...]]:
    """The phrasings by implied keys, by own keys, and by the size of their core."""
    implied: dict[str, list[int]] = defaultdict(list)
    own: dict[str, list[int]] = defaultdict(list)
    sizes: dict[int, list[int]] = defaultdict(list)
    for number, phrasing in enumerate(phrasings):
        keys = core_keys(phrasing, lexicon)
        sizes[len(keys)].append(number)
        for key in keys:
            own[key].append(number)
        for outer in {outer for key in keys for outer in keys_outside(key, lexicon)}:
            implied[outer].append(number)
    count = len(phrasings)
    return (
        {key: mask_of(numbers, count) for key, numbers in implied.items()},
        {key: mask_of(numbers, count) for key, numbers in own.items()},
        tuple(mask_of(sizes[size], count) for size in range(max(sizes, default=0) + 1)),
    )


def _weights(phrasings: list[Phrasing], facts: int) -> dict[str, float]:
    """Inverse document frequency over facts (Spärck Jones 1972), smoothed."""
    holders: dict[str, set[int]] = defaultdict(set)
    for phrasing in phrasings:
        for part in phrasing.parts:
            holders[part.item.index_key].add(phrasing.fact)
    return {key: math.log(1 + facts / len(owners)) for key, owners in holders.items()}


def _weighed(phrasing: Phrasing, rarities: Mapping[str, float], lexicon: Lexicon) -> Phrasing:
    """The phrasing with the weight of its parts, which alignment asks for all the time."""
    return phrasing._replace(
        parts=tuple(
            part._replace(weight=weight(part.item, rarities, lexicon)) for part in phrasing.parts
        )
    )
