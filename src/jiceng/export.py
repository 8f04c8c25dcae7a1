"""A built graph in the formats that other tools take.

rdflib writes JSON-LD that people can read (with prefixes and nested arrays), Oxigraph the other RDF formats,
networkx the two formats of network tools (Gephi, Cytoscape, igraph).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from jiceng.errors import QueryError
from jiceng.graph import turtle_of
from jiceng.graph.namespaces import JC, PREFIXES, RDF, RDFS
from jiceng.query import open_store

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store, Triple

_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')
"""networkx dates a GEXF file with the day of writing; the same graph must give the same bytes."""


def export(graph: Path, form: str) -> bytes:
    """The graph of a built folder or RDF file in one of `FORMATS`; raises QueryError if there is none."""
    if form not in FORMATS:
        raise QueryError(f"{form}: no such format; use one of {', '.join(FORMATS)}")
    return FORMATS[form](open_store(graph))


def network(store: Store) -> networkx.MultiDiGraph:
    """The things that the texts speak of as a network: what has a class of ours, evidence left out.

    Nodes are IRIs with `label`, `class` and their literals (several of one property joined by `; `); edges
    carry the property's local name as `label`. Nodes and edges are sorted.
    """
    import networkx
    from pyoxigraph import Literal

    quads = sorted(store, key=str)
    classes: dict[str, str] = {}
    for quad in quads:
        name = getattr(quad.object, "value", "")
        if quad.predicate == RDF.type and name.startswith(JC.base) and quad.object != JC.Evidence:
            classes[getattr(quad.subject, "value", "")] = name[len(JC.base) :]
    literals: dict[str, dict[str, set[str]]] = {node: {} for node in classes}
    edges: set[tuple[str, str, str]] = set()
    for quad in quads:
        subject, predicate, value = getattr(quad.subject, "value", ""), quad.predicate, quad.object
        if subject not in classes:
            continue
        local = predicate.value.rpartition("#")[2].rpartition("/")[2]
        if isinstance(value, Literal):
            name = "label" if predicate == RDFS.label else local
            literals[subject].setdefault(name, set()).add(value.value)
        elif getattr(value, "value", "") in classes:
            edges.add((subject, getattr(value, "value", ""), local))
    result = networkx.MultiDiGraph()
    for node in sorted(classes):
        told = {name: "; ".join(sorted(values)) for name, values in sorted(literals[node].items())}
        fallback = told.get("headline") or told.get("name") or told.get("title") or node.rpartition("/")[2]
        result.add_node(node, **{"label": fallback, **told, "class": classes[node]})
    for subject, value, label in sorted(edges):
        result.add_edge(subject, value, label=label)
    return result


def _triples(store: Store) -> list[Triple]:
    return sorted((quad.triple for quad in store), key=str)


def _oxigraph(form: str) -> Callable[[Store], bytes]:
    def write(store: Store) -> bytes:
        from pyoxigraph import RdfFormat, serialize

        data = serialize(_triples(store), format=getattr(RdfFormat, form), prefixes=dict(PREFIXES))
        return data or b""

    return write


def _turtle(store: Store) -> bytes:
    return turtle_of(quad.triple for quad in store)


def _json_ld(store: Store) -> bytes:
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=_oxigraph("N_TRIPLES")(store), format="nt")
    text = graph.serialize(format="json-ld", context=dict(PREFIXES), indent=1, sort_keys=True)
    return text.encode()


def _graphml(store: Store) -> bytes:
    import networkx

    stream = io.BytesIO()
    networkx.write_graphml_xml(network(store), stream, prettyprint=True)
    return stream.getvalue()


def _gexf(store: Store) -> bytes:
    import networkx

    stream = io.BytesIO()
    networkx.write_gexf(network(store), stream, prettyprint=True)
    return _TODAY.sub(b"", stream.getvalue())


FORMATS: Mapping[str, Callable[[Store], bytes]] = {
    "turtle": _turtle,
    "ntriples": _oxigraph("N_TRIPLES"),
    "json-ld": _json_ld,
    "rdf-xml": _oxigraph("RDF_XML"),
    "graphml": _graphml,
    "gexf": _gexf,
}
"""By name, what writes each format."""
