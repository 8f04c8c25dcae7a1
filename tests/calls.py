"""How much work Python does, counted in calls: the same on every machine, however busy it is."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from types import FrameType


def calls(work: Callable[[], object]) -> int:
    """How many functions, Python's own ones included, the work calls."""
    number = 0

    def seen(_: FrameType, event: str, __: object) -> None:
        nonlocal number
        number += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return number


def exponent(small: tuple[int, int], large: tuple[int, int]) -> float:
    """How calls grow with size, of two pairs (size, calls): 1 is linear, 2 quadratic."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
