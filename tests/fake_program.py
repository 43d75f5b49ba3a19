"""The program with an engine that looks its answers up in tests/findings.py.

For tests of the command line as a process: `python tests/fake_program.py ARGS`.
"""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType

sys.path.insert(0, str(Path(__file__).parent))

from findings import BY_CLAIM, STORE, TODAY, UNVERIFIED

from icc_check.__main__ import run
from icc_check.errors import StoreError
from icc_check.model import Finding, Location, StoreId


class FakeChecker:
    """Knows the claims in tests/findings.py; `boom` breaks it, `slow` takes a while.

    `die` kills the process, `die once FILE` only as long as there is no such file, and
    `who` tells which process answers and how often it was asked that.
    """

    store: StoreId = STORE
    asked = 0

    @classmethod
    def load(cls, stores: Sequence[Path] | None = None) -> FakeChecker:
        for path in stores or ():
            if not path.is_dir():
                raise StoreError(f"{path}: there is no such folder", hint="name a folder of facts")
        return cls()

    def check(
        self, text: str, *, as_of: dt.date | None = None, location: Location | None = None
    ) -> Finding:
        if text == "boom":
            raise RuntimeError("boom")
        if text.startswith("slow"):
            time.sleep(0.05)
        if text.startswith("die"):
            die(text.removeprefix("die once ") if text != "die" else None)
        if text.startswith("who"):
            FakeChecker.asked += 1
            return replace(UNVERIFIED, claim=text, reason=f"{os.getpid()} {FakeChecker.asked}")
        known = BY_CLAIM.get(text, UNVERIFIED)
        return replace(known, claim=text, as_of=as_of or TODAY, location=location)


def die(file: str | None) -> None:
    if file is None or not Path(file).exists():
        if file:
            Path(file).touch()
        os.kill(os.getpid(), signal.SIGKILL)


engine = ModuleType("icc_check.checker")
engine.Checker = FakeChecker  # type: ignore[attr-defined]
sys.modules["icc_check.checker"] = engine

if __name__ == "__main__":
    run()
