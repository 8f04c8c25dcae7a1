"""Words that narrow what is asked for narrow the answer, or the question is not understood."""

import pytest
from pyoxigraph import Store
from tests.ask.small import column, store_with

from jiceng import ask

MORE = """@prefix jc: <https://w3id.org/jiceng/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix dct: <http://purl.org/dc/terms/> .
@prefix : <urn:> .
:h2 a jc:Honour ; rdfs:label "全国文明社区"@zh ; jc:division :wuhou ; jc:evidence :e1 .
:h3 a jc:Honour ; rdfs:label "国家级街区"@zh ; jc:division :qingyang ; jc:evidence :e2 .
:d2 a jc:PolicyDocument ; dct:title "《院落整治实施方案》"@zh ; jc:division :qingyang ; jc:evidence :e2 .
:lift a skos:Concept ; skos:prefLabel "电梯数"@zh .
:n1 a jc:Measurement ; jc:division :wuhou ; jc:measured "电梯"@zh ; jc:value 14 ; jc:unit :ge ;
  jc:action "加装"@zh ; jc:indicator :lift ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:n2 a jc:Measurement ; jc:division :qingyang ; jc:measured "电梯"@zh ; jc:value 9 ; jc:unit :ge ;
  jc:action "加装"@zh ; jc:indicator :lift ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
:n3 a jc:Measurement ; jc:division :wuhou ; jc:measured "收入"@zh ; jc:value 90000 ; jc:unit :ge ;
  jc:comparator :equal ; jc:nature :fact ; jc:evidence :e1 .
:n4 a jc:Measurement ; jc:division :qingyang ; jc:measured "收入"@zh ; jc:value 70 ; jc:unit :ge ;
  jc:per "每人"@zh ; jc:comparator :equal ; jc:nature :fact ; jc:evidence :e2 .
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return store_with(MORE)


@pytest.mark.parametrize("question", ["哪些区县获得过全国荣誉？", "获得国家级荣誉的区县"])
def test_honours_of_the_whole_country(store: Store, question: str) -> None:
    told = ask.answer(question, store)
    assert set(column(told, "name")) == {"全国文明社区", "国家级街区"}
    assert "荣誉：2项" in told.summary
    assert "省级示范点" in column(ask.answer("各区获得的荣誉", store), "name")


def test_a_kind_of_document_is_found_by_its_name(store: Store) -> None:
    told = ask.answer("哪些区出台了实施方案？", store)
    assert column(told, "name") == ["《院落整治实施方案》"]
    assert told.summary.startswith("各地的实施方案：1项")
    assert len(ask.answer("有哪些政策文件？", store).rows) == 2


def test_an_indicator_is_found_by_each_of_its_names(store: Store) -> None:
    told = ask.answer("加装电梯最多的区县", store)  # the graph itself calls it 电梯数
    assert "武侯区" in told.summary
    assert column(told, "value") == ["14", "9"]


def test_so_many_of_the_foremost_are_told(store: Store) -> None:
    told = ask.answer("电梯最少的两个区县", store)
    assert told.intent is not None
    assert told.intent.limit == 2
    assert "青羊区 9" in told.summary
    assert "武侯区 14" in told.summary


def test_what_each_person_has_is_no_person_and_no_sum(store: Store) -> None:
    assert "青羊区" in ask.answer("人均收入最高的区县", store).summary
    assert "武侯区" in ask.answer("收入最高的区县", store).summary
    told = ask.answer("人均多少钱", store)
    assert told.intent is None or told.intent.kind != "persons"


def test_what_is_below_a_division_is_listed(store: Store) -> None:
    assert column(ask.answer("武侯区下辖哪些街道", store), "name") == ["玉林街道"]
    told = ask.answer("社区党委的下级是什么", store)
    assert told.intent is not None
    assert told.intent.kind == "below"


def test_a_share_behind_zai_is_no_number_of_places(store: Store) -> None:
    told = ask.answer("网格党支部在80个以上的区县", store)
    assert told.intent is not None
    assert told.intent.bound == (">=", "80")
    assert {"武侯区", "云岩区"} == set(column(told, "division"))


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("网格党支部超过80个但不到100个的区县", {"武侯区"}),
        ("网格党支部在100个到200个之间的区县", {"云岩区"}),
        ("网格党支部超过80个的区县", {"武侯区", "云岩区"}),
    ],
)
def test_both_bounds_hold(store: Store, question: str, found: set[str]) -> None:
    assert set(column(ask.answer(question, store), "division")) == found


def test_points_of_percent_are_a_unit(store: Store) -> None:
    told = ask.answer("网格党支部提升了多少个百分点", store)
    assert told.intent is not None
    assert (told.intent.unit, told.rows) == ("个百分点", ())


def test_the_last_reports_come_first(store: Store) -> None:
    days = column(ask.answer("最新的报道", store), "published")
    assert days == sorted(days, reverse=True)
    for question in ("四川省的报道", "武侯区的报道是什么时候发表的"):
        told = ask.answer(question, store)
        assert told.intent is not None
        assert told.intent.kind == "reports"


def test_what_concerns_property_is_a_type(store: Store) -> None:
    told = ask.answer("和物业有关的机制", store)
    assert told.intent is not None
    assert (told.intent.kind, told.intent.sort) == ("mechanisms", "property")
