"""Words of a vocabulary where a text says them."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple


class Hit(NamedTuple):
    """A word of a vocabulary: body offsets and the notation of its concept."""

    start: int
    end: int
    group: str


class Hits:
    """Occurrences of one vocabulary's words, with access by place."""

    def __init__(self, hits: list[Hit]) -> None:
        self.all = hits
        self._starts = [h.start for h in hits]

    def starting(self, start: int, end: int) -> list[Hit]:
        """Those that begin in `start:end`."""
        low = bisect_left(self._starts, start)
        return self.all[low : bisect_left(self._starts, end, low)]

    def within(self, start: int, end: int) -> list[Hit]:
        """Those that lie wholly in `start:end`."""
        return [hit for hit in self.starting(start, end) if hit.end <= end]

    def longest(self, start: int, end: int) -> list[Hit]:
        """Those in `start:end`, leftmost and longest, without overlap."""
        behind = start
        found = []
        for hit in self.starting(start, end):
            if hit.start >= behind and hit.end <= end:
                found.append(hit)
                behind = hit.end
        return found

    def at(self, start: int) -> Hit | None:
        """The longest that begins here."""
        found = bisect_left(self._starts, start)
        return self.all[found] if found < len(self.all) and self._starts[found] == start else None
