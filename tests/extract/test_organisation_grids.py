"""Organisations in grids of frames: a name is one wherever it stands, counted and treated things are none."""

from __future__ import annotations

import pytest

from clean_articles import analysis_of
from jiceng.extract.organisations import extractor
from jiceng.lexicon import load_lexicon

EXTRACT = extractor(load_lexicon())

NAMES = (
    "大同街道 白石镇 龙泉乡 望江街道党工委 凤祥社区 东风社区 桃园里社区 王家庄村 和平路社区 团结社区 "
    "锦绣华庭小区 丽景苑 福星家园 凤祥社区党委 青云司法所 华润物业 绿城物业服务有限公司 "
    "春晖社会工作服务中心 东风幼儿园 江南大学 望江公园 万达广场 凤祥社区党群服务中心"
)
FRAMES = (
    "近日，{name}组织党员开展志愿服务活动。",
    "在{name}，居民们围坐在一起商量事情。",
    "由{name}牵头，联合多家单位共同治理。",
    "{name}、云山街道等12家单位参与共建。",
    "{name}和安平社区结成对子。",
    "这一做法始于{name}。",
    "位于{name}的老旧楼院完成改造。",
    "如{name}、安平社区。",
    "“环境好多了。”{name}居民王阿姨说。",
    "2023年，{name}新增停车位120个。",
)
HEADS = "街道 社区 小区 镇 村 党支部 医院 公园 学校 幼儿园 派出所 银行 养老院 物业公司 广场 党群服务中心"
COUNTS = (
    "12个 36家 两个 120余个 十几个 全部18个 4镇2 8个乡镇36个 首批20个 其余5个 余下7个 每万 这3个 一个个 "
    "县内 无人管 老旧 辖区"
)
TREATED = (
    "扮靓 扮美 装点 登门 串门 站满 封控 管控 空置 弃管 挂联 照护 点赞 入职 下派 搬离 赋权 陪伴 问候 焕新 "
    "解锁 重塑 试水 提档 撑起 扛起 心系 情系 深植 飘进 涌向 夜访 派单 消杀 迎检 走进 深入 服务 覆盖 下沉"
)
SAYINGS = ("因为{what}，矛盾少了。", "{what}是当务之急。", "大家{what}、帮助老人。", "全县辖{what}。")


def names(text: str) -> set[str]:
    return {o.name for o in EXTRACT(analysis_of(text))}


@pytest.mark.parametrize("frame", FRAMES)
def test_a_name_is_found_in_every_frame(frame: str) -> None:
    all_names = NAMES.split()
    missed = [name for name in all_names if name not in names(frame.format(name=name))]
    assert missed == []


@pytest.mark.parametrize("frame", FRAMES)
def test_nothing_else_is_a_name_there(frame: str) -> None:
    for name in NAMES.split():
        others = names(frame.format(name=name)) - {"云山街道", "安平社区"}
        assert all(other in name for other in others)


@pytest.mark.parametrize("head", HEADS.split())
def test_counted_things_and_what_is_done_to_them_are_no_names(head: str) -> None:
    texts = [s.format(what=before + head) for before in f"{COUNTS} {TREATED}".split() for s in SAYINGS]
    wrong = [(text, found) for text in texts if (found := names(text))]
    assert len(wrong) <= len(texts) // 100, wrong


def test_communities_with_everyday_names() -> None:
    assert "幸福社区" in names("记者走进幸福社区，看到楼道干净。")
    assert "阳光社区" in names("近日，阳光社区组织居民议事。")
    assert not names("走进平安社区建设现场。")
    assert not names("打造幸福社区，居民满意。")


PLAIN = (
    "糖厂社区 造船厂社区 机务段社区 皇城社区 九一八社区 三马路社区 铸造三村社区 石油一区社区 文化里社区 "
    "幸福里社区 长江市场社区 月季社区 军民社区"
)


@pytest.mark.parametrize("name", PLAIN.split())
def test_communities_named_with_common_words_and_numbers(name: str) -> None:
    frames = (
        "记者在{name}看到，楼道干净整洁。",
        "“环境好多了。”{name}居民王阿姨说。",
        "由{name}牵头，联合多家单位共同治理。",
    )
    assert [frame for frame in frames if names(frame.format(name=name)) != {name}] == []


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("社区与博汇集团、联鑫钢铁、金风科技共建。", {"博汇集团", "联鑫钢铁", "金风科技"}),
        ("联合格力电器、天士力制药、伊利乳业招聘。", {"格力电器", "天士力制药", "伊利乳业"}),
        ("发展现代农业、生物科技、新能源产业。", set()),
        ("引进智慧物流、数字科技、绿色食品项目。", set()),
        ("从事餐饮、家政、物流的居民。", set()),
        ("手把手教坐公交、教用燃气、教扫码。", set()),
        ("在社区里社区民警常来。", set()),
        ("走进三岔土家族苗族乡。", {"三岔土家族苗族乡"}),
        ("云岭区少数民族乡镇建设。", set()),
    ],
)
def test_brands_with_trades_and_towns_of_a_people(text: str, firms: set[str]) -> None:
    assert names(text) == firms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("走进打铁巷社区，楼道干净。", {"打铁巷社区"}),
        ("在洗马路街道，居民议事。", {"洗马路街道"}),
        ("送水桥社区的做法被推开。", {"送水桥社区"}),
        ("打通路社区之间的墙。", set()),
        ("石桥镇、向塘镇跟进。", {"石桥镇", "向塘镇"}),
        ("把治理重心、对全镇的投入都往下放。", set()),
        ("柳泉街道获评“四星级”平安街道。", {"柳泉街道"}),
        ("新建社区党委书记王明说。", {"新建社区", "新建社区党委"}),
        ("合作社区居委会主任王明介绍。", {"合作社区"}),
        ("健康社区党支部书记王明介绍。", {"健康社区", "健康社区党支部"}),
        ("石桥镇新建村党支部书记王明说。", {"石桥镇", "新建村", "新建村党支部"}),
        ("新建社区12个，合作社区党委书记们。", set()),
        ("发展社区党支部书记队伍。", set()),
        ("与中国石油云岭油田分公司签约。", {"中国石油云岭油田分公司"}),
        ("29团五连职工多。", {"29团", "五连"}),
        ("石桥乡白寺滩村先行。", {"石桥乡", "白寺滩村"}),
        ("柳坞社区同遵义航天医院结对。", {"柳坞社区", "遵义航天医院"}),
        ("老李照例绕小区走一圈。", set()),
        ("家住汽车站社区的王阿姨。", {"汽车站社区"}),
        ("海域阳光、江畔人家、凤凰花城二期都在江边。", {"海域阳光", "江畔人家", "凤凰花城二期"}),
        ("在翠湖天地、滨江壹号和恒泰家园，业主选出楼长。", {"翠湖天地", "滨江壹号", "恒泰家园"}),
        ("加装电梯、改造管网、恒泰家园焕然一新。", {"恒泰家园"}),
        ("幼儿园、游乐园、恒泰家园都在附近。", {"恒泰家园"}),
        ("金域蓝湾业委会主任王明说。", {"金域蓝湾业委会", "金域蓝湾"}),
        ("多家业委会、老旧小区业委会换届。", set()),
        ("在香楠佳苑、南星苑第二社区之间牵线。", {"香楠佳苑", "南星苑第二社区"}),
        ("南陵市第九人民医院新区分院送来门诊。", {"南陵市第九人民医院新区分院"}),
        ("请云岭学院法学与公共管理学院设点。", {"云岭学院法学与公共管理学院"}),
        ("化工总厂独身宿舍住满老人。", {"化工总厂独身宿舍"}),
        ("与南陵石油大学继续教育学院结对。", {"南陵石油大学继续教育学院"}),
        ("中国地质大学（武汉）的学生来了。", {"中国地质大学（武汉）"}),
        ("一二八团中学、一二八团医院的党员报到。", {"一二八团", "一二八团中学", "一二八团医院"}),
        ("柳坞街道社区党建办、平安办牵头。", {"柳坞街道", "柳坞街道社区党建办"}),
        ("与南陵粤华物业有限公司柳坞管理处签约。", {"南陵粤华物业有限公司柳坞管理处"}),
        ("江宁区图书馆柳坞分馆免费开放。", {"江宁区图书馆柳坞分馆"}),
        ("江宁区人民政府办公室印发通知。", {"江宁区人民政府办公室"}),
        ("黄边经济联社的旧厂房空着。", {"黄边经济联社"}),
        ("群众路街道牵头。", {"群众路街道"}),
        ("把车棚改造成柳坞社区养老服务站。", {"柳坞社区", "柳坞社区养老服务站"}),
        ("石桥街道合作社开张。", {"石桥街道", "石桥街道合作社"}),
    ],
)
def test_names_that_verbs_and_trades_make(text: str, found: set[str]) -> None:
    assert names(text) == found


YARDS = (
    "测井公司大院 粮食局老院 桥梁厂东院 农机厂南院 粮库2号院 大修厂一号院 电务段单身楼 轴承厂单身宿舍 "
    "粮库住宅楼 采油六厂家属区"
)


SOLD = "学府嘉园 银河佳苑 湖滨雅居 桥头嘉园 时代名居 春天花苑 育才新苑 长江华庭 东方华府 中央名邸 紫荆雅苑"


@pytest.mark.parametrize("name", SOLD.split())
def test_quarters_of_a_common_word_behind_which_only_quarters_are_called_so(name: str) -> None:
    for frame in (
        "{name}换了供热管。",
        "在{name}，老人下楼难。",
        "{name}居民王阿姨说。",
        "柳坞社区书记来到{name}。",
    ):
        assert names(frame.format(name=name)) - {"柳坞社区"} == {name}


@pytest.mark.parametrize("text", ["共建美好嘉园、打造幸福佳苑。", "把老院变成温馨佳苑。", "建设和谐雅居。"])
def test_slogans_name_no_quarter(text: str) -> None:
    assert names(text) == set()


OFFICE_YARDS = "县政府大院 文化大院 农家大院 机关大院 村委会大院 社区大院 敬老院东院 高层住宅楼 老院 3号院"


@pytest.mark.parametrize("name", YARDS.split())
def test_yards_and_homes_behind_a_factory(name: str) -> None:
    frames = (
        "{name}的路灯亮了。",
        "在{name}，老人下楼难。",
        "柳坞社区有{name}。",
        "、{name}和锦绣家园挨着。",
    )
    for frame in frames:
        assert names(frame.format(name=name)) - {"柳坞社区", "锦绣家园"} == {name}


@pytest.mark.parametrize("what", OFFICE_YARDS.split())
def test_yards_of_offices_and_of_no_one(what: str) -> None:
    assert names(f"走进{what}，居民都在。") == set()


BUILDERS = "供电局 棉纺厂 种畜场 物资公司 检察院 市二轻局 第二纺织厂 师范学校 林场 县委 文工团 邮电 文化 铁路"
AROUND_HOMES = (
    "走进{home}，路灯亮了。",
    "青禾社区的{home}没有物业。",
    "社区将{home}、同心小区三个院落合在一起。",
    "老旧小区{home}的老人说。",
    "住在{home}里的人。",
)


@pytest.mark.parametrize("around", AROUND_HOMES)
def test_homes_are_named_for_who_built_them(around: str) -> None:
    homes = [b + head for b in BUILDERS.split() for head in ("家属院", "宿舍", "家属楼")]
    assert [h for h in homes if h not in names(around.format(home=h))] == []


@pytest.mark.parametrize(
    "text",
    [
        "机关家属院没人管。",
        "企业宿舍和学生宿舍的灯亮了。",
        "厂矿家属院没有物业。",
        "全区206个家属院有了物业。",
    ],
)
def test_homes_of_any_kind_are_no_names(text: str) -> None:
    assert names(text) == set()


STORES = "东方商厦 西关市场 红旗商场 银河大酒店 银河国际大酒店 河西商城 新世纪商城 红星美凯龙 南陵大悦城"


@pytest.mark.parametrize(
    "around",
    [
        "走进{what}宣传。",
        "社区把党课搬到{what}，大家都来。",
        "同心小区、{what}的商户说。",
        "社区在{what}设点。",
    ],
)
def test_stores_are_named_as_places_are(around: str) -> None:
    assert [s for s in STORES.split() if s not in names(around.format(what=s))] == []
    kinds = "线上商城 积分商城 建材商城 实体商场 星级酒店 海鲜市场 人才市场 同城商城 欧美市场 二手车市场"
    assert [s for s in kinds.split() if names(around.format(what=s)) - {"同心小区"}] == []


def test_markets_that_are_aimed_at_are_no_names() -> None:
    assert names("面向高原市场，发展特色养殖。面向全国市场打开销路。") == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "碧桂园·凤凰湾的业主说，万科·翡翠滨江、龙湖·天璞小区也来了。",
            {"碧桂园·凤凰湾", "万科·翡翠滨江", "龙湖·天璞小区"},
        ),
        ("街道同柳湾大学、柳湾化工公司签约，也同浙江大学合作。", {"柳湾大学", "柳湾化工公司", "浙江大学"}),
        (
            "石桥镇弼教村、阔时村和白石镇大有社区换了门牌。",
            {"石桥镇", "弼教村", "阔时村", "白石镇", "大有社区"},
        ),
        ("石桥镇也有村庄改造，石桥镇另有村级服务站。", {"石桥镇"}),
        ("选派6名科技副村长。来源：云岭区人民政府网", set()),
        ("建行南陵柳湾支行捐款，柳岸街道则同南陵大学合作。", {"建行南陵柳湾支行", "柳岸街道", "南陵大学"}),
        ("供电局家属院和碧桂园·石门府三处院落，租金补物业。", {"供电局家属院", "碧桂园·石门府"}),
        ("建行柳湾支行、农商银行石桥支行捐款。", {"建行柳湾支行", "农商银行石桥支行"}),
        ("柳湾物业、青川物业两家公司签约。", {"柳湾物业", "青川物业"}),
        ("南陵财经大学公共管理学院的老师来了。", {"南陵财经大学公共管理学院"}),
    ],
)
def test_names_beside_words_that_lead_to_them(text: str, found: set[str]) -> None:
    assert names(text) == found
