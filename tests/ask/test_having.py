"""Who has several things of several kinds, or has one and lacks another; and whose chains are deepest."""

import pytest
from tests.ask.small import store_with

from jiceng import ask

STORE = store_with("")


def answered(question):
    told = ask.answer(question, STORE)
    return told.summary.split("图谱只含")[0], {row[0].value for row in told.rows}


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("哪些区既有积分制又有网格党支部？", {"武侯区"}),
        ("网格党支部和居民议事厅都有的区", {"云岩区"}),
        ("哪些区同时有积分制和网格员？", {"青羊区"}),
        ("哪些区有积分制但没有居民议事厅？", {"武侯区"}),
        ("哪些区有网格党支部但没有积分制？", {"云岩区"}),
        ("没有积分制但有网格党支部的区", {"云岩区"}),
        ("没有红色物业和居民议事厅而有积分制的区", {"武侯区"}),
        ("哪些区有积分制和网格党支部但没有居民议事厅", {"武侯区"}),
        ("哪些区既有红色物业又有网格党支部？", set()),
    ],
)
def test_places_have_all_of_what_is_named_and_none_of_what_is_to_be_lacking(question, places):
    assert answered(question)[1] == places


def test_what_is_had_and_what_is_lacking_are_told_apart():
    assert (
        answered("哪些区有积分制但没有居民议事厅？")[0]
        == "报道提到积分制、没有提到居民议事厅的地方：1个地方：武侯区。"
    )
    assert (
        answered("哪些区既有积分制又有网格党支部？")[0]
        == "报道提到积分制、网格党支部的地方：1个地方：武侯区。"
    )


@pytest.mark.parametrize("question", ["哪些街道没有红色物业？", "哪些街道有积分制但没有红色物业"])
def test_parts_of_districts_are_not_taken_for_what_they_have(question):
    assert ask.answer(question, STORE).intent is None


def test_the_deepest_chains_are_named_with_their_depth():
    told, places = answered("组织层级最多的是哪个区？")
    assert told == "组织链条级数最多的地方：武侯区、云岩区，3级（2个地方报道了组织链条）。"
    assert places == {"武侯区", "云岩区"}


def test_numbers_that_are_left_out_of_a_ranking_are_told():
    assert "另有1个数口径不同，未计入" in answered("哪个区的网格员最多？")[0]


def test_so_many_of_the_first_are_named_though_the_words_may_mean_those_that_were_named():
    assert "云岩区 120个；武侯区 86个" in answered("网格党支部最多的三个区")[0]


def test_what_each_has_is_counted_for_all():
    assert answered("各区有多少机制？")[0] == "各地数量：青羊区 2、武侯区 2、南山区 1、云岩区 1。"


def test_what_only_one_place_has_is_no_count_of_places():
    told, mechanisms = answered("哪些做法只有一个区有？")
    assert told.startswith("正好1个地方报道的机制：2项")
    assert mechanisms == {"院落管家", "红色物业"}


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("各省采用积分制的区县数量", {"where_mechanism"}),
        ("采用积分制的地方有多少？", {"where_mechanism"}),
        ("各省有志愿者的区县数量", {None}),
        ("图谱里一共有多少条事实", {None}),
        ("矛盾纠纷化解最多的区", {None, "most"}),
    ],
)
def test_places_that_are_counted_are_no_sum_of_what_they_have(question, kinds):
    assert getattr(ask.answer(question, STORE).intent, "kind", None) in kinds
