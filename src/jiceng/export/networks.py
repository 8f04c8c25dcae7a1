"""GraphML and GEXF for Gephi, Cytoscape and igraph: written by networkx, valid against the formats' schemas.

What the weights mean: an edge weighs as many places in the texts as state the fact that it comes from (1
where it comes from no fact); a node's `evidences` are the places that state it or a fact that leads to it, a
mechanism's `divisions` how many divisions adopt it. GEXF has colours by class, and sizes by `evidences`.
"""

from __future__ import annotations

import io
import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from jiceng.export.property_graph import Node, PropertyGraph, columns, joined, property_graph
from jiceng.export.terms import terms
from jiceng.export.xml_text import legal
from jiceng.graph.namespaces import JC

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Store

_GEXF = "http://www.gexf.net/1.2draft"
_COLOURS = {
    "AdministrativeDivision": 0x332288,
    "SourceDocument": 0x888888,
    "Article": 0xBBBBBB,
    "Mechanism": 0xCC6677,
    "MechanismAdoption": 0xDDAABB,
    "Measurement": 0x88CCEE,
    "TierChain": 0x117733,
    "Tier": 0x44AA99,
    "Organisation": 0xDDCC77,
    "PolicyDocument": 0x882255,
    "Honour": 0xAA4499,
    "Person": 0x999933,
}
"""Paul Tol's muted colours, which the colour-blind tell apart too, and tints and greys beside them."""
_OTHER_COLOUR = 0xDDDDDD


def network(store: Store) -> networkx.MultiDiGraph:
    """The things that the texts speak of as a network: what has a class of ours, evidence left out.

    Nodes are IRIs with `label`, `class`, their literals (numbers and truth values as such, days as ISO 8601
    text since the formats have no dates, several values of one property joined by `；`), the Chinese names of
    the concepts that they point to, and the weights described above. Edges carry the property's local name as
    `label`, and `weight`. Nodes and edges are sorted; edges' keys are `e0`, `e1`, …
    """
    import networkx

    graph = property_graph(store)
    kept = terms().classes - {"Evidence"}
    nodes = [node for node in graph.nodes if node.kind in kept]
    known = {node.iri for node in nodes}
    evidences, divisions = _counts(graph)
    told = _told(graph)
    types = columns(nodes)
    result = networkx.MultiDiGraph()
    for node in nodes:
        weights = {"evidences": len(evidences[node.iri])}
        if node.kind == "Mechanism":
            weights["divisions"] = len(divisions[node.iri])
        attributes = {name: _plain(values, types[name]) for name, values in node.properties.items()}
        attributes |= {**told[node.iri], "class": node.kind, **weights}
        result.add_node(legal(node.iri), **attributes)
    own = {node.iri for node in nodes if node.kind in terms().statements}
    links = [edge for edge in graph.edges if edge.source in known and edge.target in known]
    for number, edge in enumerate(links):
        weight = float(len(evidences[edge.source])) if edge.source in own else 1.0
        ends = legal(edge.source), legal(edge.target)
        result.add_edge(*ends, key=f"e{number}", label=edge.kind, weight=weight)
    return result


def _counts(graph: PropertyGraph) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By IRI, the evidences of a thing and the divisions that speak of it."""
    own: dict[str, set[str]] = defaultdict(set)
    place: dict[str, str] = {}
    for edge in graph.edges:
        if edge.kind == "evidence":
            own[edge.source].add(edge.target)
        elif edge.kind == "division":
            place[edge.source] = edge.target
    evidences = defaultdict(set, {iri: set(found) for iri, found in own.items()})
    divisions: dict[str, set[str]] = defaultdict(set)
    for edge in graph.edges:
        if edge.source in own and edge.target not in own:
            evidences[edge.target] |= own[edge.source]
            if edge.source in place:
                divisions[edge.target].add(place[edge.source])
    return evidences, divisions


def _told(graph: PropertyGraph) -> dict[str, dict[str, str]]:
    """By IRI, what a thing's concepts and period are called, and the first and last day of the period."""
    others = {node.iri: node for node in graph.nodes if node.kind in ("Concept", "Period", "Day")}
    days: dict[tuple[str, str], str] = {}
    for edge in graph.edges:
        if edge.target in others and others[edge.target].kind == "Day":
            days[edge.source, edge.kind] = _text(others[edge.target], "inXSDDate")
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for edge in graph.edges:
        node = others.get(edge.target)
        if node is None or node.kind == "Day" or node.iri == JC.unknownPeriod.value:
            continue
        told[edge.source][edge.kind] = _text(node, "label")
        for name, link in (("periodStart", "hasBeginning"), ("periodEnd", "hasEnd")):
            if (node.iri, link) in days:
                told[edge.source][name] = days[node.iri, link]
    return told


def _text(node: Node, name: str) -> str:
    return legal(joined(node.properties.get(name, ())))


def _plain(values: tuple[Any, ...], kind: type) -> Any:
    """A value of a type that the formats have: numbers and truth values, else text."""
    if len(values) == 1 and kind in (int, bool):
        return values[0]
    return float(values[0]) if len(values) == 1 and kind is float else legal(joined(values))


def graphml(store: Store) -> bytes:
    """The network as GraphML 1.0. Its identifiers are `n0`, `n1`, … since no IRI may be one; `iri` has it."""
    import networkx

    found = network(store)
    for node in found:
        found.nodes[node]["iri"] = node
    numbered = networkx.relabel_nodes(found, {node: f"n{number}" for number, node in enumerate(found)})
    stream = io.BytesIO()
    networkx.write_graphml_xml(numbered, stream, prettyprint=True)
    return stream.getvalue()


def gexf(store: Store) -> bytes:
    """The network as GEXF 1.2, with colours and sizes."""
    import networkx

    found = network(store)
    for _, told in found.nodes(data=True):
        red, green, blue = _COLOURS.get(told["class"], _OTHER_COLOUR).to_bytes(3, "big")
        size = round(4 + 4 * math.log2(1 + told["evidences"]), 2)
        told["viz"] = {"color": {"r": red, "g": green, "b": blue}, "size": size}
    stream = io.BytesIO()
    networkx.write_gexf(found, stream, prettyprint=True)
    return _tidied(stream.getvalue())


def _tidied(data: bytes) -> bytes:
    """Without what networkx adds of its own: the day of writing, a graph's name (which the schema does not
    know), and the edges' keys as an attribute; they become the edges' identifiers.
    """
    from xml.etree import ElementTree

    ElementTree.register_namespace("", _GEXF)
    ElementTree.register_namespace("viz", f"{_GEXF}/viz")
    root = ElementTree.fromstring(data)

    def tags(name: str) -> str:
        return f".//{{{_GEXF}}}{name}"

    for meta in root.iterfind(tags("meta")):
        meta.attrib.pop("lastmodifieddate", None)
    for graph in root.iterfind(tags("graph")):
        graph.attrib.pop("name", None)
        for attributes in graph.findall(f"{{{_GEXF}}}attributes"):
            if attributes.get("class") == "edge":  # the keys are the only one
                graph.remove(attributes)
    for edge in root.iterfind(tags("edge")):
        for values in edge.findall(f"{{{_GEXF}}}attvalues"):
            edge.set("id", values[0].get("value", ""))
            edge.remove(values)
            edge.text = None
    stream = io.BytesIO()
    ElementTree.ElementTree(root).write(stream, encoding="utf-8", xml_declaration=True)
    return stream.getvalue()
