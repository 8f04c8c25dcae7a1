"""Levels in articles of other genres: only those of the grassroots themselves are chains there."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.tiers import extractor
from jiceng.extract.tiers.own import grassroots
from jiceng.extract.tiers.words import TierWords
from jiceng.lexicon import load_lexicon

LEXICON = load_lexicon()
EXTRACT = extractor(LEXICON)
WORDS = TierWords(LEXICON)

# What else such an article tells; {} is where its levels stand. Each brushes against the grassroots, too.
REPORTS = {
    "hospital": "全年门诊量40万人次，住院患者平均住院6天，床位90张。{}医生下到卫生院会诊，社区志愿者引路。",
    "economy": "产值90亿元，出口、研发投资和税收都创新高，订单排满生产线。{}车间里党员志愿者正在赶工。",
    "farming": "大棚采摘正忙，亩产比去年高，种植户与合作社签了收购价，冷链车等在田头。{}街道上也有人卖蔬菜。",
    "sport": "联赛揭幕，32支球队的球员报名参赛，主场进球不断，教练和选手合影。{}社区志愿者在场边引导。",
    "school": "新学期学校开设课程60门，教师进教室备课，学生增加，家长会定在周五。{}社区也来听校长介绍。",
    "weather": "气象台预计暴雨将至，降雨量80毫米，大风七级，气温下降。{}街道志愿者转移群众。",
    "court": "法院审理案件九百件，被告当庭履行判决，原告撤回起诉，律师到场。{}庭审也开进社区。",
}
FOREIGN = (
    "现有“集团党委—分公司党总支—车间党支部—班组党小组”四级组织链条。",
    "县、乡、村三级都已部署到位。",
    "由县级中心、镇级站、村级点组成三级网络。",
    "园区党工委、企业党委、车间党支部上下联动。",
    "区、街道、社区三级响应。",
    "公司党委下设4个党总支、19个党支部、60个党小组。",
)
OWN = {
    "社区党委下设小区党支部8个、楼栋党小组46个。": ["社区党委", "小区党支部", "楼栋党小组"],
    "附近建起“街道党工委—社区党委—网格党支部”三级架构。": ["街道党工委", "社区党委", "网格党支部"],
    "街道、社区、网格三级联动。": ["街道", "社区", "网格"],
    "那里以镇党委为龙头、村党总支为主体、村民小组党小组为末梢。": ["镇党委", "村党总支", "村民小组党小组"],
}
GOVERNANCE = "街道党员下沉网格，走访居民，化解小区邻里纠纷，业委会和物业坐下来议事。{}"


def labels(text: str) -> list[list[str]]:
    return [[t.label for t in c.tiers] for c in EXTRACT(analysis_of(text))]


@pytest.mark.parametrize("levels", FOREIGN)
@pytest.mark.parametrize("genre", sorted(REPORTS))
def test_levels_of_others_are_no_chain_in_a_report_of_another_genre(genre: str, levels: str) -> None:
    assert labels(REPORTS[genre].format(levels)) == []


@pytest.mark.parametrize("levels", FOREIGN)
def test_the_same_levels_are_read_in_a_report_on_governance(levels: str) -> None:
    assert len(labels(GOVERNANCE.format(levels))) == 1


@pytest.mark.parametrize("levels", sorted(OWN))
@pytest.mark.parametrize("genre", sorted(REPORTS))
def test_the_grassroots_own_levels_are_a_chain_in_any_report(genre: str, levels: str) -> None:
    assert labels(REPORTS[genre].format(levels)) == [OWN[levels]]


@pytest.mark.parametrize("levels", FOREIGN)
def test_a_sentence_with_a_word_or_two_of_another_genre_is_not_yet_of_that(levels: str) -> None:
    assert len(labels("新建的医院旁，" + levels)) == 1


@pytest.mark.parametrize(
    ("tiers", "own"),
    [
        (("街道", "社区", "小区"), False),  # neither the party's nor a grid
        (("街道", "社区", "网格长"), True),
        (("社区党委", "党支部", "党小组"), True),
        (("村党总支", "党支部"), True),
        (("党委", "党支部", "网格党支部"), False),  # whose the highest is remains open
        (("社区党委", "企业党支部"), False),
        (("院党委", "科室党支部"), False),
        (("镇（街道）党委", "村（社区）党支部"), True),
        (("街道卫生服务中心", "社区卫生站"), False),
    ],
)
def test_the_grassroots_levels_are_places_with_a_body_of_the_party_or_a_grid(
    tiers: tuple[str, ...], own: bool
) -> None:
    assert grassroots(tiers, WORDS) is own
