"""The plain triples say what the statements say, without statements, in terms that are declared."""

from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, parse

from jiceng import query
from jiceng.export import export
from jiceng.graph.namespaces import JC, OWL, PREFIXES, RDF, RDFS, SKOS
from jiceng.resources import ontology_directory

BUILT_IN = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", RDFS.base, OWL.base)
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}


@pytest.fixture(scope="module")
def plain(built: Path) -> list[Triple]:
    return [quad.triple for quad in parse(export(built, "plain"), format=RdfFormat.TURTLE)]


def pairs(store: Store, where: str) -> set[tuple[str, str]]:
    found = store.query(f"SELECT ?a ?b {{ {where} }}", prefixes=dict(PREFIXES))
    return {(row["a"].value, row["b"].value) for row in found}  # type: ignore[union-attr, index]


DIRECT = {
    "adopts": "?s a jc:MechanismAdoption ; jc:division ?a ; jc:mechanism ?b",
    "hasTier": "?s a jc:TierChain ; jc:division ?a ; jc:tier ?b",
    "hasOrganisation": "?b a jc:Organisation ; jc:division ?a",
    "appliesPolicy": "?b a jc:PolicyDocument ; jc:division ?a",
    "hasHonour": "?b a jc:Honour ; jc:division ?a",
    "hasPerson": "?b a jc:Person ; jc:division ?a",
    "superiorTier": "?a jc:superiorTier ?b",
    "withinDivision": "?a jc:withinDivision ?b",
    "organisationKind": "?a jc:organisationKind ?b",
    "mechanismType": "?a jc:mechanismType ?b",
}


@pytest.mark.parametrize("name", DIRECT)
def test_direct_properties_say_what_the_statements_say(built: Path, plain: list[Triple], name: str) -> None:
    expected = pairs(query.open_store(built), DIRECT[name])
    found = {(t.subject.value, t.object.value) for t in plain if t.predicate == getattr(JC, name)}  # type: ignore[union-attr]
    assert found == expected
    assert expected


def test_numbers_are_facts_of_the_whole_division_under_their_indicators(
    built: Path, plain: list[Triple]
) -> None:
    store = query.open_store(built)
    expected = set()
    for fact in {q.subject for q in store.quads_for_pattern(None, JC.value, None)}:
        told = {q.predicate: q.object for q in store.quads_for_pattern(fact, None, None)}
        nature = next(store.quads_for_pattern(told[JC.nature], SKOS.notation, None)).object.value  # type: ignore[union-attr, arg-type]
        narrow = (
            JC.subject in told
            or JC.per in told
            or JC.doubtful in told
            or JC.doubtfulPlacement in told
            or JC.doubtfulPlacement in told
        )
        if JC.indicator in told and nature == "fact" and not narrow:
            labels = store.quads_for_pattern(told[JC.indicator], SKOS.prefLabel, None)  # type: ignore[arg-type]
            (label,) = (q.object.value for q in labels if q.object.language == "zh")  # type: ignore[union-attr]
            expected.add((told[JC.division].value, label, told[JC.value].value))  # type: ignore[union-attr]
    properties = {
        t.subject for t in plain if t.predicate == RDFS.subPropertyOf and t.object == JC.indicatorValue
    }
    labels = {
        t.subject: t.object.value for t in plain if t.predicate == RDFS.label and t.object.language == "zh"
    }  # type: ignore[union-attr]
    found = {
        (t.subject.value, labels[t.predicate], t.object.value)  # type: ignore[union-attr]
        for t in plain
        if t.predicate in properties
    }
    assert found == expected
    assert len(found) > 1
    assert any(left for left in store.quads_for_pattern(None, JC.subject, None))


def test_there_are_no_statements_evidences_or_blank_nodes(plain: list[Triple]) -> None:
    away = {JC.Measurement, JC.MechanismAdoption, JC.TierChain, JC.Evidence}
    assert not away & {t.object for t in plain if t.predicate == RDF.type}
    assert all(isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in plain)


def test_every_term_is_declared_in_the_ontology_or_the_file(plain: list[Triple]) -> None:
    ontology = parse(path=str(ontology_directory() / "jiceng.ttl"), format=RdfFormat.TURTLE)
    kinds: dict[object, set[object]] = {}
    for triple in (*ontology, *plain):
        if triple.predicate == RDF.type and triple.object in KINDS:
            kinds.setdefault(triple.subject, set()).add(triple.object)
    assert all(len(found) == 1 for found in kinds.values())
    used = {t.predicate for t in plain} | {t.object for t in plain if t.predicate == RDF.type}
    assert not [t for t in used - kinds.keys() if not t.value.startswith(BUILT_IN)]  # type: ignore[union-attr]
    ours = [t for t in kinds if "/indicator-value/" in t.value]  # type: ignore[attr-defined]
    for term in ours:
        definitions = [
            t.object.language for t in plain if t.subject == term and t.predicate == SKOS.definition
        ]  # type: ignore[union-attr]
        assert sorted(map(str, definitions)) == ["en", "zh"]
        assert any(t.subject == term and t.predicate == RDFS.label for t in plain)


def test_rdf_xml_can_hold_them(plain: list[Triple], tmp_path: Path) -> None:
    """RDF/XML writes a property as an element: its name must be one that XML allows."""
    graph = rdflib.Graph()
    for triple in plain:
        graph.parse(data=f"{triple} .", format="nt")
    back = rdflib.Graph().parse(data=graph.serialize(format="xml"), format="xml")
    assert set(back) == set(graph)


def test_the_plain_triples_are_a_network_too(built: Path, tmp_path: Path) -> None:
    (tmp_path / "plain.ttl").write_bytes(export(built, "plain"))
    text = export(tmp_path / "plain.ttl", "gexf").decode()
    assert 'label="adopts"' in text
    assert "MechanismAdoption" not in text
