"""Whose a number is, when and how often it is so: what a sentence says around it, and what only looks so."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.metrics import extractor
from jiceng.lexicon import load_lexicon
from jiceng.model import Measurement

EXTRACT = extractor(load_lexicon())


def last(text: str) -> Measurement:
    return EXTRACT(analysis_of(text))[-1]


@pytest.mark.parametrize(
    "text",
    [
        "健全街道睦邻公约，召开协商会议97次。",
        "推行社区“全岗通”制度，培训社区工作者640人。",
        "选派社区指导员驻点，走访商户380家。",
        "排查无物业小区66个。",
        "发给每个小区3万元启动资金。",
        "给予每个村8万元补助资金。",
    ],
)
def test_a_verb_with_its_object_is_no_holder(text: str) -> None:
    assert last(text).subject is None


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("建设路社区去年成立志愿服务队6支。", "建设路社区"),
        ("晨光街道组建志愿服务队6支。", "晨光街道"),
        ("创新街道常住人口2.7万人。", "创新街道"),
        ("联合社区地处老城。\n位于联合社区的食堂开门。\n联合社区去年成立志愿服务队6支。", "联合社区"),
    ],
)
def test_a_place_named_by_a_verb_is_one(text: str, holder: str) -> None:
    assert last(text).subject == holder


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024年，全县登记社会组织比2022年增加64家。", "2024年"),
        ("全县登记社会组织较2022年增加64家。", None),
        ("矛盾纠纷数量与2020年相比下降31%。", None),
        ("2022年，全县新增社会组织64家。", "2022年"),
        ("今年前5个月的订单比去年全年还多出一成。", "今年前5个月"),
        ("完成投资1.12亿元，占全年计划的46%。", None),
    ],
)
def test_what_a_figure_is_compared_with_is_not_its_period(text: str, period: str | None) -> None:
    assert last(text).period == period


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("柳岸社区建于上世纪80年代，辖区共有老旧小区9个。", None),
        ("建成于1986年的青禾里小区有楼门54个。", None),
        ("1998年建成的柳岸小区有居民900户。", None),
        ("协会成立于2019年，现有会员86人。", None),
        ("2023年建成的12个口袋公园投用。", "2023年"),
        ("26分钟后，11个部门的38名工作人员到场。", None),
        ("三年过去，社区办红白事206场。", None),
        ("七年前，18个村的1723户群众搬进新城。", "七年前"),
        ("一年后，居民满意度达98%。", "一年后"),
        ("小店去年一年挣了3.1万元。", "去年一年"),
    ],
)
def test_since_when_a_place_is_there_is_no_period_and_a_span_keeps_what_makes_it_a_time(
    text: str, period: str | None
) -> None:
    assert last(text).period == period


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每个示范点面积不低于500平方米。", "每个示范点"),
        ("逾期不办的，每件扣0.5分。", "每件"),
        ("每张床位补助4000元。", "每张床位"),
        ("每名志愿者服务时长不少于15小时。", "每名志愿者"),
        ("每个社区工作者服务居民480户。", "每个社区工作者"),
        ("可回收物日均收集2.4吨，居民参与率较年初提高15个百分点。", None),
        ("助餐点每天供餐1400份，价格比市场低两到三成。", None),
        ("社区每年的经费是40万元，公益金8万元，排队的项目还有5个。", None),
        ("每周开放60小时，每年参与率提高3个百分点。", "每年"),
        ("网格员每日巡一次、每周访一次、每月评一次。", "每月"),
        ("每个社区每月议事1次、每季度评议1次。", "每个社区每季度"),
        ("种植枇杷420亩，亩均增收800元。", "亩均"),
    ],
)
def test_a_rate_ends_with_what_it_is_reckoned_for_and_goes_on_to_no_share(text: str, per: str | None) -> None:
    assert last(text).per == per


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每月15日举行“议事日”，两年来解决问题3100件。", None),
        ("每周四晚开讲一次，已举办讲座140余场。", None),
        ("每栋楼按照“一长两员”选人，全镇共有楼长1240名。", None),
        ("每月走访居民，解决问题310件。", "每月"),
        ("每个社区配备社工3名。", "每个社区"),
        ("每月召开院坝会，收集意见180条，办结率97%。", None),
        ("每年入户率达100%。", "每年"),
    ],
)
def test_a_schedule_does_not_go_on_to_what_all_came_to(text: str, per: str | None) -> None:
    assert last(text).per == per


def counted(text: str) -> list[tuple[str, str | None]]:
    return [(f.measured, f.action) for f in EXTRACT(analysis_of(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全县整治不规范牌匾1200处。", [("不规范牌匾", "整治")]),
        ("废止未备案文件14件。", [("未备案文件", "废止")]),
        ("全镇清理不合格秤具36台。", [("不合格秤具", "清理")]),
    ],
)
def test_what_turns_a_noun_round_stays_with_it(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全乡共设置调解室84个。", [("调解室", "设置")]),
        ("改造提升村级幸福院27处。", [("村级幸福院", "改造提升")]),
        ("建成2个综合服务站、15个便民驿站。", [("综合服务站", "建成"), ("便民驿站", "建成")]),
        ("41家公益组织与17个村结对。", [("公益组织", "结对"), ("村", "结对")]),
    ],
)
def test_verbs_and_nouns_are_parted_where_they_touch(
    text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert counted(text) == expected


def test_a_formula_explained_is_a_rule_and_counts_nothing_of_the_district() -> None:
    team = EXTRACT(analysis_of("全镇组建“1+2+N”巡防队，即1名队长、2名辅警、N名志愿者。"))
    assert [(f.measured, f.nature) for f in team] == [("队长", "rule"), ("辅警", "rule")]
    assert last("全镇组建“1+2+N”巡防队，共有队员6名。").nature == "fact"


def test_a_size_that_tells_which_are_counted_is_of_them_and_not_of_their_sum() -> None:
    text = "建成邻里中心，总建筑面积8.2万平方米，其中1000平方米以上的23个。"
    assert counted(text) == [("总建筑面积", None), ("邻里中心", "建成"), ("邻里中心", "建成")]


@pytest.mark.parametrize("noun", ["村规民约", "居民公约"])
def test_a_covenant_before_a_number_is_whole(noun: str) -> None:
    found = last(f"各村今年修订{noun}37份。")
    assert (found.measured, found.value, found.comparator) == (noun, 37, "=")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("到2027年，全区建成邻里客厅80个。", "到2027年"),
        ("截至今年6月，全区建成邻里客厅80个。", "截至今年6月"),
        ("自去年3月启用以来，接待居民1200人次。", "自去年3月启用以来"),
        ("力争三年内建成驿站30个。", "三年内"),
        ("“十三五”期间，全区改造老旧小区126个。", "“十三五”期间"),
        ("入冬以来，社区慰问独居老人210名。", "入冬以来"),
        ("人均收入由五年前的1.6万元增加到2.45万元。", None),
        ("20世纪八九十年代建成的老楼占68%。", None),
        ("今年计划在全区建成邻里客厅80个。", "今年"),
        ("占全年计划的53%。", None),
    ],
)
def test_a_period_says_from_or_up_to_when(text: str, period: str | None) -> None:
    assert last(text).period == period


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (  # of all figures, up to the next time
            "2024年第三季度，全区工单运行情况如下：\n共受理工单860件，办结852件。\n群众满意率96.5%。\n"
            "10月份，新增网格员12名。\n走访居民300户。",
            ["2024年第三季度"] * 3 + ["10月份", None],
        ),
        (
            "今年上半年，全区网格运行情况：受理工单860件。群众满意率96.5%，下一步计划新增网格员12名。",
            ["今年上半年", "今年上半年", None],
        ),
        ("2024年，全区受理工单860件。\n群众满意率96.5%。", ["2024年", None]),  # of its sentence alone
    ],
)
def test_an_announced_time_holds_for_a_bulletin(text: str, periods: list[str | None]) -> None:
    assert [m.period for m in EXTRACT(analysis_of(text))] == periods
