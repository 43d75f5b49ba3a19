"""Processes that work for a command: how they are started, and that they end with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.context import BaseContext
from typing import TypeVar

Task = TypeVar("Task")
_MOST = 61 if sys.platform == "win32" else 256  # processes that the system can wait for


def hire(count: int, begin: Callable[[Task], None], task: Task) -> ProcessPoolExecutor:
    """So many processes, each of which begins with being told its task."""
    return ProcessPoolExecutor(min(count, _MOST), _context(), _begin, (begin, task))


def survive_closed_pipes() -> None:
    """A process that dies closes the pipe to it, which must not end this one too.

    That nobody reads the result any more is then told by an error (see output.py).
    """
    if hasattr(signal, "SIGPIPE") and threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def _context() -> BaseContext:
    """How processes are started: by `fork` where that is sound, for it takes no time.

    It is sound on Linux as long as no other thread could hold a lock meanwhile.
    """
    sound = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if sound else "spawn")


def _begin(begin: Callable[[Task], None], task: Task) -> None:
    """Ctrl-C is the parent's business; a parent that is gone needs no answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    begin(task)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
