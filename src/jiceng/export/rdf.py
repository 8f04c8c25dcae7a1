"""RDF/XML, and which statement belongs to which document's graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jiceng.export.xml_text import legal
from jiceng.graph.namespaces import DCT, JC, OA, PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Store, Triple


def triples(store: Store) -> list[Triple]:
    """All triples of all graphs, each once, sorted."""
    return sorted({quad.triple for quad in store}, key=str)


def rdf_xml(store: Store) -> bytes:
    """RDF/XML; what XML cannot hold of a text is a replacement character there, and only there."""
    from pyoxigraph import Literal, RdfFormat, Triple, serialize

    told = []
    for triple in triples(store):
        value = triple.object
        if isinstance(value, Literal) and (text := legal(value.value)) != value.value:
            kind = {"language": value.language} if value.language else {"datatype": value.datatype}
            triple = Triple(triple.subject, triple.predicate, Literal(text, **kind))
        told.append(triple)
    data = serialize(told, format=RdfFormat.RDF_XML, prefixes=dict(PREFIXES)) or b""
    return data.replace(b"\r", b"&#xD;")  # XML readers take a bare carriage return for a line feed


def quads_by_document(store: Store) -> Iterator[Quad]:
    """Every triple in the graph of its document, or in the default graph if it belongs to none.

    A graph has its document's IRI as name. In it are the document's articles and evidences, the facts that
    its text states, and their tiers. A fact that several documents state is in the graph of each, but
    its link to an evidence or article only in that one's. What all share (divisions, mechanisms, concepts,
    the documents' descriptions) is in the default graph. The union of all graphs is the graph as built.
    """
    from pyoxigraph import DefaultGraph, Quad

    homes = homes_in(store)
    for quad in store:
        subject, predicate, value = quad.subject, quad.predicate, quad.object
        graphs = homes(value) if predicate in (JC.evidence, DCT.isPartOf) else None
        for graph in sorted(graphs or homes(subject), key=str) or [DefaultGraph()]:
            yield Quad(subject, predicate, value, graph)


def homes_in(store: Store) -> Callable[[Any], frozenset[Any]]:
    """What tells the documents of a node: those it is taken from, by itself, its evidence or its chain."""
    from pyoxigraph import BlankNode, NamedNode

    @lru_cache(maxsize=10_000)
    def stated(node: Any) -> frozenset[Any]:
        nodes = (node, *_objects(store, node, JC.evidence))
        found = (home for each in nodes for home in _objects(store, each, OA.hasSource, DCT.source))
        # Other people's graphs may name a source in words, which is no name of a graph.
        return frozenset(home for home in found if isinstance(home, NamedNode | BlankNode))

    @lru_cache(maxsize=10_000)
    def homes(node: Any) -> frozenset[Any]:
        chains = (quad.subject for quad in store.quads_for_pattern(None, JC.tier, node))
        return stated(node).union(*map(stated, chains))

    return homes


def _objects(store: Store, node: Any, *predicates: NamedNode) -> Iterator[Any]:
    from pyoxigraph import BlankNode, NamedNode

    if not isinstance(node, NamedNode | BlankNode):  # words in the place of a thing
        return
    for predicate in predicates:
        for quad in store.quads_for_pattern(node, predicate, None):
            yield quad.object
