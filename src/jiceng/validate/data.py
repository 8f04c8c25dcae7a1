"""What SHACL is asked of: data, indexed the ways that checks ask, and shapes as plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from jiceng.graph.namespaces import RDF, RDFS

Term = NamedNode | BlankNode | Literal


@dataclass(frozen=True, slots=True)
class Result:
    """A broken constraint: at which node, along which path, which value (None if the count is wrong)."""

    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


@dataclass
class Shape:
    """A node shape, or (with a path) a property shape."""

    name: str
    path: NamedNode | None = None
    inverse: bool = False
    message: str | None = None
    targets: tuple[Target, ...] = ()
    checks: list[Check] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)
    optional: bool = False  # a property shape to which a node without the property conforms


class Data:
    """Triples, indexed the ways that checks ask."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.out: defaultdict[Term, defaultdict[NamedNode, list[Term]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._in: dict[NamedNode, dict[Term, list[Term]]] = {}
        self._conforming: dict[tuple[str, Term], bool] = {}
        last: Term | None = None
        properties: defaultdict[NamedNode, list[Term]] = defaultdict(list)
        for triple in triples:
            subject, value = triple.subject, triple.object
            if isinstance(subject, Triple) or isinstance(value, Triple):
                continue
            if subject != last:  # graphs come sorted
                last, properties = subject, self.out[subject]
            properties[triple.predicate].append(value)
        above: defaultdict[Term, set[Term]] = defaultdict(set)
        for node, properties in self.out.items():
            for larger in properties.get(RDFS.subClassOf, ()):
                above[node].add(larger)
        self.instances: defaultdict[Term, dict[Term, None]] = defaultdict(dict)
        for node, properties in self.out.items():
            for kind in _closure(properties.get(RDF.type, ()), above):
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
            self._conforming[key] = not results(self, shape, node)
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


Check = Callable[[Data, Term, Sequence[Term]], Iterable[tuple[str, Term | None, str]]]
"""Data, focus node and its value nodes → (component, the value at fault or None, what is wrong)."""


Target = Callable[["Data"], Iterable[Term]]
"""The focus nodes that a shape names."""


def results(data: Data, shape: Shape, node: Term) -> list[Result]:
    """What is wrong at a focus node."""
    return _results(data, shape, node, data.values(node, shape))


def _results(data: Data, shape: Shape, node: Term, values: Sequence[Term]) -> list[Result]:
    found: list[Result] = []
    for check in shape.checks:
        for component, value, message in check(data, node, values):
            path = shape.path.value if shape.path else None
            found.append(
                Result(
                    focus=node.value,
                    path=f"^{path}" if shape.inverse else path,
                    value=None if value is None else value.value,
                    component=component + "ConstraintComponent",
                    message=shape.message or message,
                )
            )
    for value in values if shape.properties else ():
        said = data.out.get(value)  # once for all properties of a node
        for inner in shape.properties:
            if inner.path is None or inner.inverse:
                found += results(data, inner, value)
                continue
            own = said.get(inner.path, ()) if said else ()
            if own or not inner.optional:  # most nodes lack most of what they may have
                found += _results(data, inner, value, own)
    return found


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
