"""How well fragments continue each other in rows of columns: the evidence at the seam, and their places."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from jiceng.repair.layout import Fragment
from jiceng.repair.seams import Evidence, normal

DEEPEST = 7  # columns that are open at once
SAME_ROW = -2.5  # of a fragment that would continue its neighbour in the row, in nats
ROW_BETWEEN = -2.0  # of a fragment that goes on past a row in which its column has nothing
PAST_HEADING = -1.5  # a sentence that goes on behind a heading
SAME_PLACE = 0.7  # a fragment as far along its row as the one that it continues


class RowSeams:
    """The seams of a run of fragments, each weighed when it is first asked for.

    `headings` are the numbers of the fragments that are headings; `signs` are what spoke for each seam.
    """

    def __init__(
        self, fragments: Sequence[Fragment], evidence: Evidence, column: float, headings: Sequence[int]
    ) -> None:
        self.fragments = fragments
        self.in_line = Counter(f.line for f in fragments)
        self.known: dict[tuple[int, int], float] = {}
        self.signs: dict[tuple[int, int], dict[str, float]] = {}
        self._evidence = evidence
        self._headings = headings
        self._texts = [normal(f.text) for f in fragments]
        self._over = [f.over(column) for f in fragments]
        self._places = _places(fragments)
        self._rows = _rows(fragments, self.in_line)
        self._run_of = _runs_of(self._rows)

    def between(self, tail: int, head: int) -> float:
        """How well the fragment `head` continues the fragment `tail`."""
        found = self.known.get((tail, head))
        if found is None:
            found = self.known[tail, head] = self._weighed(tail, head)
        return found

    def past_heading(self, tail: int, head: int) -> bool:
        """Whether a heading stands between two fragments."""
        first = bisect_left(self._headings, self.fragments[tail].index)
        return first < len(self._headings) and self._headings[first] < self.fragments[head].index

    def sections(self) -> set[int]:
        """The fragments of rows that are the first with another number of columns, behind a blank line, and
        those of the first row of all, where each begins a column."""
        fragments, in_line, rows = self.fragments, self.in_line, self._rows
        first = min(rows, default=None)
        found = {
            head
            for head in range(1, len(fragments))
            if fragments[head - 1].line == fragments[head].line == first
        }
        for head in range(1, len(fragments)):
            before, here = fragments[head - 1], fragments[head]
            if before.line == here.line:
                if head - 1 in found:
                    found.add(head)
            elif (
                {before.line, here.line} <= rows
                and in_line[before.line] != in_line[here.line]
                and here.span.start - before.span.end > 1
            ):
                found.add(head)
        return found

    def _weighed(self, tail: int, head: int) -> float:
        before, behind = self.fragments[tail], self.fragments[head]
        signs = self._evidence.signs(self._texts[tail], self._texts[head], self._over[tail], self._over[head])
        self.signs[tail, head] = signs
        found = self._evidence.weigh(signs)
        if self._places[tail] == self._places[head] and behind.line == before.line + 1:
            found += SAME_PLACE
        if before.line == behind.line and before.line in self._rows:
            found += SAME_ROW
        if behind.line - before.line > 1 and self._same_run(before.line, behind.line):
            found += ROW_BETWEEN
        if not before.closed and self.past_heading(tail, head):
            found += PAST_HEADING
        return found

    def _same_run(self, line: int, other: int) -> bool:
        return self._run_of.get(line, -1) == self._run_of.get(other, -2)


def _places(fragments: Sequence[Fragment]) -> list[int]:
    places, line, place = [], -1, 0
    for f in fragments:
        place = place + 1 if f.line == line else 0
        line = f.line
        places.append(place)
    return places


def _rows(fragments: Sequence[Fragment], in_line: Counter[int]) -> set[int]:
    """Lines that are rows of columns: a few fragments each, and the next such line follows at once."""
    found: set[int] = set()
    for one, other in pairwise(fragments):
        at_once = one.line != other.line and other.span.start - one.span.end == 1
        if at_once and all(2 <= in_line[f.line] <= DEEPEST for f in (one, other)):
            found.update((one.line, other.line))
    return found


def _runs_of(rows: set[int]) -> dict[int, int]:
    """The first line of the rows without a gap that each row stands in."""
    found: dict[int, int] = {}
    for line in sorted(rows):
        found[line] = found.get(line - 1, line)
    return found
