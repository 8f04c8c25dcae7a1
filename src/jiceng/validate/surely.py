"""Whether a graph surely conforms, by the text of its values alone: as nearly every graph does.

Terms take longer to make and to compare than all else that is asked of them. Here nodes are looked up by
name, values asked as N-Triples has them, and what a node's own rows answer is remembered with it. Where that
leaves any doubt (a value told in an unusual way, a shape that asks what is not laid out here) the answer is
no, and the graph is asked in full.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from jiceng.graph.namespaces import RDFS
from jiceng.graph.nodes import Node
from jiceng.validate.quick import Quick

if TYPE_CHECKING:
    from jiceng.validate.data import Each, Shape, Term

Wants = tuple["str | Shape", str]
"""The class or shape that is asked of a node, and the node's name."""
Left = tuple[tuple[Wants, ...], Quick]
"""What a node's own rows leave to be asked of others, and what the node was asked."""
_ABOVE = RDFS.subClassOf


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
        self._by_kinds: dict[Sequence[str], Quick | None] = {}
        self._by_shape: dict[str, Quick | None] = {}

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
                quick = self._by_kinds[kinds]
            else:
                quick = self._by_kinds[kinds] = self._asked(tuple(node.types))
            if quick is None or not self._holds(graph, quick, node):
                return False
        return not any(_ABOVE in node.texts for node in stubs)

    def _holds(self, graph: _Graph, quick: Quick, node: Node) -> bool:
        key = "surely", quick
        if key not in node.verdicts:
            node.verdicts[key] = self._left(quick, node)
        left = node.verdicts[key]
        if left is None:
            return False
        for kind, name in left:  # type: ignore[attr-defined]
            if isinstance(kind, str):
                other = graph.nodes.get(name)
                if other is None or kind not in other.kinds:
                    return False
            elif not self._conforms(graph, kind, name):
                return False
        return not quick.inverse or all(_led_to(graph, inner, node) for inner in quick.inverse)

    def _conforms(self, graph: _Graph, shape: Shape, name: str) -> bool:
        key = shape.name, name
        if key not in graph.conforming:
            graph.conforming[key] = True  # a shape that leads back to itself: what holds elsewhere decides
            if shape.name not in self._by_shape:
                self._by_shape[shape.name] = Quick.of(shape)
            quick, node = self._by_shape[shape.name], graph.nodes.get(name)
            graph.conforming[key] = quick is not None and node is not None and self._holds(graph, quick, node)
        return graph.conforming[key]

    def _left(self, quick: Quick, node: Node) -> tuple[Wants, ...] | None:
        """What the node's rows leave to be asked of others; None if they leave a doubt."""
        left: list[Wants] = []
        if not _good(quick.each, (node.name,), left):
            return None
        needed = quick.needed
        said = node.texts
        assert self._objects is not None
        for path, texts in said.items():
            if path in self._objects:
                left += ((self._objects[path], text) for text in texts)
            asked = quick.asked.get(path)
            if asked is None:
                if path == _ABOVE:  # then a class may be another's, too
                    return None
                continue
            if not asked.least <= len(texts) <= asked.most or not _good(asked.each, texts, left):
                return None
            needed -= asked.least > 0
            if not all(check.sure(said, texts) for check in asked.checks):
                return None
        rare = all(inner.inverse or _asked_here(inner, said, left) for inner in quick.rest)
        return tuple(left) if rare and not needed else None


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


def _good(each: Iterable[Each], texts: Sequence[str], left: list[Wants]) -> bool:
    """Whether values are surely good; what is asked of other nodes is put to what is `left`."""
    for one in each:
        if one.wants is not None:
            for text in texts:
                left.append((one.wants, text))
        elif one.sure is None:
            return False
        else:
            for text in texts:
                if not one.sure(text):
                    return False
    return True


def _asked_here(inner: Shape, said: Mapping[NamedNode, Sequence[str]], left: list[Wants]) -> bool:
    """Whether the values of a property shape that is laid out with no others are surely good."""
    if inner.path is None or inner.needed or inner.by_path or not inner.read:
        return False
    texts = said.get(inner.path, ())
    counted = all(count.least <= len(texts) <= count.most for count in inner.counts)
    return counted and _good(inner.each, texts, left) and all(c.sure(said, texts) for c in inner.checks)


def _led_to(graph: _Graph, inner: Shape, node: Node) -> bool:
    """Whether a property surely leads to the node from as many others, of such classes, as is asked."""
    if inner.path is None or inner.needed or inner.by_path or inner.checks or not inner.read:
        return False
    sources = graph.backwards(inner.path, node.name)
    if not all(count.least <= len(sources) <= count.most for count in inner.counts):
        return False
    kinds = [one.wants for one in inner.each]
    return all(isinstance(kind, str) and kind in source.kinds for kind in kinds for source in sources)
