"""The hook for pre-commit: what it says of itself, and at work in a repository."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from identify.identify import tags_from_filename
from installing import (
    as_a_stranger,
    copy_of_the_package,
    must_run,
    run,
    skip_unless_pip_can_install,
)
from pre_commit.clientlib import load_manifest
from source import ROOT

from icc_check.documents.formats import SUFFIXES

NO_TYPE = {".text"}  # pre-commit knows no such files, and so hands none on
SETTINGS = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: icc-check
        args: [--as-of=2026-11-24]
"""


def test_the_hook_gets_the_documents_that_lint_reads() -> None:
    (hook,) = load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))
    assert (hook["entry"], hook["language"]) == ("icc-check lint", "python")
    wanted = {*hook["types_or"]}
    assert {end for end in SUFFIXES if wanted & tags_from_filename(f"a{end}")} == {
        *SUFFIXES
    } - NO_TYPE
    others = ("a.py", "a.json", "a.yaml", "a.docx", "a.png")
    assert [name for name in others if wanted & tags_from_filename(name)] == []


@pytest.mark.slow  # pip installs the program
def test_a_commit_with_a_falsehood_is_stopped(tmp_path: Path) -> None:
    skip_unless_pip_can_install(tmp_path)
    env = as_a_stranger(tmp_path)
    hook, drafts = tmp_path / "hook", tmp_path / "drafts"
    for folder in (hook, drafts):
        folder.mkdir()
        must_run("git", "init", "-q", cwd=folder, env=env)
    copy_of_the_package(hook)
    must_run("git", "add", "--all", cwd=hook, env=env)
    must_run("git", "commit", "-qm", "Add the hook", cwd=hook, env=env)
    revision = must_run("git", "rev-parse", "HEAD", cwd=hook, env=env)

    settings = SETTINGS.format(repository=hook, revision=revision)
    (drafts / ".pre-commit-config.yaml").write_text(settings)
    pre_commit = (sys.executable, "-m", "pre_commit")
    must_run(*pre_commit, "install", "--install-hooks", cwd=drafts, env=env)
    draft = drafts / "a draft.md"
    (drafts / "code.py").write_text("# The ICC is part of the United Nations.\n")

    draft.write_text("# Draft\n\nThe ICC is part of the United Nations.\n")
    must_run("git", "add", "--all", cwd=drafts, env=env)
    stopped = run("git", "commit", "-m", "Add a draft", cwd=drafts, env=env)
    assert "a draft.md:3:1: refuted: The ICC is part of the United Nations." in stopped.stderr
    assert "1 document, " in stopped.stderr
    assert "exit code: 1" in stopped.stderr
    assert stopped.returncode != 0
    assert run("git", "log", cwd=drafts, env=env).returncode != 0  # there is no commit yet

    draft.write_text("# Draft\n\nThe ICC is not part of the United Nations.\n")
    must_run("git", "add", "--all", cwd=drafts, env=env)
    must_run("git", "commit", "-m", "Add a draft", cwd=drafts, env=env)
    assert must_run("git", "log", "--format=%s", cwd=drafts, env=env) == "Add a draft"
