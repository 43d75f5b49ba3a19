"""`icc-check lint` as a process: what is read, what is reported, how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from linting import OUTDATED, RIGHT, WRONG, lint, places, write
from program import environment

from icc_check.documents import discover
from icc_check.documents.discover import Finder
from icc_check.inputs import Reject

# What is reported


def test_findings_stand_at_file_line_and_column(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"Title\n=====\n\nSo it is. {WRONG}\n", b__c_html=f"<p>\n<b>{WRONG}</b>")
    done = lint(tmp_path)
    assert places(done) == ["a.md:4:11", "b/c.html:2:4"]
    assert "refuted: The ICC is part of the United Nations." in done.stdout
    assert "2 documents, 2 statements checked, 2 reported" in done.stderr
    assert done.returncode == 1


def test_what_is_right_or_unknown_is_not_reported_by_default(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"{RIGHT}\n\nThe ICC likes blue curtains.\n")
    assert (lint(tmp_path).stdout, lint(tmp_path).returncode) == ("", 0)
    shown = lint(tmp_path, "--show", "supported,unverified")
    assert places(shown) == ["a.md:1:1", "a.md:3:1"]
    assert shown.returncode == 0


@pytest.mark.parametrize(
    ("args", "lines", "code"),
    [
        ([], 2, 1),
        (["--show", "refuted"], 1, 1),
        (["--show", "supported"], 0, 1),
        (["--fail-on", "never"], 2, 0),
        (["--exit-zero"], 2, 0),
        (["--fail-on", "disputed"], 2, 0),
        (["--show", "refuted", "--fail-on", "outdated"], 1, 1),
    ],
)
@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_what_is_shown_and_what_fails_are_two_things(
    tmp_path: Path, args: list[str], lines: int, code: int, form: str
) -> None:
    write(tmp_path, a_md=f"{WRONG}\n\n{OUTDATED}\n")
    done = lint(tmp_path, *args, "--format", form)
    assert (len(done.stdout.splitlines()), done.returncode) == (lines, code)


def test_the_end_of_a_sentence_is_told_to_programs(tmp_path: Path) -> None:
    write(tmp_path, a_md="So.  The ICC is part of the\n**United Nations**.\n")
    answer = json.loads(lint(tmp_path, "--format", "jsonl").stdout)
    assert answer["location"] == {
        "file": "a.md", "line": 1, "column": 6, "end_line": 2, "end_column": 20,
    }  # fmt: skip
    sarif = json.loads(lint(tmp_path, "--format", "sarif").stdout)
    region = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 6, "endLine": 2, "endColumn": 20}
    annotation = lint(tmp_path, "--format", "github").stdout
    assert annotation.startswith("::error file=a.md,line=1,endLine=2,title=")


def test_comments_ignore_and_are_counted(tmp_path: Path) -> None:
    comment = "<!-- icc-check: ignore[denied] a quotation -->"
    write(tmp_path, a_md=f"{comment}\n{WRONG}\n\n{comment}\n{RIGHT}\n")
    done = lint(tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)
    assert "a.md:4: icc-check comment: nothing is ignored by this comment" in done.stderr
    assert "0 reported, 1 ignored by comments" in done.stderr
    assert lint(tmp_path, "--quiet").stderr == ""


def test_a_comment_that_is_wrong_ends_in_2(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"<!-- icc-check: ignore[denid] -->\n{WRONG}\n")
    done = lint(tmp_path, "--exit-zero")
    assert "a.md:1: icc-check comment: 'denid' is not the name of a rule (did you" in done.stderr
    assert places(done) == ["a.md:2:1"]
    assert done.returncode == 2


# What is too long to be read

LONG = "word " * 300 + f"and {WRONG}"


def test_sentences_that_are_not_read_are_told_once_a_file(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"{LONG}\n\n{WRONG}\n\n{LONG}\n", b_md="\n\n".join([LONG] * 12))
    done = lint(tmp_path)
    assert places(done) == ["a.md:3:1"]
    first, second, _ = done.stderr.splitlines()
    told = "sentences of over 1,000 characters not judged, on lines"
    assert first == f"icc-check: a.md: 2 {told} 1, 5"
    assert second == f"icc-check: b.md: 12 {told} 1, 3, 5, 7, 9, 11, 13, 15, 17, 19 and 2 more"


def test_a_comment_keeps_the_note_away(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"<!-- icc-check: ignore a list -->\n{LONG}\n\nSo.\n\n{LONG}\n")
    first, *others = lint(tmp_path).stderr.splitlines()
    assert first.endswith("a.md: a sentence of over 1,000 characters not judged, on line 6")
    assert len(others) == 1  # the sum, and not that the comment is of no use
    assert lint(tmp_path, "--quiet").stderr == ""


# Settings and several outputs


def test_several_outputs_in_one_run(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"{WRONG}\n\n{RIGHT}\n")
    done = lint(tmp_path, "--output", "sarif:a.sarif", "--output", "jsonl:a.jsonl")
    assert (done.stdout, done.returncode) == ("", 1)
    assert len((tmp_path / "a.jsonl").read_text().splitlines()) == 1
    (run,) = json.loads((tmp_path / "a.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["denied"]


def test_exit_zero_leaves_failures_in_test_reports(tmp_path: Path) -> None:
    write(tmp_path, a_md=WRONG)
    done = lint(tmp_path, "--exit-zero", "--format", "junit")
    assert done.returncode == 0
    assert 'failures="1"' in done.stdout


def test_settings_hold_as_for_other_commands(tmp_path: Path) -> None:
    write(tmp_path, a_md=f"{WRONG}\n\n{OUTDATED}\n")
    settings = 'format = "jsonl"\nshow = ["outdated"]\nfail-on = "disputed"\n'
    (tmp_path / "icc-check.toml").write_text(settings)
    done = lint(tmp_path)
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == ["outdated"]
    assert done.returncode == 0
    assert lint(tmp_path, "--fail-on", "refuted").returncode == 1
    assert len(lint(tmp_path, "--no-config").stdout.splitlines()) == 2


# Standard input


def test_standard_input_has_the_markup_of_its_name(tmp_path: Path) -> None:
    page = f"<p title='x'>{WRONG}</p>".encode()
    done = lint(tmp_path, "--stdin-filename", "no/such.html", stdin=page, paths=("-",))
    assert places(done) == ["no/such.html:1:14"]
    assert places(lint(tmp_path, stdin=WRONG.encode(), paths=("-",))) == ["<stdin>:1:1"]


def test_a_name_for_standard_input_needs_standard_input(tmp_path: Path) -> None:
    done = lint(tmp_path, "--stdin-filename", "a.md")
    assert done.returncode == 2
    assert "--stdin-filename goes with - for standard input" in done.stderr


# What cannot be read


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone.md", "gone.md: there is no such file"),
        ("empty", "empty: there are no documents in this folder"),
        ("bad.md", "bad.md:2: 0xe9 is not valid UTF-8; save the file as UTF-8"),
        ("a.docx", "a.docx: is no kind of document that is known; these are: .md,"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_rest_is_checked(
    tmp_path: Path, path: str, message: str
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.md").write_bytes(b"ok\n\xe9\n")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04\0")
    write(tmp_path, good_md=WRONG)
    done = lint(tmp_path, paths=(path, "good.md"))
    assert message in done.stderr
    assert places(done) == ["good.md:1:1"]
    assert done.returncode == 2
    assert lint(tmp_path, "--exit-zero", paths=(path, "good.md")).returncode == 2


def test_a_working_directory_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = 'cd "$1"; rmdir "$1"; shift; "$@"'
    program = [sys.executable, "-m", "icc_check", "lint", "."]
    done = subprocess.run(
        ["sh", "-c", script, "sh", str(gone), *program],
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert done.returncode == 2
    assert done.stderr.splitlines()[0] == "icc-check: the working directory is gone"


def test_a_wrong_verdict_to_show_is_a_mistake_in_usage(tmp_path: Path) -> None:
    done = lint(tmp_path, "--show", "refutd")
    assert done.returncode == 2
    assert "'refutd' is not one of refuted, outdated" in done.stderr
    assert "(did you mean refuted?)" in done.stderr


# Which files are read


def found(*names: str, exclude: tuple[str, ...] = (), heed_ignores: bool = True) -> list[str]:
    finder = Finder(exclude, heed_ignores=heed_ignores)
    return [str(item) for item in finder.find(names)]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, a_md="a", b__c_txt="c", b__d_html="d", b__e_py="e", f__g_rst="g")
    write(tmp_path / ".hidden", i_md="i")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_documents_are_found_in_order(tree: Path) -> None:
    assert found(".") == ["a.md", "b/c.txt", "b/d.html", "f/g.rst"]
    assert found("f", "a.md", ".") == ["f/g.rst", "a.md", "b/c.txt", "b/d.html"]
    assert found(str(tree / "b")) == [str(tree / "b/c.txt"), str(tree / "b/d.html")]


def test_patterns_leave_files_out_even_if_they_are_named(tree: Path) -> None:
    assert found(".", exclude=("*.txt", "f/")) == ["a.md", "b/d.html"]
    assert found("a.md", "b/c.txt", exclude=("/a.md",)) == ["b/c.txt"]


def test_ignore_files_are_heeded(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.md\nf/\n!b/*.html\n")
    (tree / "b" / ".ignore").write_text("*\n!c.txt\n")
    assert found(".") == ["b/c.txt"]
    assert found(".", heed_ignores=False) == ["a.md", "b/c.txt", "b/d.html", "f/g.rst"]
    assert found("a.md") == ["a.md"]


def test_ignore_files_of_the_repository_hold_in_its_folders(tree: Path) -> None:
    (tree / ".git").mkdir()
    (tree / ".gitignore").write_text("/b/c.txt\n")
    assert found("b") == ["b/d.html"]


def test_links_to_folders_are_not_followed(tree: Path) -> None:
    (tree / "b" / "loop").symlink_to(tree, target_is_directory=True)
    (tree / "b" / "z.md").symlink_to(tree / "b", target_is_directory=True)
    (tree / "self.md").symlink_to("self.md")
    assert found(".") == ["a.md", "b/c.txt", "b/d.html", "f/g.rst", "self.md"]
    done = lint(tree)
    assert done.returncode == 2
    assert "self.md: cannot be read: Too many levels of symbolic links" in done.stderr


def test_names_may_be_strange(tree: Path) -> None:
    strange = tree / "a b\nc:1.md"
    strange.write_text(WRONG, encoding="utf-8")
    os.makedirs(b"\xff dir")  # noqa: PTH103  # no text at all
    Path(os.fsdecode(b"\xff dir/x.md")).write_text(WRONG, encoding="utf-8")
    done = lint(tree)
    assert done.stdout.startswith("a b c:1.md:1:1: refuted: ")
    assert "\\udcff dir/x.md:1:1: refuted" in done.stdout
    assert done.returncode == 1


def test_a_folder_that_may_not_be_read_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = os.scandir

    def refuse(name: str) -> object:
        if name == "b":
            raise PermissionError(13, "Permission denied", name)
        return scan(name)

    monkeypatch.setattr(discover.os, "scandir", refuse)
    items = list(Finder().find(["."]))
    assert [str(item) for item in items] == [
        "a.md", "b: this folder may not be read (permission denied)", "f/g.rst",
    ]  # fmt: skip
    assert isinstance(items[1], Reject)


def test_a_check_of_claims_loads_nothing_of_documents() -> None:
    script = (
        "import sys\n"
        "from icc_check.cli.app import main\n"
        "main(['check', 'Is it?', '--output', '/dev/null'])\n"
        "print([m for m in sys.modules if m.startswith(('pyromark', 'pathspec', 'icc_check.doc'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment()
    )
    assert done.stdout.strip() == "[]", done.stderr
