"""Several outputs in one run, and the summary of a workflow's step."""

from __future__ import annotations

import json
import subprocess
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from findings import OUTDATED, REFUTED, STORE, SUPPORTED, UNVERIFIED
from program import PROGRAM, claims_file, environment, icc_check

from icc_check import tee
from icc_check.cli.summary import Bounded
from icc_check.cli.targets import Target, Wanted, parse_target, resolve
from icc_check.errors import ConfigError
from icc_check.model import Finding
from icc_check.report import Report
from icc_check.reporters import REPORTERS, load_reporter


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a.csv", Wanted("a.csv")),
        ("csv", Wanted("csv")),
        ("csv:a.csv", Wanted("a.csv", "csv")),
        ("sarif:/tmp/a b.sarif", Wanted("/tmp/a b.sarif", "sarif")),
        ("json:-", Wanted("-", "json")),
        ("html:C:\\out.html", Wanted("C:\\out.html", "html")),
        ("text:csv:a", Wanted("csv:a", "text")),
        # No known format before the colon: all of it is a file.
        ("C:\\out.html", Wanted("C:\\out.html")),
        ("c:out.html", Wanted("c:out.html")),
        ("./csv:a.csv", Wanted("./csv:a.csv")),
        ("CSV:a.csv", Wanted("CSV:a.csv")),
        ("notes: today.txt", Wanted("notes: today.txt")),
        (":a", Wanted(":a")),
        ("-", Wanted("-")),
    ],
)
def test_only_a_known_format_is_one(text: str, wanted: Wanted) -> None:
    assert parse_target(text) == wanted


@pytest.mark.parametrize(
    ("form", "wanted", "targets"),
    [
        (None, [], [("-", "usual")]),
        ("json", [], [("-", "json")]),
        (None, [Wanted("a")], [("a", "text")]),
        ("json", [Wanted("a")], [("a", "json")]),
        (None, [Wanted("a", "csv")], [("a", "csv")]),
        ("github", [Wanted("a", "sarif")], [("-", "github"), ("a", "sarif")]),
        ("json", [Wanted("b"), Wanted("a", "sarif")], [("b", "json"), ("a", "sarif")]),
        (None, [Wanted("-"), Wanted("a", "csv")], [("-", "usual"), ("a", "csv")]),
    ],
)
def test_what_goes_where(
    form: str | None, wanted: list[Wanted], targets: list[tuple[str, str]]
) -> None:
    assert resolve(form, wanted, "usual") == [Target(*target) for target in targets]


@pytest.mark.parametrize(
    ("form", "wanted"),
    [
        (None, [Wanted("a", "csv"), Wanted("./a", "json")]),
        ("text", [Wanted("-", "json")]),
        (None, [Wanted("-", "csv"), Wanted("-", "json")]),
    ],
)
def test_two_outputs_do_not_go_to_one_place(form: str | None, wanted: list[Wanted]) -> None:
    with pytest.raises(ConfigError, match="two outputs are to go to"):
        resolve(form, wanted, "text")


# As a process


def test_one_run_writes_every_format(tmp_path: Path) -> None:
    files = {name: tmp_path / f"answer.{name}" for name in REPORTERS}
    outputs = [f"--output={name}:{file}" for name, file in files.items()]
    claims = claims_file(tmp_path, SUPPORTED.claim, REFUTED.claim, OUTDATED.claim)
    done = icc_check("batch", claims, *outputs, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert all(file.stat().st_size for file in files.values())
    assert len(files["jsonl"].read_text().splitlines()) == 3
    (run,) = json.loads(files["sarif"].read_text())["runs"]
    assert len(run["results"]) == 2
    assert run["tool"]["driver"]["rules"][0]["fullDescription"]["text"]
    assert ElementTree.parse(files["junit"]).getroot().attrib["failures"] == "2"
    assert {path.name for path in tmp_path.iterdir()} == {
        "claims.txt",
        *(f.name for f in files.values()),
    }


@pytest.mark.parametrize("name", REPORTERS)
def test_the_exit_code_is_the_same_for_every_format(tmp_path: Path, name: str) -> None:
    file = tmp_path / "answer"
    for claim, code in ((SUPPORTED.claim, 0), (UNVERIFIED.claim, 0), (REFUTED.claim, 1)):
        assert icc_check(claim, "--format", name).returncode == code
        assert icc_check(claim, "--output", f"{name}:{file}").returncode == code
        assert file.read_text() == icc_check(claim, "--format", name).stdout.replace("\x1b", "")


def test_a_format_on_standard_output_beside_a_file(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    done = icc_check(REFUTED.claim, "--format", "text", "-o", f"json:{file}")
    assert (done.returncode, done.stdout.split(":")[0]) == (1, "refuted")
    assert json.loads(file.read_text())["summary"]["refuted"] == 1


def test_a_run_that_fails_leaves_every_old_file(tmp_path: Path) -> None:
    files = [tmp_path / "a.csv", tmp_path / "a.json"]
    for file in files:
        file.write_text("old")
    done = icc_check("a", "boom", *(f"-o{file.suffix[1:]}:{file}" for file in files))
    assert done.returncode == 2
    assert [file.read_text() for file in files] == ["old", "old"]
    assert sorted(tmp_path.iterdir()) == files


def test_one_output_that_cannot_be_written_stops_the_run(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    done = icc_check("a", "-o", f"csv:{file}", "-o", "json:/no/such/file")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "icc-check: cannot write /no/such/file: No such file or directory\n"
    assert not file.exists()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-o", "csv:"], "'csv:' names no file; write it like csv:answers.csv"),
        (["-o", ""], "'' names no file; write it like answers.txt"),
        (["-o", "csv:x", "-o", "json:x"], "two outputs are to go to x"),
    ],
)
def test_a_mistake_gets_one_clear_message(args: list[str], message: str) -> None:
    done = icc_check("a", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr.splitlines()[0]


# Memory


@pytest.mark.parametrize("names", [("jsonl",), ("jsonl", "csv", "text", "github", "markdown")])
def test_nothing_is_kept_of_what_is_written(names: tuple[str, ...]) -> None:
    class Nowhere:
        def write(self, text: str, /) -> int:
            return len(text)

    def peak(count: int) -> int:
        outlets = []
        for name in names:
            feed = tee.Feed()
            text = load_reporter(name).render(Report(STORE, feed))
            outlets.append(tee.Outlet(feed, text, Nowhere()))

        def findings() -> Iterator[Finding]:
            for _ in range(count):
                yield REFUTED

        tracemalloc.start()
        tee.run(findings(), outlets)
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(10)  # loads what is loaded once
    assert peak(2_000) < peak(200) * 1.5 + 20_000


def test_a_format_that_does_not_yield_is_a_fault_of_the_program() -> None:
    def greedy(report: Report) -> Iterator[str]:
        yield str(len(list(report)))

    feed = tee.Feed()
    outlet = tee.Outlet(feed, greedy(Report(STORE, feed)), Bounded(None, 0))  # type: ignore[arg-type]
    with pytest.raises(RuntimeError, match="asked for a second finding"):
        tee.run([REFUTED, REFUTED], [outlet])


# The summary of a step


def test_annotations_bring_a_summary(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("# Another step\n")
    env = {"GITHUB_STEP_SUMMARY": str(summary)}
    done = icc_check(REFUTED.claim, "--format", "github", env=env)
    assert (done.returncode, done.stdout[:8]) == (1, "::error ")
    before, table = summary.read_text().split("\n", 1)
    assert before == "# Another step"
    assert table == icc_check(REFUTED.claim, "--format", "markdown").stdout


@pytest.mark.parametrize("name", [name for name in REPORTERS if name != "github"])
def test_other_formats_bring_none(tmp_path: Path, name: str) -> None:
    summary = tmp_path / "summary.md"
    icc_check("a", "--format", name, env={"GITHUB_STEP_SUMMARY": str(summary)})
    assert not summary.exists()


def test_a_summary_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    env = {"GITHUB_STEP_SUMMARY": str(tmp_path / "no" / "summary.md")}
    done = icc_check("a", "--format", "github", env=env)
    assert done.returncode == 2
    assert "summary.md ($GITHUB_STEP_SUMMARY): No such file or directory" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_summary_ends_where_there_is_no_room() -> None:
    class Kept(list[str]):
        def write(self, text: str, /) -> int:
            self.append(text)
            return len(text)

    kept = Kept()
    out = Bounded(kept, 100)
    for _ in range(5):
        out.write("ü" * 20 + "\n")
    assert kept[0] == "ü" * 20 + "\n"
    assert kept[-1] == "\nThe rest did not fit into this summary.\n"
    assert len("".join(kept).encode()) <= 100
    assert len(kept) == 2


def test_files_are_named_from_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "texts").mkdir()
    claims_file(tmp_path / "texts", REFUTED.claim)
    done = subprocess.run(
        [*PROGRAM, "batch", "claims.txt", "--format", "gitlab"],
        cwd=tmp_path / "texts",
        env=environment(),
        capture_output=True,
    )
    (issue,) = json.loads(done.stdout)
    assert issue["location"] == {"path": "texts/claims.txt", "lines": {"begin": 1}}
