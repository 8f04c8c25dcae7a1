"""What the ontology says of the terms of a property graph, so that tables do not depend on the data there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from jiceng.graph.namespaces import FOAF, JC, OWL, PROV, RDF, RDFS, SKOS, TIME, XSD
from jiceng.resources import ontology_directory

OTHERS = {
    FOAF.Agent: "Agent",
    SKOS.Concept: "Concept",
    SKOS.ConceptScheme: "ConceptScheme",
    TIME.TemporalEntity: "Period",
    TIME.Instant: "Day",
    PROV.Activity: "Activity",
    PROV.Association: "Association",
    PROV.Plan: "Plan",
    PROV.SoftwareAgent: "SoftwareAgent",
}
"""Kinds of nodes that have no class of ours."""
_TYPES = {XSD.integer: int, XSD.decimal: float, XSD.boolean: bool}
_FOREIGN: Mapping[str, Mapping[str, type]] = {
    "Article": {"headline": str},
    "Concept": {"notation": str, "prefLabel": str, "prefLabel_en": str},
    "Day": {"inXSDDate": date},
    "Evidence": {"start": int, "end": int, "exact": str, "prefix": str, "suffix": str},
    "Person": {"name": str},
    "PolicyDocument": {"title": str},
    "SourceDocument": {"name": str, "sha256": str, "datePublished": date},
}
"""By kind of node, the properties of other vocabularies that it has."""
_YEAR = "abolished"
"""Of a datatype that OWL does not have: its range is left open."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Local names in our ontology; those of the plain triples are left out of properties and relations."""

    classes: frozenset[str]
    statements: frozenset[str]
    """The classes of statements."""
    manifold: frozenset[str]
    """Datatype properties of which a thing may have several values."""
    properties: Mapping[str, Mapping[str, type]]
    """By kind of node, its properties and the types of their values."""
    relations: Mapping[str, frozenset[tuple[str, str]]]
    """By object property, the kinds that it leads from and to."""


def local(term: Any) -> str:
    """An IRI's last part: `https://w3id.org/jiceng/ontology#value` → `value`."""
    name: str = term.value
    return name.rpartition("#")[2].rpartition("/")[2]


@cache
def terms() -> Terms:
    """The terms of our own ontology, read once."""
    from pyoxigraph import RdfFormat, parse

    told: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for quad in parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE):
        told[quad.subject][quad.predicate].append(quad.object)

    def members(node: Any) -> list[Any]:
        found = []
        while node != RDF.nil:
            found += told[node][RDF.first]
            (node,) = told[node][RDF.rest]
        return found

    ours = [t for t in told if RDF.type in told[t] and getattr(t, "value", "").startswith(JC.base)]
    classes = {local(term) for term in ours if OWL.Class in told[term][RDF.type]}
    statements = {local(term) for term in ours if JC.Statement in told[term][RDFS.subClassOf]}

    def kinds(node: Any) -> list[str]:
        """The kinds of nodes in a class, a union of classes or all statements."""
        if told[node][OWL.unionOf]:
            return [kind for one in members(told[node][OWL.unionOf][0]) for kind in kinds(one)]
        if node == JC.Statement:
            return sorted(statements)
        return [OTHERS[node] if node in OTHERS else local(node)]

    plain = _plain_alone()
    every = sorted({*classes, *OTHERS.values()} - {"Statement"})
    properties = {kind: dict(_FOREIGN.get(kind, {})) for kind in every}
    relations: dict[str, set[tuple[str, str]]] = defaultdict(set)
    manifold = set()
    for term in sorted(ours, key=str):
        name, types = local(term), told[term][RDF.type]
        if OWL.DatatypeProperty in types and OWL.FunctionalProperty not in types:
            manifold.add(name)
        if name in plain:
            continue
        for kind in (kind for domain in told[term][RDFS.domain] for kind in kinds(domain)):
            if OWL.DatatypeProperty in types:
                known = next((_TYPES[r] for r in told[term][RDFS.range] if r in _TYPES), str)
                properties[kind][name] = int if name == _YEAR else known
            else:
                relations[name] |= {(kind, end) for r in told[term][RDFS.range] for end in kinds(r)}
    return Terms(
        frozenset(classes),
        frozenset(statements),
        frozenset(manifold),
        properties,
        {name: frozenset(ends) for name, ends in relations.items()},
    )


def _plain_alone() -> frozenset[str]:
    """The properties that only the plain triples have."""
    ways = {"adopts", "hasTier", "hasOrganisation", "appliesPolicy", "hasHonour", "hasPerson"}
    return frozenset(ways | {"indicatorValue", "quote"})
