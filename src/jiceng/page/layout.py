"""Places for the first picture, computed beforehand so that the page needs no physics.

Two arrangements of the same three layers: `wide` has districts in rows on top, grouped by province, the
types in a row at the bottom and each shared mechanism in its type's column between; `narrow` is the same
turned on its side, for a phone. One unit is a pixel at full size; y grows downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from jiceng.page.overview import Node, Overview

Point = tuple[float, float]

ROW = 24  # districts in a row, at most
STEP = 86  # between districts in a row
GAP = 44  # additional, between provinces, where there is room
WIDEST = 2000  # a row's width: a wider one would be too small to read
COLUMN = 104  # between types
STACK = 50  # between the shared mechanisms of a type
RISE = 150  # between districts and mechanisms, and between mechanisms and types
NARROW_WIDTH = 360
NARROW_STEP = 74  # the largest circle, its name, and half the next


@dataclass(frozen=True, slots=True)
class Run:
    """Districts of one province that stand side by side in a row: from `left` to `right`, at `y`."""

    name: str
    left: float
    right: float
    y: float


@dataclass(frozen=True, slots=True)
class Picture:
    """An overview with a place for each node, by its id, and where the runs of a province begin and end."""

    overview: Overview
    wide: dict[str, Point]
    narrow: dict[str, Point]
    provinces: tuple[Run, ...]


def place(overview: Overview) -> Picture:
    """Lay an overview out in both arrangements; linear in its size."""
    wide, provinces = _wide(overview)
    return Picture(overview, wide, _narrow(overview), tuple(provinces))


def _wide(overview: Overview) -> tuple[dict[str, Point], list[Run]]:
    places: dict[str, Point] = {}
    provinces: list[Run] = []
    names = dict(overview.provinces)
    bottom = 0.0
    rows = _rows(overview.districts)
    width = max(_row_width(rows), COLUMN * (len(overview.types) - 1))
    for number, row in enumerate(rows):
        bottom = number * 130.0
        _spread(row, bottom, width, places)
        for group, members in groupby(row, key=lambda node: node.group):
            across = [places[node.id][0] for node in members]
            if names.get(group):
                provinces.append(Run(names[group], across[0], across[-1], bottom))
    stacks = [[m for m in overview.mechanisms if m.group == t.ref] for t in overview.types]
    tallest = max(map(len, stacks), default=0)
    column = width / max(len(overview.types) - 1, 1)
    for i, (node, stack) in enumerate(zip(overview.types, stacks, strict=True)):
        x = i * column - width / 2 if len(overview.types) > 1 else 0.0
        base = bottom + RISE + STACK * max(tallest - 1, 0)
        places[node.id] = (x, base + RISE * 0.7)
        for j, mechanism in enumerate(stack):
            places[mechanism.id] = (x, base - j * STACK)
    return places, provinces


def _rows(districts: Sequence[Node]) -> list[Sequence[Node]]:
    """Districts in as few rows as hold them, all about as long: two left over would hang among the lines."""
    count = max(1, -(-len(districts) // ROW))
    ends = [len(districts) * number // count for number in range(count + 1)]
    return [districts[start:end] for start, end in pairwise(ends)]


def _row_width(rows: Sequence[Sequence[Node]]) -> float:
    return max((STEP * (len(row) - 1) + _gap(row) * _breaks(row) for row in rows), default=0)


def _breaks(row: Sequence[Node]) -> int:
    return sum(a.group != b.group for a, b in pairwise(row))


def _gap(row: Sequence[Node]) -> float:
    """What a row adds between two provinces: less where many districts fill it."""
    return min(GAP, (WIDEST - STEP * (len(row) - 1)) / max(_breaks(row), 1))


def _spread(row: Sequence[Node], y: float, width: float, places: dict[str, Point]) -> None:
    """Place a row of districts over the whole width, a gap wherever the province changes."""
    gap = _gap(row) / STEP
    steps = len(row) - 1 + _breaks(row) * gap
    step = min(width / steps, 1.6 * STEP) if steps else 0.0
    x = -step * steps / 2
    above: Node | None = None
    for node in row:
        if above is not None:
            x += step * (1 + (gap if above.group != node.group else 0))
        places[node.id] = (x, y)
        above = node


def _narrow(overview: Overview) -> dict[str, Point]:
    places: dict[str, Point] = {}
    y = 0.0
    for node in overview.types:
        stack = [m for m in overview.mechanisms if m.group == node.ref]
        height = max(len(stack), 1) * 46.0
        places[node.id] = (NARROW_WIDTH, y + (height - 46) / 2)
        for j, mechanism in enumerate(stack):
            places[mechanism.id] = (NARROW_WIDTH * 0.52, y + j * 46)
        y += height + 16
    count = len(overview.districts)
    step = max(NARROW_STEP, y / count) if count else 0.0
    for i, node in enumerate(overview.districts):
        places[node.id] = (0.0, i * step)
    return places
