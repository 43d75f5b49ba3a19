"""Laws that the shipped store and the engine keep together, fact by fact (see `laws`).

Each run tries the same few facts, chosen by their ids; `WHOLE_STORE=1` tries all, which
takes about ten minutes. What breaks a law stands in `laws/known_exceptions.jsonl`. A new
exception fails here, and so does one that is mended or comes out otherwise, until the
file says so: `UPDATE_KNOWN_EXCEPTIONS=1` rewrites it for the facts that are tried. Read
the difference before you commit it. Each kind of exception has its reason in `REASONS`.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest
from alterations import Altering
from laws import Breach, Laws

from icc_check.checker import Checker
from icc_check.store.compiler import compile_store
from icc_check.store.lint import day_for, texts_of
from icc_check.store.load import load_stores
from icc_check.store.open import open_store, shipped_store
from icc_check.store.values import Fact, SourceStore

KNOWN_EXCEPTIONS = Path(__file__).parent / "laws" / "known_exceptions.jsonl"
ONE_IN = 1 if os.environ.get("WHOLE_STORE") else 60

# Why some texts break a law, by the law and what came of it (see `Breach.kind`).
REASONS: dict[str, str] = {
    "altered: date": (
        "a date beside a period, a figure's day or a denial: the engine asks "
        "only whether it held then"
    ),
    "altered: name": (
        "a denial is as right of another; or the name is taken for the whole or for context"
    ),
    "altered: polarity": 'two denials, or a denial of "only", that are not told from one',
    "altered: roles": (
        'a list without "and", or roles that no directed word of the lexicon keeps apart: WRONG'
    ),
    "altered: strength": (
        '"did" for a rule\'s "may", which the engine reads as a helping word: '
        "WRONG where it is a deed"
    ),
    "form: case": "without capitals a name is an everyday word: us, chad",
    "itself: agrees": (
        "all optional names at once, or a falsehood that another fact bears "
        "out: the store is to say"
    ),
    "itself: contradictory": (
        "another fact denies it and says as much; the store is to say which is meant"
    ),
    "itself: date-differs": "another fact has another day for it, or for something like it",
    "itself: denial-agrees": "borne out by a denial of another fact",
    "itself: denied": (
        "another fact says the contrary in these words; the store is to say which is meant"
    ),
    "itself: disputed": "a disputed question in nearly these words speaks first",
    "itself: end-denied": (
        '"was dismissed as" is read as the office, and another fact says that it ended'
    ),
    "itself: falsehood-denied": "borne out by the denial of a falsehood, not by its own fact",
    "itself: figure-agrees": "borne out by a series that counts the same",
    "itself: figure-differs": "a series counts something like it",
    "itself: figure-superseded": "a count on the day of an event, said without its day",
    "itself: forecast": "a date after the day of the check",
    "itself: incomplete": "a core word is left out or read as another",
    "itself: known-falsehood": "a falsehood in nearly these words speaks first",
    "itself: name-differs": "another name is known for this place",
    "itself: no-fact": "too few words of its own to be found by",
    "itself: no-longer": "another fact says that it has ended, in these words",
    "itself: not-yet": "a plan for a later day",
    "itself: question": "begins like a question",
    "itself: still-denied": "'still' in a rule is read as of the day of the check",
    "itself: unanswered": "a word that the wording needs is answered by no part of the fact",
    "itself: was-so": (
        "a falsehood that another fact bears out in the past tense: the store is to say"
    ),
}


@pytest.fixture(scope="module")
def written() -> SourceStore:
    return load_stores((shipped_store(),))


def tried(facts: tuple[Fact, ...]) -> list[Fact]:
    """The facts of this run: whether one is tried depends on its id alone."""
    return [
        fact for fact in facts if int(sha256(fact.id.encode()).hexdigest()[:8], 16) % ONE_IN == 0
    ]


def known_exceptions() -> set[Breach]:
    lines = KNOWN_EXCEPTIONS.read_text(encoding="utf-8").splitlines()
    return {Breach(*json.loads(line)) for line in lines}


def test_only_known_exceptions_break_the_laws(written: SourceStore) -> None:
    laws = Laws(written, open_store())
    facts = tried(written.facts)
    found = {breach for fact in facts for breach in laws.breaches(fact)}
    ids = {fact.id for fact in facts}
    elsewhere = {known for known in known_exceptions() if known.fact not in ids}
    if os.environ.get("UPDATE_KNOWN_EXCEPTIONS"):
        lines = [json.dumps(each, ensure_ascii=False) for each in sorted(found | elsewhere)]
        KNOWN_EXCEPTIONS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert found == known_exceptions() - elsewhere


def test_copies_are_altered_in_every_way(written: SourceStore) -> None:
    store = open_store()
    altering = Altering(store.lexicon, {entity.id: entity.name for entity in written.entities})
    texts = {text: day_for(fact) for fact in tried(written.facts) for text in texts_of(fact)}
    copies = [(text, *copy) for text, day in texts.items() for copy in altering.copies(text, day)]
    assert {kind for _, kind, _ in copies} == {
        *("number", "date", "name", "polarity", "roles", "strength")
    }
    assert all(text != copy for text, _, copy in copies)


def test_known_exceptions_are_of_facts_that_there_are(written: SourceStore) -> None:
    assert {known.fact for known in known_exceptions()} <= {fact.id for fact in written.facts}


def test_every_kind_of_exception_has_its_reason() -> None:
    assert {known.kind for known in known_exceptions()} == set(REASONS)


def test_the_order_of_the_store_changes_no_verdict(written: SourceStore) -> None:
    few = written._replace(facts=tuple(tried(written.facts)))
    backwards = few._replace(
        facts=few.facts[::-1],
        entities=few.entities[::-1],
        concepts=few.concepts[::-1],
        sources=few.sources[::-1],
        light=few.light[::-1],
    )
    one, other = (Checker(compile_store(store)) for store in (few, backwards))
    texts = {
        text: day_for(fact) for fact in few.facts if not fact.closed for text in texts_of(fact)
    }
    verdicts = [
        {text: checker.check(text, as_of=day).verdict for text, day in texts.items()}
        for checker in (one, other)
    ]
    assert verdicts[0] == verdicts[1]
