"""Ordinary sentences by grids: the same noun is counted whatever stands around it.

Corpora show what is common in them; a grid of frames, adverbs and verbs shows which word
of a class is not read.
"""

from __future__ import annotations

from itertools import product

import pytest

from clean_articles import analysis_of
from jiceng.extract.metrics import extractor
from jiceng.lexicon import load_lexicon
from jiceng.model import Measurement

EXTRACT = extractor(load_lexicon())

RATES = ("业委会组建率", "矛盾纠纷化解成功率", "12345热线按期办结率", "居民满意度", "党组织覆盖率")
BEFORE_REACHING = """
力争 争取 确保 力求 努力 有望 将 将会 须 必须 应当 拟 计划 已 均 全部 基本 普遍 总体 也 已经 一直
始终 平均 仍 依然 持续 连续多年 稳步 逐年 分别 目前 现 现已 如今 今年 首次 一度 全年 长期 常年 成功 大幅 显著
明显 逐步 不断 整体 至少 就 才 竟然 同步 突破 约"""
REACHING = ("达到", "提高到", "稳定在")

DEEDS = {
    "组建": ("支", "志愿服务队"),
    "新建": ("个", "党群服务驿站"),
    "选派": ("名", "第一书记"),
    "发展": ("名", "党员"),
    "化解": ("起", "矛盾纠纷"),
    "办结": ("件", "群众诉求"),
    "排查": ("处", "安全隐患"),
    "慰问": ("名", "困难党员"),
    "帮扶": ("户", "困难家庭"),
    "组织": ("场", "文艺演出"),
    "加装": ("部", "电梯"),
    "认领": ("个", "服务项目"),
    "建设": ("座", "充电站"),
}
AHEAD = """|今年以来，|截至目前，全区|先后|累计|我们|街道|社区党委|该区|其中，|通过走访，|并|
清河街道|区住建局|
各级党组织联合|志愿者们积极|党员干部通过上门走访|物业公司自筹资金|据介绍，|数据显示，"""
TO_COME = ("将", "拟", "计划", "力争", "明年，全区将", "下一步，我区将", "各社区要", "年内将", "争取", "确保")
DEADLINES = (
    "6月底前，",
    "今年年底前，全区",
    "2027年底前，全部",
    "未来三年，",
    "到“十五五”末，",
    "计划到2027年6月，再",
    "预计到年底，",
)
TO_BE_DONE = (
    ("改造", "个", "老旧小区"),
    ("新增", "个", "停车位"),
    ("培育", "支", "志愿服务队伍"),
    ("配备", "名", "社区工作者"),
)

THINGS = (
    ("志愿者", "1320", "人"),
    ("小区党支部", "61", "个"),
    ("居民", "386", "户"),
    ("停车位", "1500", "个"),
)
FRAMES = (
    "据介绍，{o}已超过{n}{c}。",
    "记者了解到，{o}总数达{n}{c}。",
    "全区{o}达到{n}{c}。",
    "{o}由最初的几个发展到{n}{c}。",
    "有{n}{c}{o}受到表彰。",
    "“我们一共有{n}{c}{o}。”社区书记说。",
    "目前有{o}{n}{c}，居全市前列。",
    "实有{o}{n}{c}。",
    "全年共{o}{n}{c}。",
    "面对{n}{c}{o}，社区建立台账。",
    "全面摸清{n}{c}{o}的基本情况。",
    "把{n}{c}{o}纳入管理。",
    "{n}{c}{o}全部完成登记。",
)


def numbers(text: str) -> list[Measurement]:
    return list(EXTRACT(analysis_of(text)))


@pytest.mark.parametrize("adverb", BEFORE_REACHING.split())
def test_nothing_between_a_rate_and_its_verb_is_part_of_it(adverb: str) -> None:
    for rate, verb in product(RATES, REACHING):
        text = f"社区工作扎实推进，{rate}{adverb}{verb}96%。"
        assert [(m.measured, float(m.value)) for m in numbers(text)] == [(rate, 96.0)], text


@pytest.mark.parametrize("ahead", AHEAD.replace("\n", "").split("|"))
def test_who_acts_and_when_is_not_counted(ahead: str) -> None:
    for deed, (unit, noun) in DEEDS.items():
        for text in (f"{ahead}{deed}{noun}61{unit}。", f"{ahead}{deed}了120余{unit}{noun}，受到居民好评。"):
            assert [m.measured for m in numbers(text)] == [noun], text


@pytest.mark.parametrize("ahead", TO_COME)
def test_what_is_yet_to_be_done_is_a_rule(ahead: str) -> None:
    for deed, (unit, noun) in DEEDS.items():
        for text in (f"{ahead}{deed}{noun}61{unit}以上。", f"{ahead}{deed}300{unit}{noun}，更好服务群众。"):
            assert [(m.measured, m.nature) for m in numbers(text)] == [(noun, "rule")], text


@pytest.mark.parametrize(
    "text",
    [
        "将全区划分为612个网格。",
        "将治理资源整合到12个网格。",
        "将审批服务下放街道，下放事项19项。",
        "将征集的300个微心愿上墙公示。",
        "将新建的5个驿站移交社区。",
        "争取维修资金20万元。",
        "网格员一天要处理400件事。",
    ],
)
def test_what_is_taken_up_or_done_every_day_is_no_plan(text: str) -> None:
    assert {m.nature for m in numbers(text)} == {"fact"}, text


@pytest.mark.parametrize("frame", FRAMES)
def test_the_counted_is_the_same_in_every_frame(frame: str) -> None:
    for noun, value, unit in THINGS:
        text = frame.format(o=noun, n=value, c=unit)
        found = [m.measured.removesuffix("总数") for m in numbers(text)]
        assert found == [noun], text


def test_a_figure_falls_to_what_is_no_number() -> None:
    for text, noun in (
        ("油烟投诉从每月30多起降到零星几起。", "油烟投诉"),
        ("信访量由12件降为零。", "信访量"),
        ("达成公约9条，噪声投诉从每月30多起降到个位数。", "噪声投诉"),
    ):
        assert numbers(text)[-1].measured == noun, text


@pytest.mark.parametrize(
    "change", ["由第12位前移至第5位", "从全市第12位上升至第5位", "由第十二位跃升到第五位"]
)
@pytest.mark.parametrize(("before", "noun"), [("平安建设考核排名", "平安建设考核"), ("今年，排名", "排名")])
def test_both_ranks_of_a_change_are_told(before: str, noun: str, change: str) -> None:
    found = [(m.measured, int(m.value), m.unit) for m in numbers(f"{before}{change}。")]
    assert found == [(noun, 12, "位"), (noun, 5, "位")]


@pytest.mark.parametrize("norm", ["按照“300—500户”标准", "按照“300—500户”的标准", "按照300—500户标准"])
def test_what_quarters_are_divided_by_is_a_rule(norm: str) -> None:
    found = [(m.measured, m.nature) for m in numbers(f"{norm}优化设置网格1124个。")]
    assert found == [("户", "rule"), ("网格", "fact")]


@pytest.mark.parametrize("made", ["新增", "增设", "组建", "开通", "配备", "推出"])
@pytest.mark.parametrize("manner", ["免费", "就近", "快速", "统一", "精准", "长期", "直接", "定期", "常态化"])
def test_how_a_thing_is_describes_it_behind_the_verb_that_made_it(made: str, manner: str) -> None:
    for noun, unit in (("响应小组", "个"), ("取餐点", "处"), ("帮扶专班", "个"), ("巡查队", "支")):
        assert [m.measured for m in numbers(f"今年，街道{made}{manner}{noun}23{unit}。")] == [manner + noun]


@pytest.mark.parametrize("manner", ["就近", "统一", "精准", "定期", "全额", "错时", "常态化"])
def test_how_something_is_done_describes_nobody(manner: str) -> None:
    for deed in ("走访", "慰问", "资助", "帮扶"):
        assert [m.measured for m in numbers(f"今年，街道{manner}{deed}独居老人23名。")] == ["独居老人"]


@pytest.mark.parametrize("deadline", DEADLINES)
def test_what_has_a_deadline_is_a_rule(deadline: str) -> None:
    for deed, unit, noun in TO_BE_DONE:
        text = f"{deadline}{deed}40{unit}{noun}，惠及更多居民。"
        assert [(m.measured, m.nature) for m in numbers(text)] == [(noun, "rule")], text


@pytest.mark.parametrize("name", ["APP", "AED", "LED屏", "WiFi"])
def test_numbers_may_stand_behind_latin_letters(name: str) -> None:
    for ahead, unit in product(("上线", "目前，社区共有", "新增"), ("个", "台", "处")):
        text = f"{ahead}{name}9{unit}，方便居民。"
        assert [(m.measured, int(m.value)) for m in numbers(text)] == [(name, 9)], text
    assert not numbers("引进CT64排设备。")


PER = ("每个社区", "每300户", "每80至100户", "每名楼长", "每50户居民", "每个驿站", "每栋楼")


@pytest.mark.parametrize("verb", ["配备", "设", "应当配备", "统一配备", "安排", "选配"])
def test_what_is_provided_for_each_is_a_rule(verb: str) -> None:
    for per in PER:
        (found,) = numbers(f"原则上{per}{verb}2名网格员，负责日常巡查。")
        assert (found.measured, found.nature, found.per) == ("网格员", "rule", per)


@pytest.mark.parametrize("verb", ["记", "加", "得", "奖励", "积", "扣", "计"])
def test_points_are_what_deeds_earn(verb: str) -> None:
    for deed in ("捡一袋垃圾", "调解一起纠纷", "孝老爱亲", "每参加一次活动"):
        found = numbers(f"{deed}{verb}5分，攒够100分可兑换一桶油。")
        assert [(m.measured, int(m.value), m.nature) for m in found] == [
            ("分", 5, "rule"),
            ("分", 100, "rule"),
        ]


def test_a_time_holds_behind_semicolons_and_for_parts() -> None:
    text = "今年1至10月，全区受理诉求320件；办结312件。其中，电话诉求200件。社区有支部6个。"
    assert [m.period for m in numbers(text)] == ["今年1至10月"] * 3 + [None]
    text = "覆盖率由2021年的38%提升至100%；去年挂牌4块；过去挂牌21块。"
    assert [m.period for m in numbers(text)] == ["2021年", None, "去年", None]


def test_ranks_are_shared_out_with_their_list() -> None:
    found = numbers("上报率、处置率、结案率分别排名全区第2位、第1位、第3位。")
    assert [(m.measured, int(m.value)) for m in found] == [("上报率", 2), ("处置率", 1), ("结案率", 3)]


@pytest.mark.parametrize("unit", ["个", "条", "名"])
def test_what_each_place_has_on_average_was_counted_before(unit: str) -> None:
    text = f"选聘“和事佬”340{unit}，平均每个议事点5.4{unit}。"
    assert [m.measured for m in numbers(text)] == ["“和事佬”"] * 2


@pytest.mark.parametrize(("noun", "unit"), [("满意度测评", "分"), ("收缴率", "%"), ("党员", "名")])
def test_two_ends_may_tell_a_change_without_a_verb(noun: str, unit: str) -> None:
    found = numbers(f"{noun}从61{unit}到93{unit}，居民更满意了。")
    assert [(m.measured, int(m.value), m.upper) for m in found] == [(noun, 61, None), (noun, 93, None)]
    assert [m.upper for m in numbers("补贴从2000元到8000元不等。")] == [8000]


def test_a_time_may_bound_each_of_those_just_counted() -> None:
    for text in ("每年举办2期培训班，每期不少于3天。", "可申请延期1次，最长不超过10天。"):
        assert [m.nature for m in numbers(text)] == ["rule"] * 2, text
