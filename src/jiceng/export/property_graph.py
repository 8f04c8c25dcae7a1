"""The graph as a property graph: nodes of one kind with typed properties, edges of one kind.

What network tools and graph databases take. Literals become properties, links between nodes edges. Left out
are the description of the data cube (what columns mean, not what texts say) and links to what is no node.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jiceng.export.terms import OTHERS, local, terms
from jiceng.graph.namespaces import JC, RDF, XSD

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Store

Scalar = str | int | float | bool | date
SEPARATOR = "；"
"""Between several values of one property, where a format has no lists."""

_NAMES = ("prefLabel", "headline", "title", "name", "exact", "inXSDDate", "identifier")
"""What a node without a label is called by, the first that it has."""


@dataclass(frozen=True, slots=True)
class Node:
    """`kind` is a class's local name; each property has its values sorted, `label` always exactly one."""

    iri: str
    kind: str
    properties: Mapping[str, tuple[Scalar, ...]]


@dataclass(frozen=True, slots=True)
class Edge:
    """From IRI to IRI; `kind` is the RDF property's local name."""

    source: str
    target: str
    kind: str


@dataclass(frozen=True, slots=True)
class PropertyGraph:
    """Nodes sorted by kind and IRI, edges by kind, source and target."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def property_graph(store: Store) -> PropertyGraph:
    """All typed things of all graphs of a store, each fact once."""
    from pyoxigraph import Literal

    triples = sorted({quad.triple for quad in store}, key=str)
    kinds = _kinds(triples)
    found: dict[str, dict[str, set[Scalar]]] = {iri: defaultdict(set) for iri in kinds}
    edges = set()
    for triple in triples:
        subject = getattr(triple.subject, "value", "")
        if subject not in kinds or triple.predicate == RDF.type:
            continue
        name = local(triple.predicate)
        if isinstance(triple.object, Literal):
            language = triple.object.language or "zh"
            found[subject][name if language == "zh" else f"{name}_{language}"].add(scalar(triple.object))
        elif getattr(triple.object, "value", "") in kinds:
            edges.add((name, subject, triple.object.value))
    nodes = []
    for kind, iri in sorted((kind, iri) for iri, kind in kinds.items()):
        properties = {name: _sorted(values) for name, values in sorted(found[iri].items())}
        label = next((properties[name] for name in ("label", *_NAMES) if name in properties), None)
        nodes.append(Node(iri, kind, {"label": (joined(label or (iri.rpartition("/")[2],)),)} | properties))
    return PropertyGraph(
        tuple(nodes), tuple(Edge(source, target, kind) for kind, source, target in sorted(edges))
    )


def _kinds(triples: Iterable[Any]) -> dict[str, str]:
    """By IRI the kind of each node: its class of ours, else the first of `OTHERS` that it has."""
    ours: dict[str, str] = {}
    others: dict[str, set[NamedNode]] = defaultdict(set)
    for triple in triples:
        if triple.predicate != RDF.type or not hasattr(triple.subject, "value"):
            continue
        name = getattr(triple.object, "value", "")
        if name.startswith(JC.base):
            ours[triple.subject.value] = name[len(JC.base) :]
        else:
            others[triple.subject.value].add(triple.object)
    for iri, classes in others.items():
        kind = next((kind for term, kind in OTHERS.items() if term in classes), None)
        if kind:
            ours.setdefault(iri, kind)
    return ours


def scalar(literal: Any) -> Scalar:
    """A literal as a number, truth value or date where it is one; other text, and months, as they are."""
    text: str = literal.value
    kind = literal.datatype
    try:
        if kind in (XSD.integer, XSD.gYear):
            return int(text)
        if kind in (XSD.decimal, XSD.double):
            return float(text)
        if kind == XSD.date:
            return date.fromisoformat(text)
    except ValueError:  # a year before 1 or with a time zone, say: kept as the text that it is
        return text
    return text in ("true", "1") if kind == XSD.boolean else text


def _sorted(values: Iterable[Scalar]) -> tuple[Scalar, ...]:
    return tuple(
        sorted(values, key=lambda value: (str(type(value)), value if _number(value) else 0, str(value)))
    )


def _number(value: Scalar) -> bool:
    return isinstance(value, int | float)


def joined(values: tuple[Scalar, ...]) -> str:
    """Several values as one text."""
    return SEPARATOR.join(map(shown, values))


def shown(value: Scalar) -> str:
    """A value as files have it: `true`, `12000`, `0.5`, `2023-09-25`."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def columns(nodes: Iterable[Node]) -> dict[str, type]:
    """The properties that any of these nodes has, `label` first, and what type all values of each have.

    That is text where they differ (a day here, only a month there), or where a thing may have several.
    """
    types: dict[str, set[type]] = defaultdict(set)
    several = set()
    for node in nodes:
        for name, values in node.properties.items():
            types[name].update(map(type, values))
            if len(values) > 1:
                several.add(name)
    manifold = terms().manifold | several
    return {
        name: str if name in manifold else _common(types[name])
        for name in sorted(types, key=lambda name: (name != "label", name))
    }


def _common(types: set[type]) -> type:
    if types <= {int, float}:
        return float if float in types else int
    return types.pop() if len(types) == 1 else str
