"""Nodes that many things refer to: concepts, divisions and shared mechanisms."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Triple

from jiceng.graph import iri
from jiceng.graph.namespaces import DCT, JC, RDF, RDFS, SCHEMA, SKOS, XSD
from jiceng.graph.nodes import Node, Row, Said, nodes_of, put, quoted
from jiceng.graph.serialise import in_order
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


@lru_cache(1 << 12)  # every district has the same ones
def _said_of(
    concept: str, scheme: str, notation: str, label: str, english: str, broader: str | None
) -> tuple[Node, Node]:
    """A concept and its scheme."""
    node, in_scheme = NamedNode(concept), NamedNode(iri.VOCABULARY + scheme)
    found: list[Said] = [
        (node, RDF.type, SKOS.Concept),
        (node, SKOS.inScheme, in_scheme),
        (node, SKOS.notation, Literal(notation)),
        (node, SKOS.prefLabel, Literal(label, language="zh")),
    ]
    if english:
        found.append((node, SKOS.prefLabel, Literal(english, language="en")))
    if broader:
        found.append((node, SKOS.broader, NamedNode(broader)))
    return nodes_of(found)[concept], _scheme(in_scheme.value)


@lru_cache(1 << 6)
def _scheme(name: str) -> Node:
    return nodes_of([(NamedNode(name), RDF.type, SKOS.ConceptScheme)])[name]


@lru_cache(1 << 12)
def _rank(notation: str, label: str, broader: str | None) -> str:
    return json.dumps((notation, label, broader or ""), ensure_ascii=False)


@lru_cache(1 << 13)
def _division(node: str, code: str, known: Division | None) -> Node:
    subject = NamedNode(node)
    found: list[Said] = [
        (subject, RDF.type, JC.AdministrativeDivision),
        (subject, RDF.type, SCHEMA.AdministrativeArea),
        (subject, JC.adcode, Literal(code)),
    ]
    if known:
        if known.name:
            found.append((subject, RDFS.label, Literal(known.name, language="zh")))
        found.append((subject, JC.divisionLevel, Literal(known.level)))
        if known.parent:
            found.append((subject, JC.withinDivision, NamedNode(iri.division(known.parent))))
        if known.abolished:
            found.append((subject, JC.abolished, Literal(str(known.abolished), datatype=XSD.gYear)))
        if known.successor:
            found.append((subject, DCT.isReplacedBy, NamedNode(iri.division(known.successor))))
    return nodes_of(found)[node]


def _merged(one: Node, other: Node) -> Node:
    rows: dict[str, Row] = {}
    for row in (*one.rows, *other.rows):
        put(rows, *row)
    return Node.of(one.subject, rows)


class Vocabulary:
    """Collects what is said in `data` and concepts in `terms`, both by subject; each is described once."""

    def __init__(self, lexicon: Lexicon, divisions: Mapping[str, Division]) -> None:
        self.lexicon = lexicon
        self.divisions = divisions
        self.data: defaultdict[str, dict[str, Row]] = defaultdict(dict)
        self.terms: dict[str, Node] = {}
        self.places_and_times: dict[str, Node] = {}  # of `data` too; the same whoever refers to them
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
        self.places_and_times[node] = _division(node, code, known)
        for other in (known.parent, known.successor) if known else ():
            if other:
                self.describe_division(other)
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

    def nodes(self, said: Mapping[str, Node]) -> list[Node]:
        """What `data` (as `said` gives it) and `terms` describe, in order."""
        both = said.keys() & self.terms.keys()
        merged = (_merged(said[subject], self.terms[subject]) for subject in both)
        alone = (
            node for found in (said, self.terms) for subject, node in found.items() if subject not in both
        )
        return in_order((*merged, *alone))

    def said(self) -> dict[str, Node]:
        """What `data` describes."""
        found = {subject: Node.of(subject, rows) for subject, rows in self.data.items()}
        for subject, node in self.places_and_times.items():
            found[subject] = _merged(found[subject], node) if subject in found else node
        return found

    def include(self, said: Iterable[Said | Triple]) -> None:
        """Take statements in."""
        for subject, predicate, value in said:
            put(self.data[subject.value], predicate, value)

    def _add(self, subject: str, predicate: NamedNode, value: str | NamedNode | Literal) -> None:
        if isinstance(value, str):
            put(self.data[subject], predicate, text=f"<{value}>")
        else:
            put(self.data[subject], predicate, value)

    def _types(self, subject: str, *kinds: NamedNode) -> None:
        """Our class, and those of others: not every tool draws that conclusion from the ontology."""
        for kind in kinds:
            self._add(subject, RDF.type, kind)

    def _text(self, subject: str, predicate: NamedNode, text: str | None) -> None:
        if text:
            put(self.data[subject], predicate, text=quoted(text, "@zh"))
