"""Pages whose articles follow one another, and pages on which one article interrupts another."""

from __future__ import annotations

import hashlib

import pytest

from jiceng.articles.assignment import _headed, _torn
from jiceng.articles.naming import INTRODUCING, names_in
from jiceng.articles.parts import Part, parts_of
from jiceng.divisions.vocabulary import load_gazetteer
from jiceng.model import Source
from jiceng.repair import Repaired, repair

ONE = "青禾社区把议事的长桌搬到院里，谁家有难处都能坐下来说，居民当家做主，社区只管牵线"
OTHER = "楼长每周上门走一遍，把老人要买的药、要修的灯记在本子上，月底再一件件核对。"


def parts(text: str) -> tuple[Repaired, list[Part]]:
    repaired = repair(Source("page.txt", hashlib.sha256(text.encode()).hexdigest(), text))
    return repaired, parts_of(repaired, names_in(repaired, load_gazetteer()))


@pytest.mark.parametrize("between", ["第3版", "本版编辑 李四 电话：0000—1234567", "院坝里摆开长桌。王五 摄"])
def test_a_sentence_that_goes_on_past_a_foot_or_caption_is_not_torn(between: str) -> None:
    page = f"{ONE}。\n\n{ONE[:24]}\n\n{between}\n\n{ONE[24:]}。\n\n{OTHER}\n"
    assert not _torn(*parts(page))


def test_a_sentence_that_another_text_interrupts_is_torn() -> None:
    before, broken, behind = ONE.partition("家做")
    page = f"{OTHER}{before}{broken}\n\n街道派来两名社工，每周三在站里值守。{OTHER}\n\n{behind}。{OTHER}\n"
    assert _torn(*parts(page))


@pytest.mark.parametrize(("third", "headed"), [("樊城区", True), ("江阳区", False)])
def test_two_articles_on_one_district_in_turn_are_headed_as_one(third: str, headed: bool) -> None:
    heads = ["四川泸州市江阳区", "湖北襄阳市樊城区", third]
    page = "\n\n".join(f"# {head}：院里的长桌\n\n{ONE}。\n\n{OTHER}" for head in heads)
    repaired, order = parts(page)
    entries = [{n.division.adcode for n in p.names[:1] if n.weight >= INTRODUCING} for p in order]
    divisions = [load_gazetteer().by_code[code] for code in ("420606", "510502")]
    assert _headed(repaired, order, entries, divisions) is headed
