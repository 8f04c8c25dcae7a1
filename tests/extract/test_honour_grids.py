"""Honours in grids of frames: a title is one behind every verb of receiving, and none as a target."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.honours import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())

TITLES = (
    "全国文明社区 全国先进基层党组织 全国民主法治示范社区 省级文明单位 全国示范性老年友好型社区 "
    "全省充分就业社区 国家级儿童友好社区 全国青年文明号 全省红色物业示范点 省级节水型小区 全市十佳党建品牌 "
    "全市无诈社区 全国劳动模范 江苏省优秀共产党员 全国社会治理创新案例 省级健康社区 全国综合减灾示范社区 "
    "全市睦邻社区"
)
VERBS = "获评 荣获 被评为 被授予 获得 被认定为 入选 先后荣获 被命名为 创成 连续三年被评为"
FRAMES = (
    "凤祥社区{verb}{title}。",
    "凤祥社区{verb}“{title}”。",
    "2023年，凤祥社区{verb}“{title}”称号。",
    "凤祥社区{verb}{title}、全市优秀团队等荣誉。",
    "社区党委带领党员苦干五年，{verb}“{title}”，居民点赞。",
)
TARGETS = (
    "以创建“{title}”为目标。",
    "以获评“{title}”为目标。",
    "围绕创建“{title}”，社区补齐短板。",
    "力争获评“{title}”。",
    "迎接“{title}”验收。",
    "开展“{title}”推荐工作。",
    "向“{title}”看齐。",
    "入围“{title}”候选名单。",
    "获评“{title}”的商户可优先贷款。",
    "把创建“{title}”作为头等大事。",
    "创建“{title}”动员会召开。",
    "对标“{title}”，查漏补缺。",
)


@pytest.mark.parametrize("frame", FRAMES)
def test_a_title_is_found_behind_every_verb(frame: str) -> None:
    missed = []
    for title in TITLES.split():
        for verb in VERBS.split():
            found = {h.title for h in EXTRACT(analysis_of(frame.format(verb=verb, title=title)))}
            if found - {"全市优秀团队"} != {title}:
                missed.append((title, verb, found))
    assert len(missed) <= 4, missed  # of 198


@pytest.mark.parametrize("frame", TARGETS)
def test_a_target_is_no_honour(frame: str) -> None:
    texts = [frame.format(title=title) for title in TITLES.split()]
    assert [text for text in texts if EXTRACT(analysis_of(text))] == []


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("社区墙上挂着“全国民主法治示范社区”的牌匾。", "全国民主法治示范社区"),
        ("社区又捧回一块牌子：全国民主法治示范社区。", "全国民主法治示范社区"),
        ("社区荣登“全国文明家庭”榜单。", "全国文明家庭"),
        ("她是全国三八红旗手，也是楼长。", "全国三八红旗手"),
        ("作为省劳动模范，段青禾带头示范。", "省劳动模范"),
        ("去年，段青禾被授予“七一勋章”。", "七一勋章"),
        ("段青禾被授予共和国勋章。", "共和国勋章"),
    ],
)
def test_titles_on_walls_and_lists_and_of_persons(text: str, title: str) -> None:
    assert [h.title for h in EXTRACT(analysis_of(text))] == [title]


@pytest.mark.parametrize(
    "text", ["让“积分”成为居民的勋章。", "社区设立“邻里勋章”，每月评选。", "获得勋章的老兵。"]
)
def test_medals_in_general_are_no_honours(text: str) -> None:
    assert not list(EXTRACT(analysis_of(text)))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("授予青禾社区、石桥街道柳坞社区“云岭区治理先进集体”称号。", {"云岭区治理先进集体"}),
        ("授予柳坞小学、云岭区人民医院“云岭区共建先进单位”称号。", {"云岭区共建先进单位"}),
        ("命名青禾社区等8个社区为“五星网格社区”。", {"五星网格社区"}),
        ("命名新落成的大院为“和美广场”。", set()),
        ("名单如下。\n优秀楼栋长：王明（青禾社区楼栋长）、李芳（柳坞社区楼栋长）。", {"优秀楼栋长"}),
        ("名单如下。\n（二）先进社区：青禾社区、柳坞社区。", {"先进社区"}),
        ("评分如下。\n优秀网格员：上报及时、服务主动。", set()),
    ],
)
def test_commendations_tell_who_and_what(text: str, found: set[str]) -> None:
    assert {h.title for h in EXTRACT(analysis_of(text))} == found
