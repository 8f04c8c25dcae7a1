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


@pytest.mark.parametrize("joint", "和与及")
@pytest.mark.parametrize("known", ["双报到", "三会一课", "党建联席会议", "首问负责制"])
def test_two_names_that_a_word_joins_are_two(known: str, joint: str) -> None:
    for other in ("网格长制度", "居民说事制度", "书记约谈机制"):
        found = names(f"街道健全{known}{joint}{other}，党员带头。")
        assert {known, other} <= found, found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("推行楼栋长、单元管家工作机制。", "楼栋长、单元管家工作机制"),
        ("全面推行路段长、巷管员工作机制。", "路段长、巷管员工作机制"),
        ("镇上跟32家企业推行“契约化”共建。", "契约化共建"),
        ("街道推行“项目化”运作。", "项目化运作"),
        ("社区成立“红帆”商圈党总支。", "红帆商圈党总支"),
        ("小区打造“暖橙”物业先锋党支部，业主点赞。", "暖橙物业先锋党支部"),
        ("每个片区都建“一支队伍”（即红色代办队）。", "红色代办队"),
        ("物业管理成了镇街书记抓党建述职评议重要内容。", "镇街书记抓党建述职评议"),
        ("社区设立“德治”银行。", "德治银行"),
        ("接着抓好机关干部到小区双报到工作。", "双报到"),
        ("推动机关干部向社区双报到。", "双报到"),
        ("开展“物业服务”攻坚年行动。", "物业服务攻坚年行动"),
        ("开展“支部建设”规范年，社区有了标准。", "支部建设规范年"),
        ("街道对出租屋推行“红黄绿”分级管理。", "红黄绿分级管理"),
        ("街道推行“暖巷”三年行动，补齐短板。", "暖巷三年行动"),
        ("小区配备“1+2+N”巡查力量，夜里有人值守。", "1+2+N巡查力量"),
        ("社区建成“钢花有约”邻里中心12个。", "钢花有约邻里中心"),
        ("各小区推出“蓝工装”进小区项目，居民称便。", "蓝工装进小区"),
        ("推行“流动法庭”进楼院，居民称便。", "流动法庭进楼院"),
        ("一支名为“暖巷姐姐”的志愿服务队每天上门。", "暖巷姐姐"),
        ("一个叫“小旗报平安”的办法在街道推广。", "小旗报平安"),
        ("建成区民生诉求调度中心，居民有话好说。", "民生诉求调度中心"),
        ("推行区领导联系社区制度，居民有话好说。", "区领导联系社区制度"),
        ("街道列出权责清单、负面清单三张清单，逐条公示。", "负面清单"),
        ("社区推行“楼长”联动机制，居民称便。", "楼长"),
    ],
)
def test_a_name_reaches_as_far_as_what_it_names(text: str, name: str) -> None:
    found = names(text)
    assert plain(name) in found
    assert not any(one != plain(name) and one in plain(name) for one in found), found


def test_what_is_awarded_by_a_higher_level_is_no_practice() -> None:
    assert "绿色社区" not in names("全区建成省级“绿色社区”15个，居民称便。")
    assert "红色物业" in names("街道推行“红色物业”，居民称便。")


def test_a_formula_is_no_name_with_what_is_done_by_it() -> None:
    assert names("居民拨打“12345”反映，社区用“110”报警。").isdisjoint({"12345反映", "110报警"})


@pytest.mark.parametrize(
    "text",
    [
        "将小区治理列为“一号工程”来抓。",
        "把物业提质作为书记“一号课题”。",
        "社区“双管齐下”化解物业纠纷。",
        "街道“三箭齐发”破解停车难。",
        "着力“自治”建设，强化“法治”保障、“德治”引领。",
        "每个片区都建“一支队伍”（即红色代办队）。",
    ],
)
def test_what_says_how_much_something_matters_names_nothing(text: str) -> None:
    labels = {"一号工程", "一号课题", "双管齐下", "三箭齐发", "自治", "法治", "德治", "一支队伍"}
    assert names(text).isdisjoint(labels), names(text)


TITLES = (
    "区委印发《关于推行“{name}”工作机制的通知》，干部下沉一线。",
    "区里出台《“{name}”制度实施细则》，明确流程。",
    "制定下发《关于建立“{name}”工作法的意见》，居民参与。",
    "街道按照《在物业小区推广“{name}”模式的实施方案》，推动落实。",
)


@pytest.mark.parametrize("frame", TITLES)
def test_what_a_document_sets_up_is_found_in_its_title(frame: str) -> None:
    missed = [name for name in NAMES if not any(n.startswith(name) for n in names(frame.format(name=name)))]
    assert len(missed) <= 1, missed


def test_no_other_quotation_in_a_title_is_one() -> None:
    frames = (
        "区委印发《关于破解“{name}”问题的通知》，干部下沉一线。",
        "区里学习《走好“{name}”》等文章，居民参与。",
        "街道落实《关于打通“{name}”的若干措施》。",
    )
    for frame in frames:
        assert not [name for name in EMPHASIS if name in names(frame.format(name=name))]


def test_a_count_that_goes_on_is_another_name() -> None:
    text = "片区照着“三员一队一阵地”来配，牵头的人从“三员”（即网格员、调解员、辅警）里选。"
    assert {"三员一队一阵地", "三员"} <= names(text)
