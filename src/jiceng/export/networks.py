"""GraphML and GEXF for Gephi, Cytoscape and igraph: written by networkx."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from jiceng.graph.namespaces import JC, RDF, RDFS

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store

_TODAY = re.compile(rb' lastmodifieddate="[^"]*"')
"""networkx dates a GEXF file with the day of writing; the same graph must give the same bytes."""


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


def graphml(store: Store) -> bytes:
    """The network as GraphML."""
    import networkx

    stream = io.BytesIO()
    networkx.write_graphml_xml(network(store), stream, prettyprint=True)
    return stream.getvalue()


def gexf(store: Store) -> bytes:
    """The network as GEXF 1.2."""
    import networkx

    stream = io.BytesIO()
    networkx.write_gexf(network(store), stream, prettyprint=True)
    return _TODAY.sub(b"", stream.getvalue())
