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
    )
    return indicator(fact, lexicon, governance)


@pytest.mark.parametrize(
    ("measured", "unit", "notation"),
    [
        ("网格党支部", "个", "count.organisation.party.grid-branch"),
        ("院落网格党支部", "个", "count.organisation.party.grid-branch"),
        ("党支部", "个", "count.organisation.party.branch"),
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
        ("口袋公园建设", "个", "count.venue.culture"),
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
        ("下降", "矛盾纠纷", "%", "share.change"),
        ("提高", "群众满意率", "个百分点", "share.change"),
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
