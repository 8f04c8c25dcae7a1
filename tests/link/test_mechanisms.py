"""Shared mechanisms: what is one, what is only close."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiceng.lexicon import load_lexicon
from jiceng.link.mechanisms import close, key

LEXICON = load_lexicon()


@pytest.mark.parametrize(
    "names",
    [
        ("双报到", "“双报到”", "党员双报到", "在职党员“双报到”", "双报到制度", "在职党员双报到活动"),
        ("红色物业", "红色 物业", "“红色物业”"),
        ("三会一课", "“三会一课”制度"),
        ("15分钟生活圈", "十五分钟生活圈", "15分钟便民圈"),
        ("茶园议事亭", "“茶园议事亭”"),
        ("1+3+N工作机制", "“1+3+N”"),
        ("吹哨报到", "“街镇吹哨、部门报到”", "“吹哨报到”改革", "乡镇（街道）吹哨、部门报到"),
        ("接诉即办", "12345接诉即办", "“接诉即办”改革"),
        ("红色物业", "“红色物业”建设"),
        ("在职党员进社区双报到", "党员到社区“双报到”"),
        ("网格化管理", "网格化管理模式", "网格化服务管理"),
        ("街长制", "“街长”制度", "街长制模式"),
        ("三官一律", "“三官一律”进网格"),
        ("协商议事", "居民议事协商", "社区议事协商机制"),
        ("党建联席会议", "社区党建工作联席会议制度"),
    ],
)
def test_spellings_of_one_mechanism_share_a_key(names: tuple[str, ...]) -> None:
    assert len({key(name, LEXICON) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("老街议事厅", "新街议事厅"),
        ("1+2+N", "1+3+N"),
        ("红色物业", "红色网格"),
        ("12工程", "1+2工程"),
        ("10分钟生活服务圈", "15分钟生活圈"),
        ("大工委", "大党委"),
        ("楼长制", "街巷长制"),
        ("板凳会", "院坝会"),
        ("党员责任区", "党员示范岗"),
        ("三社联动", "五社联动"),
        ("小区吹哨、部门报到", "街道吹哨、部门报到"),
        ("居民吹哨、党员报到", "吹哨报到"),
        ("双报到双服务", "双报到"),
        ("红色物业联盟", "红色物业"),
        ("议事厅", "党员议事厅"),
        ("党员积分制", "志愿服务积分制"),
        ("党员志愿积分制", "志愿积分制"),
        ("党员中心户", "党员联系户"),
        ("民情日记", "民情台账"),
        ("协商议事", "有事来协商"),
        ("党员下沉", "干部下沉"),
    ],
)
def test_different_mechanisms_keep_different_keys(one: str, other: str) -> None:
    assert key(one, LEXICON) != key(other, LEXICON)


def test_a_short_name_is_not_eaten_by_its_tail() -> None:
    assert key("六联机制", LEXICON) == "六联机制"


def test_close_names_are_paired_once_and_sorted() -> None:
    keys = ["党员志愿积分制", "志愿积分制", "邻里食堂", "志愿积分制"]
    assert close(keys) == (("党员志愿积分制", "志愿积分制"),)


def test_names_that_share_only_their_last_word_are_not_close() -> None:
    assert close(["乐居工程", "宜居工程", "机关党建联盟", "两新党建联盟"]) == ()
    assert close(["两新组织党建联盟", "两新党建联盟"]) == (("两新党建联盟", "两新组织党建联盟"),)


def test_unlike_names_are_not_close() -> None:
    assert close(["邻里食堂", "书记接待日", "双报到"]) == ()


@given(st.lists(st.text(alphabet="红色物业网格议事厅一二三", max_size=8), max_size=12))
def test_close_does_not_depend_on_order(names: list[str]) -> None:
    assert close(names) == close(list(reversed(names)))


@given(st.text(max_size=20) | st.text(alphabet="党员社区双报到制度机制工作活动12+", max_size=14))
def test_a_key_is_its_own_key(name: str) -> None:
    once = key(name, LEXICON)
    assert key(once, LEXICON) == once
