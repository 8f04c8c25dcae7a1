"""Readings that pass over a part of what is asked, or take a word apart, are none."""

import pytest
from tests.ask.small import column, store_with

from jiceng import ask
from jiceng.ask import grammar, terms

STORE = store_with("")
KNOWN = terms.load(STORE)


def kind(question: str) -> str:
    intent = ask.understand(question, KNOWN, grammar.load())
    return intent.kind if intent else "none"


def test_a_kind_of_part_is_not_taken_apart() -> None:
    """小区 is not what is smaller (小) in a 区."""
    assert kind("哪些区把网格党支部建到了小区") == "none"
    assert kind("哪个区的网格党支部小") == "least"


def test_when_is_not_what() -> None:
    assert kind("积分制是什么") == "mechanism"
    assert kind("积分制是什么时候出现的") == "dated"
    assert kind("武侯区什么时候有的网格党支部") == "none"


@pytest.mark.parametrize("both", ["2020年和2021年", "每年和每月"])
def test_two_of_what_there_is_room_for_one_of_are_refused(both: str) -> None:
    assert kind(f"武侯区{both[:5] if '年和2' in both else '每年'}有多少网格员") == "count"
    assert kind(f"武侯区{both}有多少网格员") == "none"


def test_two_things_are_not_told_apart_by_their_numbers() -> None:
    assert kind("网格员和志愿者的区别") == kind("武侯区网格员和志愿者有什么不同") == "none"
    assert kind("网格员和志愿者的比例") == kind("网格员比志愿者多吗") == "none"
    assert kind("武侯区的网格员比青羊区多吗") == kind("谁的网格员和志愿者更多") == "most"
    assert kind("网格员和志愿者谁多") == kind("网格员多还是志愿者多") == "none"
    assert kind("网格员和志愿者哪个多") == kind("哪些区网格员比志愿者多") == "none"
    assert kind("比较各区的网格员和志愿者") == "across"
    assert kind("武侯区和青羊区的网格员有何差异") != "none"


def test_levels_and_depths_are_not_passed_over() -> None:
    assert kind("网格党支部的上级和下级是什么") == kind("网格党支部的上下级是什么") == "none"
    assert kind("三级组织的区和四级组织的区有哪些") == "none"
    assert kind("网格党支部的上一级是什么") == kind("武侯区的网格党支部上级是谁") == "above"
    assert kind("武侯区网格党支部的上级是谁") == "above"


def test_what_is_better_is_no_comparison() -> None:
    assert kind("武侯区比青羊区好吗") == kind("武侯区的做法值得推广吗") == "none"
    assert kind("比较一下武侯区和青羊区") == "compare"
    assert kind("请介绍一下武侯区，好吗") == "division"


def test_who_is_no_place_where_reports_are_counted() -> None:
    assert kind("哪里的报道最多") == "reported"
    assert kind("谁在报道里出现最多") == "none"


def test_who_wrote_is_not_who_is_told_of() -> None:
    assert kind("武侯区提到了谁") == kind("报道里写了谁") == "persons"
    assert kind("谁写了武侯区的报道") == kind("武侯区的报道是谁写的") == kind("谁写的报道") == "none"


def test_what_differs_is_not_passed_over_beside_what_is_shared() -> None:
    assert kind("武侯区和青羊区有哪些共同的机制") == "shared"
    assert kind("武侯区和青羊区有哪些共同的机制，哪些不同") == "compare"


def test_data_are_no_reports() -> None:
    assert kind("2023年有哪些报道") == "reports"
    assert kind("2023年有哪些数据") == "none"


def test_a_share_is_one_of_percent() -> None:
    assert column(ask.answer("云岩区的党员有多少", STORE), "value") == ["5000"]
    assert column(ask.answer("云岩区党员的比例", STORE), "value") == []


def test_a_longer_word_does_not_stand_for_all_of_its_indicator() -> None:
    more = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
        @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
        :workers a skos:Concept ; skos:prefLabel "网格员人数"@zh .
        :m4 jc:indicator :workers . :m5 jc:indicator :workers ."""
    store = store_with(more)
    assert set(column(ask.answer("各区有多少网格员", store), "division")) == {"青羊区", "云岩区"}
    assert column(ask.answer("各区有多少专职网格员", store), "division") == ["青羊区"]


def test_a_raised_number_is_found_by_its_verb() -> None:
    more = """@prefix jc: <https://w3id.org/jiceng/ontology#> . @prefix : <urn:> .
        :m20 a jc:Measurement ; jc:division :wuhou ; jc:measured "满意率"@zh ; jc:value 61 ;
          jc:action "提高前"@zh ; jc:evidence :e1 .
        :m21 a jc:Measurement ; jc:division :wuhou ; jc:measured "满意率"@zh ; jc:value 93 ;
          jc:action "提高到"@zh ; jc:evidence :e1 ."""
    store = store_with(more)
    for question in ("武侯区满意率提高了多少", "武侯区的满意率提高到多少"):
        assert sorted(column(ask.answer(question, store), "value")) == ["61", "93"]
