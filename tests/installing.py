"""What tests need that install the program: its files, an environment, and a pip that can."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from program import environment
from source import ROOT

# What pip needs to make the package, and what others need to use it.
FILES = (
    *("src", "claims", "pyproject.toml", "hatch_build.py", "README.md", "LICENSE"),
    *("docs/icc-check.1", ".pre-commit-hooks.yaml"),
)


def copy_of_the_package(folder: Path) -> Path:
    """The files that make up the package, as they are now."""
    for name in FILES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            (folder / name).parent.mkdir(exist_ok=True)
            shutil.copy(source, folder / name)
    return folder


def as_a_stranger(home: Path) -> dict[str, str]:
    """An environment in which neither this program nor anybody's settings are found."""
    kept = {
        name: value
        for name, value in environment().items()
        if not name.startswith("GIT_") and name not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    person = {
        f"GIT_{role}_{part}": "a@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for part in ("NAME", "EMAIL")
    }
    return {
        **kept,
        **person,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "PRE_COMMIT_HOME": str(home / "pre-commit"),
        "XDG_CACHE_HOME": str(home / "cache"),
    }


def skip_unless_pip_can_install(folder: Path) -> None:
    """Skip where pip gets no packages; a package of ours that does not install still fails."""
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder)]
    done = subprocess.run([*pip, "hatchling"], capture_output=True, text=True, timeout=120)
    if done.returncode:
        pytest.skip(f"pip gets no packages here: {done.stderr.strip().splitlines()[-1]}")


def run(*words: str, cwd: Path, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, cwd=cwd, env=env, capture_output=True, text=True, timeout=900)


def must_run(*words: str, cwd: Path, env: dict[str, str]) -> str:
    done = run(*words, cwd=cwd, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()
