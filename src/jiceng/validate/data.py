"""What SHACL is asked of: data, indexed the ways that checks ask, and shapes as plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from jiceng.graph.namespaces import RDF, RDFS, SH
from jiceng.graph.nodes import Node
from jiceng.graph.nodes import Term as Term
from jiceng.validate.quick import Quick

Focus = tuple[Term, Node | None]
"""A focus node, as a node where it is one."""


@dataclass(frozen=True, slots=True)
class Result:
    """A broken constraint: at which node, along which path, which value (None if the count is wrong)."""

    focus: str
    path: str | None
    value: str | None
    component: str
    message: str


Sure = Callable[[str], bool]
"""Whether a value is surely good, by what N-Triples has for it; if not, it may be good all the same."""


@dataclass(frozen=True, slots=True)
class Each:
    """A constraint that every value node must satisfy by itself.

    `alone` tells that the value decides, whatever the graph says of it; `sure` then answers sooner where it
    can. `wants` is the class (as N-Triples has it) or the shape that is all that is asked of a value.
    """

    component: str
    good: Callable[[Data, Term], bool]
    message: str
    alone: bool = False
    sure: Sure | None = None
    wants: str | Shape | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A constraint on data, focus node and all its value nodes → what is broken; asks of no other node.

    `sure` tells what `Each.sure` does, of all that is said of the node and the values in question.
    """

    broken: Callable[[Data, Term, Sequence[Term]], Iterable[Broken]]
    sure: Callable[[Mapping[NamedNode, Sequence[str]], Sequence[str]], bool]

    def __call__(self, data: Data, focus: Term, values: Sequence[Term]) -> Iterable[Broken]:
        """What is broken."""
        return self.broken(data, focus, values)


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
    checks: list[Many] = field(default_factory=list)
    needed: list[Shape] = field(default_factory=list)
    """Property shapes that are asked of every node."""
    by_path: dict[NamedNode, list[Shape]] = field(default_factory=dict)
    """Property shapes to which a node without the property conforms: most nodes lack most of them."""
    read: bool = False  # all constraints are there; not yet so of a shape that leads back to itself
    quick: Quick | None = None
    laid_out: bool = False

    def add(self, constraint: Each | Count | Many) -> None:
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
    """Triples and nodes, indexed the ways that checks ask.

    Nodes to `skip`, and `stubs`, are only there to be referred to: they are no focus nodes.
    """

    def __init__(
        self,
        triples: Iterable[Triple],
        nodes: Iterable[Node] = (),
        skip: Container[object] = (),
        stubs: Iterable[Node] = (),
    ) -> None:
        self.out: dict[Term, Mapping[NamedNode, Sequence[Term]]] = {}
        """What is said of a node in triples; of nodes, `nodes` has it."""
        self.nodes: dict[Term, Node] = {}
        self.instances: defaultdict[Term, set[Term]] = defaultdict(set)
        self.focus: defaultdict[Term, list[Focus]] = defaultdict(list)
        """Those of the instances of a class that are to be checked; of nodes, `kinds` has them."""
        self.kinds: list[tuple[Node, tuple[Term, ...]]] = []
        """The nodes with their classes."""
        self._in: dict[NamedNode, dict[Term, list[Term]]] = {}
        self._conforming: dict[tuple[str, Term], bool] = {}
        self._skip = skip
        self._stubs: set[Term] = set()
        read: defaultdict[Term, defaultdict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            subject, value = triple.subject, triple.object
            if not (isinstance(subject, Triple) or isinstance(value, Triple)):
                read[subject][triple.predicate].append(value)
        self.out.update(read)
        nodes, stubs = tuple(nodes), tuple(stubs)
        above: defaultdict[Term, set[Term]] = defaultdict(set)
        for node, properties in self._described(nodes):
            for larger in properties.get(_ABOVE, ()):
                above[node].add(larger)
        for node, properties in self.out.items():
            for kind in _closure(properties.get(_TYPE, ()), above):
                self.instances[kind].add(node)
                if node not in skip:
                    self.focus[kind].append((node, None))
        for described in nodes:
            node = described.term
            self.nodes[node] = described
            kinds = tuple(_closure(described.types, above))
            self.kinds.append((described, kinds))
            for kind in kinds:
                self.instances[kind].add(node)
        for described in stubs:
            node = described.term
            self.nodes[node] = described
            self._stubs.add(node)
            for kind in _closure(described.types, above):
                self.instances[kind].add(node)

    def _described(self, nodes: Iterable[Node]) -> Iterator[tuple[Term, Mapping[NamedNode, Sequence[Term]]]]:
        yield from self.out.items()
        for described in nodes:
            yield described.term, described.properties

    def described(self) -> Iterator[tuple[Term, Mapping[NamedNode, Sequence[Term]]]]:
        """All nodes with what is said of them."""
        return self._described(self.nodes.values())

    def as_focus(self, nodes: Iterable[Term]) -> Iterator[Focus]:
        """Those of some nodes that are to be checked, each once."""
        for node in dict.fromkeys(nodes):
            if node not in self._skip and node not in self._stubs:
                yield node, self.nodes.get(node)

    def properties(self, node: Term) -> Mapping[NamedNode, Sequence[Term]]:
        """What is said of a node."""
        described = self.nodes.get(node)
        return described.properties if described else self.out.get(node, _NONE)

    def values(self, node: Term, shape: Shape) -> Sequence[Term]:
        """The value nodes of a shape for a focus node."""
        if shape.path is None:
            return (node,)
        if shape.inverse:
            return self.backwards(shape.path).get(node, ())
        return self.of(node, shape.path)

    def of(self, node: Term, path: NamedNode) -> Sequence[Term]:
        """Objects of `node path ?object`."""
        return self.properties(node).get(path, ())

    def conforms(self, shape: Shape, node: Term) -> bool:
        """Whether a node has no result for a shape; remembered, since shared concepts are asked for often."""
        key = shape.name, node
        if key not in self._conforming:
            self._conforming[key] = True  # a shape that leads back to itself: what holds elsewhere decides
            self._conforming[key] = holds(self, shape, node, self.nodes.get(node))
        return self._conforming[key]

    def backwards(self, path: NamedNode) -> Mapping[Term, Sequence[Term]]:
        """Subjects of `?subject path object`, by object."""
        if path not in self._in:
            found: defaultdict[Term, list[Term]] = defaultdict(list)
            for node, properties in self.described():
                for value in properties.get(path, ()):
                    found[value].append(node)
            self._in[path] = dict(found)
        return self._in[path]


Target = Callable[["Data"], Iterable[Focus]]
"""The focus nodes that a shape names."""


def holds(data: Data, shape: Shape, node: Term, described: Node | None) -> bool:
    """Whether nothing is wrong at a focus node: what `results` says, sooner."""
    if not shape.laid_out:
        shape.quick, shape.laid_out = Quick.of(shape), True
    if shape.quick is None or described is None:
        return not results(data, shape, node)
    return conforms(data, shape.quick, described)


def conforms(data: Data, quick: Quick, described: Node) -> bool:
    """Whether nothing is wrong at a node that shapes laid out together ask."""
    left = quick.left(data, described)
    if left is None:
        return False
    for good, value in left:
        if not good(data, value):
            return False
    return not quick.rest or not any(results(data, inner, described.term) for inner in quick.rest)


def results(data: Data, shape: Shape, node: Term) -> list[Result]:
    """What is wrong at a focus node."""
    return _results(data, shape, node, data.values(node, shape))


def _results(data: Data, shape: Shape, node: Term, values: Sequence[Term]) -> list[Result]:
    found = [_result(shape, node, *broken) for broken in _broken(data, shape, node, values)]
    for value in values if shape.needed or shape.by_path else ():
        for inner in shape.needed:
            found += results(data, inner, value)
        for path, own in data.properties(value).items():
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
_TYPE = RDF.type
_NONE: Mapping[NamedNode, Sequence[Term]] = {}
_NOTHING = Data(())
