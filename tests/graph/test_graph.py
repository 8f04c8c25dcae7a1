import dataclasses
import json
import shutil
import subprocess
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse
from tests.hash_seeds import printed

from jiceng import graph, jsonl
from jiceng.graph import iri
from jiceng.graph.namespaces import PREFIXES, RDF, SKOS
from jiceng.graph.serialise import written_turtle
from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.model import Corpus

JC = iri.ONTOLOGY
HEAD = "".join(f"PREFIX {prefix}: <{base}>\n" for prefix, base in PREFIXES.items())


@pytest.fixture(scope="module")
def built(sample):
    return graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])


@pytest.fixture(scope="module")
def ask(built):
    store = Store()
    store.load(graph.turtle(built), format=RdfFormat.TURTLE)

    def rows(query):
        return sorted(tuple(None if v is None else v.value for v in row) for row in store.query(HEAD + query))

    return rows


def test_same_fact_in_several_places_is_one_node_with_all_evidence(ask):
    assert ask(
        """SELECT (COUNT(DISTINCT ?e) AS ?places) (COUNT(DISTINCT ?a) AS ?articles) WHERE {
        <https://w3id.org/jiceng/id/adoption/510107/院落管家> jc:evidence ?e ; dct:isPartOf ?a }"""
    ) == [("2", "2")]
    assert ask("SELECT ?label WHERE { ?o a jc:Organisation ; rdfs:label ?label }") == [
        ("望江街道",),
        ("锦绣社区",),
    ]


def test_districts_share_a_mechanism_of_one_type(ask):
    assert ask(
        """SELECT ?place ?type WHERE { ?a a jc:MechanismAdoption ; jc:division/rdfs:label ?place ;
        jc:mechanism ?m . ?m a jc:Mechanism ; jc:mechanismType/skos:notation ?type }"""
    ) == [("云岩区", "service"), ("武侯区", "service")]


def test_chain_has_its_tiers_in_order_each_under_the_one_above(ask):
    assert ask(
        """SELECT ?n ?label ?above WHERE { ?c a jc:TierChain ; jc:tier ?t ; jc:declaredLevels 4 ;
        jc:chainType/skos:notation "party" . ?t jc:position ?n ; rdfs:label ?label ; jc:organisationType ?o
        OPTIONAL { ?t jc:superiorTier/rdfs:label ?above } }"""
    ) == [
        ("1", "区委", None),
        ("2", "街道党工委", "区委"),
        ("3", "社区党委", "街道党工委"),
        ("4", "院落党支部", "社区党委"),
    ]


def test_measurement_counts_the_tier_of_the_same_article_only(ask):
    assert ask("SELECT ?v ?n WHERE { ?m jc:countsTier ?t ; jc:value ?v . ?t jc:position ?n }") == [
        ("12", "4"),
        ("86", "4"),
    ]


def test_measurement_has_all_that_the_text_says(ask):
    assert ask(
        """SELECT ?v ?c ?u ?per ?s ?n ?a WHERE { ?m jc:measured "议事会"@zh ; jc:value ?v ; jc:per ?per ;
        jc:comparator/skos:notation ?c ; jc:unit/skos:notation ?u ; jc:subject ?s ; jc:action ?a ;
        jc:nature/skos:notation ?n }"""
    ) == [("2", ">", "次", "每月", "每个院落", "rule", "开")]
    assert ask('SELECT ?v ?u WHERE { ?m jc:measured "花圃"@zh ; jc:value ?v ; jc:upperValue ?u }') == [
        ("5", "7")
    ]


def test_what_a_vocabulary_lacks_becomes_a_concept_of_that_scheme(ask):
    assert ask(
        """SELECT ?u ?scheme WHERE { ?u skos:notation "簇" ; skos:inScheme ?scheme ; skos:prefLabel ?l }"""
    ) == [(f"{iri.ID}unit/簇", f"{iri.VOCABULARY}units")]


def test_without_any_vocabulary_the_graph_is_complete_too(sample):
    bare = graph.build(sample["corpus"](), Lexicon({}), {})
    notations = {t.object.value for t in bare.terms if t.predicate == SKOS.notation}
    assert {"个", "次", "party", "service", "community", "=", "~", "rule"} <= notations


def test_indicator_joins_districts_and_stands_below_its_broader_concept(ask):
    assert ask(
        """SELECT ?v WHERE { ?m jc:indicator ?i ; jc:value ?v . ?i skos:notation "count.yard-branch" ;
        skos:broader/skos:notation "count" }"""
    ) == [("12",), ("86",), ("90",)]


def test_divisions_lead_up_to_the_province(ask):
    assert ask(
        """SELECT ?label WHERE { ?d jc:adcode "510107" ; jc:withinDivision+ ?above .
        ?above rdfs:label ?label ; a jc:AdministrativeDivision }"""
    ) == [("四川省",), ("成都市",)]


def test_organisation_within_another_and_named_inside_other_facts(ask):
    assert ask("SELECT ?w WHERE { ?o rdfs:label '锦绣社区'@zh ; jc:within/rdfs:label ?w }") == [("望江街道",)]
    assert ask("SELECT ?l WHERE { ?h a jc:Honour ; jc:concerns/rdfs:label ?l }") == [("锦绣社区",)]


def test_facts_that_stand_only_in_text_of_doubtful_placement_say_so(ask, sample):
    assert ask("SELECT ?f WHERE { ?f jc:doubtfulPlacement true }") == []
    corpus = sample["corpus"]()
    plain = next(s for s in corpus.statements if s.doubtful)  # stated once
    doubtful = dataclasses.replace(plain, doubtful_placement=True)
    others = tuple(s for s in corpus.statements if s is not plain)
    for statements, marks in (((*others, plain, doubtful), []), ((*others, doubtful), ["true"])):
        built = graph.build(dataclasses.replace(corpus, statements=statements), load_lexicon(), {})
        found = [t.object.value for t in built.data if t.predicate.value == JC + "doubtfulPlacement"]
        assert found == marks


def test_only_facts_that_are_doubtful_everywhere_are_marked(ask, sample):
    assert ask("SELECT ?v WHERE { ?m jc:doubtful true ; jc:value ?v }") == [("12",)]
    corpus = sample["corpus"]()
    doubtful = dataclasses.replace(corpus.statements[-3], doubtful=True)  # stated without doubt elsewhere
    both = dataclasses.replace(corpus, statements=(*corpus.statements, doubtful))
    built = graph.build(both, load_lexicon(), {})
    marked = [t.subject.value for t in built.data if t.predicate.value == JC + "doubtful"]
    assert len(marked) == 1
    assert "measurement" in marked[0]


def test_every_fact_leads_to_its_exact_place(ask, sample):
    texts = {s.name: s.text for s in sample["corpus"]().sources}
    rows = ask(
        """SELECT ?f ?name ?start ?end ?exact WHERE { ?f jc:evidence ?e . ?e a jc:Evidence ; oa:start ?start ;
        oa:end ?end ; oa:exact ?exact ; oa:hasSource/schema:name ?name }"""
    )
    assert len({r[0] for r in rows}) == len(ask("SELECT ?f WHERE { ?f jc:division ?d ; jc:rule ?r }")) == 16
    assert all(texts[name][int(start) : int(end)] == exact for _, name, start, end, exact in rows)


def test_origin_leads_from_nodes_to_statements(built, sample):
    statements = sample["corpus"]().statements
    found = built.origin[iri.mint("adoption", "510107", "院落管家")]
    assert [statements[i].fact.name for i in found] == ["院落管家", "院落管家"]
    assert all(iri.tier(graph.fact_iri(statements[0]), n) in built.origin for n in (1, 2, 3, 4))


def test_no_blank_nodes_and_every_subject_has_a_type(built):
    triples = {*built.data, *built.terms}
    assert all(
        isinstance(t.subject, NamedNode) and isinstance(t.object, NamedNode | Literal) for t in triples
    )
    typed = {t.subject for t in triples if t.predicate == RDF.type}
    ours = {
        t.object for t in triples if isinstance(t.object, NamedNode) and t.object.value.startswith(iri.ID)
    }
    assert {t.subject for t in triples} | ours == typed


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=None).filter(lambda d: abs(d.adjusted()) < 30)
)
def test_decimal_keeps_the_value_and_has_one_form(value):
    text = graph.decimal(value)
    assert Decimal(text) == value
    assert "E" not in text.upper()
    assert graph.decimal(Decimal(text)) == text == graph.decimal(value * 10 / 10) or len(text) > 25


def test_articles_as_json_lines(sample):
    corpus = sample["corpus"]()
    strange = dataclasses.replace(
        corpus.articles[0], body=dataclasses.replace(corpus.articles[0].body, value="甲\u2028乙\u0085丙\n丁")
    )
    text = jsonl.articles_jsonl(
        Corpus(corpus.sources, (strange, *corpus.articles[1:]), ()), sample["DIVISIONS"]
    ).decode()
    lines = [json.loads(line) for line in text.splitlines()]
    assert [line["district"] for line in lines] == ["武侯区", "云岩区", "武侯区"]
    assert lines[0]["text"] == "甲\u2028乙\u0085丙\n丁"
    assert lines[1]["within"] == ["贵州省", "贵阳市"]
    assert lines[1] | {"text": "", "within": []} == {
        "source": "云岩.txt",
        "district": "云岩区",
        "adcode": "520103",
        "title": "贵州省贵阳市云岩区：院落也能自己管",
        "text": "",
        "spans": [[0, len(sample["YUNYAN"])]],
        "within": [],
    }


# --- as bytes, and in other tools ------------------------------------------------------------------------


def test_turtle_does_not_depend_on_hash_seeds_or_order(built, root, sample):
    code = (
        "import runpy, sys; from jiceng import graph; from jiceng.lexicon import load_lexicon;"
        f"s = runpy.run_path({str(root / 'tests' / 'sample_corpus.py')!r});"
        "sys.stdout.buffer.write(graph.turtle(graph.build(s['corpus'](), load_lexicon(), s['DIVISIONS'])))"
    )
    assert printed(code, root) == {graph.turtle(built).decode()}
    corpus = sample["corpus"]()
    other = dataclasses.replace(corpus, articles=corpus.articles[::-1], sources=corpus.sources[::-1])
    assert graph.turtle(graph.build(other, load_lexicon(), sample["DIVISIONS"])) == graph.turtle(built)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=12))
def test_hostile_names_come_back_whole_from_every_form(sample, name):
    import rdflib

    corpus = sample["corpus"]()
    named = dataclasses.replace(
        corpus.statements[11], fact=dataclasses.replace(corpus.statements[11].fact, name=name)
    )
    built = graph.build(dataclasses.replace(corpus, statements=(named,)), Lexicon({}), {})
    for data, form in ((graph.turtle(built), RdfFormat.TURTLE), (graph.ntriples(built), RdfFormat.N_TRIPLES)):
        assert {quad.triple for quad in parse(data, format=form)} == {*built.data, *built.terms}
    assert graph.turtle(built) == written_turtle(built.everything)  # as the library writes the triples
    # rdflib reads line ends in its own way, so only the IRIs and the number of triples are compared.
    read = rdflib.Graph().parse(data=graph.turtle(built), format="turtle")
    assert len(read) == len(built)
    assert rdflib.URIRef(graph.fact_iri(named)) in set(read.subjects())


def test_turtle_and_ntriples_hold_the_same_triples(built):
    turtle = set(parse(graph.turtle(built), format=RdfFormat.TURTLE))
    assert turtle == set(parse(graph.ntriples(built), format=RdfFormat.N_TRIPLES))
    assert len(turtle) == len(built)


def test_prefixes_never_overlap():
    bases = sorted(PREFIXES.values())
    assert not [(a, b) for a in bases for b in bases if a != b and b.startswith(a)]


def test_rdflib_reads_the_same_triples(built):
    import rdflib

    def triples(data, form):
        return set(rdflib.Graph().parse(data=data, format=form))

    found = triples(graph.turtle(built), "turtle")
    assert len(found) == len(built)
    assert found == triples(graph.ntriples(built), "nt")


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [("rapper", ["-q", "-i", "turtle", "-o", "ntriples"]), ("serdi", ["-i", "turtle", "-o", "ntriples"])],
)
def test_other_parsers_read_the_same_triples(built, tmp_path, tool, arguments):
    if not shutil.which(tool):
        pytest.skip(f"{tool} is not installed (Debian: raptor2-utils, serdi)")
    path = tmp_path / "graph.ttl"
    path.write_bytes(graph.turtle(built))
    done = subprocess.run([tool, *arguments, str(path)], capture_output=True, check=True)
    assert not done.stderr
    assert set(parse(done.stdout, format=RdfFormat.N_TRIPLES)) == set(
        parse(graph.ntriples(built), format=RdfFormat.N_TRIPLES)
    )


def test_mechanisms_whose_names_are_near_are_linked_and_not_merged(sample):
    corpus = sample["corpus"]()
    article = corpus.articles[0]
    near = [
        sample["state"](article, sample["mechanism"](name), article.title, mechanism=name)
        for name in ("志愿积分制", "党员志愿积分制", "流动议事车")
    ]
    built = graph.build(
        dataclasses.replace(corpus, statements=tuple(near)), load_lexicon(), sample["DIVISIONS"]
    )
    links = {(t.subject.value, t.object.value) for t in built.data if t.predicate == SKOS.closeMatch}
    names = [iri.mint("mechanism", n) for n in ("党员志愿积分制", "志愿积分制")]
    assert links == {tuple(sorted(names))}


def test_well_known_mechanisms_are_named_and_linked_by_the_vocabulary(sample):
    corpus = sample["corpus"]()
    article = corpus.articles[0]
    said = sample["state"](article, sample["mechanism"]("党员双报到"), article.title, mechanism="双报到")
    built = graph.build(dataclasses.replace(corpus, statements=(said,)), load_lexicon(), sample["DIVISIONS"])
    node = NamedNode(iri.mint("mechanism", "双报到"))
    told = {t.predicate: t.object for t in built.data if t.subject == node}
    assert told[SKOS.exactMatch].value.startswith(iri.VOCABULARY + "mechanisms/")
    labels = {
        t.object.value for t in built.data if t.subject == node and t.predicate.value.endswith("#label")
    }
    assert labels == {"双报到"}
