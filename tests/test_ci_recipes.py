"""action.yml and the recipes in docs/ci.md: their shell is run as their readers run it."""

from __future__ import annotations

import json
import os
import re
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from installing import as_a_stranger, copy_of_the_package, run, skip_unless_pip_can_install
from program import environment
from source import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step.get("id", step["name"]): step for step in ACTION["runs"]["steps"]}
# As GitHub starts what is marked `shell: bash`.
BASH = ("bash", "--noprofile", "--norc", "-eo", "pipefail")
DAY = "--as-of=2026-11-24"
FALSEHOOD = "The ICC is part of the United Nations.\n"
RECIPES = {
    name: yaml.safe_load(block.replace("\non:", '\n"on":'))  # YAML 1.1 reads `on` as true
    for name, block in re.findall(
        r"^```yaml\n# (\S+)\n(.*?)^```$",
        (ROOT / "docs" / "ci.md").read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with a document that is wrong and one that is right."""
    folder = tmp_path / "check out"
    (folder / "drafts").mkdir(parents=True)
    (folder / ".git").mkdir()
    (folder / "drafts" / "a draft.md").write_text(f"# Draft\n\n{FALSEHOOD}")
    (folder / "right.md").write_text("The ICC is not part of the United Nations.\n")
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """`icc-check` as a program of its own, as it is once it is installed."""
    file = tmp_path / "bin" / "icc-check"
    file.parent.mkdir()
    file.write_text(f'#!/bin/sh\nexec "{sys.executable}" -P -m icc_check "$@"\n')
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


class Runner:
    """Does with a step what GitHub's runner does: expressions, variables, files, the shell."""

    def __init__(self, folder: Path, checkout: Path, inputs: Mapping[str, str]) -> None:
        self.summary = folder / "summary.md"
        self.context = {
            "github.action_path": str(ROOT),
            **{f"inputs.{name}": entry["default"] for name, entry in ACTION["inputs"].items()},
            **{f"inputs.{name}": value for name, value in inputs.items()},
        }
        self._checkout = checkout
        self._outputs = folder / "outputs"
        self._variables = {
            "GITHUB_OUTPUT": str(self._outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "RUNNER_TEMP": str(folder),
            "RUNNER_OS": "Linux",
        }

    def run(self, step: str, base: Mapping[str, str]) -> tuple[int, str]:
        """The exit code of a step, and what it prints."""
        self._outputs.write_text("")
        passed = {name: self._filled(value) for name, value in STEPS[step]["env"].items()}
        script = self._outputs.with_name("step.sh")
        script.write_text(STEPS[step]["run"])
        env = {**base, **self._variables, **passed}
        done = run(*BASH, str(script), cwd=self._checkout, env=env)
        for line in self._outputs.read_text().splitlines():
            name, _, value = line.partition("=")
            self.context[f"steps.{step}.outputs.{name}"] = value
        return done.returncode, done.stdout + done.stderr

    def _filled(self, value: str) -> str:
        return re.sub(r"\$\{\{ (\S+) \}\}", lambda found: self.context[found[1]], value)


def check_step(
    tmp_path: Path, checkout: Path, program: Path, **inputs: str
) -> tuple[int, str, Runner]:
    runner = Runner(tmp_path, checkout, {name.replace("_", "-"): v for name, v in inputs.items()})
    runner.context["steps.install.outputs.program"] = str(program)
    code, told = runner.run("Check documents", environment())
    return code, told, runner


# The action


def test_the_action_puts_nothing_that_is_passed_in_into_its_shell() -> None:
    """Else whoever names a file or a branch could run what they like."""
    scripts = [step["run"] for step in STEPS.values() if "run" in step]
    assert len(scripts) == 2
    assert [script for script in scripts if "${{" in script] == []


def test_every_input_is_used_and_documented() -> None:
    used = re.findall(r"\$\{\{ inputs\.(\S+) \}\}", json.dumps(ACTION["runs"]))
    assert sorted(used) == sorted(ACTION["inputs"])
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", text, re.MULTILINE) == list(ACTION["inputs"])


def test_a_falsehood_is_annotated_and_fails_the_step(
    tmp_path: Path, checkout: Path, program: Path
) -> None:
    code, told, runner = check_step(tmp_path, checkout, program, args=DAY)
    assert code == 1
    assert "::error file=drafts/a draft.md,line=3,endLine=3,col=1," in told
    assert "2 documents" in told
    assert "The ICC is part of the United Nations." in runner.summary.read_text()


def test_what_is_right_passes_the_step(tmp_path: Path, checkout: Path, program: Path) -> None:
    code, told, _ = check_step(tmp_path, checkout, program, args=DAY, paths="right.md\n")
    assert code == 0
    assert "::error" not in told
    assert "1 document, 1 " in told


def test_inputs_are_lines_and_only_data(tmp_path: Path, checkout: Path, program: Path) -> None:
    strange = checkout / "$(touch owned); *.md"
    strange.write_text(FALSEHOOD)
    code, told, _ = check_step(
        tmp_path,
        checkout,
        program,
        paths=f"drafts/a draft.md\n\n{strange.name}\n",
        format="text",
        fail_on="outdated",
        args=f"{DAY}\n--show=refuted\n--output=sarif:facts and figures.sarif\n",
    )
    assert code == 0  # nothing is outdated
    assert told.count(": refuted: ") == 2
    assert not (checkout / "owned").exists()
    (log,) = json.loads((checkout / "facts and figures.sarif").read_text())["runs"]
    assert [result["ruleId"] for result in log["results"]] == ["denied", "denied"]


def test_the_settings_of_the_repository_hold_in_the_step(
    tmp_path: Path, checkout: Path, program: Path
) -> None:
    (checkout / "icc-check.toml").write_text('fail-on = "never"\nas-of = 2026-11-24\n')
    assert check_step(tmp_path, checkout, program)[0] == 0
    assert check_step(tmp_path, checkout, program, fail_on="refuted")[0] == 1


@pytest.mark.parametrize("inputs", [{"paths": "gone.md"}, {"args": "--exit-zer"}])
def test_what_cannot_be_checked_fails_the_step(
    tmp_path: Path, checkout: Path, program: Path, inputs: dict[str, str]
) -> None:
    assert check_step(tmp_path, checkout, program, **{"fail_on": "never", **inputs})[0] == 2


@pytest.mark.slow  # pip installs the program
def test_the_action_installs_what_it_runs(tmp_path: Path, checkout: Path) -> None:
    skip_unless_pip_can_install(tmp_path)
    (checkout / "venv.py").write_text("raise SystemExit('the checkout was imported')\n")
    (tmp_path / "action").mkdir()
    runner = Runner(tmp_path, checkout, {"args": DAY})
    runner.context["github.action_path"] = str(copy_of_the_package(tmp_path / "action"))
    runner.context["steps.python.outputs.python-path"] = sys.executable
    env = as_a_stranger(tmp_path)
    code, told = runner.run("install", env)
    assert code == 0, told
    code, told = runner.run("Check documents", env)
    assert code == 1
    assert "::error file=drafts/a draft.md,line=3" in told
    assert "refuted" in runner.summary.read_text()


# The recipes


def test_a_crash_is_never_a_pass(checkout: Path) -> None:
    """Whatever is asked for: it ends with 2, says so, and leaves no report."""
    script = (
        "import sys\n"
        "from icc_check.proofread import Proofreader\n"
        "read = Proofreader.read\n"
        "def crash(self, document):\n"
        "    yield from read(self, document)\n"
        "    raise RuntimeError('boom')\n"
        "Proofreader.read = crash\n"
        "from icc_check.cli.app import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    options = (DAY, "--exit-zero", "--fail-on=never", "--output=sarif:facts.sarif")
    done = run(sys.executable, "-c", script, "lint", *options, ".", cwd=checkout, env=environment())
    assert done.returncode == 2
    assert "RuntimeError: boom" in done.stderr
    assert "this is a fault in the program" in done.stderr
    assert not (checkout / "facts.sarif").exists()


def test_the_recipes_are_those_that_are_looked_at_here() -> None:
    assert list(RECIPES) == [
        ".github/workflows/facts.yml",
        ".github/workflows/facts-scan.yml",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
    ]


def steps_with_the_action(name: str) -> list[dict[str, Any]]:
    steps = RECIPES[name]["jobs"]["facts"]["steps"]
    return [step for step in steps if step["uses"] == "REPOSITORY@REVISION"]


def test_the_workflow_for_annotations_works(tmp_path: Path, checkout: Path, program: Path) -> None:
    (step,) = steps_with_the_action(".github/workflows/facts.yml")
    (checkout / "articles" / "old").mkdir(parents=True)
    (checkout / "articles" / "old" / "a.md").write_text(FALSEHOOD)
    (checkout / "articles" / "b.md").write_text(FALSEHOOD)
    (checkout / "README.md").write_text("Read on.\n")
    code, told, _ = check_step(tmp_path, checkout, program, **step["with"])
    assert re.findall(r"file=([^,]*)", told) == ["articles/b.md"]
    assert code == 1


def test_the_workflow_for_code_scanning_works(
    tmp_path: Path, checkout: Path, program: Path
) -> None:
    name = ".github/workflows/facts-scan.yml"
    (step,) = steps_with_the_action(name)
    code, _, _ = check_step(tmp_path, checkout, program, **step["with"])
    assert code == 0
    upload = RECIPES[name]["jobs"]["facts"]["steps"][-1]["with"]["sarif_file"]
    (log,) = json.loads((checkout / upload).read_text())["runs"]
    (result,) = log["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "drafts/a%20draft.md"


def test_the_job_for_gitlab_works(checkout: Path, program: Path) -> None:
    job = RECIPES[".gitlab-ci.yml"]["facts"]
    install, check = job["script"]
    assert install == 'python -m pip install --quiet "git+REPOSITORY@REVISION"'
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    done = run("sh", "-c", check, cwd=checkout, env=environment({"PATH": path}))
    assert done.returncode == 1
    assert done.stdout.startswith("drafts/a draft.md:3:1: refuted: ")
    assert job["artifacts"]["when"] == "always"  # else GitLab drops what a failed job wrote
    report = job["artifacts"]["reports"]["codequality"]
    (issue,) = json.loads((checkout / report).read_text())
    assert issue["location"]["path"] == "drafts/a draft.md"


def test_the_recipe_for_pre_commit_names_the_hook() -> None:
    """tests/test_pre_commit.py has it at work."""
    (repository,) = RECIPES[".pre-commit-config.yaml"]["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in repository["hooks"]] == [hook["id"] for hook in hooks]
