"""`--changed`: which lines are new, as git says, and what `lint` makes of it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from linting import OUTDATED, RIGHT, WRONG, lint, places, write

from icc_check.changes import Changes, Lines, changes_since
from icc_check.documents.document import Document
from icc_check.errors import InputError

STRANGE = 'n\n"ew" \\ é.md'
OTHERS = "".join(f"Line {number} of what stays.\n" for number in range(20))


def git(folder: Path, *args: str) -> None:
    me = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "init.defaultBranch=main")
    subprocess.run(["git", *me, *args], cwd=folder, check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x", "--allow-empty")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with one file of four paragraphs, all of them committed."""
    git(tmp_path, "init", "--quiet")
    write(tmp_path, a_md="one\n\ntwo\nthree\n\nfour\n")
    commit(tmp_path)
    return tmp_path


def new_lines(folder: Path, text: str) -> list[int]:
    """Which lines of `a.md` that have words are new when it says this."""
    (folder / "a.md").write_text(text, encoding="utf-8", newline="")
    lines = changes_since("HEAD", folder).lines_of(folder / "a.md")
    return [n for n, line in enumerate(text.split("\n"), start=1) if line and lines.touch(n, n)]


# Lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("one\n\ntwo\nthree\n\nfour\n", []),
        ("one\n\ntwo\nTHREE\n\nfour\n", [4]),
        ("one\n\ntwo\nthree\nmore\n\nfour\n", [5]),
        ("zero\none\n\ntwo\nthree\n\nfour\n\nfive\n", [1, 9]),
        ("one\n\ntwo\nthree\n\nfour", [6]),
        # Nothing but a whole paragraph is gone, or one more line is empty.
        ("two\nthree\n\nfour\n", []),
        ("one\n\nfour\n", []),
        ("one\n\n\ntwo\nthree\n\nfour\n", []),
        # What was one paragraph with these lines is gone, or has moved away from them.
        ("one\n\nthree\n\nfour\n", [3]),
        ("one\n\ntwo\n\nfour\n", [3]),
        ("one\n\ntwo\n\nthree\n\nfour\n", [3, 5]),
        ("", []),
    ],
)
def test_lines_that_are_new(tree: Path, text: str, lines: list[int]) -> None:
    assert new_lines(tree, text) == lines


def test_a_text_over_a_place_where_lines_are_gone_has_changed(tree: Path) -> None:
    write(tree, a_md="one\n\ntwo\nnot\nthree\n\nfour\n")
    commit(tree)
    write(tree, a_md="one\n\ntwo\nthree\nfour\n")
    lines = changes_since("HEAD", tree).lines_of(tree / "a.md")
    assert lines.touch(3, 4)  # it lost a line
    assert lines.touch(4, 5)  # they were two paragraphs
    assert not lines.touch(5, 5)
    assert not lines.touch(1, 2)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    old=st.lists(st.sampled_from(["a", "b", "c", "", "+++ b/x", "@@ -1 +1 @@"]), max_size=9),
    new=st.lists(st.sampled_from(["a", "b", "d", "", "--- a/x", "@@ -1 +1 @@"]), max_size=9),
)
def test_what_is_not_new_was_there_in_the_same_order(
    tree: Path, old: list[str], new: list[str]
) -> None:
    (tree / "a.md").write_text("".join(f"{line}\n" for line in old))
    commit(tree)
    touched = new_lines(tree, "".join(f"{line}\n" for line in new))
    before = iter(old)
    assert all(line in before for n, line in enumerate(new, start=1) if line and n not in touched)
    assert all(n in touched for n, line in enumerate(new, start=1) if line and line not in old)
    if old == new:
        assert touched == []


def test_git_counts_only_line_feeds(tree: Path) -> None:
    text = "one\rONE\r\n\r\ntwo\rthree."
    document = Document("a.md", text)
    start = text.index("two")
    assert document.position(start) == (4, 1)
    assert document.rows(start, len(text)) == (3, 3)
    assert document.rows(0, text.index("two") + 1) == (1, 3)
    assert document.rows(0, 7) == (1, 1)


# Files


def changes(folder: Path, revision: str = "HEAD") -> Changes:
    return changes_since(revision, folder)


def test_what_git_does_not_keep_is_new(tree: Path) -> None:
    write(tree, new_md="x\n", ignored_md="x\n")
    (tree / ".gitignore").write_text("ignored.md\n")
    for file in (tree / "new.md", tree / "ignored.md", tree.parent / "elsewhere.md"):
        assert changes(tree).lines_of(file) == Lines()
    git(tree, "add", "--intent-to-add", "new.md")
    assert changes(tree).lines_of(tree / "new.md").touch(1, 1)
    assert not changes(tree).lines_of(tree / "a.md")


@pytest.mark.parametrize("name", ["b c.md", "\t.md", STRANGE, "é.md", '"q".md', "b\\101.md"])
def test_names_may_be_strange(tree: Path, name: str) -> None:
    (tree / name).write_text(OTHERS, encoding="utf-8")
    commit(tree)
    assert not changes(tree).lines_of(tree / name)
    (tree / name).write_text(OTHERS + "new\n", encoding="utf-8")
    lines = changes(tree).lines_of(tree / name)
    assert [n for n in range(1, 23) if lines.touch(n, n)] == [21]


def test_names_need_not_be_text(tree: Path) -> None:
    name = os.fsdecode(b"\xff.md")
    (tree / name).write_text("x\n")
    commit(tree)
    (tree / name).write_text("x\ny\n")
    lines = changes(tree).lines_of(tree / name)
    assert [n for n in (1, 2) if lines.touch(n, n)] == [2]


def test_a_file_that_is_renamed_is_not_new(tree: Path) -> None:
    write(tree, b_md=OTHERS)
    commit(tree)
    git(tree, "mv", "b.md", "c d.md")
    assert not changes(tree).lines_of(tree / "c d.md")
    (tree / "c d.md").write_text(f"new\n{OTHERS}")
    lines = changes(tree).lines_of(tree / "c d.md")
    assert [n for n in range(1, 22) if lines.touch(n, n)] == [1]


def test_links_mean_the_file(tree: Path) -> None:
    (tree / "link.md").symlink_to("a.md")
    commit(tree)
    write(tree, a_md="one\n\ntwo\nthree\n\nfour\nfive\n")
    assert changes(tree).lines_of(tree / "link.md").touch(7, 7)


def test_committed_staged_and_unstaged_count_and_what_others_did_does_not(tree: Path) -> None:
    git(tree, "branch", "-M", "main")
    git(tree, "checkout", "-q", "-b", "mine")
    write(tree, b_md="1\n")
    commit(tree)
    write(tree, c_md="2\n")
    git(tree, "add", "c.md")
    write(tree, a_md="one\n\ntwo\nthree\n\nfour\nfive\n")
    git(tree, "stash")
    git(tree, "checkout", "-q", "main")
    write(tree, d_md="3\n")
    commit(tree)
    git(tree, "checkout", "-q", "mine")
    git(tree, "stash", "pop", "--index")
    since_main = changes(tree, "main")
    assert [bool(since_main.lines_of(tree / f"{name}.md")) for name in "abc"] == [True] * 3
    assert not since_main.lines_of(tree / "a.md").touch(1, 5)
    assert set(since_main.spans) == {"a.md", "b.md", "c.md"}


@pytest.mark.parametrize(
    "settings",
    [
        ("diff.noprefix=true",),
        ("diff.mnemonicPrefix=true",),
        ("diff.external=false", "color.ui=always"),
        ("diff.interHunkContext=9", "diff.context=9"),
        ("diff.renames=false", "diff.relative=true"),
    ],
)
def test_settings_of_git_change_nothing(tree: Path, settings: tuple[str, ...]) -> None:
    for setting in settings:
        git(tree, "config", *setting.split("="))
    assert new_lines(tree, "ONE\n\ntwo\nthree\n\nFOUR\n") == [1, 6]


def test_variables_of_git_change_nothing(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIFF_OPTS", "--unified=5")
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", "false")
    assert new_lines(tree, "ONE\n\ntwo\nthree\n\nFOUR\n") == [1, 6]


def test_what_git_takes_for_binary_is_compared_by_lines(tree: Path) -> None:
    (tree / ".gitattributes").write_text("*.md binary\n")
    assert new_lines(tree, "one\n\ntwo\nTHREE\n\nfour\n") == [4]


def test_a_merge_that_is_not_done_yet(tree: Path) -> None:
    for branch, word in (("side", "TWO"), ("mine", "DOS")):
        git(tree, "checkout", "-q", "-b", branch, "HEAD" if branch == "side" else "HEAD~")
        write(tree, a_md=f"one\n\n{word}\nthree\n\nfour\n")
        commit(tree)
    with pytest.raises(subprocess.CalledProcessError):
        git(tree, "merge", "side")
    lines = changes(tree).lines_of(tree / "a.md")
    assert [n for n in range(1, 11) if lines.touch(n, n)] == [3, 5, 6, 7]


# What cannot be answered


def test_a_revision_that_is_none_is_told(tree: Path) -> None:
    for name in ("nope", "-q", "--all", "a.md", "", ":a.md"):
        with pytest.raises(InputError, match="git knows no such revision"):
            changes(tree, name)


def test_histories_that_have_nothing_in_common_are_told(tree: Path) -> None:
    git(tree, "branch", "-M", "main")
    git(tree, "checkout", "-q", "--orphan", "other")
    write(tree, b_md="or it would be the same commit")
    commit(tree)
    with pytest.raises(InputError, match="no commit in common with HEAD"):
        changes(tree, "main")


def test_a_folder_without_git_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a git repository"):
        changes(tmp_path)


def test_a_machine_without_git_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InputError, match="asks git, which cannot be found"):
        changes(tree)


def test_the_network_is_never_asked(tree: Path, tmp_path: Path) -> None:
    """In a clone without contents git would fetch them; then it is told that they lack."""
    git(tree, "config", "uploadpack.allowFilter", "true")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--no-checkout", "--filter=blob:none", tree.as_uri(), str(clone))
    (clone / "a.md").write_text("one\n")
    git(clone, "add", "a.md")
    with pytest.raises(InputError, match="git cannot compare with"):
        changes(clone)


# The command


def test_only_sentences_on_new_lines_are_reported(tree: Path) -> None:
    write(tree, a_md=f"{WRONG}\n\nSo it\nis. {RIGHT}\n", b_md=f"{WRONG}\n")
    commit(tree)
    write(tree, a_md=f"{WRONG}\n\nSo it\nis. The ICC is part\nof the United Nations.\n")
    write(tree, c__d_txt=f"{OUTDATED}\n")
    done = lint(tree, "--changed", "HEAD")
    assert places(done) == ["a.md:4:5", "c/d.txt:1:1"]
    assert done.returncode == 1
    assert (
        "2 documents, 2 statements checked, 2 reported, in lines changed since HEAD" in done.stderr
    )
    inside = lint(tree / "c", "--changed", "HEAD", paths=("..",))
    assert places(inside) == ["../a.md:4:5", "../c/d.txt:1:1"]
    commit(tree)
    done = lint(tree, "--changed", "HEAD", paths=("a.md", "."))
    assert (places(done), done.returncode) == ([], 0)


def test_what_is_old_neither_fails_nor_needs_a_comment(tree: Path) -> None:
    comment = "<!-- icc-check: ignore why -->"
    long = "word " * 300
    write(tree, a_md=f"{comment}\n{WRONG}\n\n{long}.\n\n{WRONG}\n")
    commit(tree)
    write(tree, a_md=f"{comment}\n{WRONG}\n\n{long}.\n\n{WRONG}\n\nSo.\n")
    done = lint(tree, "--changed", "HEAD")
    assert (done.stdout, done.returncode) == ("", 0)
    (told,) = done.stderr.splitlines()
    assert told.endswith(
        "1 document, 0 statements checked, 0 reported, in lines changed since HEAD"
    )


def test_a_baseline_and_new_lines_go_together(tree: Path) -> None:
    write(tree, a_md=f"{WRONG}\n")
    lint(tree, "--baseline=b.toml", "--write-baseline")
    commit(tree)
    write(tree, a_md=f"{WRONG}\n\n{WRONG}\n")
    done = lint(tree, "--baseline=b.toml", "--changed=HEAD")
    assert (places(done), done.returncode) == (["a.md:3:1"], 1)
    assert "nothing needs" not in done.stderr


@pytest.mark.parametrize(
    ("args", "paths", "message"),
    [
        (("--changed", "nope"), (".",), "--changed nope: git knows no such revision"),
        (("--changed", "HEAD"), ("-",), "standard input has no history"),
        (("--changed", "HEAD"), ("gone.md",), "gone.md: there is no such file"),
        (
            ("--changed", "HEAD", "--baseline", "b.toml", "--write-baseline"),
            (".",),
            "a baseline holds whole files",
        ),
    ],
)
def test_a_mistake_ends_in_2(
    tree: Path, args: tuple[str, ...], paths: tuple[str, ...], message: str
) -> None:
    write(tree, gone_md="x\n")
    commit(tree)
    (tree / "gone.md").unlink()
    done = lint(tree, *args, "--exit-zero", paths=paths)
    assert done.returncode == 2
    assert done.stderr.splitlines()[0].startswith(f"icc-check: {message}")
