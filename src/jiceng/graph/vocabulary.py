"""Nodes that many things refer to: concepts, divisions and shared mechanisms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from jiceng.graph import iri
from jiceng.graph.namespaces import DCT, JC, RDF, RDFS, SCHEMA, SKOS, XSD
from jiceng.graph.serialise import Node, in_order
from jiceng.lexicon import Concept, Lexicon
from jiceng.model import Division, Indicator

# The schemes whose concepts data refer to, and the folder of IRIs for what a text has and a scheme lacks.
DERIVED = {
    "chain_types": "chain-type",
    "comparators": "comparator",
    "indicators": "indicator",
    "mechanism_types": "mechanism-type",
    "natures": "nature",
    "organisation_kinds": "organisation-kind",
    "organisation_types": "organisation-type",
    "units": "unit",
}

_node = lru_cache(1 << 10)(NamedNode)  # a subject has ten triples one after the other; each IRI is parsed


@lru_cache(1 << 12)  # every district has the same ones
def _said_of(
    concept: str, scheme: str, notation: str, label: str, english: str, broader: str | None
) -> tuple[Node, Node]:
    """A concept and its scheme."""
    node, in_scheme = NamedNode(concept), NamedNode(iri.VOCABULARY + scheme)
    found = [
        Triple(node, RDF.type, SKOS.Concept),
        Triple(node, SKOS.inScheme, in_scheme),
        Triple(node, SKOS.notation, Literal(notation)),
        Triple(node, SKOS.prefLabel, Literal(label, language="zh")),
    ]
    if english:
        found.append(Triple(node, SKOS.prefLabel, Literal(english, language="en")))
    if broader:
        found.append(Triple(node, SKOS.broader, NamedNode(broader)))
    return Node.of(concept, found), _scheme(in_scheme.value)


@lru_cache(1 << 6)
def _scheme(name: str) -> Node:
    return Node(name, (Triple(NamedNode(name), RDF.type, SKOS.ConceptScheme),))


@lru_cache(1 << 12)
def _rank(notation: str, label: str, broader: str | None) -> str:
    return json.dumps((notation, label, broader or ""), ensure_ascii=False)


class Vocabulary:
    """Collects triples in `data` and concepts in `terms`, both by subject; each is described once."""

    def __init__(self, lexicon: Lexicon, divisions: Mapping[str, Division]) -> None:
        self.lexicon = lexicon
        self.divisions = divisions
        self.data: defaultdict[str, set[Triple]] = defaultdict(set)
        self.terms: dict[str, Node] = {}
        self.described: set[str] = set()  # what is written already, by IRI
        self._named: dict[tuple[str, str, str, str | None], str] = {}  # IRIs of concepts that were asked for
        self.ranks: dict[str, str] = {}  # of concepts: what decides between different descriptions of one

    def describe_mechanism(self, node: str, key: str, name: str, kind: str) -> None:
        """A shared mechanism, most often called `name` and of type `kind`."""
        known = self._well_known(key)
        self._add(node, RDF.type, JC.Mechanism)
        self._text(node, RDFS.label, known.label if known else name)
        if known:
            self._add(node, SKOS.exactMatch, self._concept("mechanisms", known.notation))
        self._add(node, JC.mechanismType, self._concept("mechanism_types", kind))

    def _well_known(self, key: str) -> Concept | None:
        found = self.lexicon.schemes.get("mechanisms")
        concept = found.by_label.get(key) if found else None
        return concept if concept and concept.label == key else None

    def describe_division(self, code: str) -> str:
        """A division and those above it; gives its IRI."""
        node = iri.division(code)
        if node in self.described:
            return node
        self.described.add(node)
        known = self.divisions.get(code)
        self._types(node, JC.AdministrativeDivision, SCHEMA.AdministrativeArea)
        self._add(node, JC.adcode, Literal(code))
        if known:
            self._text(node, RDFS.label, known.name)
            self._add(node, JC.divisionLevel, Literal(known.level))
            if known.parent:
                self._add(node, JC.withinDivision, self.describe_division(known.parent))
            if known.abolished:
                self._add(node, JC.abolished, Literal(str(known.abolished), datatype=XSD.gYear))
            if known.successor:
                self._add(node, DCT.isReplacedBy, self.describe_division(known.successor))
        return node

    def _indicator(self, indicator: Indicator) -> str:
        return self._concept("indicators", indicator.notation, indicator.label, indicator.broader)

    def _known(self, scheme: str, notation: str) -> Concept | None:
        found = self.lexicon.schemes.get(scheme)
        return found.by_notation.get(notation) if found else None

    def _concept(self, scheme: str, notation: str, label: str = "", broader: str | None = None) -> str:
        """The scheme's concept, or one of our own where it has none; described with those above it."""
        key = scheme, notation, label, broader
        name = self._named.get(key)
        if name is None:
            name = self._named[key] = self._new_concept(scheme, notation, label, broader)
        return name

    def _new_concept(self, scheme: str, notation: str, label: str, broader: str | None) -> str:
        concept = self._known(scheme, notation)
        if concept is None:
            name = iri.mint(DERIVED[scheme], notation)
            concept = Concept(name, notation, (label or notation,), broader=broader)
        # Two notations may give one IRI: of what they say the least counts, in whatever order they come.
        rank = _rank(concept.notation, concept.label, concept.broader)
        if f"{concept.iri} {rank}" in self.described:
            return concept.iri
        self.described.add(f"{concept.iri} {rank}")
        above = concept.broader if concept.broader != notation else None
        broader = self._concept(scheme, above) if above else None
        if self.ranks.setdefault(concept.iri, rank) < rank:
            return concept.iri
        self.ranks[concept.iri] = rank
        said = concept.iri, scheme, concept.notation, concept.label, concept.english, broader
        for node in _said_of(*said):
            self.terms[node.subject] = node
        return concept.iri

    def nodes(self) -> list[Node]:
        """What `data` and `terms` describe, in order."""
        both = self.data.keys() & self.terms.keys()
        found = [
            Node.of(subject, triples | set(self.terms[subject].triples) if subject in both else triples)
            for subject, triples in self.data.items()
        ]
        return in_order((*found, *(node for subject, node in self.terms.items() if subject not in both)))

    def include(self, triples: Iterable[Triple]) -> None:
        """Take triples in."""
        for triple in triples:
            self.data[triple.subject.value].add(triple)  # type: ignore[union-attr]

    def _add(self, subject: str, predicate: NamedNode, value: str | NamedNode | Literal) -> None:
        node = _node(value) if isinstance(value, str) else value
        self.data[subject].add(Triple(_node(subject), predicate, node))

    def _types(self, subject: str, *kinds: NamedNode) -> None:
        """Our class, and those of others: not every tool draws that conclusion from the ontology."""
        for kind in kinds:
            self._add(subject, RDF.type, kind)

    def _text(self, subject: str, predicate: NamedNode, text: str | None) -> None:
        if text:
            self._add(subject, predicate, Literal(text, language="zh"))
