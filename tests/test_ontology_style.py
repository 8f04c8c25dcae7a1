"""style.ttl lints the ontology, with two engines, and finds every fault; data use declared terms."""

import pyshacl
import pytest
import rdflib
from pyoxigraph import NamedNode, RdfFormat, parse
from rdflib.namespace import SH

from jiceng.graph.namespaces import JC, OWL, PREFIXES, RDF
from jiceng.resources import ontology_directory
from jiceng.validate import shacl

FOLDER = ontology_directory()
STYLE = FOLDER / "style.ttl"
OURS = "https://w3id.org/jiceng/ontology"
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items()) + (
    "PREFIX owl: <http://www.w3.org/2002/07/owl#>\nPREFIX vs: <http://www.w3.org/2003/06/sw-vocab-status/ns#>\n"
)


@pytest.fixture(scope="module")
def text():
    return (FOLDER / "jiceng.ttl").read_text("utf-8")


def ours(turtle):
    results = shacl.validate(parse(turtle, format=RdfFormat.TURTLE), shacl.load_shapes(STYLE))
    return sorted({(r.focus, r.component) for r in results if r.focus.startswith("http")})


def pyshacls(turtle):
    data = rdflib.Graph().parse(data=turtle, format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(STYLE), advanced=False)
    found = set()
    for result in report.subjects(rdflib.RDF.type, SH.ValidationResult):
        focus = report.value(result, SH.focusNode)
        component = report.value(result, SH.sourceConstraintComponent)
        if isinstance(focus, rdflib.URIRef) and not any(report.subjects(SH.detail, result)):
            found.add((str(focus), str(component).rpartition("#")[2]))
    return sorted(found)


def test_the_ontology_is_as_it_should_be(text):
    assert ours(text) == pyshacls(text) == []


FAULTS = {
    "no Chinese label": 'DELETE DATA { jc:Tier rdfs:label "层级"@zh }',
    "two English labels": 'INSERT DATA { jc:Tier rdfs:label "level"@en }',
    "label in French": 'INSERT DATA { jc:Tier rdfs:label "niveau"@fr }',
    "no definition": "DELETE { jc:Tier skos:definition ?d } WHERE { jc:Tier skos:definition ?d }",
    "no example": "DELETE { jc:Tier skos:example ?d } WHERE { jc:Tier skos:example ?d }",
    "no status": "DELETE { jc:Tier vs:term_status ?d } WHERE { jc:Tier vs:term_status ?d }",
    "status that is none": 'INSERT DATA { jc:Tier vs:term_status "good" }',
    "term of nobody": f"DELETE DATA {{ jc:Tier rdfs:isDefinedBy <{OURS}> }}",
    "class with nothing but its declaration": "INSERT DATA { jc:Village a owl:Class }",
    "term that is not declared": f"INSERT DATA {{ jc:village rdfs:isDefinedBy <{OURS}> }}",
    "orphan": "DELETE { jc:Evidence rdfs:subClassOf ?c . ?p rdfs:range jc:Evidence }"
    " WHERE { jc:Evidence rdfs:subClassOf ?c . ?p rdfs:range jc:Evidence }",
    "domain unknown": "DELETE DATA { jc:tier rdfs:domain jc:TierChain } ; "
    "INSERT DATA { jc:tier rdfs:domain jc:Chain }",
    "no domain": "DELETE DATA { jc:tier rdfs:domain jc:TierChain }",
    "two domains": "INSERT DATA { jc:tier rdfs:domain jc:Honour }",
    "range unknown": "DELETE DATA { jc:tier rdfs:range jc:Tier } ; "
    "INSERT DATA { jc:tier rdfs:range jc:Rank }",
    "range of another kind": "DELETE DATA { jc:tier rdfs:range jc:Tier } ; "
    "INSERT DATA { jc:tier rdfs:range xsd:string }",
    "datatype that OWL lacks": "INSERT DATA { jc:abolished rdfs:range xsd:gYear }",
    "superclass unknown": "INSERT DATA { jc:Tier rdfs:subClassOf schema:Layer }",
    "superproperty of another kind": "INSERT DATA { jc:tier rdfs:subPropertyOf dct:identifier }",
    "member of a list unknown": "DELETE { ?l rdf:first jc:Tier } INSERT { ?l rdf:first jc:Rank }"
    " WHERE { ?l rdf:first jc:Tier }",
    "no licence": "DELETE { ?o dct:license ?l } WHERE { ?o dct:license ?l }",
    "version in words": f'DELETE {{ ?o owl:versionInfo ?v }} INSERT {{ <{OURS}> owl:versionInfo "new" }}'
    " WHERE { ?o owl:versionInfo ?v }",
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found(text, name):
    data = rdflib.Graph().parse(data=text, format="turtle")
    before = set(data)
    data.update(HEAD + FAULTS[name])
    assert set(data) != before
    bad = data.serialize(format="turtle")
    assert ours(bad) == pyshacls(bad) != []


def test_the_example_uses_only_declared_terms_of_ours(root):
    kinds = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty}
    ontology = parse(path=str(FOLDER / "jiceng.ttl"), format=RdfFormat.TURTLE)
    declared = {t.subject for t in ontology if t.predicate == RDF.type and t.object in kinds}
    declared.add(JC.unknownPeriod)
    used = set()
    for triple in parse(path=str(root / "graphs" / "jiceng.ttl"), format=RdfFormat.TURTLE):
        used |= {term for term in triple if isinstance(term, NamedNode) and term.value.startswith(JC.base)}
    assert len(used) > 40
    assert used <= declared
