"""Chains in grids of frames: the same levels make the same chain, whatever joins them or leads to them."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.tiers import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())
NUMERALS = "零一二三四五六"

LEVELS = (
    "区委 街道党工委 社区党委 网格党支部 楼栋党小组 党员中心户",
    "街道大工委 社区大党委 小区党支部 楼院党小组",
    "乡镇党委 村党组织 网格党小组 党员联系户",
    "区 街道 社区 网格",
    "县 乡镇（街道） 村（社区） 网格",
    "街道 社区 小区 楼栋",
    "区党群服务中心 街道党群服务中心 社区党群服务站",
    "区新时代文明实践中心 街道实践所 社区实践站 小区实践点",
    "总网格长 网格长 微网格长",
    "社区书记 网格长 楼栋长 党员中心户",
    "县志愿服务总队 乡镇志愿服务支队 村志愿服务队",
)
SIGNS = ("—", "-", "→", "+", "、", "、和")
FRAMES = (
    "全区构建“{chain}”{count}级组织体系，夯实根基。",
    "健全{chain}的{count}级治理架构，夯实根基。",
    "通过{chain}{count}级联动机制，把服务送上门。",
    "建立{count}级责任体系：{chain}。",
    "建立{count}级服务网络（{chain}），层层负责。",
    "打造{count}级指挥体系“{chain}”，层层负责。",
    "建立自上而下的“{chain}”的{count}级管理体系。",
    "街道织密“{chain}{count}级组织网络”，服务到家。",
)
TOLD = (
    "构建从{to}的{count}级组织体系。",
    "形成了{to}的{count}级组织链条。",
    "健全{list}上下贯通、执行有力的{count}级组织体系。",
    "健全{list}等{count}级组织体系。",
    "推动{list}{count}级联动。",
)
PARTNERS = (
    "社区党委 物业公司 业委会",
    "社区 社会组织 社会工作者 志愿者",
    "派出所 司法所 社区 物业",
    "高校 街道 社区",
    "街道办事处 社区居委会 物业服务企业 业主大会",
    "社区 学校 家庭",
)
TOGETHER = (
    "推动{list}共同参与小区治理。",
    "邀请{list}{count}方坐下来协商。",
    "建立“{plus}”{count}方联动机制。",
    "构建“{list}”{count}位一体的治理机制。",
    "建立“{dash}”协作机制，居民满意。",
    "组建由{list}组成的志愿服务队。",
    "健全{list}的联动体系。",
)


def chains(text: str) -> list[list[str]]:
    return [[tier.label for tier in chain.tiers] for chain in EXTRACT(analysis_of(text))]


def joined(levels: list[str], sign: str) -> str:
    return "、".join(levels[:-1]) + "和" + levels[-1] if sign == "、和" else sign.join(levels)


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("named", LEVELS)
def test_what_joins_the_levels_changes_nothing(named: str, frame: str) -> None:
    levels = named.split()
    texts = [frame.format(chain=joined(levels, sign), count=NUMERALS[len(levels)]) for sign in SIGNS]
    assert [text for text in texts if chains(text) != [levels]] == []


@pytest.mark.parametrize("frame", TOLD)
@pytest.mark.parametrize("named", LEVELS)
def test_levels_told_one_after_another(named: str, frame: str) -> None:
    levels = named.split()
    text = frame.format(to="到".join(levels), list="、".join(levels), count=NUMERALS[len(levels)])
    assert chains(text) == [levels]


@pytest.mark.parametrize("frame", TOGETHER)
@pytest.mark.parametrize("named", PARTNERS)
def test_partners_are_no_levels(named: str, frame: str) -> None:
    who = named.split()
    count = NUMERALS[len(who)]
    assert (
        chains(frame.format(list="、".join(who), plus="+".join(who), dash="-".join(who), count=count)) == []
    )


HELD = (
    "街道:党建联盟 社区:大党委 网格:党支部 楼栋:党小组",
    "街道:综合党委 社区:党总支 小区:党支部 楼栋:党小组",
    "街道:党建工作委员会 社区:大党委 小区:党支部",
    "街道:治理委员会 社区:治理中心 网格:治理小组",
    "园区:综合党委 楼宇:党总支 企业:党支部",
)
CLAUSES = ("{0}{1}{2}", "在{0}{1}{2}", "{0}一级{1}{2}", "{0}层面{1}{2}", "{0}普遍{1}{2}", "{0}全覆盖{1}{2}")
VERBS = ("成立 成立 成立 成立", "设 设 设 设", "建 建 建 建", "成立 组建 建立 设立")
AROUND = ("{}，组织链条更紧。", "形成“{}”的组织体系。", "全区{}。")


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("named", HELD)
def test_what_each_level_founds(named: str, around: str) -> None:
    held = [pair.split(":") for pair in named.split()]
    wanted = [level + body for level, body in held]
    missed = []
    for verbs in VERBS:
        for clause in CLAUSES:
            for sign in "、，；":
                told = [clause.format(p, v, b) for (p, b), v in zip(held, verbs.split(), strict=False)]
                text = around.format(sign.join(told))
                if chains(text) != [wanted]:
                    missed.append((text, chains(text)))
    assert missed == []


def test_what_each_level_does_in_one_character() -> None:
    assert chains("构建“区委统、街道党工委抓、社区党委领、小区党支部干”的责任体系。") == [
        ["区委", "街道党工委", "社区党委", "小区党支部"]
    ]
    assert chains("推行“支部领、党员带、群众跟”。") == []
