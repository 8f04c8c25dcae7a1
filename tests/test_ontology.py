"""The ontology says what the contract and the data need, in both languages, and agrees with itself."""

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from jiceng import graph
from jiceng.graph.namespaces import DCT, JC, RDF, RDFS, SH, SKOS, Namespace
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory

OWL = Namespace("http://www.w3.org/2002/07/owl#")
FOLDER = ontology_directory()
# Every term of ours that the contract with other tools names.
CONTRACT = """
AdministrativeDivision adcode withinDivision SourceDocument Article about Evidence division evidence rule
TierChain tier Tier position organisationType superiorTier declaredLevels chainType
Measurement value upperValue comparator unit measured indicator action subject per period nature
MechanismAdoption mechanism Mechanism mechanismType component level
Organisation organisationKind within PolicyDocument issuer Honour recipient Person role
"""
KINDS = {OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty}
# Of RDF, RDFS and OWL themselves: not to be declared (OWL 2 Structural Specification, section 5.8.1).
BUILT_IN = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#", OWL.base)
ENUMERATIONS = ("ChainType", "Comparator", "Nature", "MechanismType", "OrganisationKind")


def read(path):
    return list(parse(path=str(path), format=RdfFormat.TURTLE))


@pytest.fixture(scope="module")
def ontology():
    return read(FOLDER / "jiceng.ttl")


@pytest.fixture(scope="module")
def declared(ontology):
    return {t.subject for t in ontology if t.predicate == RDF.type and t.object in KINDS}


def values(triples, subject, predicate):
    return [t.object for t in triples if t.subject == subject and t.predicate == predicate]


@pytest.mark.parametrize("term", CONTRACT.split())
def test_the_contract_s_terms_are_declared(declared, term):
    assert getattr(JC, term) in declared


def test_every_term_has_label_and_definition_in_both_languages(ontology, declared):
    ours = sorted((t for t in declared if t.value.startswith(JC.base)), key=str)
    assert len(ours) > 50
    for term in ours:
        for predicate in (RDFS.label, SKOS.definition):
            languages = sorted(v.language or "" for v in values(ontology, term, predicate))
            assert languages == ["en", "zh"], (term, predicate)
        assert values(ontology, term, RDFS.isDefinedBy) == [NamedNode("https://w3id.org/jiceng/ontology")]


def test_every_property_of_ours_has_a_domain_and_a_range(ontology, declared):
    properties = {
        t.subject
        for t in ontology
        if t.object in (OWL.ObjectProperty, OWL.DatatypeProperty) and t.subject.value.startswith(JC.base)
    }
    assert not [p for p in properties if len(values(ontology, p, RDFS.domain)) != 1]
    without_range = {p for p in properties if len(values(ontology, p, RDFS.range)) != 1}
    assert without_range == {JC.abolished}  # xsd:gYear is not in OWL 2's datatype map


def test_header_has_version_licence_and_creators(ontology):
    header = NamedNode("https://w3id.org/jiceng/ontology")
    for predicate in (OWL.versionIRI, OWL.versionInfo, DCT.license, DCT.creator):
        assert len(values(ontology, header, predicate)) == 1
    assert {v.language for v in values(ontology, header, RDFS.comment)} == {"en", "zh"}


def test_no_term_is_two_kinds_of_property(ontology, declared):
    for term in declared:
        assert len(KINDS & set(values(ontology, term, RDF.type))) == 1, term


def test_alignments(ontology):
    pairs = {
        (t.subject.value.rpartition("#")[2], t.object.value)
        for t in ontology
        if t.predicate in (RDFS.subClassOf, RDFS.subPropertyOf) and isinstance(t.object, NamedNode)
    }
    for ours, theirs in (
        ("Measurement", "http://purl.org/linked-data/cube#Observation"),
        ("Organisation", "http://www.w3.org/ns/org#Organization"),
        ("Statement", "http://www.w3.org/ns/prov#Entity"),
        ("Evidence", "http://www.w3.org/ns/oa#SpecificResource"),
        ("Person", "http://xmlns.com/foaf/0.1/Person"),
        ("AdministrativeDivision", "https://schema.org/AdministrativeArea"),
        ("Mechanism", "http://www.w3.org/2004/02/skos/core#Concept"),
        ("organisationKind", "http://www.w3.org/ns/org#classification"),
        ("refPeriod", "http://www.w3.org/2006/time#hasTime"),
        ("evidence", "http://www.w3.org/ns/prov#wasDerivedFrom"),
        ("adcode", "http://purl.org/dc/terms/identifier"),
    ):
        assert (ours, theirs) in pairs


def test_all_that_the_ontology_refers_to_is_declared(ontology, declared):
    used = {t.predicate for t in ontology}
    used |= {
        t.object
        for t in ontology
        if t.predicate in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain)
        and isinstance(t.object, NamedNode)
    }
    assert not [t for t in used - declared if not t.value.startswith(BUILT_IN)]


def test_all_that_the_data_use_is_declared(declared, sample):
    built = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    triples = {*built.data, *built.terms}
    used = {t.predicate for t in triples} | {t.object for t in triples if t.predicate == RDF.type}
    assert not [t for t in used - declared if not t.value.startswith(BUILT_IN)]


def test_all_that_the_shapes_speak_of_is_declared(declared):
    shapes = read(FOLDER / "shapes.ttl")
    wanted = (SH.path, SH.inversePath, SH.targetClass, getattr(SH, "class"), SH.lessThan)
    used = {t.object for t in shapes if t.predicate in wanted and isinstance(t.object, NamedNode)}
    assert len(used) > 40
    assert not [t for t in used - declared if not t.value.startswith(BUILT_IN)]


def test_every_class_of_facts_has_a_shape(ontology):
    targets = {t.object for t in read(FOLDER / "shapes.ttl") if t.predicate == SH.targetClass}
    classes = {t.subject for t in ontology if t.object == OWL.Class and t.subject.value.startswith(JC.base)}
    assert classes - targets == {JC.Statement}  # its shape names the kinds, since data carry no subclasses


# --- vocabularies -----------------------------------------------------------------------------------------


def vocabularies():
    return sorted(p for p in (FOLDER / "vocabulary").glob("*.ttl") if p.stem != "divisions")


@pytest.mark.parametrize("path", vocabularies(), ids=lambda p: p.stem)
def test_vocabulary_is_a_scheme_of_labelled_concepts(path):
    triples = read(path)
    scheme = NamedNode(f"https://w3id.org/jiceng/vocabulary/{path.stem}")
    assert values(triples, scheme, RDF.type) == [SKOS.ConceptScheme]
    concepts = {t.subject for t in triples if t.object == SKOS.Concept}
    notations = [t.object.value for t in triples if t.predicate == SKOS.notation]
    assert len(notations) == len(set(notations)) == len(concepts)
    for concept in concepts:
        assert values(triples, concept, SKOS.inScheme) == [scheme], concept
        assert values(triples, concept, SKOS.prefLabel), concept
        languages = [v.language for v in values(triples, concept, SKOS.prefLabel)]
        assert len(languages) == len(set(languages)), concept
        assert set(values(triples, concept, SKOS.broader)) <= concepts, concept


@pytest.mark.parametrize("name", ["comparators", "natures"])
def test_concept_in_both_languages(name):
    for concept in load_lexicon().scheme(name).concepts:
        assert concept.labels
        assert concept.english


@pytest.mark.parametrize("shape", ENUMERATIONS)
def test_enumerations_of_the_shapes_are_those_of_the_vocabularies(shape):
    shapes = read(FOLDER / "shapes.ttl")
    first = {t.subject: t.object for t in shapes if t.predicate == RDF.first}
    rest = {t.subject: t.object for t in shapes if t.predicate == RDF.rest}
    node = NamedNode(f"https://w3id.org/jiceng/shapes#{shape}")
    allowed, scheme = set(), ""
    for inner in values(shapes, node, SH.property):
        for at in values(shapes, inner, getattr(SH, "in")):
            while at != RDF.nil:
                allowed.add(first[at].value)
                at = rest[at]
        for value in values(shapes, inner, SH.hasValue):
            scheme = value.value.rpartition("/")[2]
    found = {c.notation for c in load_lexicon().scheme(scheme).concepts if c.broader is None}
    assert allowed == found


def test_literals_of_the_ontology_are_clean(ontology):
    texts = [t.object for t in ontology if isinstance(t.object, Literal)]
    assert not [t for t in texts if t.value != t.value.strip() or "  " in t.value]
