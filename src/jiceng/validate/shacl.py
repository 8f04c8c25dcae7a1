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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from jiceng.errors import OntologyError
from jiceng.graph.namespaces import RDF, RDFS, SH, XSD

Node = NamedNode | BlankNode
Term = NamedNode | BlankNode | Literal
Index = Mapping[Term, Mapping[NamedNode, Sequence[Term]]]


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
    classes: tuple[NamedNode, ...] = ()  # its targets
    checks: list[Check] = field(default_factory=list)
    properties: list[Shape] = field(default_factory=list)


class Data:
    """Triples, indexed the ways that checks ask."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.out: defaultdict[Term, defaultdict[NamedNode, list[Term]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._in: dict[NamedNode, dict[Term, list[Term]]] = {}
        self._conforming: dict[tuple[str, Term], bool] = {}
        for triple in triples:
            if not isinstance(triple.subject, Triple) and not isinstance(triple.object, Triple):
                self.out[triple.subject][triple.predicate].append(triple.object)
        above: defaultdict[Term, set[Term]] = defaultdict(set)
        for node, properties in list(self.out.items()):
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
            return self._backwards(shape.path).get(node, ())
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
            self._conforming[key] = next(_results(self, shape, node), None) is None
        return self._conforming[key]

    def _backwards(self, path: NamedNode) -> Mapping[Term, Sequence[Term]]:
        if path not in self._in:
            found: defaultdict[Term, list[Term]] = defaultdict(list)
            for node, properties in self.out.items():
                for value in properties.get(path, ()):
                    found[value].append(node)
            self._in[path] = dict(found)
        return self._in[path]


Check = Callable[[Data, Term, Sequence[Term]], Iterator[tuple[str, Term | None, str]]]
"""Data, focus node and its value nodes → (component, the value at fault or None, what is wrong)."""


def validate(triples: Iterable[Triple], shapes: Sequence[Shape]) -> tuple[Result, ...]:
    """All results, sorted; none means that the data conform."""
    data = Data(triples)
    found = [
        result
        for shape in shapes
        for node in dict.fromkeys(n for kind in shape.classes for n in data.instances.get(kind, ()))
        for result in _results(data, shape, node)
    ]
    return tuple(sorted(found, key=lambda r: (r.focus, r.path or "", r.component, r.value or "", r.message)))


def load_shapes(path: Path) -> tuple[Shape, ...]:
    """Read a shapes file; raises OntologyError where it is broken or says what is not implemented."""
    try:
        data = Data(parse(path=str(path), format=RdfFormat.TURTLE))
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path}: cannot be read as Turtle: {error}") from error
    try:
        reader = _Reader(data)
        return tuple(reader.shape(n) for n, p in list(data.out.items()) if SH.targetClass in p)
    except (_UnsupportedError, re.error) as error:
        raise OntologyError(f"{path}: {error}; see src/jiceng/shacl.py for what shapes may say") from error


def _results(data: Data, shape: Shape, node: Term) -> Iterator[Result]:
    values = data.values(node, shape)
    path = shape.path.value if shape.path else None
    for check in shape.checks:
        for component, value, message in check(data, node, values):
            yield Result(
                focus=_text(node),
                path=f"^{path}" if shape.inverse else path,
                value=None if value is None else _text(value),
                component=component + "ConstraintComponent",
                message=shape.message or message,
            )
    for inner in shape.properties:
        for value in values:
            yield from _results(data, inner, value)


def _text(term: Term) -> str:
    return term.value


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


# --- reading shapes ---------------------------------------------------------------------------------


class _UnsupportedError(Exception):
    """The shapes file says something that is not implemented."""


# What takes no part in validation, and what is read together with something else.
_SILENT = {
    RDF.type,
    RDFS.label,
    RDFS.comment,
    SH.name,
    SH.description,
    SH.order,
    SH.message,
    SH.targetClass,
    SH.property,
    SH.path,
    SH.flags,
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
            raise _UnsupportedError(f"{node} is used as a shape but says nothing")
        shape = self.known[node] = Shape(name=str(node))
        shape.path, shape.inverse = self._path(properties.get(SH.path, ()))
        shape.message = next(iter(sorted(m.value for m in properties.get(SH.message, ()))), None)
        shape.classes = tuple(c for c in properties.get(SH.targetClass, ()) if isinstance(c, NamedNode))
        for predicate, values in properties.items():
            if predicate in _SILENT:
                continue
            make = _CHECKS.get(predicate)
            if make is None:
                raise _UnsupportedError(f"{predicate} at {node} is not supported")
            shape.checks.extend(make(self, value) for value in values)
        shape.properties = [self.shape(p) for p in properties.get(SH.property, ())]
        return shape

    def _path(self, values: Sequence[Term]) -> tuple[NamedNode | None, bool]:
        if not values:
            return None, False
        inverse = self.data.of(values[0], SH.inversePath)
        path = inverse[0] if inverse else values[0]
        if len(values) > 1 or not isinstance(path, NamedNode):
            raise _UnsupportedError("only paths of one step are supported, forwards or sh:inversePath")
        return path, bool(inverse)

    def members(self, node: Term) -> list[Term]:
        """The members of an RDF list."""
        found: list[Term] = []
        while node != RDF.nil:
            found.extend(self.data.of(node, RDF.first)[:1])
            rest = self.data.of(node, RDF.rest)
            if not rest:
                raise _UnsupportedError("an RDF list does not end")
            node = rest[0]
        return found


# --- constraints ------------------------------------------------------------------------------------


def _each(component: str, good: Callable[[Data, Term], bool], message: str) -> Check:
    """A constraint that every value node must satisfy by itself."""

    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[tuple[str, Term | None, str]]:
        for value in values:
            if not good(data, value):
                yield component, value, message

    return check


def _count(component: str, good: Callable[[int], bool], message: str) -> Check:
    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[tuple[str, Term | None, str]]:
        if not good(len(values)):
            yield component, None, f"{message}, {len(values)} given"

    return check


def _min_count(reader: _Reader, limit: Term) -> Check:
    least = int(limit.value)
    return _count("MinCount", lambda n: n >= least, f"at least {least} needed")


def _max_count(reader: _Reader, limit: Term) -> Check:
    most = int(limit.value)
    return _count("MaxCount", lambda n: n <= most, f"at most {most} allowed")


def _datatype(reader: _Reader, datatype: Term) -> Check:
    form = _FORMS.get(datatype.value)
    if form is None:
        raise _UnsupportedError(f"sh:datatype {datatype}")
    match = re.compile(form, re.ASCII | re.DOTALL).fullmatch

    def good(data: Data, value: Term) -> bool:
        return isinstance(value, Literal) and value.datatype == datatype and match(value.value) is not None

    return _each("Datatype", good, f"must be {datatype.value.rpartition('#')[2]}")


def _class(reader: _Reader, kind: Term) -> Check:
    return _each("Class", lambda d, v: v in d.instances.get(kind, ()), f"must be a {kind.value}")


def _node_kind(reader: _Reader, kind: Term) -> Check:
    allowed = {SH.IRI: (NamedNode,), SH.Literal: (Literal,), SH.BlankNodeOrIRI: (BlankNode, NamedNode)}.get(
        NamedNode(kind.value)
    )
    if not allowed:
        raise _UnsupportedError(f"sh:nodeKind {kind}")
    return _each("NodeKind", lambda d, v: isinstance(v, allowed), f"must be of kind {kind.value}")


def _pattern(reader: _Reader, pattern: Term) -> Check:
    # XPath's `$` is the very end; Python's stands before a last line break too.
    search = re.compile(re.sub(r"\$$", r"\\Z", pattern.value)).search
    return _each(
        "Pattern",
        lambda d, v: not isinstance(v, BlankNode) and search(v.value) is not None,
        f"must match {pattern.value}",
    )


def _in(reader: _Reader, members: Term) -> Check:
    allowed = frozenset(reader.members(members))
    words = ", ".join(term.value for term in reader.members(members))
    return _each("In", lambda d, v: v in allowed, f"must be one of {words}")


def _has_value(reader: _Reader, wanted: Term) -> Check:
    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[tuple[str, Term | None, str]]:
        if wanted not in values:
            yield "HasValue", None, f"must have the value {wanted.value}"

    return check


def _language_in(reader: _Reader, members: Term) -> Check:
    tags = tuple(tag.value.lower() for tag in reader.members(members))

    def good(data: Data, value: Term) -> bool:
        tag = (value.language or "").lower() if isinstance(value, Literal) else ""
        return any(tag == t or tag.startswith(t + "-") for t in tags)

    return _each("LanguageIn", good, f"must be in the language {' or '.join(tags)}")


def _unique_lang(reader: _Reader, flag: Term) -> Check:
    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[tuple[str, Term | None, str]]:
        tags = [v.language.lower() for v in values if isinstance(v, Literal) and v.language]
        for tag in sorted({t for t in tags if tags.count(t) > 1}):
            yield "UniqueLang", None, f"has more than one value in {tag}"

    return check


def _min_length(reader: _Reader, limit: Term) -> Check:
    least = int(limit.value)
    return _each(
        "MinLength",
        lambda d, v: not isinstance(v, BlankNode) and len(v.value) >= least,
        f"must have at least {least} characters",
    )


def _min_inclusive(reader: _Reader, limit: Term) -> Check:
    least = _number(limit)
    if least is None:
        raise _UnsupportedError(f"sh:minInclusive {limit}: only numbers are supported")

    def good(data: Data, value: Term) -> bool:
        number = _number(value)
        return number is not None and number >= least

    return _each("MinInclusive", good, f"must be at least {limit.value}")


def _less_than(reader: _Reader, other: Term) -> Check:
    if not isinstance(other, NamedNode):
        raise _UnsupportedError("sh:lessThan needs a property")

    def check(data: Data, focus: Term, values: Sequence[Term]) -> Iterator[tuple[str, Term | None, str]]:
        for value in values:
            small = _number(value)
            for limit in data.of(focus, other):
                large = _number(limit)
                if small is None or large is None or small >= large:
                    yield "LessThan", value, f"must be less than {limit.value}"

    return check


def _node(reader: _Reader, node: Term) -> Check:
    shape = reader.shape(node)
    message = shape.message or f"must be a {_text(node)}"
    return _each("Node", lambda d, v: d.conforms(shape, v), message)


def _number(term: Term) -> Decimal | None:
    if not isinstance(term, Literal) or term.datatype not in (XSD.integer, XSD.decimal):
        return None
    return Decimal(term.value) if re.fullmatch(_FORMS[XSD.decimal.value], term.value, re.ASCII) else None


_FORMS = {
    XSD.string.value: ".*",
    RDF.langString.value: ".*",
    XSD.integer.value: r"[+-]?\d+",
    XSD.decimal.value: r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)",
    XSD.boolean.value: "true|false|1|0",
    XSD.gYear.value: r"-?(?:[1-9]\d{3,}|0\d{3})(?:Z|[+-]\d\d:\d\d)?",
}

_CHECKS: Mapping[NamedNode, Callable[[_Reader, Term], Check]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.datatype: _datatype,
    getattr(SH, "class"): _class,
    SH.nodeKind: _node_kind,
    SH.pattern: _pattern,
    getattr(SH, "in"): _in,
    SH.hasValue: _has_value,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_lang,
    SH.minLength: _min_length,
    SH.minInclusive: _min_inclusive,
    SH.lessThan: _less_than,
    SH.node: _node,
}
