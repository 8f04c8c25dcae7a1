"""Lists at a seam, quotes whose direction the other side tells, names that break off, narrow marks, cuts."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from jiceng.model import Span
from jiceng.repair.boxes import MARKS, measured, narrow_signs
from jiceng.repair.columns import _cuts
from jiceng.repair.layout import Fragment, Page
from jiceng.repair.lines import width
from jiceng.repair.lists import lists
from jiceng.repair.quotes import quotes
from jiceng.repair.seams import Evidence, normal

ITEMS = {
    "four": ("红心引航", "强基固本", "暖心惠民", "清风润廉", "先锋争优", "聚力兴业"),
    "five": ("阅读休闲区", "便民服务区", "亲子活动区", "康养照护区", "议事协商区", "法律咨询区"),
    "three": ("议事厅", "便民站", "调解室", "阅览室", "活动室", "会客厅"),
}


@pytest.mark.parametrize("items", ITEMS.values(), ids=ITEMS)
def test_a_list_goes_on_with_what_makes_its_items_equally_long(items: tuple[str, ...]) -> None:
    """Wherever its third item is parted, and at each mark before and behind it."""
    whole = "、".join(items)
    start = len("、".join(items[:2])) + 1
    for cut in range(start, start + len(items[2])):
        left, right = "打造" + whole[:cut], whole[cut:] + "，方便居民"
        assert "list of one length" in lists(left, right), (left, right)


def test_what_makes_an_item_longer_than_the_others_goes_on_with_no_list() -> None:
    left = "打造阅读休闲区、便民服务区、亲子活"
    assert "list of other lengths" in lists(left, "楼门长、网格")
    assert "list of one length" in lists(left, "动区、康养照护区，")
    assert lists(left, "是全区第一个") == {}
    assert lists("街道召集居民", "到场听取意见") == {}
    assert lists("请来医生、社区民警、老支书、律", "师、退休教师") == {}  # of several lengths


def test_items_that_begin_or_end_alike_speak_for_it() -> None:
    assert "list built alike" in lists("做到民事民来议、民需民来", "提、民忧民来解、")
    assert "list built alike" in lists("组织保障力、服务供给", "力、群众动员力、")
    assert "list built alike" not in lists("红心引航、强基固", "本、暖心惠民、")


def test_the_first_item_of_a_list_may_stand_behind_other_words() -> None:
    assert "list may begin" in lists("街道组织实施红心引", "航、强基固本、暖心惠民、")
    assert lists("街道组织实施", "，强基固本、暖心惠民、") == {}


QUOTED = (("聚焦社区“微", "实事”清单，逐件办结居民的"), ("继续做细“三", "诊”工作，听居民说烦心事"))


@pytest.mark.parametrize(("before", "behind"), QUOTED)
def test_a_straight_quote_without_direction_opens_what_the_other_side_closes(
    before: str, behind: str
) -> None:
    left, right = (normal(t.replace("“", '"').replace("”", '"')) for t in (before, behind))
    assert "quote closes" in quotes(left, right)
    assert "quote was not open" in quotes(left.replace('"', ""), right)


def test_no_line_begins_with_a_closing_quote_or_ends_with_an_opening_one() -> None:
    assert normal('"邻里会客厅') == "“邻里会客厅"
    assert normal('一起办、一起评"') == "一起办、一起评”"
    assert normal('名叫"连心"') == "名叫“连心”"


NAMES = (("辽宁省", "锦州", "市"), ("浙江省杭州市", "桐庐", "县"), ("四川省成都市", "金牛", "区"))


@pytest.mark.parametrize(("path", "name", "sign"), NAMES)
def test_a_name_that_breaks_off_behind_its_path_goes_on_with_its_sign(
    path: str, name: str, sign: str
) -> None:
    evidence = Evidence(["党建引领治理", "牵头成立专班", "持续推进社区建设"])
    left = "近年来，" + path + name
    assert evidence.score(left, sign + "持续推进") > evidence.score(left, "牵头，多方") + 4
    assert "a division's name breaks off" in evidence.signs(left, "牵头，多方")
    assert "a division's name breaks off" not in evidence.signs(left, sign + "持续推进")
    assert "a division's name breaks off" not in evidence.signs(left + sign, "持续推进")
    assert "a division's name breaks off" not in evidence.signs("大家来到" + name, "看望")


def _page(lines: list[str]) -> Page:
    text = " ".join(lines)
    starts = itertools.accumulate((len(one) + 1 for one in lines), initial=0)
    fragments = tuple(
        Fragment(n, Span(at, at + len(one)), one, 0, 0, True, width(one))
        for n, (at, one) in enumerate(zip(starts, lines, strict=False))
    )
    return Page(text, (), fragments, 12.0)


def test_marks_are_narrow_where_lines_are_then_equally_wide() -> None:
    letters = "街道社区居民小组楼门议事协商共建"
    narrow = [letters[:12], letters[:11] + "、、", letters[:6] + "，" + letters[:5] + "、", letters[:12]] * 3
    page = _page(narrow)
    assert MARKS in narrow_signs(page.fragments)
    assert {f.width for f in measured(page, MARKS).fragments} == {12.0}
    full = [letters[:12], letters[:10] + "、、", letters[:6] + "，" + letters[:4] + "、", letters[:12]] * 3
    assert narrow_signs(_page(full).fragments) == ""


def test_lines_without_spaces_are_cut_where_all_of_them_fit_best() -> None:
    lines = [
        "网格员上门听取意见建议",
        "社区书记当天就来到楼下",
        "居民代表在院子里商量着",
        "第二天上午就把灯修好了。",
    ]
    text = "".join(lines)
    ends = _cuts(text, Span(0, len(text)), 11.0, "")
    assert [text[a:b] for a, b in itertools.pairwise([0, *ends])] == lines
