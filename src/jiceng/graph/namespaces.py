"""The RDF terms that the program names, and the prefixes of everything that it reads and writes."""

from __future__ import annotations

from collections.abc import Mapping

from pyoxigraph import NamedNode

from jiceng.graph import iri


class Namespace:
    """`Namespace("http://…#").term` is that term's node, made once."""

    def __init__(self, base: str) -> None:
        self.base = base

    def __getattr__(self, name: str) -> NamedNode:
        node = NamedNode(self.base + name)
        setattr(self, name, node)
        return node


CUBE = Namespace(iri.BASE + "cube#")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
JC = Namespace(iri.ONTOLOGY)
OA = Namespace("http://www.w3.org/ns/oa#")
ORG = Namespace("http://www.w3.org/ns/org#")
OWL = Namespace("http://www.w3.org/2002/07/owl#")
PROV = Namespace("http://www.w3.org/ns/prov#")
QB = Namespace("http://purl.org/linked-data/cube#")
RDF = Namespace("http://www.w3.org/1999/02/22-rdf-syntax-ns#")
RDFS = Namespace("http://www.w3.org/2000/01/rdf-schema#")
SCHEMA = Namespace("https://schema.org/")
SH = Namespace("http://www.w3.org/ns/shacl#")
SKOS = Namespace("http://www.w3.org/2004/02/skos/core#")
TIME = Namespace("http://www.w3.org/2006/time#")
XSD = Namespace("http://www.w3.org/2001/XMLSchema#")

# No prefix's IRI begins with another's: a serialiser then has no choice, and the bytes are stable.
PREFIXES: Mapping[str, str] = {
    "activity": iri.ID + "activity/",
    "adoption": iri.ID + "adoption/",
    "article": iri.ID + "article/",
    "chain": iri.ID + "tier-chain/",
    "cube": CUBE.base,
    "day": iri.ID + "day/",
    "dct": DCT.base,
    "division": iri.ID + "division/",
    "document": iri.ID + "document/",
    "evidence": iri.ID + "evidence/",
    "file": iri.ID + "file/",
    "foaf": FOAF.base,
    "honour": iri.ID + "honour/",
    "indicator": iri.ID + "indicator/",
    "jc": iri.ONTOLOGY,
    "jcv": iri.VOCABULARY,
    "measurement": iri.ID + "measurement/",
    "mechanism": iri.ID + "mechanism/",
    "oa": OA.base,
    "org": ORG.base,
    "organisation": iri.ID + "organisation/",
    "period": iri.ID + "period/",
    "person": iri.ID + "person/",
    "policy": iri.ID + "policy/",
    "prov": PROV.base,
    "qb": QB.base,
    "rdf": RDF.base,
    "rdfs": RDFS.base,
    "rule": iri.ID + "rule/",
    "schema": SCHEMA.base,
    "skos": SKOS.base,
    "time": TIME.base,
    "unit": iri.ID + "unit/",
    "xsd": XSD.base,
}


def shortened(name: str) -> str:
    """An IRI with its prefix, for people to read (not escaped as Turtle and SPARQL would have it)."""
    for prefix, base in PREFIXES.items():
        if name.startswith(base):
            return f"{prefix}:{name[len(base) :]}"
    return name
