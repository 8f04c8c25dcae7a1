"""Whether a graph surely conforms, by the text of its values alone: as nearly every graph does.

Terms take longer to make and to compare than all else that is asked of them. Here nodes are looked up by
name, values asked as N-Triples has them, and what a node's own rows answer is remembered with it. Where that
leaves any doubt (a value told in an unusual way, a shape that asks what is not laid out here) the answer is
no, and the graph is asked in full.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

from pyoxigraph import NamedNode

from jiceng.graph.namespaces import RDFS
from jiceng.graph.nodes import Node
from jiceng.validate.quick import Asked, Quick

if TYPE_CHECKING:
    from jiceng.validate.data import Each, Shape, Sure, Term

Kind = Union[str, "Shape"]
"""A class or shape that is asked of a node."""
Said = Mapping[NamedNode, Sequence[str]]
"""What is said of a node: the values of each property as N-Triples has them."""
_ABOVE = RDFS.subClassOf


@dataclass(frozen=True, slots=True, eq=False)
class _Values:
    """What is asked of values: by each alone, and of other nodes."""

    alone: tuple[Sure, ...]
    wants: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Property:
    """What is asked of a property: of its values, how many there may be, what of all together."""

    values: _Values
    least: int
    most: float
    checks: tuple[Callable[[Said, Sequence[str]], bool], ...]


_UNASKED = _Property(_Values((), ()), 0, math.inf, ())


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What nodes of the same classes are asked; of a property with None it takes a second look."""

    itself: _Values
    by_path: Mapping[NamedNode, _Property | None]
    needed: int
    rest: Sequence[Shape]
    inverse: Sequence[Shape]


class Surely:
    """Shapes as they are asked of graphs made of nodes."""

    def __init__(
        self,
        objects: Mapping[NamedNode, Shape] | None,
        asked: Callable[[tuple[Term, ...]], Quick | None],
    ) -> None:
        """`objects` are shapes of the objects of properties, `asked` tells what is asked of classes."""
        self._objects = objects
        self._asked = asked
        self._by_kinds: dict[Sequence[str], _Plan | None] = {}
        self._by_shape: dict[str, _Plan | None] = {}

    def conform(self, nodes: Sequence[Node], stubs: Sequence[Node]) -> bool:
        """Whether nodes surely conform; of `stubs` only the classes count."""
        if self._objects is None:
            return False
        graph = _Graph({node.name: node for node in (*nodes, *stubs)})
        if len(graph.nodes) != len(nodes) + len(stubs):
            return False
        for node in nodes:
            kinds = node.kinds
            if kinds in self._by_kinds:
                plan = self._by_kinds[kinds]
            else:
                plan = self._by_kinds[kinds] = self._plan(self._asked(tuple(node.types)), kinds)
            if plan is None or not self._holds(graph, plan, node):
                return False
        return not any(_ABOVE in node.texts for node in stubs)

    def _plan(self, quick: Quick | None, kinds: Collection[str]) -> _Plan | None:
        """What is asked of nodes of some classes, whatever else they say; None if that leaves a doubt."""
        itself = _values(quick.each) if quick else None
        if quick is None or itself is None:
            return None
        assert self._objects is not None
        # That a node is of its own classes need not be asked of each.
        itself = _Values(itself.alone, tuple(kind for kind in itself.wants if kind not in kinds))
        by_path: dict[NamedNode, _Property | None] = {
            path: _property(quick.asked.get(path), self._objects.get(path))
            for path in {*quick.asked, *self._objects}
        }
        by_path.setdefault(_ABOVE, None)  # then a class may be another's, too
        rest = tuple(inner for inner in quick.rest if not inner.inverse)
        return _Plan(itself, by_path, quick.needed, rest, tuple(quick.inverse))

    def _holds(self, graph: _Graph, plan: _Plan, node: Node) -> bool:
        if plan not in node.verdicts:
            node.verdicts[plan] = _left(plan, node)
        left = node.verdicts[plan]
        if left is None:
            return False
        for kind, name in left:  # type: ignore[attr-defined]
            if isinstance(kind, str):
                other = graph.nodes.get(name)
                if other is None or kind not in other.kinds:
                    return False
            elif not self._conforms(graph, kind, name):
                return False
        return not plan.inverse or all(_led_to(graph, inner, node) for inner in plan.inverse)

    def _conforms(self, graph: _Graph, shape: Shape, name: str) -> bool:
        key = shape.name, name
        if key not in graph.conforming:
            graph.conforming[key] = True  # a shape that leads back to itself: what holds elsewhere decides
            if shape.name not in self._by_shape:
                self._by_shape[shape.name] = self._plan(Quick.of(shape), ())
            plan, node = self._by_shape[shape.name], graph.nodes.get(name)
            graph.conforming[key] = plan is not None and node is not None and self._holds(graph, plan, node)
        return graph.conforming[key]


def _left(plan: _Plan, node: Node) -> list[tuple[Kind, str]] | None:
    """What the node's rows leave to be asked of others; None if they leave a doubt."""
    left: list[tuple[Kind, str]] = []
    if not _good(plan.itself, (node.name,), left):
        return None
    needed, by_path = plan.needed, plan.by_path
    said = node.texts
    for path, texts in said.items():
        asked = by_path.get(path, _UNASKED)
        if asked is _UNASKED:
            continue
        if asked is None or not asked.least <= len(texts) <= asked.most:
            return None
        if not _good(asked.values, texts, left):
            return None
        needed -= asked.least > 0
        for check in asked.checks:
            if not check(said, texts):
                return None
    if needed or not all(_asked_here(inner, said, left) for inner in plan.rest):
        return None
    return left


class _Graph:
    """Nodes by name, and what is known of them."""

    def __init__(self, nodes: Mapping[str, Node]) -> None:
        self.nodes = nodes
        self.conforming: dict[tuple[str, str], bool] = {}
        self._backwards: dict[NamedNode, Mapping[str, Sequence[Node]]] = {}

    def backwards(self, path: NamedNode, name: str) -> Sequence[Node]:
        """The nodes that a property leads from to a node."""
        if path not in self._backwards:
            found: defaultdict[str, list[Node]] = defaultdict(list)
            for node in self.nodes.values():
                for text in node.texts.get(path, ()):
                    found[text].append(node)
            self._backwards[path] = found
        return self._backwards[path].get(name, ())


def _values(each: Iterable[Each]) -> _Values | None:
    """What is asked of values; None where a constraint asks what no text tells."""
    each = tuple(each)
    alone = tuple(one.sure for one in each if one.wants is None and one.sure is not None)
    wants = tuple(one.wants for one in each if one.wants is not None)
    return _Values(alone, wants) if len(alone) + len(wants) == len(each) else None


def _property(asked: Asked | None, objects: Shape | None) -> _Property | None:
    """What is asked of a property of some classes, and of the objects of that property, whoever has it."""
    values = _values(asked.each if asked else ())
    if values is None:
        return None
    if objects:
        values = _Values(values.alone, (*values.wants, objects))
    if asked is None:
        return _Property(values, 0, math.inf, ())
    return _Property(values, asked.least, asked.most, tuple(check.sure for check in asked.checks))


def _good(asked: _Values, texts: Sequence[str], left: list[tuple[Kind, str]]) -> bool:
    """Whether values are surely good; what is asked of other nodes is put to what is `left`."""
    for sure in asked.alone:
        for text in texts:
            if not sure(text):
                return False
    for kind in asked.wants:
        for text in texts:
            left.append((kind, text))
    return True


def _asked_here(inner: Shape, said: Said, left: list[tuple[Kind, str]]) -> bool:
    """Whether the values of a property shape that is laid out with no others are surely good."""
    if inner.path is None or inner.needed or inner.by_path or not inner.read:
        return False
    texts = said.get(inner.path, ())
    asked = _values(inner.each)
    counted = all(count.least <= len(texts) <= count.most for count in inner.counts)
    return (
        counted
        and asked is not None
        and _good(asked, texts, left)
        and all(check.sure(said, texts) for check in inner.checks)
    )


def _led_to(graph: _Graph, inner: Shape, node: Node) -> bool:
    """Whether a property surely leads to the node from as many others, of such classes, as is asked."""
    if inner.path is None or inner.needed or inner.by_path or inner.checks or not inner.read:
        return False
    sources = graph.backwards(inner.path, node.name)
    if not all(count.least <= len(sources) <= count.most for count in inner.counts):
        return False
    kinds = [one.wants for one in inner.each]
    return all(isinstance(kind, str) and kind in source.kinds for kind in kinds for source in sources)
