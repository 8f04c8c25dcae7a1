"""Processes: which one made a temporary file and whether it still runs, and what suits one that builds."""

from __future__ import annotations

import gc
import os
from pathlib import Path


def collect_seldom() -> None:
    """Let this process look for cycles seldom, and never in what is loaded already.

    Hundreds of thousands of words and triples stay alive; looking through them costs a tenth of a build.
    """
    gc.freeze()
    gc.set_threshold(200_000, 20, 100)


def end_with_parent() -> None:
    """Have this process end with the one that it works for, which may be killed."""
    import multiprocessing
    import threading

    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    from multiprocessing.connection import wait

    wait([sentinel])
    os._exit(1)


def owns(status: os.stat_result) -> bool:
    """Whether a file is that of this process's user; where the system has no users' numbers, it is."""
    return not hasattr(os, "getuid") or status.st_uid == os.getuid()


def mark() -> str:
    """What names this process among all that have run: numbers alone are given again."""
    return f"{os.getpid()}-{_began(os.getpid())}"


def runs(process: str) -> bool:
    """Whether the process that had this mark still runs; what is no mark may be anything's."""
    number, _, began = process.partition("-")
    if not number.isdecimal() or os.name == "nt":  # there, asking by a signal would end it
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):  # somebody else's
        pass
    return not began or _began(int(number)) == began


def _began(process: int) -> str:
    """When a process was started, in the system's ticks (proc(5)); empty where the system does not tell."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
