"""Questions to a graph of several hundred districts, by province, and of all of them."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

from jiceng import ask

SMALL = (Path(__file__).parent / "graph.ttl").read_text("utf-8")
FOUNDED = """
:x{n} a jc:AdministrativeDivision ; jc:adcode "{code}" ; rdfs:label "甲{n}区"@zh .
:xm{n} a jc:Mechanism ; rdfs:label "邻里第{n}号议事法"@zh ; jc:mechanismType :digital .
:xa{n} a jc:MechanismAdoption ; jc:mechanism :xm{n}, :points ; jc:division :x{n} ; jc:evidence :xe{n} .
:xi{n} a jc:Measurement ; jc:division :x{n} ; jc:measured "三名楼管家"@zh ; jc:value {n} ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :xe{n} .
:xf{n} a jc:Measurement ; jc:division :x{n} ; jc:measured "网格员"@zh ; jc:value {n} ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :xe{n} .
:xe{n} oa:exact "两个社区，网格员" ; oa:start 0 ; oa:end 8 ; oa:hasSource :doc .
"""


@pytest.fixture(scope="module")
def store():
    store = Store()
    many = "".join(FOUNDED.format(n=n, code=530000 + n) for n in range(1, 700))
    store.load(f"{SMALL}\n{many}".encode(), format=RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    "question",
    [
        "没有红色物业的区",
        "哪些区没有网格党支部？",
        "哪个区的网格员最多？",
        "武侯区缺少哪些其他区有的机制？",
        "武侯区和青羊区共同的机制",
    ],
)
def test_questions_of_many_districts_are_answered(store, question):
    assert ask.answer(question, store).rows  # what looks at each pair of facts would take minutes


@pytest.mark.parametrize("question", ["四川省没有开展红色物业的区", "四川省哪些区没有红色物业？"])
def test_who_of_a_province_lacks_a_mechanism(store, question):
    told = ask.answer(question, store)
    assert [row[0].value for row in told.rows] == ["青羊区", "武侯区"]
    assert "四川省" in told.summary


def test_a_type_of_mechanisms_in_a_province(store):
    told = ask.answer("四川省数字治理方面有哪些做法？", store)
    assert [row[told.columns.index("name")].value for row in told.rows] == ["居民议事厅"]


def test_the_whole_country(store):
    assert {row[0].value for row in ask.answer("全国哪些地方有红色物业？", store).rows} == {"南山区"}
    assert len(ask.answer("全国有多少个网格党支部？", store).rows) == 2


def test_a_classifier_is_no_part_of_what_is_counted(store):
    assert ask.answer("甲7区有多少名楼管家？", store).intent.term == "楼管家"


@pytest.mark.parametrize(
    "question", ["Why use 红色物业 at all?", "how many happy 网格员 are there in 武侯区"]
)
def test_english_around_chinese_names_is_refused_in_english(store, question):
    told = ask.answer(question, store)
    assert told.intent is None
    assert "This question is not understood" in told.summary
