"""Work that ends at its limit, whatever it does: in a process of its own, which can be ended from outside."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from jiceng.errors import JicengError, QueryError
from jiceng.processes import end_with_parent


def within(seconds: float, work: Callable[[], str]) -> str:
    """What `work` returns; raises QueryError if it takes longer than `seconds`, or if its process dies.

    `work` must be picklable where processes cannot be forked (a partial of a module's function is).
    Its JicengErrors come back as they are.
    """
    # No thread runs before a query does, so that a fork is safe; macOS' system libraries are the exception.
    fork = sys.platform == "linux"
    context = multiprocessing.get_context("fork") if fork else multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(sender, work), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(seconds):
            raise QueryError(
                f"the query took longer than {seconds:g} s and was ended; --timeout sets the limit"
            )
        outcome = receiver.recv()
    except EOFError as error:
        process.join(1)
        raise QueryError(
            f"the query's process ended with code {process.exitcode}; is memory short?"
        ) from error
    finally:
        process.kill()
        process.join()
        receiver.close()
    if isinstance(outcome, JicengError):
        raise outcome
    return str(outcome)


def _child(sender: Connection, work: Callable[[], str]) -> None:
    end_with_parent()
    try:
        sender.send(work())
    except JicengError as error:
        sender.send(error)
