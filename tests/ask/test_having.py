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
    assert answered("哪些区有积分制但没有居民议事厅？")[0] == "报道提到积分制、没有提到居民议事厅的地方：1个地方：武侯区。"
    assert answered("哪些区既有积分制又有网格党支部？")[0] == "报道都提到积分制、网格党支部的地方：1个地方：武侯区。"


@pytest.mark.parametrize("question", ["哪些街道没有红色物业？", "哪些街道有积分制但没有红色物业"])
def test_parts_of_districts_are_not_taken_for_what_they_have(question):
    assert ask.answer(question, STORE).intent is None


def test_the_deepest_chains_are_named_with_their_depth():
    told, places = answered("组织层级最多的是哪个区？")
    assert told == "组织链条级数最多的地方：武侯区、云岩区，3级（2个地方报道了组织链条）。"
    assert places == {"武侯区", "云岩区"}


def test_numbers_that_are_left_out_of_a_ranking_are_told():
    assert "另有1个数口径不同，未计入" in answered("哪个区的网格员最多？")[0]
