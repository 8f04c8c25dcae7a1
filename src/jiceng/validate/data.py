"""What SHACL is asked of: data, indexed the ways that checks ask, and shapes as plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from jiceng.graph.namespaces import RDF, RDFS, SH
from jiceng.graph.nodes import Node
from jiceng.graph.nodes import Term as Term
from jiceng.validate.quick import Quick


@dataclass(frozen=True, slots=True)
class Result:
    """A broken constraint: at which node, along which path, which value (None if the count is wrong)."""

    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


@dataclass(frozen=True, slots=True)
class Each:
    """A constraint that every value node must satisfy by itself.

    `alone` tells that the value decides, whatever the graph says of it.
    """

    component: str
    good: Callable[[Data, Term], bool]
    message: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """How many value nodes there may be."""

    component: str
    least: int
    most: float
    message: str


@dataclass
class Shape:
    """A node shape, or (with a path) a property shape."""

    name: str
    path: NamedNode | None = None
    inverse: bool = False
    message: str | None = None
    targets: tuple[Target, ...] = ()
    counts: list[Count] = field(default_factory=list)
    each: list[Each] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    needed: list[Shape] = field(default_factory=list)
    """Property shapes that are asked of every node."""
    by_path: dict[NamedNode, list[Shape]] = field(default_factory=dict)
    """Property shapes to which a node without the property conforms: most nodes lack most of them."""
    read: bool = False  # all constraints are there; not yet so of a shape that leads back to itself
    quick: Quick | None = None
    laid_out: bool = False

    def add(self, constraint: Each | Count | Check) -> None:
        """Take in a constraint."""
        if isinstance(constraint, Each):
            self.each.append(constraint)
        elif isinstance(constraint, Count):
            self.counts.append(constraint)
        else:
            self.checks.append(constraint)

    def add_property(self, inner: Shape) -> None:
        """Take in a property shape."""
        if inner.path and inner.read and not inner.inverse and not _broken(_NOTHING, inner, SH.this, ()):
            self.by_path.setdefault(inner.path, []).append(inner)
        else:
            self.needed.append(inner)


class Data:
    """Triples, indexed the ways that checks ask."""

    def __init__(self, triples: Iterable[Triple], nodes: Iterable[Node] = ()) -> None:
        self.out: dict[Term, Mapping[NamedNode, Sequence[Term]]] = {}
        self.nodes: dict[Term, Node] = {}
        self._in: dict[NamedNode, dict[Term, list[Term]]] = {}
        self._conforming: dict[tuple[str, Term], bool] = {}
        read: defaultdict[Term, defaultdict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not (isinstance(subject, Triple) or isinstance(value, Triple)):
                read[subject][triple.predicate].append(value)
        self.out.update(read)
        for described in nodes:
            self.out[described.term] = described.properties
            self.nodes[described.term] = described
        above: defaultdict[Term, set[Term]] = defaultdict(set)
        kinds = RDF.type
        for node, properties in self.out.items():
            for larger in properties.get(_ABOVE, ()):
                above[node].add(larger)
        self.instances: defaultdict[Term, dict[Term, None]] = defaultdict(dict)
        for node, properties in self.out.items():
            for kind in _closure(properties.get(kinds, ()), above):
                self.instances[kind][node] = None

    def values(self, node: Term, shape: Shape) -> Sequence[Term]:
        """The value nodes of a shape for a focus node."""
        if shape.path is None:
            return (node,)
        if shape.inverse:
            return self.backwards(shape.path).get(node, ())
        return self.of(node, shape.path)

    def of(self, node: Term, path: NamedNode) -> Sequence[Term]:
        """Objects of `node path ?object`."""
        properties = self.out.get(node)
        return properties.get(path, ()) if properties else ()

    def conforms(self, shape: Shape, node: Term) -> bool:
        """Whether a node has no result for a shape; remembered, since shared concepts are asked for often."""
        key = shape.name, node
        if key not in self._conforming:
            self._conforming[key] = True  # a shape that leads back to itself: what holds elsewhere decides
            self._conforming[key] = holds(self, shape, node)
        return self._conforming[key]

    def backwards(self, path: NamedNode) -> Mapping[Term, Sequence[Term]]:
        """Subjects of `?subject path object`, by object."""
        if path not in self._in:
            found: defaultdict[Term, list[Term]] = defaultdict(list)
            for node, properties in self.out.items():
                for value in properties.get(path, ()):
                    found[value].append(node)
            self._in[path] = dict(found)
        return self._in[path]


Check = Callable[[Data, Term, Sequence[Term]], Iterable["Broken"]]
"""A constraint on data, focus node and all its value nodes → what is broken; asks of no other node."""


Target = Callable[["Data"], Iterable[Term]]
"""The focus nodes that a shape names."""


def holds(data: Data, shape: Shape, node: Term) -> bool:
    """Whether nothing is wrong at a focus node: what `results` says, sooner."""
    if not shape.laid_out:
        shape.quick, shape.laid_out = Quick.of(shape), True
    described = data.nodes.get(node)
    if shape.quick is None or described is None:
        return not results(data, shape, node)
    left = shape.quick.left(data, described)
    if left is None:
        return False
    for good, value in left:
        if not good(data, value):
            return False
    return not any(results(data, inner, node) for inner in shape.quick.rest)


def results(data: Data, shape: Shape, node: Term) -> list[Result]:
    """What is wrong at a focus node."""
    return _results(data, shape, node, data.values(node, shape))


def _results(data: Data, shape: Shape, node: Term, values: Sequence[Term]) -> list[Result]:
    found = [_result(shape, node, *broken) for broken in _broken(data, shape, node, values)]
    for value in values if shape.needed or shape.by_path else ():
        for inner in shape.needed:
            found += results(data, inner, value)
        for path, own in data.out.get(value, _NONE).items():
            for inner in shape.by_path.get(path, ()):
                found += _results(data, inner, value, own)
    return found


Broken = tuple[str, Term | None, str]
"""A constraint's component, the value at fault or None, what is wrong."""


def _broken(data: Data, shape: Shape, node: Term, values: Sequence[Term]) -> list[Broken]:
    # No generator: nearly always nothing is wrong, and there are dozens of constraints for each fact.
    found: list[Broken] = []
    for count in shape.counts:
        if not count.least <= len(values) <= count.most:
            found.append((count.component, None, f"{count.message}, {len(values)} given"))
    for constraint in shape.each:
        good = constraint.good
        for value in values:
            if not good(data, value):
                found.append((constraint.component, value, constraint.message))
    for check in shape.checks:
        found += check(data, node, values)
    return found


def _result(shape: Shape, node: Term, component: str, value: Term | None, message: str) -> Result:
    path = shape.path.value if shape.path else None
    return Result(
        focus=node.value,
        path=f"^{path}" if shape.inverse else path,
        value=None if value is None else value.value,
        component=component + "ConstraintComponent",
        message=shape.message or message,
    )


def _closure(kinds: Iterable[Term], above: Mapping[Term, Iterable[Term]]) -> Iterable[Term]:
    if not above:
        return kinds
    found: dict[Term, None] = {}
    left = list(kinds)
    while left:
        kind = left.pop()
        if kind not in found:
            found[kind] = None
            left.extend(above.get(kind, ()))
    return found


_ABOVE = RDFS.subClassOf
_NONE: Mapping[NamedNode, Sequence[Term]] = {}
_NOTHING = Data(())
