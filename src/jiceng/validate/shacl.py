"""SHACL Core, the part that our shapes use, fast enough to run in every build.

Why not an engine off the shelf: they validate rdflib graphs, and loading and checking one costs more than all
other steps of a build together. The tests hold this one to pySHACL's verdicts, on good data and on damaged
ones. Whatever a shapes file says that is not implemented here raises OntologyError: nothing is passed over.

Semantics follow https://www.w3.org/TR/shacl/, sections 2 to 4; the results carry the constraint component's
name as there (`MinCountConstraintComponent`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from jiceng.errors import OntologyError
from jiceng.graph.namespaces import OWL, RDF, RDFS, SH
from jiceng.graph.nodes import Node
from jiceng.resources import reading
from jiceng.validate.constraints import CHECKS, UnsupportedError, pattern
from jiceng.validate.data import Data, Focus, Result, Shape, Target, Term, conforms, holds, results
from jiceng.validate.quick import Quick
from jiceng.validate.surely import Surely

__all__ = ["LookedUp", "Result", "Shape", "load_shapes", "looked_up", "validate"]


def validate(
    triples: Iterable[Triple],
    shapes: Sequence[Shape],
    skip: Container[object] = (),
    nodes: Iterable[Node] = (),
    stubs: Iterable[Node] = (),
) -> tuple[Result, ...]:
    """All results for triples and nodes (none of which the triples describe), sorted; none if they conform.

    Nodes to `skip`, and `stubs`, are only there to be referred to: their types count, they themselves are not
    checked.
    """
    shapes = shapes if isinstance(shapes, Shapes) else Shapes(shapes)
    triples, nodes, stubs = tuple(triples), tuple(nodes), tuple(stubs)
    if not triples and shapes.surely.conform(nodes, stubs):  # as nearly always
        return ()
    data = Data(triples, nodes, skip, stubs)
    for one, kinds in data.kinds:
        quick = shapes.asked(kinds)
        if quick is None or not conforms(data, quick, one):  # something is wrong: which shape says it?
            for kind in kinds:
                data.focus[kind].append((one.term, one))
    found = []
    for shape in shapes:
        broken: dict[Term, None] = {}
        for target in shape.targets:
            for node, described in target(data):
                if not holds(data, shape, node, described):
                    broken[node] = None
        for node in broken:
            found += results(data, shape, node)
    return tuple(sorted(found, key=lambda r: (r.focus, r.path or "", r.component, r.value or "", r.message)))


class Shapes(tuple[Shape, ...]):
    """Shapes, and what they ask of nodes of the same classes, laid out when it is first asked."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._by_class: defaultdict[Term, list[Shape]] = defaultdict(list)
        self._asked: dict[tuple[Term, ...], Quick | None] = {}
        for shape in self:
            for target in shape.targets:
                if isinstance(target, partial) and target.func is _instances:
                    self._by_class[target.args[0]].append(shape)
        self.surely = Surely(self._surely_asked(), self.asked)

    def _surely_asked(self) -> dict[NamedNode, Shape] | None:
        """The shape of each property's objects; None if there are targets of other sorts."""
        found: dict[NamedNode, Shape] = {}
        for shape in self:
            for target in shape.targets:
                if not isinstance(target, partial) or target.func not in (_instances, _objects):
                    return None
                if target.func is _objects and found.setdefault(target.args[0], shape) is not shape:
                    return None
        return found

    def asked(self, kinds: tuple[Term, ...]) -> Quick | None:
        """What is asked of a node for its classes; None if that cannot be laid out."""
        if kinds not in self._asked:
            shapes = {shape.name: shape for kind in kinds for shape in self._by_class.get(kind, ())}
            self._asked[kinds] = Quick.of(*shapes.values())
        return self._asked[kinds]


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What shapes ask of other nodes than a focus node and its values.

    `inverse` are the paths that they follow backwards, with a number each; `objects` those whose objects are
    focus nodes.
    """

    inverse: Mapping[NamedNode, int]
    objects: frozenset[NamedNode]


def looked_up(shapes: Sequence[Shape]) -> LookedUp:
    """What shapes that have targets ask from afar (what their sh:node shapes ask is not looked into)."""
    paths: set[NamedNode] = set()
    objects: set[NamedNode] = set()
    left = list(shapes)
    while left:
        shape = left.pop()
        left += chain(shape.needed, *shape.by_path.values())
        if shape.inverse and shape.path:
            paths.add(shape.path)
        objects.update(t.args[0] for t in shape.targets if isinstance(t, partial) and t.func is _objects)
    numbered = enumerate(sorted(paths, key=lambda path: path.value))
    return LookedUp({path: number for number, path in numbered}, frozenset(objects))


def load_shapes(path: Path) -> Shapes:
    """Read a shapes file; raises OntologyError where it is broken or says what is not implemented."""
    with reading(path, "Turtle"):
        data = Data(parse(path=str(path), format=RdfFormat.TURTLE))
    try:
        reader = _Reader(data)
        shapes = [reader.shape(node) for node in _shape_nodes(data)]
        targeted = Shapes(shape for shape in shapes if shape.targets)
        if not targeted:
            raise UnsupportedError("no shape has a target, so that nothing would be checked")
        return targeted
    except (UnsupportedError, re.error) as error:
        raise OntologyError(
            f"{path}: {error}; src/jiceng/validate/shacl.py says what shapes may say"
        ) from error


def _shape_nodes(data: Data) -> list[Term]:
    """What is declared a shape, has a target, or says what only a shape says; all of it is read."""
    kinds = {SH.NodeShape, SH.PropertyShape}
    return [
        node
        for node, properties in list(data.out.items())
        if kinds.intersection(properties.get(RDF.type, ()))
        or any(p.value.startswith(_TARGET) for p in properties)
    ]


_TARGET = SH.base + "target"
_TARGETS = {SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf}
# What takes no part in validation, and what is read together with something else.
_SILENT = _TARGETS | {
    RDF.type,
    RDFS.label,
    RDFS.comment,
    RDFS.subClassOf,
    SH.name,
    SH.description,
    SH.order,
    SH.message,
    SH.property,
    SH.path,
    SH.flags,
    SH.pattern,
}


class _Reader:
    def __init__(self, data: Data) -> None:
        self.data = data
        self.known: dict[Term, Shape] = {}

    def shape(self, node: Term) -> Shape:
        if node in self.known:
            return self.known[node]
        properties = self.data.out.get(node)
        if properties is None:
            raise UnsupportedError(f"{node} is used as a shape but says nothing")
        shape = self.known[node] = Shape(name=str(node))
        shape.path, shape.inverse = self._path(properties.get(SH.path, ()))
        shape.message = next(iter(sorted(m.value for m in properties.get(SH.message, ()))), None)
        shape.targets = tuple(self._targets(node, properties))
        if len(properties.get(SH.flags, ())) > 1:
            raise UnsupportedError(f"more than one sh:flags at {node}")
        flags = next((f.value for f in properties.get(SH.flags, ())), "")
        for value in properties.get(SH.pattern, ()):
            shape.add(pattern(value, flags))
        for predicate, values in properties.items():
            if predicate in _SILENT:
                continue
            make = CHECKS.get(predicate)
            if make is None:
                raise UnsupportedError(f"{predicate} at {node} is not supported")
            for value in values:
                shape.add(make(self, value))
        shape.read = True
        for value in properties.get(SH.property, ()):
            shape.add_property(self.shape(value))
        return shape

    def _targets(self, node: Term, properties: Mapping[NamedNode, Sequence[Term]]) -> Iterator[Target]:
        for target in _TARGETS:
            for value in properties.get(target, ()):
                if target == SH.targetClass:
                    yield partial(_instances, value)
                elif target == SH.targetNode:
                    yield partial(_itself, value)
                elif not isinstance(value, NamedNode):
                    raise UnsupportedError(f"{target} {value} at {node}: a property is needed")
                elif target == SH.targetSubjectsOf:
                    yield partial(_subjects, value)
                else:
                    yield partial(_objects, value)
        if {RDFS.Class, OWL.Class}.intersection(properties.get(RDF.type, ())):
            yield partial(_instances, node)  # a class that is a shape targets its instances

    def _path(self, values: Sequence[Term]) -> tuple[NamedNode | None, bool]:
        if not values:
            return None, False
        inverse = self.data.of(values[0], SH.inversePath)
        path = inverse[0] if inverse else values[0]
        if len(values) > 1 or not isinstance(path, NamedNode):
            raise UnsupportedError("only paths of one step are supported, forwards or sh:inversePath")
        return path, bool(inverse)

    def members(self, node: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        while node != RDF.nil:
            found.extend(self.data.of(node, RDF.first)[:1])
            rest = self.data.of(node, RDF.rest)
            if not rest:
                raise UnsupportedError("an RDF list does not end")
            node = rest[0]
        return found


def _instances(kind: Term, data: Data) -> Iterable[Focus]:
    return data.focus.get(kind, ())


def _itself(node: Term, data: Data) -> Iterable[Focus]:
    return data.as_focus((node,))


def _subjects(path: NamedNode, data: Data) -> Iterable[Focus]:
    return data.as_focus(node for node, properties in data.described() if path in properties)


def _objects(path: NamedNode, data: Data) -> Iterable[Focus]:
    return data.as_focus(data.backwards(path))
