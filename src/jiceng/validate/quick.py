"""Whether a node conforms, without saying what is wrong: nearly always nothing is.

Shapes are laid out flat for that, all together that are asked of nodes of the same classes: what they ask of
each property, by the property. What a node's own rows answer is remembered with the node, so that a concept
that thousands of divisions refer to is asked once; what depends on other nodes (of which class a value is) is
asked in every graph.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from jiceng.graph.nodes import Node, Term

if TYPE_CHECKING:
    from jiceng.validate.data import Data, Each, Many, Shape

Good = Callable[["Data", Term], bool]
Left = tuple[tuple[Good, Term], ...]
"""What is to be asked of the graph, and of which value."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of a property: how many values, what of each alone, in its graph, of all together."""

    least: int
    most: float
    alone: tuple[Good, ...]
    around: tuple[Good, ...]
    checks: tuple[Many, ...]
    each: tuple[Each, ...]


class Quick:
    """Node shapes laid out flat, as if they were one; `rest` are property shapes too rare for that."""

    def __init__(self, shapes: Sequence[Shape]) -> None:
        each = [each for shape in shapes for each in shape.each]
        self.each = tuple(each)
        self.alone = tuple(one.good for one in each if one.alone)
        self.around = tuple(one.good for one in each if not one.alone)
        self.rest: list[Shape] = []
        by_path: dict[NamedNode, list[Shape]] = {}
        needed = set()
        for inner in chain.from_iterable(shape.needed for shape in shapes):
            # What leads back to itself stands here too, and may conform without a value.
            counted = any(count.least > 0 for count in inner.counts)
            if inner.path and inner.read and counted and not (inner.inverse or inner.needed or inner.by_path):
                by_path.setdefault(inner.path, []).append(inner)
                needed.add(inner.path)  # what is broken without a value
            else:
                self.rest.append(inner)
        for inner in chain.from_iterable(same for shape in shapes for same in shape.by_path.values()):
            assert inner.path
            if inner.needed or inner.by_path:
                self.rest.append(inner)
            else:
                by_path.setdefault(inner.path, []).append(inner)
        self.inverse = [inner for inner in self.rest if inner.inverse]
        self.asked = {path: _asked(same, path in needed) for path, same in by_path.items()}
        self.needed = len(needed)

    @classmethod
    def of(cls, *shapes: Shape) -> Quick | None:
        """Shapes laid out, if they are of nodes and ask what most do."""
        asks_more = any(s.path or s.counts or s.checks or not s.read for s in shapes)
        return None if asks_more else cls(shapes)

    def left(self, data: Data, node: Node) -> Left | None:
        """What the node's rows leave to be asked; None if something is wrong with them."""
        if self not in node.verdicts:
            node.verdicts[self] = self._left(data, node)
        return node.verdicts[self]  # type: ignore[return-value]

    def _left(self, data: Data, node: Node) -> Left | None:
        focus = node.term
        for good in self.alone:
            if not good(data, focus):
                return None
        left: list[tuple[Good, Term]] = [(good, focus) for good in self.around]
        needed = self.needed
        for path, values in node.properties.items():
            asked = self.asked.get(path)
            if asked is None:
                continue
            if not asked.least <= len(values) <= asked.most:
                return None
            needed -= asked.least > 0
            for value in values:
                for good in asked.alone:
                    if not good(data, value):
                        return None
                for good in asked.around:
                    left.append((good, value))
            for check in asked.checks:
                if any(True for _ in check(data, focus, values)):
                    return None
        return None if needed else tuple(left)


def _asked(shapes: Iterable[Shape], needed: bool) -> Asked:
    shapes = tuple(shapes)
    counts = [count for shape in shapes for count in shape.counts]
    each = [each for shape in shapes for each in shape.each]
    return Asked(
        max((int(needed), *(count.least for count in counts))),
        min((math.inf, *(count.most for count in counts))),
        tuple(one.good for one in each if one.alone),
        tuple(one.good for one in each if not one.alone),
        tuple(check for shape in shapes for check in shape.checks),
        tuple(each),
    )
