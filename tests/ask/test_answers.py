"""Answers against queries that are written independently, and questions that try to change the query."""

import importlib
import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import QuerySolutions, RdfFormat, Store

from jiceng import ask, cli, query
from jiceng.ask import grammar
from jiceng.ask.terms import Named, Place

GRAPH = Path(__file__).parent / "graph.ttl"


@pytest.fixture(scope="module")
def store():
    store = Store()
    store.load(path=str(GRAPH), format=RdfFormat.TURTLE)
    return store


def column(told, name):
    at = told.columns.index(name)
    return [row[at].value for row in told.rows]


def asked(store, variable, text):
    return [solution[variable].value for solution in query.stores.ask(store, text)]


def test_count(store):
    told = ask.answer("武侯有几个网格党支部", store)
    same = "SELECT ?v { ?m jc:measured '网格党支部'@zh ; jc:value ?v ; jc:division <urn:wuhou> }"
    assert column(told, "value") == asked(store, "v", same) == ["86"]
    assert (column(told, "source"), column(told, "start"), column(told, "end")) == (
        ["甲.txt"],
        ["10"],
        ["21"],
    )
    assert "86个" in told.summary


def test_most_ranks_facts_of_the_same_thing(store):
    told = ask.answer("哪个区的网格党支部最多", store)
    assert column(told, "value") == ["120", "86"]
    assert "云岩区" in told.summary
    # 999 is a rule; 300 counts 专职网格员, another thing.
    assert "云岩区，网格员 210（1个地方" in ask.answer("哪里的网格员最多？", store).summary
    assert "武侯区" in ask.answer("哪个区的网格党支部最少", store).summary


def test_where(store):
    told = ask.answer("哪些地方有积分制？", store)
    adopted = "?a jc:mechanism <urn:points> ; jc:division ?d . ?d rdfs:label ?l ; jc:adcode ?c"
    same = f"SELECT ?l {{ {adopted} }} ORDER BY ?c"
    assert column(told, "division") == asked(store, "l", same)
    assert set(column(ask.answer("哪些区有社区党委", store), "division")) == {"武侯区", "云岩区"}


def test_sets(store):
    assert set(column(ask.answer("武侯区和青羊区有哪些共同的机制", store), "name")) == {"积分制"}
    assert column(ask.answer("武侯区独有的机制", store), "name") == ["院落管家"]
    told = ask.answer("比较武侯区和青羊区", store)
    assert "共同机制1个，只有武侯区的1个，只有青羊区的1个" in told.summary


def test_lists(store):
    assert column(ask.answer("武侯区的区委书记是谁", store), "name") == ["王平"]
    assert column(ask.answer("武侯区有哪些社区", store), "name") == ["锦绣社区"]
    assert column(ask.answer("武侯区的组织架构", store), "tier") == ["街道党工委", "社区党委", "网格党支部"]
    types = set(column(ask.answer("云岩区的数字治理机制有哪些", store), "name"))
    assert types == {"居民议事厅"}


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("社区书记", ["司马青", "段青禾"]),
        ("社区党委书记", ["段青禾"]),
        ("社区党支部书记", ["司马青"]),
        ("社区副书记", ["欧阳松"]),
        ("村第一书记", ["诸葛云"]),
        ("书记", ["司马青", "段青禾", "王平", "诸葛云"]),
    ],
)
def test_an_office_is_found_without_its_party_body(store, said, names):
    more = Store()
    more.extend(store)
    roles = {
        "段青禾": "社区党委书记",
        "司马青": "锦绣社区党支部书记",
        "欧阳松": "社区党委副书记",
        "诸葛云": "村党总支第一书记",
    }
    for number, (name, role) in enumerate(roles.items()):
        more.update(
            f"""PREFIX jc: <https://w3id.org/jiceng/ontology#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
            INSERT DATA {{ <urn:q{number}> a jc:Person ; foaf:name "{name}"@zh ; jc:role "{role}"@zh ;
                jc:division <urn:wuhou> ; jc:evidence <urn:e1> }}"""
        )
    assert column(ask.answer(f"武侯区的{said}是谁", more), "name") == names


def test_absence_is_said_to_be_of_the_graph(store):
    told = ask.answer("南山区有没有积分制", store)
    assert told.intent is not None
    assert not told.rows
    assert ask.ABSENT in told.summary


def test_larger_divisions_narrow_a_name_that_two_have():
    store = Store()
    lines = [
        f'<urn:{code}> a jc:AdministrativeDivision ; rdfs:label "{label}"@zh ; jc:adcode "{code}" .'
        for code, label in [
            ("320000", "江苏省"),
            ("320100", "南京市"),
            ("320106", "鼓楼区"),
            ("350102", "鼓楼区"),
        ]
    ]
    facts = [f"<urn:a{code}> jc:about <urn:{code}> ." for code in ("320106", "350102")]
    head = (
        "@prefix jc: <https://w3id.org/jiceng/ontology#> . "
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    )
    store.load("\n".join([head, *lines, *facts]).encode(), format=RdfFormat.TURTLE)
    both = ask.answer("鼓楼区有哪些机制", store).intent
    one = ask.answer("江苏省南京市鼓楼区有哪些机制", store).intent
    assert both is not None
    assert len(both.places[0].places) == 2
    assert one is not None
    assert one.places == (Named("鼓楼区", (Place("鼓楼区", "320106"),)),)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40) | st.text(alphabet="\"\\'\n}{?.#<>武侯区有多少积分制", max_size=40))
def test_a_term_stays_a_literal(word):
    store = Store()
    here = Named("甲", (Place("甲", word),))
    for kind in sorted({pattern.kind for pattern in grammar.load().patterns}):
        asked = ask.Intent(
            kind,
            (here, here),
            (word,),
            word if kind not in ("richest", "tallied") else "Honour",
            1,
            None,
            word,
            word,
            (word,),
            word,
        )
        answer = query.stores.ask(store, ask.sparql(asked, money=(word,), spending=(word,)))
        assert isinstance(answer, QuerySolutions)
        assert [row for row in answer if kind != "districts" or row["division"] is not None] == []


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=60))
def test_any_text_is_answered_or_refused(text):
    store = Store()
    store.load(path=str(GRAPH), format=RdfFormat.TURTLE)
    told = ask.answer(text, store)
    assert told.intent is not None or told.nearest


def test_command(capsys):
    assert cli.main(["ask", "武侯区有几个网格党支部", "-g", str(GRAPH)]) == 0
    shown = capsys.readouterr().out
    assert "SELECT" in shown
    assert "武侯区的原文" in shown
    assert cli.main(["ask", "武侯区有几个网格党支部", "-g", str(GRAPH), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["understood"]["kind"] == "count"
    assert told["rows"][0]["value"] == "86"
    assert cli.main(["ask", "武侯区有几个网格党支部", "-g", str(GRAPH), "--sparql"]) == 0
    text = capsys.readouterr().out
    assert "86" in query.answer(str(GRAPH), text)
    assert cli.main(["ask", "今天天气怎么样？", "-g", str(GRAPH)]) == 1
    assert "可以这样问" in capsys.readouterr().err


def test_sums_means_and_differences_reckon_with_the_same_thing_only(store):
    values = [int(v) for v in asked(store, "v", "SELECT ?v { ?m jc:measured '网格党支部'@zh ; jc:value ?v }")]
    assert f"网格党支部 {sum(values)}个（2个" in ask.answer("所有区的网格党支部加起来有多少", store).summary
    mean = f"{sum(values) / len(values):g}"
    assert f"网格党支部 {mean}个" in ask.answer("每个区平均有多少网格党支部", store).summary
    told = ask.answer("武侯区比云岩区少多少个网格党支部", store).summary
    assert f"武侯区少{max(values) - min(values)}个" in told
    assert "不能相减" in ask.answer("武侯区比青羊区多几个网格党支部", store).summary


def test_ranks_and_bounds(store):
    told = ask.answer("网格员数量前两名的区", store)
    assert told.intent.limit == 2
    assert column(ask.answer("哪些区网格党支部超过100个", store), "division") == ["云岩区"]
    assert column(ask.answer("网格党支部不到100个的区", store), "division") == ["武侯区"]
    assert column(ask.answer("网格党支部120个以上的区", store), "division") == ["云岩区"]
    assert "云岩区" not in ask.answer("网格党支部超过120个的区", store).summary


def test_larger_divisions_stand_for_all_within(store):
    assert set(column(ask.answer("四川省哪些区有积分制", store), "division")) == {"武侯区", "青羊区"}
    assert column(ask.answer("成都有哪些区县", store), "division") == ["青羊区", "武侯区"]
    assert column(ask.answer("武侯区在哪个省", store), "larger") == ["成都市", "四川省"]


def test_who_lacks_what(store):
    assert column(ask.answer("哪些区没有积分制", store), "division") == ["南山区", "云岩区"]
    assert set(column(ask.answer("武侯有而青羊没有的机制", store), "name")) == {"院落管家"}
    assert set(column(ask.answer("武侯没有而青羊有的机制", store), "name")) == {"居民议事厅"}
    assert set(column(ask.answer("武侯区缺少哪些机制", store), "name")) == {"红色物业", "居民议事厅"}


def test_tiers_above_and_below(store):
    assert column(ask.answer("网格党支部的上级是什么", store), "upper") == ["社区党委"]
    assert set(column(ask.answer("社区党委的下一级是什么", store), "lower")) == {"网格党支部", "楼栋党小组"}


def test_what_was_done_and_in_which_unit_counts():
    store = Store()
    done = [("a", "化解", 12, "件"), ("b", "排查", 99, "件"), ("c", "化解", 7, "元")]
    facts = "".join(
        f":{name} a jc:Measurement ; jc:division :wuhou ; jc:measured '矛盾纠纷'@zh ; jc:action '{verb}' ; "
        f"jc:value {n} ; jc:unit :{name}u ; jc:evidence :e1 . :{name}u skos:notation '{unit}' .\n"
        for name, verb, n, unit in done
    )
    store.load(GRAPH.read_bytes() + facts.encode(), format=RdfFormat.TURTLE)
    assert sorted(column(ask.answer("武侯区化解了多少矛盾纠纷", store), "value")) == ["12", "7"]
    assert column(ask.answer("武侯区排查矛盾纠纷多少件", store), "value") == ["99"]
    assert column(ask.answer("武侯区的矛盾纠纷多少钱", store), "value") == ["7"]
    assert len(ask.answer("武侯区有多少矛盾纠纷", store).rows) == 3


def test_command_ends_at_its_limit(capsys, monkeypatch):
    module = importlib.import_module("jiceng.ask.answer")
    monkeypatch.setattr(module, "answer", lambda *_: time.sleep(600))  # slower than any machine
    assert cli.main(["ask", "武侯区有几个网格党支部", "-g", str(GRAPH), "--timeout", "0.5"]) == 2
    assert "took longer" in capsys.readouterr().err


PARTS = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
:p1 a jc:Measurement ; jc:division :wuhou ; jc:subject "晋阳街道"@zh ; jc:measured "网格员"@zh ;
  jc:value 500 ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:p2 a jc:Measurement ; jc:division :wuhou ; jc:subject "晋阳街道"@zh ; jc:measured "巷长"@zh ;
  jc:value 7 ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
"""


def test_a_streets_number_is_not_told_as_its_districts(store):
    with_parts = Store()
    with_parts.load(path=str(GRAPH), format=RdfFormat.TURTLE)
    with_parts.load(PARTS.encode(), format=RdfFormat.TURTLE)
    most = ask.answer("哪里的网格员最多？", with_parts)
    assert "云岩区，网格员 210（1个地方" in most.summary
    assert column(most, "value")[0] == "210"
    assert "500" in column(most, "value")
    assert "合计：网格员 210（" in ask.answer("各区的网格员加起来有多少？", with_parts).summary
    # Where only parts are told of, the part is named.
    assert "武侯区晋阳街道，巷长 7（" in ask.answer("哪里的巷长最多？", with_parts).summary
    assert "武侯区晋阳街道巷长 7" in ask.answer("武侯区有几名巷长？", with_parts).summary


def test_an_answer_about_all_places_says_so(store):
    assert ask.answer("各区组织分几级", store).summary.startswith("各地的组织架构：")


def test_people_are_counted_together_whatever_the_courtesy_of_their_unit(store):
    people = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> . :ming skos:notation "名" .
        :ren skos:notation "人" . :ping skos:notation "平方米" .
        :q1 a jc:Measurement ; jc:division :wuhou ; jc:measured "巷长"@zh ; jc:value 40 ; jc:unit :ming ;
          jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
        :q2 a jc:Measurement ; jc:division :yunyan ; jc:measured "巷长"@zh ; jc:value 30 ; jc:unit :ren ;
          jc:comparator :equal ; jc:nature :fact ; jc:evidence :e3 .
        :q3 a jc:Measurement ; jc:division :qingyang ; jc:measured "巷长"@zh ; jc:value 20 ; jc:unit :ping ;
          jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
        """
    with_people = Store()
    with_people.load(path=str(GRAPH), format=RdfFormat.TURTLE)
    with_people.load(people.encode(), format=RdfFormat.TURTLE)
    assert "武侯区，巷长 40名（2个地方" in ask.answer("哪里的巷长最多？", with_people).summary


def test_what_is_asked_for_in_a_list_and_not_found_is_named(store):
    told = ask.answer("武侯区有多少网格和网格党支部和小区党支部？", store).summary
    assert "没有找到" not in told
    assert "；没有找到：网格员" in ask.answer("武侯区有多少网格和网格员？", store).summary


def test_persons_honours_and_documents_are_named_in_the_sentence(store):
    assert "1项：武侯区区委书记王平" in ask.answer("武侯区的区委书记是谁？", store).summary
    assert "武侯区的荣誉：1项：省级示范点" in ask.answer("武侯区有哪些荣誉？", store).summary


def test_a_mechanism_is_found_under_every_name_that_shares_it(store):
    other = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        :b1 a jc:MechanismAdoption ; jc:mechanism :points ; jc:division :yunyan ; jc:evidence :e3 ;
          rdfs:label "居民积分兑换办法"@zh .
        """
    more = Store()
    more.load(path=str(GRAPH), format=RdfFormat.TURTLE)
    more.load(other.encode(), format=RdfFormat.TURTLE)
    found = column(ask.answer("哪些区有积分制？", more), "division")
    assert sorted(found) == ["云岩区", "武侯区", "青羊区"]
    named = ask.answer("哪些区有居民积分兑换办法？", more)
    assert sorted(column(named, "division")) == sorted(found)
    assert column(ask.answer("哪些区没有居民积分兑换办法？", more), "division") == ["南山区"]
    both = ask.answer("居民积分兑换办法和院落管家哪些区都有？", more)
    assert "都有的：武侯区" in both.summary


def test_types_of_mechanisms_go_by_other_names_and_the_sentence_says_which(store):
    told = ask.answer("数字化治理的做法有哪些？", store)
    assert told.intent is not None
    assert told.intent.sort == "digital"
    assert "数字治理类机制" in told.summary


def test_mechanisms_common_within_a_larger_division(store):
    told = ask.answer("四川省的区县有哪些相同的机制？", store)
    assert told.intent is not None
    assert told.intent.kind == "common"
    assert column(told, "mechanism") == ["积分制"]


def test_a_question_in_english_that_is_not_understood_is_refused_in_english(store):
    told = ask.answer("Which districts have a flying carpet?", store)
    assert told.intent is None
    assert "This question is not understood: neither the graph nor its vocabularies have" in told.summary
