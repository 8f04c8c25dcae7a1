import csv
import io
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Store, parse

from jiceng import graph, query
from jiceng.errors import QueryError
from jiceng.graph.namespaces import PREFIXES
from jiceng.lexicon import load_lexicon
from jiceng.query.guard import explained


@pytest.fixture(scope="module")
def folder(sample, tmp_path_factory):
    folder = tmp_path_factory.mktemp("graphs")
    built = graph.build(sample["corpus"](), load_lexicon(), sample["DIVISIONS"])
    (folder / "jiceng.ttl").write_bytes(graph.turtle(built))
    (folder / "graph.nt").write_bytes(graph.ntriples(built))
    return folder


@pytest.fixture(scope="module")
def store(folder):
    return query.open_store(folder)


def rows(store, text, **parameters):
    return list(csv.reader(io.StringIO(query.run(store, text, "csv", parameters))))[1:]


def columns(found, *wanted):
    return [tuple(row[i] for i in wanted) for row in found]


# --- the named questions, with their answers on the sample ------------------------------------------------


def test_every_named_question_says_what_it_answers_in_two_languages(store):
    assert len(query.named()) >= 25
    for question in query.named():
        assert question.title != question.name
        assert len(question.answers) > 30
        for chinese in (question.title_zh, question.answers_zh):
            assert any("\u4e00" <= c <= "\u9fff" for c in chinese)
        assert {name for name, _ in question.example} == set(question.parameters)
        assert query.run(store, question.name) == query.run(store, question.text)
        unknown = dict.fromkeys(question.parameters, "没有的东西")
        assert not unknown or rows(store, question.name, **unknown) == []


def test_answer_overview(store):
    assert rows(store, "overview") == [
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#Honour", "1"],
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#Measurement", "7"],
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#MechanismAdoption", "1"],
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#Organisation", "2"],
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#Person", "1"],
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#PolicyDocument", "1"],
        ["510107", "武侯区", "https://w3id.org/jiceng/ontology#TierChain", "1"],
        ["520103", "云岩区", "https://w3id.org/jiceng/ontology#Measurement", "1"],
        ["520103", "云岩区", "https://w3id.org/jiceng/ontology#MechanismAdoption", "1"],
    ]


def test_answer_shared_mechanisms(store):
    found = rows(store, "shared-mechanisms")
    assert columns(found, 0, 2) == [("院落管家", "2")]
    assert set(found[0][3].split("、")) == {"武侯区", "云岩区"}


def test_answer_mechanisms_by_type(store):
    found = rows(store, "mechanisms-by-type")
    assert columns(found, 0, 2, 3, 4) == [
        ("service", "院落管家", "武侯区", "院落"),
        ("service", "院落管家", "云岩区", ""),
    ]
    assert rows(store, "mechanisms-by-type", wanted="service") == found


def test_answer_tiers(store):
    found = rows(store, "tiers", district="武侯区")
    assert columns(found, 0, 1, 2, 3, 4) == [
        ("武侯区", "party", "1", "区委", "a.b"),
        ("武侯区", "party", "2", "街道党工委", "a.c"),
        ("武侯区", "party", "3", "社区党委", "a.d"),
        ("武侯区", "party", "4", "院落党支部", "a.e"),
    ]


def test_answer_counted_tiers(store):
    assert columns(rows(store, "counted-tiers"), 1, 2, 4, 7) == [
        ("1", "区委", "", ""),
        ("2", "街道党工委", "", ""),
        ("3", "社区党委", "", ""),
        ("4", "院落党支部", "86", ""),
        ("4", "院落党支部", "12", "望江街道"),
    ]


def test_answer_indicator(store):
    found = rows(store, "indicator", measured="党支部")
    assert sorted(columns(found, 0, 1, 2, 3, 5, 10)) == [
        ("count.yard-branch", "武侯区", "", "院落党支部", "86", "院落党支部86个"),
        ("count.yard-branch", "武侯区", "", "院落党支部", "90", "院落党支部增至90个"),
        (
            "count.yard-branch",
            "武侯区",
            "望江街道",
            "院落党支部",
            "12",
            "院落党支部86个，其中 [...] 望江街道12个",
        ),
    ]


def test_answer_organisation(store):
    found = rows(store, "organisation", name="锦绣社区")
    assert sorted({(row[2].rsplit("/", 1)[-1], row[3]) for row in found}) == [
        ("望江街道", "names it"),
        ("锦绣社区", "concerns it"),  # the honour, whose IRI ends in the recipient
        ("锦绣社区", "itself"),
    ]
    assert ("锦绣社区", "lies within it") in columns(
        [
            [*row[:2], row[2].rsplit("/", 1)[-1], *row[3:]]
            for row in rows(store, "organisation", name="望江街道")
        ],
        2,
        3,
    )


def test_answer_without_period(store):
    labels = {label for (label,) in columns(rows(store, "without-period"), 1)}
    assert "院落 120个" in labels
    assert "党员 ~300名" not in labels
    assert len(labels) == 7


def test_answer_doubtful(store):
    assert columns(rows(store, "doubtful"), 1, 3) == [
        ("武侯区", "院落党支部86个，其中"),
        ("武侯区", "望江街道12个"),
    ]


def test_answer_quotes(store):
    assert columns(rows(store, "quotes", fact="院落管家"), 1, 2, 5) == [
        ("mechanism.quoted", "武侯.txt", "推行“院落管家”制度，设民情员、调解员"),
        ("mechanism.quoted", "武侯二.txt", "“院落管家”制度"),
        ("mechanism.quoted", "云岩.txt", "推行“院落管家”"),
    ]


def test_answer_differing(store):
    assert columns(rows(store, "differing"), 0, 1, 2, 3) == [("武侯区", "院落党支部", "86", "90")]


def test_answer_rules(store):
    found = columns(rows(store, "rules"), 1, 2)
    assert ("metric.count", "8") in found
    assert ("organisation.suffix", "2") in found


# --- where the graph and the query come from --------------------------------------------------------------


def test_a_folder_or_any_rdf_file(folder, store):
    assert rows(query.open_store(folder / "graph.nt"), "overview") == rows(store, "overview")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("missing", None, "is not there"),
        ("empty/", None, r"holds no jiceng\.ttl"),
        ("broken.ttl", "<a> <b>", r"cannot be read as Turtle: .*; build or export it again"),
        ("table.xls", "x", "no RDF format"),
    ],
)
def test_what_is_no_graph_is_refused_by_name(tmp_path, name, content, message):
    path = tmp_path / name
    if name.endswith("/"):
        path.mkdir()
    if content:
        path.write_text(content)
    with pytest.raises(QueryError, match=f"{path.name}.*{message}"):
        query.open_store(path)


def test_a_query_file(store, tmp_path):
    path = tmp_path / "mine.rq"
    path.write_text("\ufeffSELECT (1 AS ?one) {}", "utf-8")
    assert rows(store, str(path)) == [["1"]]
    with pytest.raises(QueryError, match=r"absent\.rq"):
        query.run(store, str(tmp_path / "absent.rq"))


def test_a_misspelt_name_gets_the_nearest(store):
    with pytest.raises(QueryError, match="overview"):
        query.run(store, "overveiw")


# --- formats ----------------------------------------------------------------------------------------------

ONE = "SELECT ?label ?value WHERE { ?m jc:measured '院落'@zh ; rdfs:label ?label ; jc:value ?value }"


def test_table_lines_up_with_wide_characters(store):
    assert query.run(store, ONE) == "label       value\n──────────  ─────\n院落 120个    120\n"


def test_json_follows_the_standard(store):
    found = json.loads(query.run(store, ONE, "json"))
    assert found["head"]["vars"] == ["label", "value"]
    assert found["results"]["bindings"][0]["label"] == {
        "type": "literal",
        "value": "院落 120个",
        "xml:lang": "zh",
    }


def test_tsv_and_ask(store):
    assert query.run(store, ONE, "tsv").splitlines()[0] == "?label\t?value"
    assert query.run(store, "ASK { ?x a jc:Measurement }") == "true\n"
    assert json.loads(query.run(store, "ASK { ?x a jc:Nothing }", "json"))["boolean"] is False


def test_construct_gives_turtle_the_same_each_time(store):
    text = "CONSTRUCT { ?m jc:value ?v } WHERE { ?m jc:value ?v }"
    turtle = query.run(store, text)
    assert len(list(parse(turtle, format=RdfFormat.TURTLE))) == 8
    assert turtle == query.run(store, text, "turtle")
    assert query.run(store, "DESCRIBE <https://w3id.org/jiceng/id/division/520103>").count("jc:adcode") == 1


@pytest.mark.parametrize(("text", "form"), [(ONE, "turtle"), (ONE, "xlsx"), ("CONSTRUCT {} WHERE {}", "csv")])
def test_a_format_that_does_not_fit_is_refused(store, text, form):
    with pytest.raises(QueryError, match=form):
        query.run(store, text, form)


# --- parameters -------------------------------------------------------------------------------------------


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_a_parameter_is_a_value_and_never_a_query(value):
    text = "SELECT ?x WHERE { VALUES ?x { UNDEF } }"
    answer = query.run(Store(), text, "json", {"x": value})
    assert [b["x"]["value"] for b in json.loads(answer)["results"]["bindings"]] == [value]


def test_an_unknown_parameter_is_refused_with_those_there_are(store):
    with pytest.raises(QueryError, match="it has: measured"):
        query.run(store, "indicator", parameters={"place": "x"})


# --- refusals and explanations ----------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_query_is_told_what_to_write(store, text):
    with pytest.raises(
        QueryError, match="the query is empty; write SPARQL, or a name from `jiceng query --list`"
    ):
        query.run(store, text)


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "PREFIX x: <http://x/>\n# SELECT\ndelete where { ?s ?p ?o }",
        "BASE <http://x/> LOAD <http://x/>",
        "CLEAR ALL",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store, text):
    before = len(store)
    with pytest.raises(QueryError, match="updates are refused"):
        query.run(store, text)
    assert len(store) == before


TRICKS = [
    "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "SELECT * { service<URL>{ ?s ?p ?o } }",
    "SELECT * { BIND(<URL> AS ?u) { SERVICE SILENT ?u { ?s ?p ?o } } }",
    "SELECT * { ?s ?p 'a'. SERVICE <URL> { ?s ?p ?o } }",
    'SELECT * { ?s ?p """a\\""" . SERVICE <URL> { ?s ?p ?o } }',
    'SELECT * { VALUES ?x { """a\\"""" "b" } SERVICE <URL> { ?s ?p ?o } FILTER(?x != """c\\"""") }',
    "SELECT * { OPTIONAL { ?s ?p jc: .SERVICE <URL> {} } }",
    "SELECT * { OPTIONAL { ?s ?p jc:.SERVICE <URL> {} } }",
    "SELECT * { OPTIONAL { ?s ?p 1.SERVICE <URL> {} } }",
    "SELECT * { OPTIONAL { ?s ?p ?o.SERVICE <URL> {} } }",
    "SELECT * { OPTIONAL { ?s ?p _:b.SERVICE <URL> {} } }",
    "SELECT * { FILTER(1 < 2) SERVICE <URL> {} FILTER(3 > 2) }",
    "SELECT * { OPTIONAL { ?s jc:it\\'s ?a } SERVICE <URL> {} OPTIONAL { ?s jc:it\\'s ?b } }",
    "SELECT * { OPTIONAL { ?s jc:a\\# ?a } SERVICE <URL> {} }",
    "SELECT * { OPTIONAL { ?s <http://x/\\u0041'> ?a } SERVICE <URL> {} OPTIONAL { ?s <http://x/'> ?b } }",
    "PREFIX SERVICE: <http://x/> PREFIX : <URL> SELECT * { SERVICE:{ ?s ?p ?o } }",
    "PREFIX x: <URL> SELECT * { SERVICEx:{ ?s ?p ?o } }",
    "SELECT * { # it's\n SERVICE <URL> { ?s ?p ?o } # it's\n }",
]


@pytest.fixture
def host():
    """A host that counts who calls."""
    calls = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_error(500)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_):
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", calls
        server.shutdown()


@pytest.mark.parametrize("trick", TRICKS)
def test_service_never_calls_another_host(host, trick):
    url, calls = host
    with pytest.raises(QueryError):
        query.run(Store(), trick.replace("URL", url))
    assert calls == []


def test_without_the_refusal_it_would(host):
    url, calls = host
    with pytest.raises(OSError, match=r"."):
        list(Store().query(TRICKS[0].replace("URL", url)))
    assert calls


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * { ?s jc:SERVICE ?o }",
        "SELECT * { ?SERVICE ?p 'SERVICE <x>' } # SERVICE <x>",
        "SELECT * { <http://x/SERVICE> ?p ?insert }",
        "PREFIX : <http://x/> SELECT * { ?s :SERVICE ?o }",
        "SELECT * { ?s ?p '''it's SERVICE''' }",
        'SELECT * { ?t skos:notation "service" ; a jcv:mechanism_types\\/service }',
    ],
)
def test_words_that_only_look_like_it_are_not(text):
    assert query.run(Store(), text)


def test_an_unknown_prefix_is_named_with_its_place(store):
    with pytest.raises(QueryError, match="line 2, column 4: the prefix ex:"):
        query.run(store, "SELECT * {\n?s ex:p ?o }")


def test_a_mistake_is_shown_at_its_line(store):
    with pytest.raises(QueryError) as caught:
        query.run(store, "SELECT * {\n  ?s ?p '院落' . OPTONAL { ?s ?p ?o }\n}")
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("line 2, column ")
    assert lines[1] == "    ?s ?p '院落' . OPTONAL { ?s ?p ?o }"
    assert lines[2].rstrip("^").strip() == ""
    assert 20 < len(lines[2]) < 34
    assert "OPTIONAL" in lines[3]


def test_what_cannot_be_answered_is_said(store):
    with pytest.raises(QueryError, match="cannot be answered"):
        query.run(store, "SELECT (<http://example.org/f>(1) AS ?x) {}")


def test_all_prefixes_are_known(store):
    for prefix in PREFIXES:
        assert query.run(store, f"ASK {{ ?s {prefix}:x ?o }}") == "false\n"


@pytest.mark.parametrize(
    ("text", "values", "told"),
    [
        (
            "SELECT ?x { ?x a jc:Measurment }",
            {},
            "no jc:Measurment; near it: jc:Measurement",
        ),
        ("SELECT ?x { ?x jc:zzz ?y }", {}, "no rows: the ontology has no jc:zzz"),
        ("SELECT ?x { ?x jc:period '1900年' }", {}, ""),
        ("SELECT ?x { ?x rdfs:label '武侯区' }", {}, 'the graph has "武侯区"@zh, which is not the same as'),
        ("SELECT ?x { ?x rdfs:label '没有制' }", {}, ""),
        ("tiers", {"district": "武侯"}, "no rows: the graph has no division 武侯; near it: 武侯区"),
        ("tiers", {"district": "某某旗"}, "`jiceng query overview` tells which there are"),
        ("money", {"district": "云岩区"}, "no rows: the graph has nothing of this kind for 云岩区"),
        ("quotes", {"fact": "没有"}, "are the values of --set written as the graph has them?"),
    ],
)
def test_an_empty_answer_says_what_may_be_wrong(store, text, values, told):
    said = query.remark(query.text_of(text), values, lambda asked: query.run(store, asked, "csv"))
    assert told in said
    assert bool(told) == bool(said)


def test_a_query_that_begins_with_no_form_says_which_there_are(store):
    with pytest.raises(QueryError, match="begins with SELEC, not with SELECT, ASK, CONSTRUCT or DESCRIBE"):
        query.run(store, "PREFIX x: <http://x/>\nSELEC ?x { ?x ?p ?o }")


def test_a_question_in_chinese_is_sent_to_ask(store):
    with pytest.raises(QueryError, match="`jiceng ask` takes questions in Chinese"):
        query.run(store, "哪些区有积分制")


def test_a_message_that_names_no_place_is_told_as_it_is():
    assert explained("ASK {}", "no such form") == "the query cannot be understood: no such form"
