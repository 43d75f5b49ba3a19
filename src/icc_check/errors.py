"""What can go wrong, in words for the user, and the codes a run ends with.

A message says *where: what*; a hint, where there is one, says what to do about
it. Errors are raised where they are known and shown in one place, the command
line's `main`. Anything else that is raised is a fault of the program itself.
"""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How a run ends; the same for every output format."""

    OK = 0  # nothing that --fail-on names
    FINDINGS = 1  # at least one verdict that --fail-on names
    ERROR = 2  # usage, configuration, input or store; or the program itself
    INTERRUPTED = 130
    CLOSED_PIPE = 141  # as a shell shows SIGPIPE: whoever read the result has stopped


class IccCheckError(Exception):
    """A mistake that the user can mend."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(IccCheckError):
    """A claim, or a file of claims, that cannot be read."""


class StoreError(IccCheckError):
    """A store that is missing or malformed."""


class ConfigError(IccCheckError):
    """An option or a setting that makes no sense."""


class OutputError(IccCheckError):
    """A result that cannot be written."""


class WorkerError(IccCheckError):
    """A process that checks claims has ended before it was done."""


def why_unread(error: OSError) -> str:
    """Why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "is a directory; name the files in it"
    if isinstance(error, PermissionError):
        return "may not be read (permission denied)"
    return f"cannot be read: {error.strerror or error}"
