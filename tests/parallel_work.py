"""What tests/test_parallel.py has other processes do: they must be able to import it."""

import os
import signal
import time
from pathlib import Path

_mark = Path()


def prepare(folder: Path) -> None:
    global _mark
    _mark = folder


def slow_square(number: int) -> int:
    time.sleep(0.03 * (number % 3))
    return number * number


def fragile(number: int) -> int:
    """Kills its process: 3 always, 5 the first time only."""
    seen = _mark / str(number)
    first = not seen.exists()
    seen.touch()
    if number == 3 or (number == 5 and first):
        os.kill(os.getpid(), signal.SIGKILL)
    return number * number


def broken(number: int) -> int:
    raise ValueError(f"no square of {number}")
