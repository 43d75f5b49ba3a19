"""Baselines: what they hold is marked and fails nothing, and nothing else gets by."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import findings as known
import pytest
from hypothesis import given
from hypothesis import strategies as st
from linting import OUTDATED, WRONG, lint, places, write

from icc_check.baseline import Entry, Ledger, read, text_of
from icc_check.errors import ConfigError
from icc_check.model import Finding
from icc_check.reporters import REPORTERS

ANY_TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)
NAME = "accepted.toml"
HELD = ("--baseline", NAME)


def ledger(
    *entries: Entry, there: tuple[str, ...] = ("a.md", "b.md"), taking: bool = False
) -> Ledger:
    return Ledger(entries, lambda file: file in there, taking=taking)


def taken(**found: tuple[Finding, ...]) -> list[Entry]:
    """The entries for findings by their files."""
    return met(ledger(taking=True), **found).entries()


def met(book: Ledger, **found: tuple[Finding, ...]) -> Ledger:
    for name, findings in found.items():
        book.turn_to(f"{name}.md")
        for finding in findings:
            book.entry_of(finding)
    return book


def holds(book: Ledger, file: str, *findings: Finding) -> list[bool]:
    book.turn_to(file)
    return [book.entry_of(finding) is not None for finding in findings]


def edited(folder: Path, old: str, new: str) -> None:
    file = folder / NAME
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# The file


@given(st.lists(st.builds(Entry, *[ANY_TEXT] * 4, ANY_TEXT | st.none(), st.dates() | st.none())))
def test_what_is_written_is_read_again(entries: list[Entry]) -> None:
    unique = {(entry.file, entry.fingerprint): entry for entry in entries}.values()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / NAME
        file.write_text(text_of(unique), encoding="utf-8", newline="\n")
        kept = [replace(entry, reason=entry.reason or None) for entry in unique]
        assert list(read(file)) == kept


def test_entries_are_in_one_order_whatever_the_run_did_first() -> None:
    one = taken(b=(known.REFUTED, known.OUTDATED), a=(known.DISPUTED,))
    other = taken(a=(known.DISPUTED,), b=(known.OUTDATED, known.REFUTED))
    assert one == other
    assert [entry.file for entry in one] == ["a.md", "b.md", "b.md"]


def test_names_that_are_no_text_can_be_written() -> None:
    (entry,) = met(ledger(taking=True), **{"\udcff": (known.REFUTED,)}).entries()
    assert entry.file == "\ufffd.md"
    text_of([entry]).encode()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version = 1\n[[accepted]\n", "is not TOML: "),
        ('{"version": 1}', "is not TOML: "),
        ("version = 1\n<<<<<<< ours\n", "is not TOML: "),
        ("", "has no version, and this icc-check knows version 1"),
        ("version = 2\n", "has version 2, and this icc-check knows version 1"),
        ("version = true\n", "has version True, and"),
        ("version = 1\naccepted = 3\n", "accepted is to be a list of tables"),
        ("version = 1\naccepted = [3]\n", "accepted is to be a list of tables"),
        ("version = 1\n[[acepted]]\n", "there is no 'acepted' in a baseline"),
        ("version = 1\n\n[[accepted]]\nfile = 'a'\n", ":3: this entry has no rule, which"),
        ("E\nclaim = 3", ":2: this entry has no claim, which is to be a text"),
        ("E\nclaim = 'c'\nexpire = 2026-01-01", ":2: an entry has no 'expire'; there are file,"),
        ("E\nclaim = 'c'\nexpires = '2026-01-01'", ":2: expires is to be a day, such as"),
        ("E\nclaim = 'c'\nexpires = 2026-01-01T00:00:00", ":2: expires is to be a day, such"),
        ("E\nclaim = 'c'\nreason = 3", ":2: reason is to be a text"),
        ("E\nclaim = 'c'\nE\nclaim = 'd'", ":7: this finding is there twice"),
        ("\udcff", "is not UTF-8"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_one_message(
    tmp_path: Path, text: str, message: str
) -> None:
    entry = "[[accepted]]\nfile = 'a'\nrule = 'r'\nfingerprint = 'f'"
    if text.startswith("E"):
        text = "version = 1\n" + text.replace("E\n", f"{entry}\n")
    file = tmp_path / NAME
    file.write_text(text, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(ConfigError) as raised:
        read(file)
    assert (
        f"{NAME}{message}" in raised.value.message or f"{NAME}: {message}" in raised.value.message
    )


# What it holds


def test_it_holds_what_was_taken_and_no_more() -> None:
    book = ledger(*taken(a=(known.REFUTED,)))
    other_figure = replace(known.REFUTED, claim=known.REFUTED.claim.replace("152", "153"))
    other_rule = replace(known.REFUTED, rule="other")
    found = (known.REFUTED, other_figure, other_rule, known.REFUTED)
    assert holds(book, "a.md", *found) == [True, False, False, False]


def test_what_is_accepted_in_one_file_is_not_in_another() -> None:
    book = ledger(*taken(a=(known.REFUTED,)))
    assert holds(book, "b.md", known.REFUTED) == [False]


def test_a_run_over_some_files_comes_to_the_same_answer() -> None:
    entries = taken(a=(known.REFUTED,), b=(known.REFUTED, known.REFUTED))
    alone = ledger(*entries)
    assert holds(alone, "b.md", known.REFUTED, known.REFUTED) == [True, True]
    assert alone.unused() == []


def test_it_follows_a_file_that_is_renamed() -> None:
    (old,) = taken(a=(known.REFUTED,))
    book = ledger(replace(old, reason="why"), there=("b.md", "c.md"), taking=True)
    assert holds(book, "b.md", known.REFUTED) == [True]
    assert book.unused() == []
    assert book.entries() == [replace(old, file="b.md", reason="why")]
    elsewhere = ledger(old, there=("b.md", "c.md"))
    assert holds(elsewhere, "b.md", known.REFUTED) == [True]
    assert holds(elsewhere, "c.md", known.REFUTED) == [False]


def test_what_is_not_needed_is_known_only_of_files_that_were_read() -> None:
    entries = taken(a=(known.REFUTED, known.OUTDATED), b=(known.REFUTED,))
    book = met(ledger(*entries), a=(known.REFUTED,))
    assert [(entry.file, entry.claim) for entry in book.unused()] == [
        ("a.md", known.OUTDATED.claim)
    ]
    gone = met(ledger(*entries, there=("a.md",)), a=(known.REFUTED, known.OUTDATED))
    assert [entry.file for entry in gone.unused()] == ["b.md"]


def test_taking_leaves_what_was_not_read_and_what_people_added() -> None:
    a, b = taken(a=(known.REFUTED,), b=(known.REFUTED,))
    a = replace(a, reason="why", expires=dt.date(2030, 1, 1))
    book = met(ledger(a, b, taking=True), a=(known.REFUTED, known.OUTDATED))
    assert [entry for entry in book.entries() if entry.rule == known.REFUTED.rule] == [a, b]
    assert (book.added, len(book.entries()), book.unused()) == (1, 3, [])


def test_a_day_is_the_last_on_which_it_holds() -> None:
    entry = Entry("a", "r", "c", "f", expires=dt.date(2026, 11, 24))
    assert not entry.has_expired(dt.date(2026, 11, 24))
    assert entry.has_expired(dt.date(2026, 11, 25))
    assert not replace(entry, expires=None).has_expired(dt.date.max)


# The command


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    """A repository with a baseline for one of two wrong sentences."""
    (tmp_path / ".git").mkdir()
    write(tmp_path, texts__a_md=f"{WRONG}\n")
    done = lint(tmp_path, *HELD, "--write-baseline")
    assert done.returncode == 0, done.stderr
    assert f"{NAME}: 1 entry: 1 added, 0 removed" in done.stderr
    return tmp_path


@pytest.mark.parametrize("form", REPORTERS)
def test_what_it_holds_is_shown_and_does_not_fail_in_any_format(drafts: Path, form: str) -> None:
    done = lint(drafts, *HELD, "--format", form)
    assert done.returncode == 0
    assert "United Nations" in done.stdout
    assert "1 reported, 1 of them in the baseline" in done.stderr


def test_what_it_does_not_hold_fails(drafts: Path) -> None:
    assert lint(drafts).returncode == 1
    write(drafts, texts__a_md=f"{WRONG}\n\n{OUTDATED}\n")
    assert lint(drafts, *HELD).returncode == 1


def test_edits_elsewhere_and_another_folder_change_nothing(drafts: Path) -> None:
    quoted = (
        "So.\n\nAbove,  the text says: all is well. *The ICC*   is part of the United\nNations!\n"
    )
    write(drafts, texts__a_md=quoted)
    assert lint(drafts, *HELD).returncode == 0
    assert lint(drafts / "texts", "--baseline", f"../{NAME}").returncode == 0
    assert lint(drafts, *HELD, paths=(str(drafts / "texts" / "a.md"),)).returncode == 0


def test_a_second_copy_is_a_new_finding(drafts: Path) -> None:
    write(drafts, texts__a_md=f"{WRONG}\n\n{WRONG}\n", b_md=f"{WRONG}\n")
    done = lint(drafts, *HELD, "--format", "jsonl")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [
        (answer["location"]["file"], answer["location"]["line"])
        for answer in answers
        if "baseline" not in answer
    ] == [("b.md", 1), ("texts/a.md", 3)]
    assert done.returncode == 1


def test_reason_and_day_are_told_and_kept(drafts: Path) -> None:
    edited(drafts, "fingerprint", 'reason = "A quotation."\nexpires = 2026-11-24\nfingerprint')
    (answer,) = [json.loads(lint(drafts, *HELD, "--format", "jsonl").stdout)]
    assert answer["baseline"]["reason"] == "A quotation."
    assert answer["baseline"]["expires"] == "2026-11-24"
    assert lint(drafts, *HELD, "--write-baseline").returncode == 0
    (entry,) = read(drafts / NAME)
    assert (entry.reason, entry.expires) == ("A quotation.", dt.date(2026, 11, 24))


def test_an_entry_that_has_expired_counts_again_until_somebody_renews_it(drafts: Path) -> None:
    edited(drafts, "fingerprint", 'reason = "For now."\nexpires = 2026-11-23\nfingerprint')
    for more in ((), ("--write-baseline",)):
        done = lint(drafts, *HELD, *more)
        assert done.returncode == 1
        told = "texts/a.md:1: the baseline accepted this until 23 November 2026 (For now.);"
        assert told in done.stderr
    assert "baseline" not in json.loads(lint(drafts, *HELD, "--format", "jsonl").stdout)
    (entry,) = read(drafts / NAME)
    assert entry.expires == dt.date(2026, 11, 23)


def test_what_is_not_needed_any_more_is_told_and_removed(drafts: Path) -> None:
    write(drafts, texts__a_md="Nothing.\n", b_md="Nothing.\n")
    told = f"{NAME}: nothing needs this entry any more: texts/a.md: {WRONG}"
    done = lint(drafts, *HELD)
    assert (told in done.stderr, done.returncode) == (True, 0)
    assert told not in lint(drafts, *HELD, paths=("b.md",)).stderr
    assert lint(drafts, *HELD, "--quiet").stderr == ""
    assert "0 entries: 0 added, 1 removed" in lint(drafts, *HELD, "--write-baseline").stderr
    assert read(drafts / NAME) == ()


def test_long_lists_of_what_is_not_needed_are_cut(drafts: Path) -> None:
    (entry,) = read(drafts / NAME)
    many = [replace(entry, fingerprint=f"{number:032x}") for number in range(13)]
    (drafts / NAME).write_text(text_of(many), encoding="utf-8")
    lines = [line for line in lint(drafts, *HELD).stderr.splitlines() if NAME in line]
    assert len(lines) == 11
    assert lines[-1].endswith("nor 3 more; --write-baseline removes them")


def test_what_a_comment_ignores_needs_no_entry(drafts: Path) -> None:
    write(drafts, texts__a_md=f"<!-- icc-check: ignore why -->\n{WRONG}\n")
    done = lint(drafts, *HELD)
    assert (done.returncode, places(done)) == (0, [])
    assert "nothing needs this entry any more" in done.stderr


def test_writing_changes_only_what_has_changed(drafts: Path) -> None:
    write(drafts, texts__a_md=f"{OUTDATED}\n\n{WRONG}\n", z_md=f"{WRONG}\n")
    before = (drafts / NAME).read_text(encoding="utf-8").splitlines()
    lint(drafts, *HELD, "--write-baseline")
    after = (drafts / NAME).read_text(encoding="utf-8").splitlines()
    kept = iter(after)
    assert all(line in kept for line in before)
    lint(drafts, *HELD, "--write-baseline", paths=("z.md", "texts"))
    assert (drafts / NAME).read_text(encoding="utf-8").splitlines() == after


def test_it_can_be_a_setting_seen_from_the_file_of_settings(drafts: Path) -> None:
    (drafts / "icc-check.toml").write_text(f'baseline = "{NAME}"\n')
    assert lint(drafts / "texts").returncode == 0
    write(drafts, texts__a_md=f"{OUTDATED}\n")
    assert lint(drafts / "texts", "--write-baseline").returncode == 0
    assert [entry.claim for entry in read(drafts / NAME)] == [OUTDATED]


# What goes wrong


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("--write-baseline",), "--write-baseline needs to know which file"),
        (("--baseline", "no.toml"), "no.toml: there is no such baseline"),
        (("--baseline", "texts"), "texts: is a directory, and no baseline"),
        (("--baseline", "no/b.toml", "--write-baseline"), "cannot write no/b.toml: No such file"),
        (("--baseline", "texts", "--write-baseline"), "texts: is a directory, and no baseline"),
    ],
)
def test_a_mistake_ends_in_2_before_anything_is_done(
    drafts: Path, args: tuple[str, ...], message: str
) -> None:
    (drafts / "out.txt").write_text("old")
    done = lint(drafts, "--exit-zero", "--output", "out.txt", *args)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(f"icc-check: {message}")
    assert (drafts / "out.txt").read_text() == "old"


def test_one_that_is_broken_is_never_overwritten(drafts: Path) -> None:
    (drafts / NAME).write_text("version = 99\n")
    done = lint(drafts, *HELD, "--write-baseline")
    assert done.returncode == 2
    assert f"{NAME}: has version 99, and this icc-check knows version 1" in done.stderr
    assert (drafts / NAME).read_text() == "version = 99\n"


def test_a_run_that_fails_leaves_it_as_it_was(drafts: Path) -> None:
    before = (drafts / NAME).read_bytes()
    write(drafts, texts__a_md="Nothing.\n")
    done = lint(drafts, *HELD, "--write-baseline", "--output", "no/such/out.txt")
    assert done.returncode == 2
    assert (drafts / NAME).read_bytes() == before
    assert list(drafts.glob("*.tmp")) + list(drafts.glob(".*.tmp")) == []


def test_what_could_not_be_read_keeps_its_entries(drafts: Path) -> None:
    (drafts / "texts" / "a.md").write_bytes(b"\xff\n")
    write(drafts, b_md=f"{WRONG}\n")
    assert lint(drafts, *HELD, "--write-baseline").returncode == 2
    assert [entry.file for entry in read(drafts / NAME)] == ["b.md", "texts/a.md"]


def test_standard_input_needs_a_name_to_be_accepted(drafts: Path) -> None:
    args = (*HELD, "--write-baseline")
    done = lint(drafts, *args, paths=("-",), stdin=WRONG.encode())
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "icc-check: a baseline holds files"
    named = lint(drafts, *HELD, "--stdin-filename=texts/a.md", paths=("-",), stdin=WRONG.encode())
    assert named.returncode == 0
