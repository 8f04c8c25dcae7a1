"""Mechanisms in grids of frames: a name stays one wherever it stands, emphasis and slogans none."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.mechanisms import extractor
from jiceng.extract.mechanisms.page import plain
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())
AROUND = (
    "街道党工委把支部建在网格上，社区居民、党员和网格员一起议事，推行“红色管家”物业服务模式，群众满意。\n"
)

_NAMES = (
    "邻里帮帮团 小板凳议事 红马甲巡访 五微五联 一线三问 老李说事 暖蜂驿站 三色预警 民情直通车 睦邻客厅 "
    "红石榴 百姓管家 六步工作法 幸福敲门 有事好商量 巷子议事厅 书记茶座 码上说 红色合伙人 楼下有约"
)
NAMES = _NAMES.split()
FRAMES = (
    "街道推行“{name}”机制，为居民解决实际困难。",
    "该街道建立健全“{name}”制度，居民的事有人管了。",
    "一是打造“{name}”品牌。社区党委每月研究一次。",
    "以“{name}”工作模式为抓手，社区把服务送到家门口。",
    "“{name}”行动实施以来，社区化解矛盾120件。",
    "街道创新推出“十分钟响应”“{name}”等做法，居民少跑腿。",
    "社区把这一做法概括为“{name}”。",
    "大家给这支队伍取名“{name}”。",
    "社区启动名为“{name}”的活动，居民踊跃参加。",
)
_EMPHASIS = (
    "最后一公里 共建共治共享 神经末梢 主心骨 零距离 贴心人 领头雁 主人翁 定盘星 一盘棋 硬骨头 老大难 "
    "金点子 火车头 压舱石 润滑剂 局外人 当家人 大家庭 一根针 急难愁盼 加减法 及时雨 风景线 加速度"
)
EMPHASIS = _EMPHASIS.split()
SAYINGS = (
    "打通服务群众的“{name}”。",
    "社区党员成了居民的“{name}”。",
    "让居民感受到“{name}”。",
    "破解治理中的“{name}”，居民点赞。",
    "激活基层治理“{name}”，小区焕然一新。",
    "居民把她称为“{name}”。",
    "社区不再是“{name}”，大家都愿意出力。",
)


def names(text: str) -> set[str]:
    return {plain(m.name) for m in EXTRACT(analysis_of(AROUND + text))}


@pytest.mark.parametrize("frame", FRAMES)
def test_a_name_is_found_in_every_frame(frame: str) -> None:
    found = {name: names(frame.format(name=name)) for name in NAMES}
    missed = [name for name, all_names in found.items() if not any(n.startswith(name) for n in all_names)]
    assert len(missed) <= 1, missed


@pytest.mark.parametrize("frame", SAYINGS)
def test_emphasis_is_no_name_in_any_frame(frame: str) -> None:
    wrong = [name for name in EMPHASIS if any(name in n for n in names(frame.format(name=name)))]
    assert wrong == []


def test_a_name_begins_behind_who_does_something_with_it() -> None:
    for name in ("志愿积分制", "党员积分管理制度", "民情恳谈会"):
        assert f"社区将{name}" not in names(f"社区将{name}延伸到每个楼栋。")
