"""What answers say: dates are those of reports, and a leader is told from those of smaller places."""

from tests.ask.small import cells, column, store_with

from jiceng import ask

PREFIXES = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix schema: <https://schema.org/> .
"""
DATED = """:e5 oa:exact "积分制" ; oa:start 1 ; oa:end 4 ; oa:hasSource :june .
:e6 oa:exact "积分制" ; oa:start 1 ; oa:end 4 ; oa:hasSource :may .
:june schema:name "乙.txt" ; schema:datePublished "2023-06-01" .
:may schema:name "丙.txt" ; schema:datePublished "2022-05-01" .
:b1 a jc:MechanismAdoption ; jc:mechanism :points ; jc:division :yunyan ; jc:evidence :e5 .
:b2 a jc:MechanismAdoption ; jc:mechanism :points ; jc:division :nanshan ; jc:evidence :e6 .
"""


def test_when_a_mechanism_was_reported_is_none_of_when_it_began() -> None:
    told = ask.answer("积分制最早在什么时候报道？", store_with(PREFIXES + DATED))
    assert "最早 2022-05-01（南山区），最晚 2023-06-01（云岩区）；另有2个地方的报道没有日期" in told.summary
    assert "这是报道的日期，图谱不记做法从何时开始" in told.summary
    assert column(told, "division")[:2] == ["南山区", "云岩区"]
    assert "都没有日期" in ask.answer("积分制是什么时候出现的", store_with("")).summary


def test_a_leader_of_a_community_is_none_of_its_division() -> None:
    more = """:p2 a jc:Person ; foaf:name "李可"@zh ; jc:role "桃源社区党委书记"@zh ; jc:division :nanshan ;
      jc:evidence :e4 ."""
    store = store_with(PREFIXES + more)
    assert "李可（其中没有区县一级的）" in ask.answer("南山区的书记是谁", store).summary
    assert "没有区县一级" not in ask.answer("武侯区的书记是谁", store).summary
    assert "没有区县一级" not in ask.answer("南山区的社区书记是谁", store).summary


def test_communities_of_a_street_and_of_all() -> None:
    more = """:o1 jc:within :o2 ."""
    store = store_with(PREFIXES + more)
    assert column(ask.answer("玉林街道有哪些社区", store), "name") == ["锦绣社区"]
    told = ask.answer("报道里提到了哪些社区", store)
    assert cells(told, "division", "name") == [("南山区", "桃源社区"), ("武侯区", "锦绣社区")]
    assert told.summary.startswith("各地的社区：2项")
