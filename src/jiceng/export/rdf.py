"""The RDF formats that Oxigraph writes; TriG with a named graph for each document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from jiceng.export.xml_text import legal
from jiceng.graph import turtle_of
from jiceng.graph.namespaces import DCT, JC, OA, PREFIXES
from jiceng.graph.serialise import written_trig

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad, Store, Triple


def triples(store: Store) -> list[Triple]:
    """All triples of all graphs, each once, sorted."""
    return sorted({quad.triple for quad in store}, key=str)


def oxigraph(form: str) -> Callable[[Store], bytes]:
    """What writes a format of triples that Oxigraph knows by this name."""

    def write(store: Store) -> bytes:
        from pyoxigraph import RdfFormat, serialize

        data = serialize(triples(store), format=getattr(RdfFormat, form), prefixes=dict(PREFIXES))
        return data or b""

    return write


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


def turtle(store: Store) -> bytes:
    """Turtle as a build writes it."""
    return turtle_of(quad.triple for quad in store)


def quads_by_document(store: Store) -> Iterator[Quad]:
    """Every triple in the graph of its document, or in the default graph if it belongs to none.

    A graph has its document's IRI as name. In it are the document's articles and evidences, the facts that
    its text states, and their tiers. A fact that several documents state is in the graph of each, but
    its link to an evidence or article only in that one's. What all share (divisions, mechanisms, concepts,
    the documents' descriptions) is in the default graph. The union of all graphs is the graph as built.
    """
    from pyoxigraph import DefaultGraph, Quad

    everything = triples(store)
    homes: dict[object, set[NamedNode]] = defaultdict(set)
    for path in ((OA.hasSource, DCT.source), (JC.evidence,), (JC.tier,)):  # each rests on the one before
        for triple in everything:
            if triple.predicate not in path:
                continue
            if triple.predicate == JC.evidence:
                homes[triple.subject] |= homes[triple.object]
            elif triple.predicate == JC.tier:
                homes[triple.object] |= homes[triple.subject]
            else:
                homes[triple.subject].add(triple.object)  # type: ignore[arg-type]
    for triple in everything:
        owner = triple.object if triple.predicate in (JC.evidence, DCT.isPartOf) else triple.subject
        graphs = homes.get(owner) or homes.get(triple.subject)
        for graph in sorted(graphs, key=str) if graphs else [DefaultGraph()]:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


def trig(store: Store) -> bytes:
    """TriG in UTF-8: the default graph, then a named graph for each document, sorted."""
    from pyoxigraph import DefaultGraph

    quads = sorted(
        quads_by_document(store),
        key=lambda quad: (quad.graph_name != DefaultGraph(), str(quad.graph_name), str(quad.triple)),
    )
    return written_trig(quads)
