"""Tier chains in sentences of many habits, and in texts that only look like them.

Annotated by the guide before the extractor ever read them; names and numbers are invented.
"""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clean_articles import analysis_of
from jiceng.extract.tiers import extractor
from jiceng.extract.tiers.words import TierWords, mark
from jiceng.lexicon import load_lexicon
from jiceng.model import TierChain

LEXICON = load_lexicon()
EXTRACT = extractor(LEXICON)
WORDS = TierWords(LEXICON)


def chains(text: str) -> tuple[TierChain, ...]:
    return EXTRACT(analysis_of(text))


def labels(text: str) -> list[list[str]]:
    return [[t.label for t in c.tiers] for c in chains(text)]


FOUND = [
    # dashes and arrows
    (
        "健全“街道党工委—社区党总支—网格党支部—楼栋党小组”四级组织链条。",
        "街道党工委 社区党总支 网格党支部 楼栋党小组",
        "party",
        4,
    ),
    (
        "全县推行县委－乡镇党委－村党总支－网格党支部－党员中心户的五级架构。",
        "县委 乡镇党委 村党总支 网格党支部 党员中心户",
        "party",
        5,
    ),
    ("织密“区—街道—社区—网格—微网格”五级治理网络", "区 街道 社区 网格 微网格", "administrative", 5),
    ("构建“街道→社区→小区→楼栋→单元”5级体系", "街道 社区 小区 楼栋 单元", "administrative", 5),
    ("形成镇党委一村党支部一党小组一党员联系户的组织链", "镇党委 村党支部 党小组 党员联系户", "party", None),
    (
        "完善“街道大工委——社区大党委——小区（院落）党支部”组织体系",
        "街道大工委 社区大党委 小区（院落）党支部",
        "party",
        None,
    ),
    ("搭建街道“大工委”—社区“大党委”—网格党支部三级平台", "街道大工委 社区大党委 网格党支部", "party", 3),
    ("推行“社区党委＞网格党支部＞楼栋党小组”管理", "社区党委 网格党支部 楼栋党小组", "party", None),
    (
        "建立“总网格长—网格长—网格员—楼栋长”的力量体系",
        "总网格长 网格长 网格员 楼栋长",
        "administrative",
        None,
    ),
    (
        "区综治中心—街道综治中心—社区综治工作站三级联动",
        "区综治中心 街道综治中心 社区综治工作站",
        "facility",
        3,
    ),
    (
        "市—县（市、区）—乡镇（街道）—村（社区）四级书记齐抓",
        "市 县（市、区） 乡镇（街道） 村（社区）",
        "party",
        4,
    ),
    # what the levels do
    (
        "落实街道领导包社区、社区干部包网格、网格员包楼栋、楼栋长包住户。",
        "街道领导 社区干部 网格员 楼栋长",
        "administrative",
        None,
    ),
    (
        "形成区级统筹调度、街道组织实施、社区先期处置、楼栋长入户通知的四级响应链条",
        "区级 街道 社区 楼栋长",
        "administrative",
        4,
    ),
    ("社区党委有党员210名，设3个网格党支部、9个党小组。", "社区党委 网格党支部 党小组", "party", None),
    # lists before N levels
    ("建立市、区、街道、社区四级联动机制。", "市 区 街道 社区", "administrative", 4),
    ("压实县、乡镇、村三级书记责任。", "县 乡镇 村", "party", 3),
    ("坚持县、乡、村、组四级联动，形成合力。", "县 乡 村 组", "administrative", 4),
    ("统筹区、街（镇）、社区（村）三级力量下沉。", "区 街（镇） 社区（村）", "administrative", 3),
    ("县乡村三级协同发力。", "县 乡 村", "administrative", 3),
    ("省市县乡村五级书记抓落实", "省 市 县 乡 村", "party", 5),
    (
        "健全街道党工委、社区党委、网格党支部、楼栋党小组四级组织体系",
        "街道党工委 社区党委 网格党支部 楼栋党小组",
        "party",
        4,
    ),
    ("打造区、街道、社区三级党群服务中心", "区 街道 社区", "facility", 3),
    ("构建起区、街道、社区、小区上下贯通的四级治理体系", "区 街道 社区 小区", "administrative", 4),
    ("建强“社区、网格、楼栋”三级阵地", "社区 网格 楼栋", "facility", 3),
    ("推动街道、社区两级换届", "街道 社区", "administrative", 2),
    ("形成党委、党总支、党支部三级组织体系", "党委 党总支 党支部", "party", 3),
    ("建设所、站、点三级服务网络", "所 站 点", "facility", 3),
    # named after the number
    (
        "健全四级组织体系：街道党工委、社区党总支、小区党支部、楼栋党小组。",
        "街道党工委 社区党总支 小区党支部 楼栋党小组",
        "party",
        4,
    ),
    (
        "完善三级调解网络（即县调解中心、乡镇调委会、村调解室）。",
        "县调解中心 乡镇调委会 村调解室",
        "facility",
        3,
    ),
    (
        "建成三级养老服务体系（即：区养老服务中心，街道、社区养老服务站、点）",
        "区养老服务中心 街道养老服务站 社区养老服务点",
        "facility",
        3,
    ),
    (
        "推行县级领导小组、乡镇联席会议、社区议事会三级架构",
        "县级领导小组 乡镇联席会议 社区议事会",
        "administrative",
        3,
    ),
    # prose
    (
        "在街道设立“大工委”、在社区设立“大党委”、在小区设立党支部",
        "街道大工委 社区大党委 小区党支部",
        "party",
        None,
    ),
    (
        "由镇党委书记任总网格长、村党支部书记任网格长，党小组组长跟进",
        "镇党委 村党支部",
        "party",
        None,
    ),
    (
        "构建“区级统筹指导、街道组织推进、社区具体落实、网格末端见效”四级责任体系",
        "区级 街道 社区 网格",
        "administrative",
        4,
    ),
    (
        "形成以街道党工委为龙头、以社区党委为主体、以小区党支部为支点、以楼栋党小组为触角的格局",
        "街道党工委 社区党委 小区党支部 楼栋党小组",
        "party",
        None,
    ),
    (
        "以镇党委为核心，村党支部为堡垒，党员中心户为先锋，织密组织网。",
        "镇党委 村党支部 党员中心户",
        "party",
        None,
    ),
    (
        "社区党委下设7个网格党支部、32个楼栋党小组，实现全覆盖。",
        "社区党委 网格党支部 楼栋党小组",
        "party",
        None,
    ),
    ("成立社区党总支，下设小区党支部9个、党小组26个。", "社区党总支 小区党支部 党小组", "party", None),
    ("区级统筹、街道主抓、社区落实，责任层层压紧。", "区级 街道 社区", "administrative", None),
    ("县委抓总、乡镇党委主责、村党组织落实", "县委 乡镇党委 村党组织", "party", None),
    ("党总支包片区、党支部包楼栋、党小组包家庭", "党总支 党支部 党小组", "party", None),
    ("建立社区党总支+网格党支部+楼栋党小组组织体系", "社区党总支 网格党支部 楼栋党小组", "party", None),
]


@pytest.mark.parametrize(("text", "tiers", "chain_type", "levels"), FOUND, ids=[f[0][:24] for f in FOUND])
def test_chain_is_found(text: str, tiers: str, chain_type: str, levels: int | None) -> None:
    (chain,) = chains(text)
    assert [t.label for t in chain.tiers] == tiers.split()
    assert (chain.chain_type, chain.declared_levels) == (chain_type, levels)


NOT_FOUND = [
    "成立镇大党委9个、村大党委74个，组建片区党支部160个、巷道党小组520个。",
    "设立街道大工委8个、社区大党委52个、网格党支部310个。",
    "社区、业委会、物业公司三方联动，共同议事。",
    "推行“社区+社会组织+社工”三社联动。",
    "组建“网格长+网格员+志愿者”服务队伍。",
    "街道吹哨、部门报到。",
    "“群众点单—社区派单—党员接单”闭环流程。",
    "街道、社区干部和志愿者一起上门。",
    "区、街道、社区党组织书记开展接访。",
    "以社区党组织为主体，吸纳驻区单位参与。",
    "社区党委下设5个党支部，共有党员210名。",
    "市区两级财政共同承担。",
    "2019—2021年，全县建成三级医院2所、二级医院5所。",
    "上海—杭州—宁波高铁开通，途经三个市区。",
    "小学、初中、高中三级教研网络基本形成。",
    "公司推行总部—分公司—车间三级安全管理。",
    "省级以上重点实验室12家，市级企业技术中心30家。",
    "组织部门牵头、职能部门配合、社会力量参与。",
    "把支部建在网格上，党小组建在楼栋里。",
    "居民向楼栋长反映，楼栋长报网格员，网格员报社区。",
    "社区书记、主任“一肩挑”，居民代表、楼栋长积极参与。",
    "以党员为骨干，以群众为主体，办好实事。",
    "健全县、乡、村三级医疗服务网络，完善市、县、乡三级诊疗体系。",
    "推行“两委两中心一站”，一网格一支部。",
    "全区、全街道、全社区动员起来。",
    "由街道干部、社区书记、小区骨干任三级网格长。",
]


FURTHER = [
    ("推行村“两委会”干部包片、联户长包户的机制。", ["村两委会干部", "联户长"]),
    (
        "组成“支部书记-支委-楼管家（网格员）-层长”为支点的四级体系。",
        ["支部书记", "支委", "楼管家（网格员）", "层长"],
    ),
    ("建立“网格员—网格长—社区—街道—区”五级上报机制。", ["区", "街道", "社区", "网格长", "网格员"]),
    ("搭起“网格党支部-党员楼长、单元长”的架子。", ["网格党支部", "党员楼长、单元长"]),
    (
        "以镇党委为引擎，村党委为支柱，网格党支部为节点，院落党小组、党员示范户为触角。",
        ["镇党委", "村党委", "网格党支部", "院落党小组", "党员示范户"],
    ),
    (
        "镇为“一级网格”，各村和园区单位为“二级网格”，院落为“三级网格”。",
        ["镇", "村和园区单位", "院落"],
    ),
    ("构建县总林长、乡镇林长、村级林长、护林员四级体系。", ["县总林长", "乡镇林长", "村级林长", "护林员"]),
    (
        "实行区四大班子领导包联街道、街道领导包联社区、社区干部包联小区、楼长包联住户。",
        ["区四大班子领导", "街道领导", "社区干部", "楼长"],
    ),
    ("形成“联户长-网格员-村干部-乡镇领导”四级包联。", ["乡镇领导", "村干部", "网格员", "联户长"]),
    ("把全乡划分为14个基础网格，再细分为210个微网格。", ["基础网格", "微网格"]),
    ("分成大网格2个、中网格9个（村）、小网格40个、微网格300个。", ["大网格", "中网格", "小网格", "微网格"]),
    ("推行街道“大工委”、社区“大党委”制，请驻区单位入席。", ["街道大工委", "社区大党委"]),
    ("设立区级协调会、街道“邻里联盟”、社区“共治委”制度。", ["区级协调会", "街道邻里联盟", "社区共治委"]),
    ("村里设1个党总支、3个党支部、8个党小组。", ["党总支", "党支部", "党小组"]),
    ("建成县级实践中心1个、乡镇实践所9个、村级实践站80个。", ["县级实践中心", "乡镇实践所", "村级实践站"]),
    ("形成“1个社区总网格+5个小区网格+40个楼栋微网格”的管理体系。", ["社区总网格", "小区网格", "楼栋微网格"]),
    (
        "在街道层面设立大工委、在社区层面设立大党委、在小区层面设立党支部。",
        ["街道大工委", "社区大党委", "小区党支部"],
    ),
    ("形成区级统筹调度、镇街组织实施、社区一线落实、网格末端响应的格局。", ["区级", "镇街", "社区", "网格"]),
    (
        "街道设大工委、社区设大党委、小区设党支部、楼栋设党小组。",
        ["街道大工委", "社区大党委", "小区党支部", "楼栋党小组"],
    ),
    (
        "街道成立物业党委、社区成立物业党总支、小区成立物业党支部。",
        ["街道物业党委", "社区物业党总支", "小区物业党支部"],
    ),
    ("建立县级统管、乡级主管、村级协管的体系。", ["县级", "乡级", "村级"]),
    (
        "形成“区行业党委→街道综合党委→商圈（楼宇）党支部”链条。",
        ["区行业党委", "街道综合党委", "商圈（楼宇）党支部"],
    ),
    (
        "以镇党委为统领、村党支部为战壕、网格党小组为堡垒、党员楼长为前哨。",
        ["镇党委", "村党支部", "网格党小组", "党员楼长"],
    ),
    ("依托街道“大工委”、社区“大党委”、小区“微党委”三级体系。", ["街道大工委", "社区大党委", "小区微党委"]),
    ("按区级响应、街道处置、社区排查、网格巡查分工。", ["区级", "街道", "社区", "网格"]),
    ("实行“县级领办、乡级包办、村级专办”。", ["县级", "乡级", "村级"]),
    ("“社区调解室—网格调解室—院落调解室”随叫随到。", ["社区调解室", "网格调解室", "院落调解室"]),
    ("推动市、区、街道、社区上下联动，齐抓共管。", ["市", "区", "街道", "社区"]),
    (
        "分三级看护，镇指挥部为一级网格，管调度。各站办为二级网格，管落实。护村队为三级网格，管巡查。",
        ["镇指挥部", "站办", "护村队"],
    ),
    ("以乡镇为大网格、以村（居）为中网格、以自然湾为小网格。", ["乡镇", "村（居）", "自然湾"]),
    (
        "8个街道、3个林场划分为“大网格”；60个社区划分为“中网格”；900栋住宅楼划分为“小网格”。",
        ["大网格", "中网格", "小网格"],
    ),
    (
        "组建县志愿服务总队、乡镇志愿服务大队和村志愿服务小队。",
        ["县志愿服务总队", "乡镇志愿服务大队", "村志愿服务小队"],
    ),
    ("街道干部包社区、社区“两委”干部包小区的包保机制已经理顺。", ["街道干部", "社区两委干部"]),
    (
        "县长为一级网格责任人，管统筹；7个乡镇主要领导为二级网格责任人；各村（社区）负责人为三级网格责任人。",
        ["县长", "乡镇主要领导", "村（社区）负责人"],
    ),
    ("组成“1名总网格长+N名网格长+N名网格员”的管理体系。", ["总网格长", "网格长", "网格员"]),
    ("按乡——村——组——重点区域四级网格管起来。", ["乡", "村", "组", "重点区域"]),
    (
        "设1个一级网格（县级），9个二级网格（乡镇），80个三级网格（每个三级网格两名网格员）。",
        ["一级网格", "二级网格", "三级网格"],
    ),
    ("建立“社区党委+楼宇党支部+网格员+楼长”四级体系。", ["社区党委", "楼宇党支部", "网格员", "楼长"]),
    ("组建县、镇、村及社区三级联络员队伍。", ["县", "镇", "村及社区"]),
    ("建好市、县、乡、村便民服务平台。", ["市", "县", "乡", "村"]),
    (
        "形成“区总网格长+街道网格长+社区网格长+网格员”四位一体的工作体系。",
        ["区总网格长", "街道网格长", "社区网格长", "网格员"],
    ),
    ("“网格—微网格—网格员”的指挥链条通到底。", ["网格", "微网格", "网格员"]),
    (
        "建起1个街道党群服务中心、6个社区党群服务中心和20个党群服务站。",
        ["街道党群服务中心", "社区党群服务中心", "党群服务站"],
    ),
]
NO_FURTHER = [
    "社区党委、居委会、物业公司、业委会四级联动。",
    "有综合网格120个、专属网格14个。",
    "把全乡划分为14个网格、210个微网格。",
    "发挥街道大工委、社区大党委的作用，凝聚各方。",
    "全镇现有党总支12个、党支部40个、党小组96个。",
    "街道党工委一方面推动网格调整，一方面抓队伍。",
    "“街道派单—社区接单—网格办结”闭环运转。",
    "“小区点单—社区派单—街道接单”让服务上门。",
    "街道设窗口、社区设站点、小区设驿站。",
    "街道建中心、小区建驿站，居民少跑腿。",
    "街道干部、社区书记、网格员一起扫雪。",
    "党建+网格+志愿服务，走出一条路。",
    "在社区设食堂、在小区设助餐点、在楼栋设代办员。",
    "市级财政补一点、社区筹一点、居民出一点。",
    "区级医院、街道医院、社区卫生站三级医疗联动。",
    "街道、社区、居民上下联动。",
    "对镇、村两级包联干部开展培训。",
    "“社区党委+业委会+物业”三位一体的服务体系。",
    "小区干部包楼栋、楼长包单元。",
]


@pytest.mark.parametrize(("text", "tiers"), FURTHER)
def test_chains_of_further_habits(text: str, tiers: list[str]) -> None:
    assert labels(text) == [tiers]


@pytest.mark.parametrize("text", NO_FURTHER)
def test_workflows_and_services_are_no_chain(text: str) -> None:
    assert labels(text) == []


@pytest.mark.parametrize("text", NOT_FOUND)
def test_no_chain(text: str) -> None:
    assert labels(text) == []


def test_same_chain_twice_counts_once() -> None:
    text = "建立县、乡、村三级网络。\n依托县、乡、村三级网络开展培训；“街道—社区—网格”同步运转。"
    assert labels(text) == [["县", "乡", "村"], ["街道", "社区", "网格"]]


def test_siblings_are_one_tier_and_a_promoted_body_keeps_its_place() -> None:
    text = "把社区党支部升格为党总支，下设网格党支部、行业党支部、楼栋党小组。"
    assert labels(text) == [["社区党总支", "网格党支部、行业党支部", "楼栋党小组"]]


def test_each_tier_stands_at_its_place() -> None:
    text = "构建“镇党委—村（社区）党支部—党员中心户”体系。"
    (chain,) = chains(text)
    assert [text[t.start : t.end] for t in chain.tiers] == [t.label for t in chain.tiers]
    assert chain.start <= chain.tiers[0].start
    assert chain.tiers[-1].end <= chain.end


@given(st.text(alphabet="街道社区小网格楼栋党支部委县乡村级三四、—+以为核心下设（）“”，。各全1", max_size=60))
def test_any_text_gives_well_formed_chains(text: str) -> None:
    for chain in chains(text):
        assert 0 <= chain.start < chain.end <= len(text)
        assert len(chain.tiers) >= 2
        assert all(t.label and 0 <= t.start < t.end <= len(text) for t in chain.tiers)
        assert [t.start for t in chain.tiers] == sorted(t.start for t in chain.tiers)


@given(st.text(alphabet="街道社区小网格楼栋党支部委县乡村级三、—中心站", max_size=40))
def test_marks_keep_every_offset(text: str) -> None:
    mentions = WORDS.mentions(text)
    marked = mark(text, mentions)
    assert len(marked) == len(text)
    assert all(text[m.start : m.end] == m.label for m in mentions)


def test_two_quoted_chains_side_by_side_stay_two() -> None:
    text = "理顺“街道党工委—社区党委—网格党支部”“街道办—居委会—楼栋长”两条线"
    assert labels(text)[0] == ["街道党工委", "社区党委", "网格党支部"]
    assert not any("网格党支部街道办" in label for chain in labels(text) for label in chain)


def test_places_beside_a_party_body_are_no_chain_without_a_number() -> None:
    assert labels("构建区、街道、社区党组织上下贯通的格局") == []


def test_the_stretch_of_a_chain_begins_with_no_part_of_a_name() -> None:
    text = "梅城区构建“区委—镇党委—村党支部”三级组织体系。"
    (found,) = chains(text)
    assert text[found.start : found.end] == "构建“区委—镇党委—村党支部”"


def test_a_tier_may_begin_with_any_word_that_the_rules_put_before_a_body() -> None:
    macros = tomllib.loads((LEXICON.directory / "rules" / "tiers.toml").read_text("utf-8"))["macros"]
    for word in macros["mood"].removeprefix("(?:").removesuffix(")").split("|"):
        begun = word.rstrip("?")
        assert [m.label for m in WORDS.mentions(f"，{begun}党委")] == [f"{begun}党委"], word
