"""The documentation cannot lie: its examples run, and everything has its heading.

A block marked `console` is a session at a terminal of 80 columns, without colour, in
a folder of its own; `pycon` is Python; `json` is part of an answer. After a change,
`UPDATE_DOCS=1 pytest tests/test_docs.py` writes anew what the program shows, the
picture in the README, the manual page, and what docs/verdicts.md takes from the
rules; look at the difference before it is committed.
"""

from __future__ import annotations

import datetime as dt
import doctest
import json
import os
import pty
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import typer
from manual import page as manual_page
from picture import COLUMNS, drawn
from program import environment
from source import PACKAGE, ROOT

from icc_check import wire
from icc_check.checker import Checker
from icc_check.cli.app import COMMANDS
from icc_check.documents.formats import SUFFIXES
from icc_check.documents.ignoring import BLOCK, END, FILE, START
from icc_check.errors import ExitCode
from icc_check.judge import RULES
from icc_check.library import rank, seen
from icc_check.library.review import FIELDS, Rating
from icc_check.model import Basis, Level, Verdict
from icc_check.reporters import REPORTERS
from icc_check.store import schema

WRITTEN = "2026-11-24"  # the day on which the examples were written: today, to them
README = ROOT / "README.md"
DOCS = ROOT / "docs"
MANUAL = DOCS / "icc-check.1"
PICTURE = DOCS / "terminal.svg"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
PICTURED = "152 states have ratified the Rome Statute"
DRAFT = """\
# A draft

The ICC sits in The Hague. It is an organ of the *United Nations*.

The ICC has **124** member states. Critics call it a court for Africa only.

Many believe that the United States ratified the Rome Statute.
"""
CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
# No fact is near: the one rule that is not in the table, for it needs no fact.
WITHOUT_FACT = ("no-fact", Verdict.UNVERIFIED, "No fact in the store is near the claim.")


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def agree(page: Path, text: str) -> None:
    """Whether the page is as it should be; with UPDATE_DOCS it is made so."""
    if os.environ.get("UPDATE_DOCS"):
        page.write_text(text, encoding="utf-8", newline="\n")
    assert text == read(page)


# Sessions at a terminal


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which `icc-check` is this program on the day of the examples."""
    folder = tmp_path_factory.mktemp("bin")
    asking = sorted(name for name, module in COMMANDS.items() if takes_day(module))
    program = folder / "icc-check"
    program.write_text(
        f"#!{sys.executable}\n"
        "import sys\n"
        "from icc_check.__main__ import run\n"
        "words = sys.argv[1:]\n"
        f"command = words[0] if words and words[0] in {sorted(COMMANDS)} else 'check'\n"
        f"if command in {asking} and not {{'--as-of', '--help', '--version'}} & {{*words}}:\n"
        f"    sys.argv += ['--as-of', '{WRITTEN}']\n"
        "run()\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    path = f"{folder}{os.pathsep}{os.environ['PATH']}"
    return environment({"PATH": path, "COLUMNS": "80", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"})


def takes_day(module: str) -> bool:
    command: Any = typer.main.get_command(import_module(module).app)
    return any(parameter.name == "as_of" for parameter in command.params)


def session(block: str, folder: Path, env: dict[str, str]) -> str:
    """The block with what its commands really print."""
    commands = [line[2:] for line in block.splitlines() if line.startswith("$ ")]
    shown = "".join(f"$ {command}\n{shown_by(command, folder, env)}" for command in commands)
    return shown.rstrip("\n") + "\n"


def shown_by(command: str, folder: Path, env: dict[str, str]) -> str:
    """What a terminal shows of a command, and then what it says on standard error."""
    ours, theirs = pty.openpty()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            ["bash", "-c", command],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=errors,
            cwd=folder,
            env=env,
        )
        os.close(theirs)
        shown = b""
        try:
            while block := os.read(ours, 65536):
                shown += block
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        process.wait()
        errors.seek(0)
        return (shown.replace(b"\r\n", b"\n") + errors.read()).decode()


@pytest.mark.parametrize(
    "page",
    [
        README,
        *(
            DOCS / f"{name}.md"
            for name in ("ci", "commands", "configuration", "documents", "library")
        ),
    ],
    ids=lambda page: page.name,
)
def test_sessions_are_as_shown(page: Path, tmp_path: Path, terminal: dict[str, str]) -> None:
    text = read(page)
    assert CONSOLE.search(text)
    agree(page, CONSOLE.sub(lambda block: session(block[0], tmp_path, terminal), text))


def test_the_picture_is_what_a_terminal_shows(tmp_path: Path, terminal: dict[str, str]) -> None:
    """Of the README's first claim, and of a draft that is wrong in two ways."""
    (words,) = re.findall(rf"!\[([^]]*)\]\(docs/{PICTURE.name}\)", read(README))
    env = {name: value for name, value in terminal.items() if name != "NO_COLOR"}
    env |= {"COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    commands = (f'icc-check "{PICTURED}"', "icc-check lint draft.md")
    sessions = {command: shown_by(command, tmp_path, env) for command in commands}
    assert "1 refuted, 1 outdated" in "".join(sessions.values())  # as the words beside it say
    agree(PICTURE, drawn("icc-check", " ".join(words.split()), sessions))


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("125 states have ratified the Rome Statute", Verdict.SUPPORTED),
        ("152 states have ratified the Rome Statute", Verdict.REFUTED),
        ("Austria is a member of the ICC", Verdict.SUPPORTED),
    ],
)
def test_the_examples_show_what_they_are_to_show(
    claim: str, verdict: Verdict, checker: Checker
) -> None:
    """What UPDATE_DOCS must never write into the README."""
    assert claim in read(README)
    finding = checker.check(claim, as_of=dt.date.fromisoformat(WRITTEN))
    assert finding.verdict is verdict
    assert finding.sources


# The manual page


def test_the_manual_page_is_what_the_commands_say() -> None:
    agree(MANUAL, manual_page())


def test_the_manual_page_can_be_read() -> None:
    groff = shutil.which("groff")
    if groff is None:
        pytest.skip("groff, which shows manual pages, is not installed")
    done = subprocess.run(
        [groff, "-man", "-ww", "-Tascii", "-P-c", "-rLL=200n", MANUAL],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    shown = {" ".join(line.split()) for line in re.sub(".\b", "", done.stdout).splitlines()}
    assert {f"icc-check {command}" for command in COMMANDS} <= shown
    # What people type has to come out as they type it.
    assert "icc-check lint drafts/ --exclude 'old/*'" in shown
    assert {"-h, --help", "--stdin-filename NAME"} <= shown
    assert "ICC_CHECK_FAIL_ON" in shown


# The library and the answers


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.load()


def test_python_examples_are_right() -> None:
    blocks = re.findall(r"^```pycon\n(.*?)^```$", read(README), re.MULTILINE | re.DOTALL)
    examples = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, "README", "README.md", 0)
    assert examples.examples
    told: list[str] = []
    doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    assert "".join(told) == ""


def test_answers_are_as_shown(checker: Checker) -> None:
    blocks = re.findall(r"^```json\n(.*?)^```$", read(README), re.MULTILINE | re.DOTALL)
    assert blocks
    for shown in map(json.loads, blocks):
        finding = checker.check(shown["claim"], as_of=dt.date.fromisoformat(shown["as_of"]))
        assert shown == part_of(wire.answer(finding, checker.store), shown)


def part_of(answer: Any, shown: Any) -> Any:
    """The answer cut down to the keys that are shown."""
    if isinstance(shown, dict) and isinstance(answer, dict):
        return {key: part_of(answer.get(key, ...), value) for key, value in shown.items()}
    if isinstance(shown, list) and isinstance(answer, list) and len(shown) == len(answer):
        return [part_of(*pair) for pair in zip(answer, shown, strict=True)]
    return answer


# Headings and lists


def test_every_command_has_its_heading() -> None:
    named = re.findall(r"^## `icc-check (\w+).*`$", read(DOCS / "commands.md"), re.MULTILINE)
    assert list(dict.fromkeys(named)) == list(COMMANDS)


def test_every_rule_has_its_section() -> None:
    rules = [*((rule.id, rule.verdict, rule.summary) for rule in RULES), WITHOUT_FACT]
    text = read(DOCS / "verdicts.md")
    before, *sections = re.split(r"^### ", text, flags=re.MULTILINE)
    prose = {}
    for section in sections:
        title, _, body = section.partition("\n")
        prose[title.strip("`")] = re.sub(r"^\*\*\w+\*\*: .*", "", body.strip()).strip()
    built = [
        f"### `{name}`\n\n**{verdict}**: {summary}\n\n" + (f"{rest}\n\n" if rest else "")
        for name, verdict, summary in rules
        for rest in [prose.get(name, "")]
    ]
    agree(DOCS / "verdicts.md", before + "".join(built).rstrip("\n") + "\n")


def test_rules_have_names_of_their_own() -> None:
    names = [rule.id for rule in RULES]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ("README.md", [*REPORTERS, *(verdict.value for verdict in Verdict)]),
        ("README.md", [*COMMANDS]),
        ("docs/documents.md", [*SUFFIXES, BLOCK, START, END, FILE]),
        ("README.md", [code.value for code in ExitCode if code is not ExitCode.CLOSED_PIPE]),
        ("docs/verdicts.md", [verdict.value for verdict in Verdict]),
        ("docs/output.md", [name.value for kind in (Basis, Level) for name in kind]),
        ("docs/library.md", [*Rating, *FIELDS]),
        ("docs/store.md", [*schema.FACT, *schema.ENTITY, *schema.CONCEPT, *schema.SOURCE]),
        ("docs/store.md", [*schema.STORE, *schema.POINT, *schema.TABLE, *schema.TEMPLATE]),
    ],
)
def test_everything_is_named_in_its_page(page: str, names: list[object]) -> None:
    text = read(ROOT / page)
    assert [
        name for name in names if not re.search(rf"`{name}( = [^`]+)?`|^{name} = ", text, re.M)
    ] == []


@pytest.mark.parametrize("weights", [rank.WEIGHTS, seen.WEIGHTS])
def test_weights_are_as_they_are_said_to_be(weights: rank.Features | seen.Evidence) -> None:
    text = read(DOCS / "library.md").replace("−", "-")
    rows = re.findall(r"^\| `(\w+)` \| (-?[\d.]+) \|", text, re.M)
    assert {*weights._asdict().items()} <= {(name, float(weight)) for name, weight in rows}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", read(page))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    linked = {(ROOT / target).resolve() for target in re.findall(r"\]\(([^)#]+)\)", read(README))}
    assert set(PAGES) - {README} <= linked


def test_every_module_is_in_the_picture() -> None:
    text = read(DOCS / "architecture.md")
    modules = [path.stem for path in PACKAGE.iterdir() if not path.name.startswith(("_", "py."))]
    assert [name for name in modules if not re.search(rf"`{name}(\.py|/)?`", text)] == []
