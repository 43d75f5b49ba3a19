"""The way in for `icc-check` and `python -m icc_check`.

Nothing heavy is imported before interrupts and pipes are dealt with, so that
Ctrl-C is answered quietly from the first moment on.
"""

from __future__ import annotations

import sys


def run() -> None:
    """Run the program as a process and leave with its exit code.

    A reader that closes the pipe (`| head`) ends the program as it ends `cat`:
    quietly, by SIGPIPE, which a shell sees as 141 and never as findings.
    """
    try:
        import gc
        import os
        import signal

        # A short-lived process has nothing to collect, and tearing everything down at
        # the end takes longer than a check; `batch` switches collecting on again.
        gc.disable()

        if hasattr(signal, "SIGPIPE"):
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        from icc_check.cli.app import main

        code = main()
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        os._exit(code)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception:  # Python's own exit code would be 1, which means findings
        import traceback

        traceback.print_exc()
        sys.exit(2)


if __name__ == "__main__":
    run()
