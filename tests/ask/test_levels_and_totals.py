"""Levels of chains, counts beside mechanisms of the same name, all together, and days of reports."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store
from tests.ask.small import GRAPH, column, store_with

from jiceng import ask, query

MORE = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <urn:> .
:c3 a jc:TierChain ; jc:division :nanshan ; jc:chainType :party ; jc:declaredLevels 5 ; jc:evidence :e4 ;
  rdfs:label "街道党工委—社区党委"@zh ; jc:tier :v1, :v2 .
:v1 a jc:Tier ; jc:position 1 ; rdfs:label "街道党工委"@zh .
:v2 a jc:Tier ; jc:position 2 ; rdfs:label "社区党委"@zh .
:n1 a jc:Measurement ; jc:division :qingyang ; jc:measured "街区院落管家"@zh ; jc:value 33 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:n2 a jc:Measurement ; jc:division :wuhou ; jc:measured "网格党支部"@zh ; jc:value 90 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e5 .
:n3 a jc:Measurement ; jc:division :yunyan ; jc:measured "商圈网格党支部"@zh ; jc:value 4 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e3 .
:n4 a jc:Measurement ; jc:division :wuhou ; jc:subject "玉林街道"@zh ; jc:measured "巷长"@zh ; jc:value 7 ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:n5 a jc:Measurement ; jc:division :wuhou ; jc:subject "晋阳街道"@zh ; jc:measured "巷长"@zh ; jc:value 5 ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:e5 oa:exact "网格党支部90个" ; oa:start 3 ; oa:end 11 ; oa:hasSource :new .
:new schema:name "乙.txt" ; schema:datePublished "2024-03-05"^^xsd:date .
:doc schema:datePublished "2022-11-20"^^xsd:date .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return store_with(MORE)


def test_how_many_levels_a_chain_has_is_said(store: Store) -> None:
    told = ask.answer("武侯区的组织有几级？", store)
    assert "1条：3级（街道党工委—网格党支部）" in told.summary
    assert column(told, "levels") == ["3", "3", "3"]
    assert "1条：南山区2级" in ask.answer("哪些区是五级组织", store).summary
    # What the text says is told where it names fewer tiers.
    assert "2级（街道党工委—社区党委，文中称5级）" in ask.answer("南山区组织分几级", store).summary


@pytest.mark.parametrize(
    ("question", "divisions"),
    [
        ("哪些区有五级治理架构？", {"南山区"}),
        ("5级组织体系", {"南山区"}),
        ("哪些地方分三级", {"武侯区", "云岩区"}),
        ("武侯区有没有三级架构", {"武侯区"}),
        ("武侯区有五级组织架构吗", set()),
    ],
)
def test_chains_of_so_many_levels_are_no_count_of_things(
    store: Store, question: str, divisions: set[str]
) -> None:
    told = ask.answer(question, store)
    assert told.intent is not None
    assert told.intent.kind == "structure"
    assert set(column(told, "division")) == divisions


def test_how_many_asks_for_a_number_where_one_is_measured(store: Store) -> None:
    told = ask.answer("青羊区的院落管家有多少个", store)
    assert told.intent is not None
    assert told.intent.kind == "count"
    assert column(told, "value") == ["33"]
    adopted = ask.answer("武侯区有院落管家吗", store).intent
    assert adopted is not None
    assert adopted.kind == "where_mechanism"


def test_all_together_is_a_sum_of_the_same_thing_by_the_last_reports(store: Store) -> None:
    told = ask.answer("网格党支部一共多少个？", store)
    assert told.intent is not None
    assert told.intent.kind == "sum"
    # 90 of 2024 and not 86 of 2022; 商圈网格党支部 are another thing.
    assert "网格党支部 210个（2个地方报道了这一数据）；另有1个数口径不同，未计入" in told.summary


OVERLAPPING = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
:twice1 a jc:Measurement ; jc:division :chengdu ; jc:measured "睦邻点"@zh ; jc:value 900 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:twice2 a jc:Measurement ; jc:division :wuhou ; jc:measured "睦邻点"@zh ; jc:value 60 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:twice3 a jc:Measurement ; jc:division :wuhou ; jc:measured "睦邻点"@zh ; jc:value 950 ; jc:unit :ge ;
  jc:action "新建"@zh ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:twice4 a jc:Measurement ; jc:division :yunyan ; jc:measured "睦邻点"@zh ; jc:value 40 ; jc:unit :ge ;
  jc:per "每年"@zh ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e3 .
:twice5 a jc:Measurement ; jc:division :qingyang ; jc:measured "睦邻点"@zh ; jc:value 2 ; jc:unit :ge ;
  jc:per "每个社区"@zh ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
"""


def test_nothing_is_added_twice_nor_to_what_it_is_no_part_of() -> None:
    held = store_with(OVERLAPPING)
    # The city's 900 hold its districts' 60; what is new and what each community has are no totals.
    total = ask.answer("睦邻点一共多少个？", held).summary
    assert "睦邻点 940个（2个地方报道了这一数据）；另有2个数口径不同，未计入；另有1个地方" in total
    assert "睦邻点 50个（2个地方" in ask.answer("睦邻点平均多少个？", held).summary
    assert "成都市，睦邻点 900个" in ask.answer("哪里睦邻点最多？", held).summary


def test_all_together_of_one_place_is_its_number_or_that_of_its_parts(store: Store) -> None:
    assert "12" in ask.answer("武侯区一共有多少巷长", store).summary.partition("所报道的2处合计")[2]
    one = ask.answer("云岩区一共有多少网格员", store).summary
    assert "210" in one
    assert "相加" not in one
    assert "所数不同，不能相加" in ask.answer("武侯区网格党支部总共多少", store).summary
    assert "相加" not in ask.answer("武侯区网格党支部有多少", store).summary


def test_answers_have_the_day_of_the_report(store: Store) -> None:
    told = ask.answer("武侯区有多少网格党支部", store)
    assert dict(zip(column(told, "value"), column(told, "published"), strict=True)) == {
        "90": "2024-03-05",
        "86": "2022-11-20",
    }
    assert "网格党支部 90个（2024-03-05）；武侯区网格党支部 86个（2022-11-20）" in told.summary
    assert "（2022" not in ask.answer("云岩区有多少网格员", store).summary
    assert "published" in ask.render(told)
    undated = Store()
    undated.load(path=str(GRAPH), format=RdfFormat.TURTLE)
    assert "published" not in ask.render(ask.answer("武侯区有多少网格党支部", undated), query=False)


def test_no_question_is_said_to_be_none(store: Store) -> None:
    assert ask.answer("？", store).summary.startswith("没有写问题")


def test_numbers_that_differ_have_the_days_of_their_reports(tmp_path: Path) -> None:
    graph = tmp_path / "graph.ttl"
    graph.write_bytes(GRAPH.read_bytes() + MORE.encode())
    told = query.answer(str(graph), "differing", "csv")
    assert told.splitlines()[0].split(",")[5:7] == ["published", "other_published"]
    assert "86,90,个,2022-11-20,2024-03-05," in told
