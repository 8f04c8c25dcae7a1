"""Numbers by the year they are of, of named parts, set as targets, and what they were before."""

import pytest
from pyoxigraph import Store
from tests.ask.small import cells, column, store_with

from jiceng import ask

NUMBER = """
<urn:{name}> a jc:Measurement ; jc:division <urn:wuhou> ; jc:measured "{measured}"@zh ; jc:value {value} ;
  jc:unit <urn:unit> ; jc:evidence <urn:{name}/e> ; jc:nature <urn:{nature}> {more} .
<urn:{name}/e> oa:exact "{measured}{value}个" ; oa:start 1 ; oa:end 9 ; oa:hasSource <urn:{name}/d> .
<urn:{name}/d> schema:name "{name}.txt" {day} .
"""
PREFIXES = """
@prefix time: <http://www.w3.org/2006/time#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:unit> skos:notation "个" . <urn:fact> skos:notation "fact" . <urn:rule> skos:notation "rule" .
<urn:yulin> a jc:Organisation ; rdfs:label "竹园街道"@zh ; jc:division <urn:wuhou> .
<urn:y2020> time:hasEnd [ time:inXSDDate "2020-12-31"^^xsd:date ] .
"""


def number(name: str, measured: str, value: int, more: str = "", day: str = "", nature: str = "fact") -> str:
    said = f'; schema:datePublished "{day}"^^xsd:date' if day else ""
    return NUMBER.format(name=name, measured=measured, value=value, more=more, day=said, nature=nature)


@pytest.fixture(scope="module")
def store() -> Store:
    return store_with(
        PREFIXES
        + number("old", "议事亭", 11, day="2021-03-05")
        + number("last", "议事亭", 12, '; jc:period "去年"@zh ; jc:refPeriod <urn:y2020>', "2021-03-05")
        + number("new", "议事亭数量", 15, '; jc:action "优化为"@zh', "2023-06-01")
        + number("was", "议事亭数量", 19, '; jc:action "优化前"@zh', "2023-06-01")
        + number("aim", "议事亭", 40, '; jc:period "2024年"@zh', "2023-06-01", "rule")
        + number("part", "议事亭", 3, '; jc:subject "竹园街道"@zh ; jc:concerns <urn:yulin>', "2023-06-01")
    )


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("2021年武侯区有多少个议事亭？", {"11"}),  # nothing is said of when: the report is of that year
        ("2020年武侯区有多少个议事亭？", {"12"}),  # 去年 in a report of 2021
        ("2024年武侯区有多少个议事亭？", {"40"}),
        ("竹园街道有多少个议事亭？", {"3"}),
        ("武侯区议事亭的目标", {"40"}),
        ("武侯区议事亭数量的变化", {"11", "12", "15", "19", "40", "3"}),
    ],
)
def test_numbers_are_of_the_year_and_the_part_that_is_asked_for(
    store: Store, question: str, values: set[str]
) -> None:
    assert set(column(ask.answer(question, store), "value")) == values


def test_where_a_year_has_nothing_other_years_are_told_as_such(store: Store) -> None:
    told = ask.answer("2019年武侯区有多少个议事亭？", store)
    assert told.summary.startswith("2019年武侯区的议事亭：图谱中没有找到")
    assert "不论年份和动作" in told.summary
    assert len(told.rows) == 6


def test_targets_and_what_was_before_are_told_and_not_added(store: Store) -> None:
    told = ask.answer("武侯区有多少个议事亭？", store).summary
    assert "40个（要求或计划，2023-06-01）" in told
    assert "19个（优化前，2023-06-01）" in ask.answer("武侯区议事亭数量", store).summary
    # The last report's number counts, by whatever it is called: 议事亭数量 are 议事亭.
    assert "议事亭 15个（1个地方" in ask.answer("各区的议事亭加起来有多少？", store).summary


def test_a_part_is_told_with_its_division(store: Store) -> None:
    told = ask.answer("竹园街道有多少个议事亭？", store)
    assert told.summary.startswith("竹园街道的议事亭：武侯区竹园街道议事亭 3个")
    assert cells(told, "division", "subject") == [("武侯区", "竹园街道")]
