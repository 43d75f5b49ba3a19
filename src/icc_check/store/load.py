"""Reading a store from its folder, every fault reported at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from icc_check.errors import StoreError
from icc_check.model import Source
from icc_check.store import schema
from icc_check.store.documents import Document, Fault
from icc_check.store.facts import concept_from, entity_from, fact_from, source_from
from icc_check.store.tables import read_table, read_table_entities
from icc_check.store.values import Concept, Entity, Fact, Place, SourceStore

MOST_FAULTS_SHOWN = 20


def load_stores(folders: Sequence[Path]) -> SourceStore:
    """Read and join the stores in these folders.

    Raises StoreError, naming file and line of every fault, when one is malformed.
    """
    store, faults = read_stores(folders)
    if faults:
        shown = [str(fault) for fault in faults[:MOST_FAULTS_SHOWN]]
        if len(faults) > len(shown):
            shown.append(f"… and {len(faults) - len(shown)} more")
        raise StoreError("\n".join(shown), hint="`icc-check store lint` lists every fault")
    return store


def read_stores(folders: Sequence[Path]) -> tuple[SourceStore, list[Fault]]:
    """What can be read of the stores, and all that is wrong with them."""
    faults: list[Fault] = []
    parts = [_read_folder(folder, faults) for folder in folders]
    first = parts[0]
    store = SourceStore(
        name="+".join(part.name for part in parts),
        title=first.title,
        subject=first.subject,
        light=tuple(word for part in parts for word in part.light),
        facts=tuple(fact for part in parts for fact in part.facts),
        entities=tuple(entity for part in parts for entity in part.entities),
        concepts=tuple(concept for part in parts for concept in part.concepts),
        sources=tuple(source for part in parts for source in part.sources),
    )
    faults += _references(store)
    return store, faults


def _read_folder(folder: Path, faults: list[Fault]) -> SourceStore:
    about = folder / "store.toml"
    if not about.is_file():
        what = "is no folder" if not folder.is_dir() else "holds no store.toml, so it is no store"
        raise StoreError(f"{folder}: {what}", hint="docs/store.md says what a store is")
    head = Document(about, folder, faults).top(schema.STORE)
    values = head.values if head else {"name": folder.name, "title": ""}
    facts: list[Fact] = []
    entities: list[Entity] = []
    concepts: list[Concept] = []
    sources: list[Source] = []
    for document in _documents("sources", folder, faults):
        sources += [source_from(r.values) for r in document.records("source", schema.SOURCE)]
    for document in _documents("entities", folder, faults):
        entities += [entity_from(*r) for r in document.records("entity", schema.ENTITY)]
    for document in _documents("lexicon", folder, faults):
        concepts += [concept_from(*r) for r in document.records("concept", schema.CONCEPT)]
    for document in _documents("tables", folder, faults):
        rows, named = read_table(document, folder, faults)
        facts += rows
        entities += named
    for document in _documents("facts", folder, faults):
        for record in document.records("fact", schema.FACT):
            try:
                facts.append(fact_from(record.values, document.topic, record.place))
            except ValueError as error:
                faults.append(Fault(record.place, f"{record.values['id']!r}: {error}"))
    return SourceStore(
        name=values["name"],
        title=values["title"],
        subject=tuple(values.get("subject", ())),
        light=tuple(values.get("light", ())),
        facts=tuple(facts),
        entities=tuple(entities),
        concepts=tuple(concepts),
        sources=tuple(sources),
    )


def read_entities(folders: Sequence[Path]) -> tuple[Entity, ...]:
    """The entities of the stores as they are written, without reading the rest."""
    faults: list[Fault] = []
    entities: list[Entity] = []
    for folder in folders:
        for document in _documents("entities", folder, faults):
            entities += [entity_from(*r) for r in document.records("entity", schema.ENTITY)]
        for document in _documents("tables", folder, faults):
            entities += read_table_entities(document, folder, faults)
    return tuple(entities)


def _documents(kind: str, folder: Path, faults: list[Fault]) -> Iterator[Document]:
    """The files of one kind, in the order of their names."""
    expected = schema.FILES[kind]
    for path in sorted(folder.glob(expected.files)):
        document = Document(path, folder, faults)
        document.expect(*expected.table, *expected.records)
        yield document


def _references(store: SourceStore) -> list[Fault]:
    """Ids that stand twice, and references to what does not exist."""
    faults: list[Fault] = []
    for named in (store.facts, store.entities):
        seen: dict[str, Place] = {}
        for entry in named:
            if entry.id in seen:
                faults.append(
                    Fault(entry.place, f"{entry.id!r} stands already at {seen[entry.id]}")
                )
            seen.setdefault(entry.id, entry.place)
    known = {source.id for source in store.sources}
    for fact in store.facts:
        for source in fact.all_sources:
            if source not in known:
                faults.append(Fault(fact.place, f"{fact.id!r}: there is no source {source!r}"))
    entities = {entity.id for entity in store.entities}
    for entity in store.entities:
        for outer in entity.within:
            if outer not in entities:
                faults.append(Fault(entity.place, f"{entity.id!r}: there is no entity {outer!r}"))
    return faults
