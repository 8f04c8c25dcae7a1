"""Our engine gives pySHACL's verdicts: on good data, on damaged data, and for each constraint by itself."""

import random

import pyshacl
import pytest
import rdflib
from pyoxigraph import BlankNode, RdfFormat, parse
from tests.shacl_reports import results_in

from jiceng import graph
from jiceng.errors import OntologyError
from jiceng.graph.namespaces import PREFIXES
from jiceng.graph.nodes import nodes_of
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory
from jiceng.validate import shacl

SHAPES = ontology_directory() / "shapes.ttl"
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items()) + (
    "PREFIX sh: <http://www.w3.org/ns/shacl#>\nPREFIX ex: <http://example.org/>\n"
)


def ours(data, path):
    triples = [quad.triple for quad in parse(data, format=RdfFormat.TURTLE)]
    shapes = shacl.load_shapes(path)
    results = shacl.validate(triples, shapes)
    blank = [triple for triple in triples if isinstance(triple.subject, BlankNode)]
    nodes = nodes_of(triple for triple in triples if triple not in blank).values()
    for _ in range(2):  # the second time by what the nodes remember
        assert shacl.validate(blank, shapes, nodes=nodes) == results
    return sorted((r.focus, r.path or "", r.value or "", r.component) for r in results)


def pyshacls(data, path):
    _, report, _ = pyshacl.validate(
        rdflib.Graph().parse(data=data, format="turtle"), shacl_graph=rdflib.Graph().parse(path)
    )
    return sorted(results_in(report))


@pytest.fixture(scope="module")
def good(sample):
    return graph.turtle(graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])).decode()


def test_good_data(good):
    assert ours(good, SHAPES) == pyshacls(good, SHAPES) == []


DAMAGE = {
    "value twice": 'DELETE {} INSERT { ?m jc:value 3.5 } WHERE { ?m jc:value ?v ; jc:measured "院落"@zh }',
    "value as a string": 'DELETE { ?m jc:value ?v } INSERT { ?m jc:value "86" } WHERE { ?m jc:value ?v }',
    "value that is none": 'DELETE { ?m jc:value ?v } INSERT { ?m jc:value "x"^^xsd:decimal }'
    " WHERE { ?m jc:value ?v }",
    "upper below value": "DELETE { ?m jc:upperValue ?v } INSERT { ?m jc:upperValue 4.0 }"
    " WHERE { ?m jc:upperValue ?v }",
    "no evidence": "DELETE { ?f jc:evidence ?e } WHERE { ?f jc:evidence ?e }",
    "no division": "DELETE { ?f jc:division ?e } WHERE { ?f jc:division ?e ; a jc:Organisation }",
    "evidence from nowhere": "DELETE { ?d a jc:SourceDocument } WHERE { ?d a jc:SourceDocument }",
    "start behind end": "DELETE { ?e oa:start ?v } INSERT { ?e oa:start 99999 } WHERE { ?e oa:start ?v }",
    "start below zero": "DELETE { ?e oa:start ?v } INSERT { ?e oa:start -1 } WHERE { ?e oa:start ?v }",
    "empty quote": 'DELETE { ?e oa:exact ?v } INSERT { ?e oa:exact "" } WHERE { ?e oa:exact ?v }',
    "code of five digits": 'DELETE { ?d jc:adcode ?v } INSERT { ?d jc:adcode "51010" }'
    " WHERE { ?d jc:adcode ?v }",
    "level that is none": 'INSERT { ?d jc:divisionLevel "planet" } WHERE { ?d jc:adcode ?v }',
    "hash cut": 'DELETE { ?d schema:sha256 ?v } INSERT { ?d schema:sha256 "abc" }'
    " WHERE { ?d schema:sha256 ?v }",
    "comparator of another scheme": "DELETE { ?m jc:comparator ?v } INSERT { ?m jc:comparator ?n } "
    "WHERE { ?m jc:comparator ?v ; jc:nature ?n }",
    "unit as text": 'DELETE { ?m jc:unit ?v } INSERT { ?m jc:unit "个" } WHERE { ?m jc:unit ?v }',
    "concept without notation": "DELETE { ?c skos:notation ?n } WHERE { ?c skos:notation ?n }",
    "label in no language": 'DELETE { ?o rdfs:label ?l } INSERT { ?o rdfs:label "甲" }'
    " WHERE { ?o rdfs:label ?l }",
    "two labels of a language": 'INSERT { ?c skos:prefLabel "又"@zh } WHERE { ?c a skos:Concept }',
    "tier of two chains": "INSERT { <http://a/chain> a jc:TierChain ; jc:tier ?t } WHERE { ?c jc:tier ?t }",
    "chain of one tier": "DELETE { ?c jc:tier ?t }"
    " WHERE { ?c jc:tier ?t . ?t jc:position ?p FILTER (?p > 1) }",
    "mechanism nobody has": "DELETE { ?a jc:mechanism ?m } WHERE { ?a jc:mechanism ?m }",
    "abolished in a text": 'INSERT { ?d jc:abolished "2010" } WHERE { ?d jc:adcode ?v }',
    "doubt as a word": 'INSERT { ?f jc:doubtful "perhaps" } WHERE { ?f jc:rule ?r }',
    "doubt of placement as a word": 'INSERT { ?f jc:doubtfulPlacement "perhaps" } WHERE { ?f jc:rule ?r }',
    "observation of no data set": "DELETE { ?m qb:dataSet ?s } WHERE { ?m qb:dataSet ?s }",
    "observation without period": "DELETE { ?m jc:refPeriod ?p } WHERE { ?m jc:refPeriod ?p }",
    "period as text": 'INSERT { ?m jc:refPeriod "2019" } WHERE { ?m a jc:Measurement }',
    "document dated in words": 'INSERT { ?d schema:datePublished "去年" } WHERE { ?d schema:sha256 ?h }',
    "document dated by a number": "INSERT { ?d schema:datePublished 2023 } WHERE { ?d schema:sha256 ?h }",
    "quote without selector": "DELETE { ?e a oa:TextQuoteSelector } WHERE { ?e a oa:TextQuoteSelector }",
    "two prefixes": 'INSERT { ?e oa:prefix "甲" } WHERE { ?e oa:prefix ?p }',
    "article that nothing made": "DELETE { ?a prov:wasGeneratedBy ?x } WHERE { ?a prov:wasGeneratedBy ?x }",
    "within a division": "INSERT { ?o jc:within ?d } WHERE { ?o a jc:Organisation ; jc:division ?d }",
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damaged_data(good, name):
    data = rdflib.Graph().parse(data=good, format="turtle")
    before = set(data)
    data.update(HEAD + DAMAGE[name])
    assert set(data) != before
    bad = data.serialize(format="turtle")
    assert ours(bad, SHAPES) == pyshacls(bad, SHAPES) != []


@pytest.mark.parametrize("seed", range(6))
def test_data_with_triples_lost_at_random(good, seed):
    lines = graph_lines(good)
    chosen = random.Random(seed)
    bad = "\n".join(line for line in lines if chosen.random() > 0.15)
    assert ours(bad, SHAPES) == pyshacls(bad, SHAPES) != []


def graph_lines(turtle):
    data = rdflib.Graph().parse(data=turtle, format="turtle")
    return sorted(data.serialize(format="nt").splitlines())


# --- constraints one by one --------------------------------------------------------------------------

CASES = {
    "subclass": ("sh:class ex:Big", "ex:Small rdfs:subClassOf ex:Big . ex:a ex:p ex:v . ex:v a ex:Small ."),
    "other class": ("sh:class ex:Big", "ex:a ex:p ex:v , 'text' ."),
    "node kind IRI": ("sh:nodeKind sh:IRI", "ex:a ex:p ex:v , 'text' , [] ."),
    "node kind literal": ("sh:nodeKind sh:Literal", "ex:a ex:p ex:v , 'text' ."),
    "pattern": ("sh:pattern '^a+$'", "ex:a ex:p 'aa' , 'ab' , <aa> , 'aa'@en ."),
    "has value": ("sh:hasValue 3", "ex:a ex:p 1 , 2 ."),
    "has value, has it": ("sh:hasValue 3", "ex:a ex:p 1 , 3 ."),
    "in": ("sh:in (1 'x' ex:v)", "ex:a ex:p 1 , 'x'@en , ex:v , ex:w ."),
    "language": ("sh:languageIn ('zh')", "ex:a ex:p '甲'@zh , '乙'@zh-Hant , '丙' , 'd'@en , ex:v ."),
    "unique language": ("sh:uniqueLang true", "ex:a ex:p '甲'@zh , '乙'@zh , 'c'@en , 'd' , 'e' ."),
    "minimum": ("sh:minInclusive 2", "ex:a ex:p 1 , 2 , 2.5 , 1.9 , 'x' , ex:v ."),
    "length": ("sh:minLength 2", "ex:a ex:p 'a' , 'ab' , 1 , '党'@zh , <http://a> ."),
    "less than": ("sh:lessThan ex:q", "ex:a ex:p 1 , 5 , 'x' ; ex:q 5 , 6.5 ."),
    "counts": ("sh:minCount 1 ; sh:maxCount 2", "ex:a ex:p 1 , 2 , 3 . ex:b a ex:T ."),
    "decimal": (
        "sh:datatype xsd:decimal",
        "ex:a ex:p 1 , 1.0 , '.5'^^xsd:decimal , 'x' , 'x'^^xsd:decimal .",
    ),
    "node": (
        "sh:node [ sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:datatype xsd:integer ] ]",
        "ex:a ex:p ex:v , ex:w , ex:x . ex:v ex:q 1 . ex:w ex:q 'x' .",
    ),
    "not": ("sh:not [ sh:nodeKind sh:IRI ]", "ex:a ex:p ex:v , 'text' ."),
    "or": (
        "sh:or ( [ sh:nodeKind sh:Literal ] [ sh:path ex:q ; sh:minCount 1 ] [ sh:class ex:Big ] )",
        "ex:a ex:p ex:v , ex:w , ex:x , 'text' . ex:v ex:q 1 . ex:x a ex:Big .",
    ),
    "nested property": (
        "sh:property [ sh:path ex:q ; sh:minCount 1 ]",
        "ex:a ex:p ex:v , ex:w . ex:v ex:q 1 .",
    ),
}


CASES |= {
    "flags": ("sh:pattern '^AA' ; sh:flags 'i'", "ex:a ex:p 'aab' , 'AAb' , 'b' ."),
    "unique language, not asked": ("sh:uniqueLang false", "ex:a ex:p '甲'@zh , '乙'@zh ."),
    "date": (
        "sh:datatype xsd:date",
        "ex:a ex:p '2024-02-28'^^xsd:date , '2024-02-28' , '2024-02'^^xsd:date .",
    ),
}


TARGETS = {
    "node": "ex:S a sh:NodeShape ; sh:targetNode ex:a , ex:nowhere",
    "subjects of": "ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p",
    "objects of": "ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p",
    "class that is a shape": "ex:T a sh:NodeShape , rdfs:Class",
}


@pytest.mark.parametrize("name", TARGETS)
def test_each_kind_of_target(tmp_path, name):
    path = tmp_path / "shapes.ttl"
    path.write_text(f"{HEAD} {TARGETS[name]} ; sh:property [ sh:path ex:q ; sh:minCount 1 ] .")
    data = f"{HEAD} ex:a a ex:T ; ex:p ex:v . ex:b a ex:T ; ex:q 1 ; ex:p ex:w . ex:w ex:q 2 ."
    assert ours(data, path) == pyshacls(data, path) != []


def test_what_leads_back_to_itself_is_not_needed_for_that(tmp_path):
    path = tmp_path / "shapes.ttl"
    path.write_text(
        f"{HEAD} ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property ex:P . "
        "ex:P a sh:PropertyShape ; sh:path ex:p ; sh:node ex:N . "
        "ex:N a sh:NodeShape ; sh:property ex:P , [ sh:path ex:q ; sh:minCount 1 ] ."
    )
    data = f"{HEAD} ex:a a ex:T ; ex:p ex:v , ex:w . ex:v ex:q 1 . ex:w ex:r 1 ."
    at_fault = "http://example.org/a", "http://example.org/p", "http://example.org/w"
    assert ours(data, path) == [(*at_fault, "NodeConstraintComponent")]


@pytest.mark.parametrize("name", CASES)
def test_each_constraint(tmp_path, name):
    constraint, data = CASES[name]
    path = tmp_path / "shapes.ttl"
    path.write_text(
        f"{HEAD} ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; {constraint} ] ."
    )
    found = ours(f"BASE <http://example.org/>\n{HEAD} ex:a a ex:T . {data}", path)
    theirs = pyshacls(f"BASE <http://example.org/>\n{HEAD} ex:a a ex:T . {data}", path)
    assert [r[:2] + r[3:] for r in found] == [r[:2] + r[3:] for r in theirs]
    named = [r for r in found if not r[2].startswith(("n", "_")) and len(r[2]) < 20]
    assert all(r in theirs for r in named)


@pytest.mark.parametrize(
    "value",
    [
        "'1e3'^^xsd:decimal",
        "'１'^^xsd:decimal",
        "'1\\n'^^xsd:integer",
        "'soon'^^xsd:gYear",
        "'2023-13'^^xsd:gYearMonth",
        "'yes'^^xsd:boolean",
    ],
)
def test_lexical_forms_are_those_of_xml_schema(tmp_path, value):
    """rdflib takes what Python's own types take, so this is not compared with pySHACL."""
    path = tmp_path / "shapes.ttl"
    datatype = value.rpartition("^")[2]
    path.write_text(
        f"{HEAD} ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:datatype {datatype} ] ."
    )
    assert [r[3] for r in ours(f"{HEAD} ex:a a ex:T ; ex:p {value} .", path)] == [
        "DatatypeConstraintComponent"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ex:S sh:targetClass ex:T ; sh:closed true .",
        "ex:S sh:targetClass ex:T ; sh:property [ sh:path ( ex:p ex:q ) ; sh:minCount 1 ] .",
        "ex:S sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:datatype xsd:dateTime ] .",
        "ex:S sh:targetClass ex:T ; sh:node ex:Nowhere .",
        "ex:S sh:targetClass ex:T ; sh:or () .",
        "ex:S sh:targetClass ex:T ; sh:pattern '(' .",
        "ex:S sh:targetClass ex:T ; sh:pattern 'a' ; sh:flags 'x' .",
        "ex:S sh:targetClass ex:T ; sh:pattern 'a' ; sh:flags 'q' .",
        "ex:S sh:targetClass ex:T ; sh:uniqueLang 'perhaps' .",
        "ex:S sh:target [ a sh:SPARQLTarget ] .",
        "ex:S a sh:NodeShape ; sh:closed true .",
        "ex:S a sh:NodeShape ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",  # checks nothing
        "ex:S sh:targetClass",
    ],
)
def test_what_is_not_supported_is_refused_and_not_passed_over(tmp_path, text):
    path = tmp_path / "shapes.ttl"
    path.write_text(HEAD + text)
    with pytest.raises(OntologyError, match=r"shapes\.ttl"):
        shacl.load_shapes(path)
