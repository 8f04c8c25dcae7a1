"""A built graph as named graphs: one for each document, one for what all share, one for the ontology.

A document's graph has the document's IRI as name and holds all that its text states, so that replacing or
deleting this one graph replaces or retracts the document. A fact that several documents state stands in the
graph of each: it survives when one of them is retracted. A mechanism that only one document tells of stands
in that one's graph.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from jiceng.errors import PublishError
from jiceng.export.rdf import homes_in, quads_by_document
from jiceng.graph import iri
from jiceng.graph.namespaces import JC, RDF, SCHEMA, SKOS
from jiceng.resources import ontology_directory

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Store, Triple

SHARED = iri.BASE + "graph/shared"
"""Divisions, concepts, periods, the mechanisms of several documents, and the provenance of the build."""
ONTOLOGY = iri.ONTOLOGY.rstrip("#")

_DIGEST = re.compile(r"(?:document[:/])?([0-9a-f]{12})[0-9a-f]*")


@dataclass(frozen=True, slots=True)
class NamedGraph:
    """Triples under a name; `title` is what people call it."""

    name: str
    title: str
    triples: tuple[Triple, ...] = field(repr=False)

    def ntriples(self) -> bytes:
        """N-Triples, the one format in which every server that we know reads every name of ours."""
        from pyoxigraph import RdfFormat, serialize

        return serialize(self.triples, format=RdfFormat.N_TRIPLES) or b""


@dataclass(frozen=True, slots=True)
class Graphs:
    """All named graphs of a build; `documents` by IRI, sorted."""

    ontology: NamedGraph
    shared: NamedGraph
    documents: dict[str, NamedGraph]


def graphs_of(store: Store) -> Graphs:
    """The named graphs of a built graph; their union is that graph, with the ontology added."""
    from pyoxigraph import RdfFormat, parse

    titles: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, RDF.type, JC.SourceDocument):
        names = store.quads_for_pattern(quad.subject, SCHEMA.name, None)
        titles[quad.subject.value] = min(  # type: ignore[union-attr]
            (q.object.value for q in names),  # type: ignore[union-attr]
            default=quad.subject.value,  # type: ignore[union-attr]
        )
    found: defaultdict[str, set[Triple]] = defaultdict(set)
    for quad in quads(store):
        found[quad.graph_name.value].add(quad.triple)  # type: ignore[union-attr]
    terms = parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE)
    return Graphs(
        NamedGraph(ONTOLOGY, "the ontology", _sorted({quad.triple for quad in terms})),
        NamedGraph(SHARED, "what all documents share", _sorted(found.pop(SHARED, set()))),
        {name: NamedGraph(name, titles.get(name, name), _sorted(found[name])) for name in sorted(found)},
    )


def quads(store: Store) -> Iterator[Quad]:
    """Every triple in the graphs of the documents that state it, or in the shared one."""
    from pyoxigraph import DefaultGraph, NamedNode, Quad

    shared = NamedNode(SHARED)
    homes = homes_in(store)

    @lru_cache(maxsize=10_000)
    def owner(node: Any) -> NamedNode:
        """A document owns what describes it, and a mechanism that no other document tells of."""
        if next(store.quads_for_pattern(node, RDF.type, JC.SourceDocument), None):
            return node  # type: ignore[no-any-return]
        found: set[NamedNode] = set()
        for quad in store.quads_for_pattern(None, JC.mechanism, node):
            found |= homes(quad.subject) or {shared}
            if len(found) > 1:
                return shared
        return min(found, key=str, default=shared)

    for quad in quads_by_document(store):
        graph: Any = quad.graph_name
        if graph == DefaultGraph():
            graph = shared if quad.predicate == SKOS.closeMatch else owner(quad.subject)
        yield Quad(quad.subject, quad.predicate, quad.object, graph)


def chosen(graphs: Graphs, names: Sequence[str]) -> tuple[NamedGraph, ...]:
    """The graphs of documents by file name, IRI or SHA-256 (PublishError where there is none, or several)."""
    return tuple(_one(graphs, name) for name in names)


def graph_name(name: str) -> str | None:
    """The name of a document's graph if it follows from how the document is named: an IRI or a SHA-256."""
    if name.startswith(iri.ID + "document/"):
        return name
    digest = _DIGEST.fullmatch(name)
    return iri.document(digest[1]) if digest else None


def _one(graphs: Graphs, name: str) -> NamedGraph:
    known = graph_name(name)
    if known in graphs.documents:
        return graphs.documents[known]
    found = [graph for graph in graphs.documents.values() if graph.title == name]
    if len(found) == 1:
        return found[0]
    if found:
        which = ", ".join(graph.name for graph in found)
        raise PublishError(f"{name}: several documents have this name; give the IRI: {which}")
    titles = ", ".join(sorted({graph.title for graph in graphs.documents.values()})[:20])
    raise PublishError(
        f"{name}: the graph has no such document (one that is there no more: give its IRI); it has: {titles}"
    )


def _sorted(triples: set[Triple]) -> tuple[Triple, ...]:
    return tuple(sorted(triples, key=str))
