"""Waiting for what comes when it comes: a fixed delay is too short on some machine and too long on others."""

import time
from collections.abc import Callable
from typing import TypeVar

LIMIT = 120.0
"""Seconds after which what has not come is taken not to come, however slow the machine."""
FIRST, LONGEST = 0.001, 0.05
"""Seconds between two looks, at first and in the end: most comes within milliseconds."""

Seen = TypeVar("Seen")


def until(
    read: Callable[[], Seen],
    passes: Callable[[Seen], object],
    what: str,
    *,
    limit: float = LIMIT,
    pause: Callable[[float], None] = time.sleep,
) -> Seen:
    """What `read` gives, as soon as it passes; the failure tells `what` was waited for and what there was."""
    end, seconds = time.monotonic() + limit, FIRST
    while True:
        late = time.monotonic() > end  # told before reading: what is read last is read after the limit
        seen = read()
        if passes(seen):
            return seen
        assert not late, f"not within {limit:g} s: {what}; there was {seen!r:.2000}"
        pause(seconds)
        seconds = min(2 * seconds, LONGEST)
