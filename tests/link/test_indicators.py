from __future__ import annotations

from decimal import Decimal

import pytest

from jiceng.lexicon import Lexicon, load_lexicon
from jiceng.link.indicators import indicator
from jiceng.model import Indicator, Measurement


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def link(
    measured: str,
    unit: str | None,
    lexicon: Lexicon,
    rule: str = "metrics.behind",
    action: str | None = None,
    governance: bool = True,
    behind: str = "",
    per: str | None = None,
) -> Indicator:
    fact = Measurement(
        start=0,
        end=1,
        rule=rule,
        value=Decimal(3),
        measured=measured,
        measured_start=0,
        measured_end=len(measured),
        unit=unit,
        action=action,
        per=per,
    )
    return indicator(fact, lexicon, governance, behind)


@pytest.mark.parametrize(
    ("measured", "unit", "notation"),
    [
        ("网格党支部", "个", "count.organisation.party.grid-branch"),
        ("院落网格党支部", "个", "count.organisation.party.grid-branch"),
        ("党支部", "个", "count.organisation.party.branch"),
        ("网格数量", "个", "count.territory.grid"),
        ("小区党支部总数", "个", "count.organisation.party.quarter-branch"),
        ("“银杏”小区党支部", "个", "count.organisation.party.quarter-branch"),
        ("在职党员", "名", "count.person.in-service-member"),
        ("党建专项经费", "元", "money.operating"),
        ("社区党群服务中心", "个", "count.venue.party-mass"),
        ("社区党群服务中心", "平方米", "measure.area.party-mass"),
        ("社区党群服务中心面积", "平方米", "measure.area.party-mass"),
        ("邻里纠纷", "起", "count.case.dispute"),
        ("矛盾纠纷", "件", "count.case.dispute"),
        ("调解成功率", "%", "share.mediation"),
        ("按时办结率", "%", "share.resolution"),
        ("业委会组建率", "%", "share.owners"),
        ("物业覆盖率", "%", "share.property"),
        ("党组织覆盖率", "%", "share.organisation"),
        ("物业费收缴率", "%", "share.fee"),
        ("微网格", "个", "count.territory.micro-grid"),
        ("综合网格", "个", "count.territory.grid"),
        ("专职网格员", "名", "count.person.grid-worker"),
        ("志愿者", "名", "count.person.volunteer"),
        ("党员志愿服务队", "支", "count.organisation.volunteer"),
        ("报到党员", "名", "count.person.reported-member"),
        ("村民小组", "个", "count.territory.group"),
        ("停车难、飞线充电等问题", "个", "count.case.problem"),
        ("群众满意率", "%", "share.satisfaction"),
        ("口袋公园建设", "个", "count.venue.park"),
    ],
)
def test_the_head_of_the_phrase_and_the_unit_choose_the_concept(
    measured: str, unit: str, notation: str, lexicon: Lexicon
) -> None:
    assert link(measured, unit, lexicon).notation == notation


def test_a_concept_brings_its_label_and_the_one_above(lexicon: Lexicon) -> None:
    found = link("小区党支部", "个", lexicon)
    assert found.label == "小区党支部数"
    assert found.broader == "count.organisation.party"


def test_what_fits_no_concept_gets_a_notation_of_its_own_below_the_branch(lexicon: Lexicon) -> None:
    first, second = link("“清风”剪纸", "幅", lexicon), link("清风剪纸", "幅", lexicon)
    assert first == second == Indicator("count/清风剪纸", "清风剪纸", "count")


def test_general_words_before_a_phrase_make_no_indicator_of_their_own(lexicon: Lexicon) -> None:
    assert link("各类剪纸", "幅", lexicon) == link("剪纸", "幅", lexicon)


def test_ranks_are_their_own_branch(lexicon: Lexicon) -> None:
    assert link("全市平安建设考核", "位", lexicon, rule="metrics.rank").notation == "rank"


def test_every_label_of_the_vocabulary_is_reached_by_itself(lexicon: Lexicon) -> None:
    scheme = lexicon.scheme("indicators")
    units = {"count": "个", "money": "元", "measure": "平方米", "share": "%", "time": "天"}
    for concept in scheme.concepts:
        branch = concept.notation.partition(".")[0]
        if branch in units:
            for label in concept.labels:
                found = link(label, units[branch], lexicon).notation
                assert found.startswith(branch), f"{label} leads to {found}"
                assert scheme.by_notation.get(found) is not None, f"{label} is not found"


def root(notation: str, lexicon: Lexicon) -> str:
    concept = lexicon.scheme("indicators").by_notation[notation]
    return concept.notation if concept.broader is None else root(concept.broader, lexicon)


@pytest.mark.parametrize(
    ("measured", "unit"),
    [
        ("网格党支部", "个"),
        ("在职党员", "名"),
        ("邻里纠纷", "起"),
        ("矛盾纠纷化解率", "%"),
        ("居民议事厅", "处"),
        ("驻区单位", "家"),
    ],
)
def test_what_only_governance_counts_leads_up_to_governance(
    measured: str, unit: str, lexicon: Lexicon
) -> None:
    assert root(link(measured, unit, lexicon).notation, lexicon) == "governance"


@pytest.mark.parametrize(
    ("measured", "unit"),
    [
        ("规模以上工业企业", "家"),
        ("固定资产投资", "元"),
        ("门诊服务", "次"),
        ("参赛队伍", "支"),
        ("专科联盟", "个"),
        ("校舍面积", "平方米"),
        ("患者满意率", "%"),
        ("志愿者", "名"),
        ("课程", "门"),
        ("社区医院", "家"),
    ],
)
def test_figures_of_any_report_claim_no_indicator_of_governance(
    measured: str, unit: str, lexicon: Lexicon
) -> None:
    found = link(measured, unit, lexicon)
    known = lexicon.scheme("indicators").by_notation.get(found.notation)
    assert root(known.notation if known else found.broader or "", lexicon) == "general"


@pytest.mark.parametrize(
    ("action", "measured", "unit", "notation"),
    [
        ("走访", "居民", "户", "count.household.visited"),
        ("服务", "群众", "人次", "count.person.served"),
        ("下降", "矛盾纠纷", "%", "share.change/矛盾纠纷数下降"),
        ("提高", "群众满意率", "个百分点", "share.change/满意率增长"),
        ("提高到", "群众满意率", "%", "share.satisfaction"),
        ("提高前", "群众满意率", "%", "share.satisfaction"),
        ("组建", "网格党支部", "个", "count.organisation.party.grid-branch"),
    ],
)
def test_the_verb_tells_what_the_noun_leaves_open(
    action: str, measured: str, unit: str, notation: str, lexicon: Lexicon
) -> None:
    assert link(measured, unit, lexicon, action=action).notation == notation


def test_outside_governance_a_figure_keeps_its_own_notation_below_a_general_branch(lexicon: Lexicon) -> None:
    assert link("党支部", "个", lexicon, governance=False) == Indicator("count/党支部", "党支部", "count")
    assert link("企业", "家", lexicon, governance=False) == link("企业", "家", lexicon)


PAIRS = """
个 小区党支部 = 小区党组织
个 网格党支部 = 网格党组织
个 物业企业党支部 = 物业公司党组织
名 楼栋长 = 楼长
名 党建工作指导员 = 红色指导员
名 注册志愿者 = 志愿者
处 违建 = 违章建筑
个 停车位 = 停车泊位
% 矛盾纠纷化解率 = 调解成功率
个 党员示范岗 ≠ 党员责任区
名 党员 ≠ 党员志愿者
名 党员 ≠ 流动党员
名 党员 ≠ 困难党员
名 网格员 ≠ 网格长
个 网格 ≠ 专属网格
个 社区党委 ≠ 街道党工委
个 党组织 ≠ 学校党组织
个 小区 ≠ 老旧小区
个 老旧小区 ≠ 无物业小区
名 常住人口 ≠ 流动人口
家 企业 ≠ 规上企业
个 社区食堂 ≠ 日间照料中心
个 充电桩 ≠ 路灯
元 工作经费 ≠ 服务群众专项经费
元 维修资金 ≠ 公共收益
元 慈善资金 ≠ 奖补资金
元 生产总值 ≠ 村集体经济收入
% 满意率 ≠ 知晓率
% 群众满意率 ≠ 物业服务满意率
% 热线满意率 = 工单满意率
米 道路 ≠ 管网
个 养老机构 ≠ 日间照料中心
% 覆盖率 ≠ 视频监控覆盖率
% 老年人占比 ≠ 第三产业占比
% 响应率 ≠ 解决率
件 矛盾纠纷 ≠ 信访积案
"""


@pytest.mark.parametrize("pair", [tuple(line.split()) for line in PAIRS.strip().splitlines()])
def test_what_a_table_would_put_into_one_column_and_what_not(pair: tuple[str, ...], lexicon: Lexicon) -> None:
    unit, one, sign, other = pair
    assert (link(one, unit, lexicon).notation == link(other, unit, lexicon).notation) is (sign == "=")


@pytest.mark.parametrize(
    ("action", "measured", "unit", "behind", "notation"),
    [
        ("新建", "网格党支部", "个", "", "count.organisation.party.grid-branch/新增"),
        ("增加", "网格员", "名", "", "count.person.grid-worker/新增"),
        ("撤并", "社区", "个", "", "count.territory.community/减少"),
        ("增加到", "网格员", "名", "", "count.person.grid-worker"),
        ("新增", "停车位", "个", "", "count.equipment.parking"),
        ("新建", "学校党组织", "个", "", "count.organisation.party/学校党组织（新增）"),
        ("培训", "网格员", "人次", "", "count.person.grid-worker/人次"),
        ("服务", "群众", "人次", "", "count.person.served"),
        ("开设", "社区", "个", "开设老年食堂。", "count.territory.community/开设"),
        ("参与", "小区", "个", "均已参与试点", "count.territory.quarter/参与"),
        ("共有", "小区", "个", "", "count.territory.quarter"),
    ],
)
def test_what_counts_less_than_all_stands_below_the_concept(
    action: str, measured: str, unit: str, behind: str, notation: str, lexicon: Lexicon
) -> None:
    found = link(measured, unit, lexicon, action=action, behind=behind)
    assert found.notation == notation
    if "/" in notation:
        assert found.broader == notation.partition("/")[0]


@pytest.mark.parametrize(
    ("action", "measured", "behind", "notation"),
    [
        ("成立", "小区", "成立了党支部。", "count.organisation.party.quarter-branch"),
        ("建立", "网格", "建立了党支部，", "count.organisation.party.grid-branch"),
        ("建立", "社区", "均建立党委。", "count.organisation.party.committee"),
        ("选举产生", "小区", "选举产生业委会。", "count.organisation.owners"),
        ("完成", "老旧小区", "改造，", "count.project.renovation"),
        ("完成", "小区", "完成业委会换届。", "count.territory.quarter/完成"),
    ],
)
def test_what_the_counted_places_have_is_counted_where_the_vocabulary_has_it(
    action: str, measured: str, behind: str, notation: str, lexicon: Lexicon
) -> None:
    assert link(measured, "个", lexicon, action=action, behind=behind).notation == notation


@pytest.mark.parametrize(
    ("measured", "unit", "action", "notation"),
    [
        ("居民", "户", None, "count.household"),
        ("居民", "名", "走访", "count.person.visited"),
        ("议事会", "次", "召开", "count.meeting.deliberation"),
        ("议事会", "个", "成立", "count.organisation.council"),
        ("巡逻队", "次", None, "count/巡逻队"),
        ("元", "元", "投入", "money.investment"),
    ],
)
def test_the_unit_tells_households_from_persons_and_meetings_from_councils(
    measured: str, unit: str, action: str | None, notation: str, lexicon: Lexicon
) -> None:
    assert link(measured, unit, lexicon, action=action).notation == notation


def test_a_difference_belongs_to_what_rose_or_fell(lexicon: Lexicon) -> None:
    rose = link("发案率", "%", lexicon, action="上升")
    fell = link("发案率", "%", lexicon, action="下降")
    other = link("信访量", "%", lexicon, action="下降")
    assert len({rose.notation, fell.notation, other.notation}) == 3
    assert rose.broader == fell.broader == other.broader == "share.change"
    assert link("矛盾纠纷同比", "%", lexicon, action="下降") == link("矛盾纠纷", "%", lexicon, action="下降")


@pytest.mark.parametrize(
    ("per", "notation"),
    [
        ("每个社区", "money.operating/每社区"),
        ("每社区每年", "money.operating/每社区"),
        ("每个社区每月", "money.operating/每社区"),
        ("每年", "money.operating"),
        ("年均", "money.operating"),
        ("年", "money.operating"),
        (None, "money.operating"),
    ],
)
def test_a_rate_is_no_total(per: str | None, notation: str, lexicon: Lexicon) -> None:
    assert link("工作经费", "元", lexicon, per=per).notation == notation


@pytest.mark.parametrize("behind", ["到社区“双报到”", "参加双报到。", "落实“双报到”制度"])
def test_who_reports_is_counted_so_whatever_the_verb_before(behind: str, lexicon: Lexicon) -> None:
    for phrase in ("党员", "在职党员", "机关党员"):
        found = link(phrase, "名", lexicon, action="组织", behind=behind)
        assert found.notation == "count.person.reported-member"
    assert link("居民", "名", lexicon, behind=behind).notation == "count.person.resident"
