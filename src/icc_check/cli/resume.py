"""Going on with a file of JSON Lines that an interrupted run has left.

Its answers are laid beside the claims once more: each must be the answer to the next
claim, by the same store and as of the same day. A last line that is not whole is cut
off. Only then is anything written, at the end of the same file.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from icc_check.cli.output import WholeLines, partial_of
from icc_check.cli.policy import EVERYTHING, Policy
from icc_check.cli.run import Delivery
from icc_check.cli.terminal import tell
from icc_check.drafts import take_place, writing
from icc_check.errors import ConfigError, OutputError
from icc_check.inputs import Claim
from icc_check.model import StoreId, Verdict
from icc_check.wire import VERSION, location_wire, store_id

FORMAT = "jsonl"  # the one that can be gone on with
_LONGEST_ANSWER = 1 << 26  # bytes; no answer is that long, so the file is none of ours


class Draft(NamedTuple):
    """The file that a run goes on with, open for reading and writing at its end."""

    path: Path
    name: str
    stream: BinaryIO


def resumable(delivery: Delivery, policy: Policy) -> Delivery:
    """The delivery, whose one output is a file to go on with. Raises ConfigError if it is not."""
    if policy.shown != EVERYTHING:
        raise ConfigError(
            "--resume goes on with a file that has every answer, so --show cannot leave some out",
            hint="leave one of the two away",
        )
    if not delivery.format and all(output.format is None for output in delivery.outputs or ()):
        delivery = delivery._replace(format=FORMAT)
    first, *others = delivery.targets
    if others:
        raise ConfigError(
            "--resume goes on with one file, and cannot bring several outputs to one state",
            hint=f"leave one --output {FORMAT}:FILE; the others would lack what was done before",
        )
    if first.is_stdout:
        raise ConfigError("--resume goes on with a file", hint="name it with --output FILE")
    if first.format != FORMAT:
        raise ConfigError(
            f"--resume cannot go on with {first.format}, only with {FORMAT}",
            hint=f"write --output {FORMAT}:{first.file}",
        )
    return delivery


@contextmanager
def resuming(name: str) -> Iterator[Draft]:
    """The file to go on with: `NAME.partial`, or NAME where only that is there.

    The former takes the name of the latter when all is well. Raises OutputError, also
    when another run is writing the file.
    """
    target = Path(name).resolve()
    if target.exists() and not target.is_file():
        raise OutputError(f"cannot write {name}: it is not a file")
    partial = partial_of(target)
    path = target if target.exists() and not partial.exists() else partial
    with writing(Path(name)):
        stream = path.open("a+b")
    shown = name if path == target else str(partial_of(Path(name)))
    with stream:
        _lock(stream, shown)
        try:
            yield Draft(path, shown, stream)
        except KeyboardInterrupt:
            tell(f"icc-check: interrupted; what was done is in {shown}, and --resume goes on")
            raise
    if path != target:
        take_place(target, path, Path(name))


def take_up(
    draft: Draft, claims: Iterator[Claim], store: StoreId, day: dt.date
) -> Counter[Verdict]:
    """Take the claims that are answered already; what the answers were, by verdict.

    Raises OutputError, and leaves the file as it was, where an answer is not that to the
    next claim, or not of this store and day.
    """
    counts: Counter[Verdict] = Counter()
    draft.stream.seek(0)
    end = 0
    for number, line, answer in _answers(draft):
        where = f"{draft.name}:{number}"
        _require_same_question(answer, store, day, where)
        claim = next(claims, None)
        if claim is None:
            raise _not_ours(where, "there is no claim left that this could answer")
        _require_same_claim(answer, claim, where)
        counts[Verdict(answer["verdict"])] += 1
        end += len(line)
    draft.stream.truncate(end)
    draft.stream.seek(end)
    return counts


def appending(draft: Draft) -> WholeLines:
    """Where what is new is written: at the end of the file."""
    text = io.TextIOWrapper(draft.stream, encoding="utf-8", newline="\n")
    return WholeLines(text, draft.name)


def _answers(draft: Draft) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    """The whole lines; one that is no answer must be the last, which was half written."""
    number = 0
    while line := draft.stream.readline(_LONGEST_ANSWER):
        number += 1
        answer = _parsed(line)
        if answer is not None:
            yield number, line, answer
        elif draft.stream.readline(1):
            raise _not_ours(f"{draft.name}:{number}", "this line is no answer of icc-check")


def _parsed(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        answer = json.loads(line)
        Verdict(answer["verdict"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _require_same_question(
    answer: dict[str, Any], store: StoreId, day: dt.date, where: str
) -> None:
    if answer.get("version") != VERSION:
        raise _not_ours(where, "it was written by another version of icc-check")
    if answer.get("store") != store_id(store):
        known = answer.get("store")
        name = known.get("name") if isinstance(known, dict) else None
        other = f"another store ({name})" if name != store.name else f"another state of {name}"
        raise _not_ours(where, f"it was answered by {other}")
    if answer.get("as_of") != day.isoformat():
        raise OutputError(
            f"{where}: this was answered as of {answer.get('as_of')}, and not of {day}",
            hint=f"go on with --as-of {answer.get('as_of')}, or name another file",
        )


def _require_same_claim(answer: dict[str, Any], claim: Claim, where: str) -> None:
    place = location_wire(claim.location) if claim.location else None
    same = answer.get("claim") == claim.text and answer.get("location") == place
    if not same or answer.get("extra", {}) != dict(claim.extra):
        there = f"{claim.location.file}:{claim.location.line}" if claim.location else "the claim"
        raise _not_ours(where, f"it does not answer {there}, which comes next")


def _not_ours(where: str, why: str) -> OutputError:
    return OutputError(
        f"{where}: {why}, so this file cannot be gone on with",
        hint="name another file, or leave --resume away to begin anew",
    )


def _lock(stream: BinaryIO, name: str) -> None:
    """Keep other runs off the file; where the system cannot, nothing does."""
    try:
        import fcntl
    except ImportError:  # Windows
        return
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise OutputError(f"cannot write {name}: another run is writing it") from None
    except OSError:  # a file system without locks
        return
