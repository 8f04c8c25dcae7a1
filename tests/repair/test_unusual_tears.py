"""Each kind of tear that OCR and page make-up leave behind: what comes back, and that no offset is lost."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from test_repair import check, read

import press
from jiceng.model import Role

REPORTS = press.reports()

TEARS = {
    "words broken over lines": (
        "老旧小区没有物业，垃圾没人清、车子随便停，居\n民意见很大。街道牵头成立红色物业服务中\n"
        "心，派驻二十六名专职人员，按照每平方米三角\n钱的标准收费，收支情况每季度张榜公布，居\n"
        "民看得清清楚楚，缴费率从三成提高到九\n成以上，小区面貌焕然一新，邻里之间的争\n"
        "吵也少了许多，大家都说日子越过越舒\n心了。\n",
        [
            "老旧小区没有物业，垃圾没人清、车子随便停，居民意见很大。街道牵头成立红色物业服务中心，派驻二十六名"
            "专职人员，按照每平方米三角钱的标准收费，收支情况每季度张榜公布，居民看得清清楚楚，缴费率从三成提高到"
            "九成以上，小区面貌焕然一新，邻里之间的争吵也少了许多，大家都说日子越过越舒心了。"
        ],
    ),
    "spaces in words": (
        "社区 党组织带头，把 网格 员的工 作日志搬到手机上，居 民随时可 以查看。\n",
        ["社区党组织带头，把网格员的工作日志搬到手机上，居民随时可以查看。"],
    ),
    "a space behind every character": (
        "物 业 经 理 每 天 到 院 里 走 一 圈 ， 发 现 问 题 当 场 记 下 。\n",
        ["物业经理每天到院里走一圈，发现问题当场记下。"],
    ),
    "dashes read as 一": (
        "全县健全“镇党委一村党支部一网格党小组一党员中心户”四级体系，一年走访一万户，第一时间解决一批难题。\n",
        ["全县健全“镇党委—村党支部—网格党小组—党员中心户”四级体系，一年走访一万户，第一时间解决一批难题。"],
    ),
    "dashes read as 一, the first part of one character": (
        "全县健全“县一乡镇一村党支部一网格党小组”四级体系。\n",
        ["全县健全“县—乡镇—村党支部—网格党小组”四级体系。"],
    ),
    "half-width punctuation": (
        '镇上建起(一站式)服务大厅,设窗口12个;居民说:"方便!"办理时间由3.5天缩短为1,200分钟以内.\n',
        ["镇上建起（一站式）服务大厅，设窗口12个；居民说：“方便！”办理时间由3.5天缩短为1,200分钟以内。"],
    ),
    "stray Latin": (
        "社区食堂 sii 每天供应午餐，养老服务 the 覆盖全部小区，绿道全长 12 km 左右。\n",
        ["社区食堂每天供应午餐，养老服务覆盖全部小区，绿道全长12 km左右。"],
    ),
    "lost first lines": (
        "服务站办起来以后，居民少跑了许多路。\n\n事会，每月十五号雷打不动，谁家有难处都可以来说。\n\n"
        "线上报、线下办，一张表管到底，社区工作者腾出时间走访入户。\n",
        [
            "服务站办起来以后，居民少跑了许多路。",
            "事会，每月十五号雷打不动，谁家有难处都可以来说。",
            "线上报、线下办，一张表管到底，社区工作者腾出时间走访入户。",
        ],
    ),
}


@pytest.mark.parametrize("name", TEARS)
def test_text_comes_back(name: str) -> None:
    text, expected = TEARS[name]
    repaired = read(text)
    check(text, repaired)
    assert [s.text.value for s in repaired.stretches] == expected
    assert {s.role for s in repaired.stretches} == {Role.BODY}


def test_what_is_no_text_is_set_apart_and_kept() -> None:
    lines = [
        ("第4版 要闻", Role.FURNITURE),
        ("2021年5月6日 星期四", Role.FURNITURE),
        ("社区工作者教老人使用智能手机。 李某某 摄", Role.CAPTION),
        ("▲志愿者清理河道 新华社发", Role.CAPTION),
        ("社区开办夜校，晚上七点开课，免费学书法、合唱和手机摄影。", Role.BODY),
        ("（下转第四版）", Role.FURNITURE),
        ("责编：赵某 版式：钱某", Role.FURNITURE),
    ]
    text = "\n\n".join(line for line, _ in lines) + "\n"
    repaired = read(text)
    check(text, repaired)
    assert [(s.text.value, s.role) for s in repaired.stretches] == lines


SECTIONS = [((3, 13), (2, 13)), ((2, 13), (4, 13)), ((3, 13), (2, 20)), ((2, 20), (3, 13))]


@pytest.mark.parametrize("parts", SECTIONS, ids=str)
@pytest.mark.parametrize("heading", ["", "支部建在楼栋里 服务送到家门口"])
def test_sections_of_other_columns(parts: tuple[tuple[int, int], ...], heading: str) -> None:
    shares = []
    for report in REPORTS:
        text = press.in_sections(report, parts, heading)
        repaired = read(text)
        check(text, repaired)
        stretches = [s.text.value for s in repaired.stretches]
        shares.append(press.whole(report.sentences, "\n".join(stretches)))
        assert not heading or heading in stretches  # a heading is not taken apart
    assert sum(shares) / len(shares) >= 0.8


@settings(max_examples=20, deadline=None)
@given(
    st.integers(0, 10_000),
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from([10, 13, 18, 21])), min_size=1, max_size=3),
    st.booleans(),
)
def test_offsets_survive_sections(seed: int, parts: list[tuple[int, int]], noisy: bool) -> None:
    rng = random.Random(seed)
    text = press.in_sections(rng.choice(REPORTS), parts, rng.choice(["", "抓组织 强队伍"]))
    text = press.with_noise(text, rng) if noisy else text
    check(text, read(text))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from([text for text, _ in TEARS.values()]), min_size=2, max_size=5))
def test_offsets_survive_all_of_them_together(texts: list[str]) -> None:
    text = "\n".join(texts)
    check(text, read(text))


def test_a_letterspaced_heading_is_closed_up() -> None:
    text = "# 江苏省泰州市姜堰区 : 一 桌 一 凳 说 家 常\n\n物业经理每天到院里走一圈，发现问题当场记下。\n"
    repaired = read(text)
    check(text, repaired)
    assert repaired.stretches[0].text.value == "江苏省泰州市姜堰区：一桌一凳说家常"
    kept = read("# 江苏省泰州市姜堰区：做强街道 做优社区\n\n物业经理每天到院里走一圈，发现问题当场记下。\n")
    assert kept.stretches[0].text.value.endswith("做强街道 做优社区")


def test_a_sentence_goes_on_past_the_foot_of_a_page() -> None:
    text = (
        "物业经理每天到院里走一圈，发现问题当场记下，晚上交给楼长，楼长\n\n某某日报 2022年5月6日 第2版\n\n"
        "第二天一早就去看。\n"
    )
    repaired = read(text)
    check(text, repaired)
    assert repaired.stretches[0].text.value.endswith("晚上交给楼长，楼长第二天一早就去看。")
    assert repaired.stretches[1].role is Role.FURNITURE


def test_a_credit_with_a_spaced_name_ends_a_caption() -> None:
    text = "▲居民在小院里议事。 张 强 摄\n物业经理每天到院里走一圈，发现问题当场记下。\n"
    assert [s.role for s in read(text).stretches] == [Role.CAPTION, Role.BODY]


def test_a_table_of_numbers_alone_is_no_torn_page() -> None:
    dice = random.Random(5)
    text = "   " + "   ".join(f"{dice.random():.7e}" for _ in range(400)) + "\n"
    repaired = read(text)
    check(text, repaired)
    assert not repaired.joins


def test_wide_spaces_between_two_titles() -> None:
    """Two short titles side by side, as printed with their layout, are no line of a column."""
    page = press.one_article(REPORTS[0], 2, 19, random.Random(1))
    text = page + "\n" + "楼上楼下大家商量" + " " * 40 + "小巷里吹来新的风尚" + "\n"
    repaired = read(text)
    check(text, repaired)
    assert "大家商量 " not in "".join(s.text.value for s in repaired.stretches)
