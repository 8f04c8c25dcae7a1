"""The command line: arguments, printing and exit codes; all else is a call.

Exit codes: 0 done; 1 done, but something is to be looked at: inputs that could not be read or facts left out
of a build, notes on a repaired page or an explained fact, a question that was not understood, a
built folder that is not whole; 2 nothing done; 130 interrupted. A text that reports on no division is no
failure of a build: it is noted and gives no article.
"""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from jiceng.cli.arguments import parser
from jiceng.errors import JicengError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code.

    Raises SystemExit, as argparse does, after `--help` and for arguments that cannot be understood.
    """
    options = parser().parse_args(arguments)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called
            setattr(sys, name, Path(os.devnull).open("w"))  # noqa: SIM115 - for as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no Chinese still gets an answer
            stream.reconfigure(errors="backslashreplace")
    if getattr(options, "store", None):
        os.environ["JICENG_STORE"] = options.store  # read where a graph is opened, by processes of ours too
    try:
        code: int = options.run(options)
        sys.stdout.flush()
    except JicengError as error:
        print(f"jiceng: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output went away, e.g. `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        why = error.strerror or error
        print(
            f"jiceng: {where}cannot be written or read: {why}; check the place and its space", file=sys.stderr
        )
        return 2
    except KeyboardInterrupt:
        if arguments is None:  # the program ends
            _end_at_once()
        print("jiceng: interrupted; what was there before is untouched", file=sys.stderr)
        return 130
    return code


def _end_at_once() -> None:
    """End our processes in the midst of their work; with another Ctrl-C meanwhile we would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for process in multiprocessing.active_children():
            process.terminate()
