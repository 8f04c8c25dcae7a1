"""The SPARQL 1.1 Service Description (W3C Recommendation of 21 March 2013) of the endpoint."""

from __future__ import annotations

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, serialize

from jiceng.graph.namespaces import RDF

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RESULTS = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)


def described(url: str, form: RdfFormat) -> bytes:
    """The description of the endpoint at `url`."""
    service, dataset, graph = BlankNode("service"), BlankNode("dataset"), BlankNode("graph")

    def sd(name: str) -> NamedNode:
        return NamedNode(_SD + name)

    triples = [
        Triple(service, RDF.type, sd("Service")),
        Triple(service, sd("endpoint"), NamedNode(url)),
        Triple(service, sd("supportedLanguage"), sd("SPARQL11Query")),
        *(Triple(service, sd("resultFormat"), NamedNode(_FORMATS + name)) for name in _RESULTS),
        Triple(service, sd("defaultDataset"), dataset),
        Triple(dataset, RDF.type, sd("Dataset")),
        Triple(dataset, sd("defaultGraph"), graph),
        Triple(graph, RDF.type, sd("Graph")),
    ]
    return serialize(triples, format=form) or b""
