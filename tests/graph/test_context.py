"""When, where and by whom: periods, selectors and provenance in the graph."""

import dataclasses

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import graph, validate
from jiceng.graph import provenance
from jiceng.graph.evidence import CONTEXT
from jiceng.graph.namespaces import OA, PREFIXES
from jiceng.graph.nodes import nodes_of
from jiceng.graph.serialise import in_order
from jiceng.lexicon import load_lexicon
from jiceng.resources import ontology_directory

HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())


def rows(built, query):
    store = Store()
    store.load(graph.turtle(built), format=RdfFormat.TURTLE)
    return sorted(tuple(None if v is None else v.value for v in row) for row in store.query(HEAD + query))


@pytest.fixture
def said(sample):
    """A graph of one measurement with a time phrase, in a document with or without a date."""

    def build(phrase, dateline=""):
        corpus = sample["corpus"]()
        document = sample["source"]("武侯.txt", sample["WUHOU"] + dateline)
        article = sample["article"](document, "510107")
        fact = sample["measurement"]("86", "院落党支部", period=phrase)
        indicator = corpus.statements[1].indicator
        statement = sample["state"](article, fact, "院落党支部86个，", indicator=indicator)
        small = dataclasses.replace(corpus, sources=(document,), articles=(article,), statements=(statement,))
        built = graph.build(small, load_lexicon(), sample["DIVISIONS"])
        assert validate.validate(built, small).conforms
        return built

    return build


PERIOD = """SELECT ?p ?start ?end ?duration WHERE { ?m a jc:Measurement ; jc:refPeriod ?p .
    OPTIONAL { ?p time:hasBeginning/time:inXSDDate ?start } OPTIONAL { ?p time:hasEnd/time:inXSDDate ?end }
    OPTIONAL { ?p time:hasXSDDuration ?duration } }"""
BASE = "https://w3id.org/jiceng/id/period/"
DATELINE = "\n2024年5月17日 星期五\n"


@pytest.mark.parametrize(
    ("phrase", "dateline", "expected"),
    [
        ("2019年", "", (f"{BASE}2019", "2019-01-01", "2019-12-31", None)),
        ("2019年以来", "", (f"{BASE}since-2019", "2019-01-01", None, None)),
        ("2019年以来", DATELINE, (f"{BASE}2019--2024-05-17", "2019-01-01", "2024-05-17", None)),
        ("近三年", DATELINE, (f"{BASE}P3Y--2024-05-17", None, "2024-05-17", "P3Y")),
        ("2022年底", "", (f"{BASE}end-of-2022", None, "2022-12-31", None)),
        ("近三年", "", ("https://w3id.org/jiceng/ontology#unknownPeriod", None, None, None)),
        ("近年来", DATELINE, ("https://w3id.org/jiceng/ontology#unknownPeriod", None, None, None)),
        (None, DATELINE, ("https://w3id.org/jiceng/ontology#unknownPeriod", None, None, None)),
    ],
)
def test_periods_are_intervals_as_far_as_text_and_date_say(said, phrase, dateline, expected):
    built = said(phrase, dateline)
    assert rows(built, PERIOD) == [expected]
    kept = rows(built, "SELECT ?phrase WHERE { ?m jc:period ?phrase }")
    assert kept == ([(phrase,)] if phrase else [])


def test_end_of_a_year_finishes_it(said):
    assert rows(said("2022年底"), "SELECT ?a ?b WHERE { ?a time:intervalFinishes ?b }") == [
        (f"{BASE}end-of-2022", f"{BASE}2022")
    ]


def test_a_document_s_own_date_is_said(said):
    query = "SELECT ?date WHERE { ?d schema:datePublished ?date }"
    assert rows(said("今年", DATELINE), query) == [("2024-05-17",)]
    assert rows(said("今年"), query) == []


def test_statements_of_one_thing_that_mean_different_years_have_no_period(sample):
    corpus = sample["corpus"]()
    documents = [
        sample["source"](f"{year}.txt", sample["WUHOU"] + f"\n{year}年5月17日 星期五")
        for year in (2023, 2024)
    ]
    articles = [sample["article"](document, "510107") for document in documents]
    fact = sample["measurement"]("86", "院落党支部", period="今年")
    statements = tuple(sample["state"](article, fact, "院落党支部86个，") for article in articles)
    both = dataclasses.replace(
        corpus, sources=tuple(documents), articles=tuple(articles), statements=statements
    )
    assert rows(graph.build(both, load_lexicon(), sample["DIVISIONS"]), PERIOD) == []


def test_evidence_is_a_position_and_a_quote_with_what_stands_around_it(sample):
    corpus = sample["corpus"]()
    built = graph.build(corpus, load_lexicon(), sample["DIVISIONS"])
    texts = {s.sha256: s.text for s in corpus.sources}
    found = rows(
        built,
        """SELECT ?sha ?start ?end ?before ?behind
        WHERE { ?e a oa:TextPositionSelector , oa:TextQuoteSelector ;
        oa:hasSource/schema:sha256 ?sha ; oa:start ?start ; oa:end ?end .
        OPTIONAL { ?e oa:prefix ?before } OPTIONAL { ?e oa:suffix ?behind } }""",
    )
    assert len(found) == len({e for s in corpus.statements for e in s.evidence})
    for sha, start, end, before, behind in found:
        text, first, last = texts[sha], int(start), int(end)
        assert (before or "") == text[max(0, first - CONTEXT) : first]
        assert (behind or "") == text[last : last + CONTEXT]


def test_a_context_that_is_not_the_source_s_is_found(sample):
    corpus = sample["corpus"]()
    built = graph.build(corpus, load_lexicon(), sample["DIVISIONS"])
    store = Store()
    store.load(graph.turtle(built), format=RdfFormat.TURTLE)
    store.update(HEAD + 'DELETE { ?e oa:suffix ?s } INSERT { ?e oa:suffix "甲乙" } WHERE { ?e oa:suffix ?s }')
    nodes = nodes_of(quad.triple for quad in store)
    damaged = dataclasses.replace(built, nodes=tuple(in_order(nodes.values())))
    report = validate.validate(damaged, corpus)
    assert {(v.component, v.path) for v in report.violations} == {(validate.QUOTE, OA.suffix.value)}


def test_articles_lead_to_software_rules_and_sources(sample):
    corpus = sample["corpus"]()
    built = graph.build(corpus, load_lexicon(), sample["DIVISIONS"])
    found = rows(
        built,
        """SELECT DISTINCT ?version ?rules ?used WHERE { ?a a jc:Article ; prov:wasGeneratedBy ?act .
        ?act prov:used/schema:sha256 ?used ; prov:wasAssociatedWith/schema:softwareVersion ?version ;
        prov:qualifiedAssociation/prov:hadPlan/schema:sha256 ?rules }""",
    )
    assert {row[2] for row in found} == {s.sha256 for s in corpus.sources}
    assert {row[1] for row in found} == {provenance.rules_sha256(ontology_directory())}
    named = rows(built, "SELECT DISTINCT ?n WHERE { ?plan dct:hasPart/dct:identifier ?n }")
    assert named == rows(built, "SELECT DISTINCT ?n WHERE { ?fact jc:rule ?n }")


def test_other_rules_are_another_activity(tmp_path):
    (tmp_path / "rules").mkdir()
    (tmp_path / "vocabulary").mkdir()
    other = provenance.rules_sha256(tmp_path)
    assert other != provenance.rules_sha256(ontology_directory())
    assert provenance.activity(tmp_path, ["a"]) != provenance.activity(ontology_directory(), ["a"])
    assert provenance.activity(tmp_path, ["a", "b"]) == provenance.activity(tmp_path, ["b", "a"])
