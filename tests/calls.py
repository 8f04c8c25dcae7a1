"""How much work Python does, counted in calls: the same on every machine, however busy it is."""

from __future__ import annotations

import cProfile
import math
import sys
from collections.abc import Callable


def calls(work: Callable[[], object]) -> int:
    """How many functions, Python's own ones included, the work calls."""
    before = sys.getprofile()
    profile = cProfile.Profile(subcalls=False)  # it counts in C
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
        sys.setprofile(before)
    return sum(entry.callcount for entry in profile.getstats())


def exponent(small: tuple[int, int], large: tuple[int, int]) -> float:
    """How calls grow with size, of two pairs (size, calls): 1 is linear, 2 quadratic."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])
